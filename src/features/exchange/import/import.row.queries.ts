import { sql } from "kysely";
import type { Db } from "../../../platform/database/database.ts";
import type { CellValue } from "../../../platform/sheet/index.ts";
import type { RowProblem } from "./import.rules.ts";

/** Staged rows: laid aside, shown where they are at fault, forgotten. */

export type StagedRow = {
  number: number;
  sourceId: string | undefined;
  raw: Record<string, CellValue>;
  parsed: object | undefined;
  problems: readonly RowProblem[];
};
/** Puts a chunk in place; the same chunk again replaces itself. */
export async function insertRows(db: Db, batchId: string, rows: readonly StagedRow[]): Promise<void> {
  const json = JSON.stringify(rows.map((r) => ({ n: r.number, s: r.sourceId, r: r.raw, p: r.parsed, f: r.problems })));
  await sql`
    insert into import_row (batch_id, row_number, source_id, raw, parsed, problems)
    select ${batchId}::uuid, n, s, r, p, f from jsonb_to_recordset(${json}::jsonb) as x(n int, s text, r jsonb, p jsonb, f jsonb)
    on conflict (batch_id, row_number) do update
    set source_id = excluded.source_id, raw = excluded.raw, parsed = excluded.parsed, problems = excluded.problems, written_id = null`.execute(
    db,
  );
}
export async function deleteRows(db: Db, batchId: string): Promise<void> {
  await db.deleteFrom("import_row").where("batch_id", "=", batchId).execute();
}
/**
 * Rows that the batches of long ago no longer need: what was written stands elsewhere. What could still have been accepted or tried again
 * has nothing left to accept, so it is cancelled in the same statement; answers those batches.
 */
export async function sweepRows(db: Db, before: Date): Promise<{ id: string; code: string; organisationId: string }[]> {
  const { rows } = await sql<{ id: string; code: string; organisationId: string }>`
    with old as (select id from import_batch where updated_at < ${before} and state not in ('STAGING', 'ACCEPTING') for update),
    gone as (delete from import_row r using old where r.batch_id = old.id)
    update import_batch b set state = 'CANCELLED', version = b.version + 1 from old
    where b.id = old.id and b.state in ('STAGED', 'FAILED')
    returning b.id, b.code, b.organisation_id as "organisationId"`.execute(db);
  return rows;
}
/** Every row at fault of a batch, a thousand at a time. */
export async function* everyBadRow(db: Db, batchId: string): AsyncGenerator<BadRow> {
  for (let after = 0; ; ) {
    const rows = await badRows(db, batchId, after, 1_000);
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = last.number;
  }
}
export type BadRow = { number: number; raw: Record<string, CellValue>; problems: RowProblem[] };
export async function badRows(db: Db, batchId: string, after: number, size: number): Promise<BadRow[]> {
  const rows = await db
    .selectFrom("import_row")
    .select(["row_number", "raw", "problems"])
    .where("batch_id", "=", batchId)
    .where(sql<boolean>`problems <> '[]'`)
    .where("row_number", ">", after)
    .orderBy("row_number")
    .limit(size)
    .execute();
  return rows.map((r) => ({
    number: r.row_number,
    raw: r.raw as Record<string, CellValue>,
    problems: r.problems as unknown as RowProblem[],
  }));
}
