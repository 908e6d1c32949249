import { inTransaction } from "../../../platform/database/database.ts";
import {
  FaultOfFile,
  type FileFault,
  isFileFault,
  readSheet,
  type SheetOptions,
  type SheetRow,
  sheetLimits,
} from "../../../platform/sheet/index.ts";
import type { Batch } from "./import.batch.ts";
import { Choices } from "./import.choices.ts";
import { type ImportDeps, type OnProgress, recordImport } from "./import.deps.ts";
import { addAll, type Columns, findColumns, peekHeaders } from "./import.headers.ts";
import { listingRowOf } from "./import.listing.row.ts";
import type { Mapping } from "./import.mapping.ts";
import { headersLacking } from "./import.match.ts";
import { batchById, changeBatch, holdingBatch, lastMapping } from "./import.queries.ts";
import { deleteRows, insertRows, type StagedRow } from "./import.row.queries.ts";
import { RowReader } from "./import.row.ts";
import { commandBytesMax } from "./import.rules.ts";
import { judgeDeals } from "./import.stage.deals.ts";
import { countBad } from "./import.write.queries.ts";

/** Staging: the file is read in a stream, each row held against our rules and laid aside in chunks. Nothing of it is visible. */

const chunkRows = 1_000;
const chunkCharacters = 4_000_000;

/** Rows with what they make of themselves; shared by staging and by a dry run. Throws nothing for bad files. */
export async function* readRows(
  source: AsyncIterable<Uint8Array> | string,
  of: Pick<Batch, "kind" | "format"> & { mapping: Mapping; isOurs: boolean },
  choices: Choices,
  onHeaders: (headers: string[]) => void,
): AsyncGenerator<StagedRow | FileFault> {
  const reader = new RowReader(of.kind, of.mapping, choices);
  const seen = new Map<string, number>();
  for await (const item of readSheet(source, sheetOptions(of, onHeaders))) {
    if (isFileFault(item)) {
      yield item;
      return;
    }
    yield stagedOf(item, of.kind, reader, seen);
  }
}

function stagedOf(item: SheetRow, kind: Batch["kind"], reader: RowReader, seen: Map<string, number>): StagedRow {
  const row = reader.read(item);
  const { number, raw, sourceId, problems } = row;
  const parsed = kind === "DEALS" ? { values: row.values } : listingRowOf(row, reader);
  if (kind !== "DEALS" && sourceId !== undefined) {
    const first = seen.get(sourceId);
    if (first === undefined) seen.set(sourceId, number);
    else problems.push({ column: reader.headerOf("sourceId"), why: "import.row.duplicate", detail: String(first) });
  }
  return { number, sourceId, raw, parsed: problems.length === 0 || kind === "DEALS" ? parsed : undefined, problems };
}

/** Only Excel stops at 32,767 characters a cell; longer texts of a .jsonl may be cut by the mapping. */
const longText = 200_000;
function sheetOptions(
  of: Pick<Batch, "kind" | "format"> & { mapping: Mapping; isOurs: boolean },
  onHeaders: (headers: string[]) => void,
): SheetOptions {
  const limits = { fileBytes: commandBytesMax };
  if (of.format === "jsonl")
    return {
      format: of.format,
      limits: { ...limits, cellLength: longText },
      ...(of.isOurs && {
        columns: { required: [], allowed: Object.values(of.mapping.columns).flatMap((rule) => rule.from ?? []) },
      }),
    };
  const seen = (headers: readonly string[]) => {
    onHeaders([...headers]);
    const lacking = headersLacking(of.kind, of.mapping, headers);
    if (lacking.length > 0) throw new FaultOfFile("sheet.missing_columns", lacking.join(", "));
  };
  return { format: of.format, limits, columns: { required: [], seen } };
}

/** Stages a batch from its first row, whatever an earlier try left. Undefined while another process is at it. */
export const runStaging = (
  deps: ImportDeps,
  batchId: string,
  onProgress: OnProgress = () => {},
): Promise<Batch | undefined> =>
  holdingBatch(deps.pool, batchId, async () => {
    const batch = await batchById(deps.db, batchId);
    if (batch?.state !== "STAGING") return batch;
    await deleteRows(deps.db, batchId);
    let columns: Columns;
    if (batch.mapping) columns = { mapping: batch.mapping, isOurs: false, headers: [...batch.headers] };
    else
      columns = await findColumns(
        await peekHeaders(await bytesOf(deps, batch), batch.format),
        batch,
        await lastMapping(deps.db, batch),
      );
    if (!columns.mapping) await turnAway(deps, batch, columns.headers, columns.fault, columns.asks);
    else await stageRows(deps, batch, columns, onProgress);
    return batchById(deps.db, batchId);
  });

