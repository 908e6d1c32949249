import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { type Path, readYaml, schemaFaults, type YamlFile } from "../province/pack.yaml.ts";
import { checkMarket } from "./demo.check.ts";
import { type DemoMarket, type DemoPart, demoParts } from "./demo.schema.ts";

/** Reads the demo market whole; a wrong one answers with every fault at once, each with its file and line. */

export type DemoFault = { file: string; line: number; message: string };
export type DemoRead = { ok: true; market: DemoMarket } | { ok: false; faults: DemoFault[] };

/** Where a record stands: which file, and which place in its list. */
export type Origin = { file: string; index: number };

const partsOf: readonly DemoPart[] = [
  "organisations",
  "people",
  "listings",
  "deals",
  "interests",
  "intermediaries",
  "milestones",
];

async function filesOf(folder: string, part: DemoPart): Promise<string[]> {
  if (part !== "listings") return [`${part}.yaml`];
  const names = await readdir(path.join(folder, "listings"));
  return names
    .filter((name) => name.endsWith(".yaml"))
    .sort()
    .map((name) => `listings/${name}`);
}

export async function readDemo(folder: string): Promise<DemoRead> {
  const faults: DemoFault[] = [];
  const yaml = new Map<string, YamlFile>();
  const market: Record<DemoPart, unknown[]> = {
    organisations: [],
    people: [],
    listings: [],
    deals: [],
    interests: [],
    intermediaries: [],
    milestones: [],
  };
  const origins = new Map<object, Origin>();
  for (const part of partsOf)
    for (const file of await filesOf(folder, part)) {
      const read = readYaml(await readFile(path.join(folder, file), "utf8"));
      yaml.set(file, read);
      faults.push(...read.faults.map((fault) => ({ file, ...fault })));
      if (read.faults.length > 0) continue;
      const checked = demoParts[part].safeParse(read.data);
      if (!checked.success)
        faults.push(
          ...schemaFaults(checked.error, read.data).map((f) => ({
            file,
            line: read.lineOf(f.path),
            message: f.message,
          })),
        );
      else
        for (const [index, record] of checked.data.entries()) {
          origins.set(record, { file, index });
          market[part].push(record);
        }
    }
  const report = (record: object, at: Path, message: string) => {
    const origin = origins.get(record);
    if (origin)
      faults.push({ file: origin.file, line: yaml.get(origin.file)?.lineOf([origin.index, ...at]) ?? 1, message });
  };
  if (faults.length === 0) checkMarket(market as DemoMarket, report);
  return faults.length === 0 ? { ok: true, market: market as DemoMarket } : { ok: false, faults };
}
