import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { inTransaction } from "../../../platform/database/database.ts";
import type { FileFault } from "../../../platform/sheet/index.ts";
import { Choices } from "./import.choices.ts";
import type { ImportDeps, OnProgress } from "./import.deps.ts";
import { addAll, findColumns, peekHeaders } from "./import.headers.ts";
import type { Mapping } from "./import.mapping.ts";
import { lastMapping } from "./import.queries.ts";
import type { ReportedRow } from "./import.report.ts";
import type { StagedRow } from "./import.row.queries.ts";
import { RowReader, type Values } from "./import.row.ts";
import type { ImportFormat, ImportKind } from "./import.rules.ts";
import { readRows } from "./import.stage.actions.ts";
import { dealRowProblems, partyFinder } from "./import.stage.deals.ts";

/** A dry run: everything that staging finds, without a trace in the database. Rows at fault wait in a temporary file. */

type Dry = {
  read: number;
  valid: number;
  bad: number;
  headers: string[];
  badRows(): AsyncIterable<ReportedRow>;
  end(): Promise<void>;
};
type DryInput = {
  kind: ImportKind;
  format: ImportFormat;
  source: string;
  mapping: Mapping | undefined;
  ownerId: string;
  file: string;
  onProgress: OnProgress;
};

export async function dryRun(deps: ImportDeps, of: DryInput): Promise<Dry | FileFault> {
  const found = of.mapping
    ? { mapping: of.mapping, isOurs: false, headers: [] }
    : await findColumns(
        await peekHeaders(of.file, of.format),
        of,
        await lastMapping(deps.db, { ...of, organisationId: of.ownerId }),
      );
  if (!found.mapping) return found.fault;
  const { mapping, isOurs } = found;
  const headers = new Set(found.headers);
  const spool = await openSpool();
  const deals: StagedRow[] = [];
  let read = 0;
  let bad = 0;
  const note = async (row: StagedRow, problems = row.problems) => {
    if (problems.length === 0) return;
    bad++;
    await spool.write({ raw: row.raw, problems });
  };
  for await (const row of readRows(of.file, { ...of, mapping, isOurs }, new Choices(deps.pack), (names) =>
    addAll(headers, names),
  )) {
    if ("fault" in row) {
      await spool.end();
      return row;
    }
    if (of.format === "jsonl") for (const name of Object.keys(row.raw)) headers.add(name);
    if (++read % 1_000 === 0) of.onProgress({ phase: "STAGING", done: read, total: undefined });
    if (of.kind === "DEALS") deals.push(row);
    else await note(row);
  }
  if (of.kind === "DEALS") {
    const problems = await judge(deps, of.source, mapping, deals);
    for (const row of deals) await note(row, [...row.problems, ...(problems.get(row.number) ?? [])]);
  }
  return { read, bad, valid: read - bad, headers: [...headers], badRows: () => spool.rows(), end: () => spool.end() };
}

async function judge(
  deps: ImportDeps,
  source: string,
  mapping: Mapping,
  rows: readonly StagedRow[],
): Promise<Map<number, StagedRow["problems"]>> {
  const groups = new Map<string, { number: number; values: Values; isBad: boolean }[]>();
  for (const row of rows) {
    if (row.sourceId === undefined) continue;
    const group = groups.get(row.sourceId) ?? [];
    group.push({
      number: row.number,
      values: (row.parsed as { values: Values }).values,
      isBad: row.problems.length > 0,
    });
    groups.set(row.sourceId, group);
  }
  const reader = new RowReader("DEALS", mapping, new Choices(deps.pack));
  const problems = new Map<number, StagedRow["problems"]>();
  await inTransaction(deps.db, async (tx) => {
    const isKnown = partyFinder(tx);
    for (const [sourceId, group] of groups)
      for (const one of await dealRowProblems(isKnown, deps, { source }, { sourceId, rows: group }, reader))
        problems.set(one.number, one.problems);
  });
  return problems;
}

async function openSpool() {
  const folder = await mkdtemp(path.join(tmpdir(), "opensan-import-"));
  const file = path.join(folder, "rows.jsonl");
  const out = createWriteStream(file, { mode: 0o600 });
  return {
    async write(row: ReportedRow): Promise<void> {
      if (!out.write(`${JSON.stringify(row)}\n`)) await once(out, "drain");
    },
    async *rows(): AsyncGenerator<ReportedRow> {
      if (!out.writableEnded) {
        out.end();
        await once(out, "finish");
      }
      for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY }))
        yield JSON.parse(line) as ReportedRow;
    },
    async end(): Promise<void> {
      out.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
