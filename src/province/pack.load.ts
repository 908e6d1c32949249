import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { listChecks } from "./check.lists.ts";
import { placeChecks } from "./check.places.ts";
import { planChecks } from "./check.plan.ts";
import { spansIn } from "./check.ts";
import { type PackFile, type ProvincePack, packFileNames, packFiles } from "./pack.schema.ts";
import { type Path, readYaml, schemaFaults, type YamlFile } from "./pack.yaml.ts";

/** `file` is the name inside the pack's folder, `line` counts from 1. */
export type PackFault = { file: string; line: number; message: string };
export type PackRead = { ok: true; pack: ProvincePack } | { ok: false; faults: PackFault[] };

/** Reads a pack whole; a wrong one answers with every fault at once, so that a province is mended in one round. */
export function loadPack(dir: string): PackRead {
  const faults: PackFault[] = [];
  if (!existsSync(dir)) return { ok: false, faults: [{ file: dir, line: 1, message: "there is no such folder" }] };
  const here = readdirSync(dir).filter((name) => name.endsWith(".yaml") || name.endsWith(".yml"));
  for (const name of here) {
    if (!packFileNames.some((file) => `${file}.yaml` === name))
      faults.push({ file: name, line: 1, message: "is not a file of a pack" });
  }
  const read = new Map<PackFile, YamlFile>();
  const right: Partial<Record<PackFile, unknown>> = {};
  for (const file of packFileNames) {
    const name = `${file}.yaml`;
    if (!here.includes(name)) {
      faults.push({ file: name, line: 1, message: "is missing from the pack" });
      continue;
    }
    const yaml = readYaml(readFileSync(path.join(dir, name), "utf8"));
    read.set(file, yaml);
    faults.push(...yaml.faults.map((f) => ({ file: name, ...f })));
    if (yaml.data === undefined) continue;
    const checked = packFiles[file].safeParse(yaml.data);
    if (checked.success) right[file] = checked.data;
    else {
      for (const fault of schemaFaults(checked.error, yaml.data)) {
        faults.push({ file: name, line: yaml.lineOf(fault.path), message: fault.message });
      }
    }
  }
  checkMeaning(right, readSources(dir), (file, at, message) => {
    faults.push({ file: `${file}.yaml`, line: read.get(file)?.lineOf(at) ?? 1, message });
  });
  if (faults.length === 0) return { ok: true, pack: deepFreeze(right as ProvincePack) };
  return { ok: false, faults: faults.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line) };
}

function checkMeaning(
  right: Partial<Record<PackFile, unknown>>,
  texts: ReadonlyMap<string, string>,
  report: (file: PackFile, at: Path, message: string) => void,
): void {
  for (const [file, data] of Object.entries(right)) {
    for (const { span, path: at } of spansIn(data)) {
      if (span.validFrom !== null && span.validTo !== null && span.validFrom > span.validTo) {
        report(file as PackFile, [...at, "validTo"], `validTo ${span.validTo} is before validFrom ${span.validFrom}`);
      }
    }
  }
  for (const { needs, run } of [...placeChecks, ...listChecks, ...planChecks]) {
    if (needs.every((file) => right[file] !== undefined)) run(right as ProvincePack, report, texts);
  }
}

/** The texts that quotations are held against, by their name in the pack. */
function readSources(dir: string): Map<string, string> {
  const folder = path.join(dir, "sources");
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".txt")) : [];
  return new Map(names.map((name) => [`sources/${name}`, readFileSync(path.join(folder, name), "utf8")]));
}

function deepFreeze<T>(value: T): T {
  if (value !== null && typeof value === "object" && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}

/** One line per fault, as printed before leaving: `agencies.yaml:12: unknown parent …`. */
export const faultText = (fault: PackFault): string => `${fault.file}:${fault.line}: ${fault.message}`;