async function bytesOf(deps: ImportDeps, batch: Batch): Promise<AsyncIterable<Uint8Array>> {
  const bytes = await deps.files.get(batch.sha256);
  if (!bytes) throw new Error(`bytes of import ${batch.code} are missing`);
  return bytes;
}

/** The file is at fault: what was laid aside goes, nothing can be accepted. */
const turnAway = (deps: ImportDeps, batch: Batch, headers: string[], fault: FileFault, asks: boolean): Promise<void> =>
  inTransaction(deps.db, async (tx) => {
    await deleteRows(tx, batch.id);
    const state = asks ? "MAPPING" : "REFUSED";
    await changeBatch(tx, batch.id, { state, headers, fileFault: fault, read: 0, valid: 0, bad: 0 }, deps.clock.now());
    await recordImport(tx, batch.personId, batch, asks ? "ask" : "refuse", { fault: fault.fault });
  });

async function stageRows(
  deps: ImportDeps,
  batch: Batch,
  columns: { mapping: Mapping; isOurs: boolean; headers: string[] },
  onProgress: OnProgress,
): Promise<void> {
  const headers = new Set(columns.headers);
  const size = await survey(await bytesOf(deps, batch), batch.format);
  if ("fault" in size) return turnAway(deps, batch, [...headers], size, false);
  const total = size.rows;
  const counts = { read: 0, valid: 0, bad: 0 };
  let chunk: StagedRow[] = [];
  let characters = 0;
  const flush = async () => {
    await insertRows(deps.db, batch.id, chunk);
    for (const row of chunk) if (row.problems.length === 0) counts.valid++;
    counts.read += chunk.length;
    counts.bad = counts.read - counts.valid;
    await changeBatch(deps.db, batch.id, { ...counts, totalEstimate: total }, deps.clock.now());
    onProgress({ phase: "STAGING", done: counts.read, total });
    chunk = [];
    characters = 0;
  };
  for await (const row of readRows(
    await bytesOf(deps, batch),
    { ...batch, ...columns },
    new Choices(deps.pack),
    (names) => addAll(headers, names),
  )) {
    if ("fault" in row) return turnAway(deps, batch, [...headers], row, false);
    if (batch.format === "jsonl") for (const name of Object.keys(row.raw)) headers.add(name);
    chunk.push(row);
    for (const value of Object.values(row.raw)) characters += typeof value === "string" ? value.length : 40;
    if (chunk.length >= chunkRows || characters >= chunkCharacters) await flush();
  }
  if (chunk.length > 0) await flush();
  if (batch.kind === "DEALS") await judgeDeals(deps, batch, columns.mapping);
  await inTransaction(deps.db, async (tx) => {
    const bad = await countBad(tx, batch.id);
    const valid = counts.read - bad;
    await changeBatch(
      tx,
      batch.id,
      {
        state: "STAGED",
        headers: [...headers],
        mapping: columns.mapping,
        read: counts.read,
        valid,
        bad,
        fileFault: null,
      },
      deps.clock.now(),
    );
    await recordImport(tx, batch.personId, batch, "stage", { rows: counts.read, valid, bad });
  });
}

/** Reads a file once without keeping anything: how many rows it has, or why it is refused, before a row is written. */
async function survey(
  source: AsyncIterable<Uint8Array>,
  format: Batch["format"],
): Promise<{ rows: number } | FileFault> {
  let rows = 0;
  if (format === "jsonl") {
    let isBlank = true;
    for await (const piece of source)
      for (const byte of piece) {
        if (byte !== lineEnd) isBlank &&= byte === 0x20 || byte === 0x09 || byte === 0x0d;
        else if (!isBlank) {
          rows++;
          isBlank = true;
        }
      }
    if (!isBlank) rows++;
    return rows > sheetLimits.rows ? { fault: "sheet.too_many_rows", detail: String(sheetLimits.rows) } : { rows };
  }
  for await (const item of readSheet(source, { format, limits: { fileBytes: commandBytesMax } })) {
    if (isFileFault(item)) return item;
    rows++;
  }
  return { rows };
}
const lineEnd = 0x0a;
