import { sql } from "kysely";
import { newId } from "../../../kernel/id.ts";
import { nextCodes } from "../../../platform/counter.ts";
import type { Tx } from "../../../platform/database/database.ts";
import type { Batch } from "./import.batch.ts";
import type { Values } from "./import.row.ts";
import type { RowProblem } from "./import.rules.ts";

/** Staged rows become listings by the thousand: the documents never leave the database. */

export type Pending = { number: number; sourceId: string };
export async function pendingRows(tx: Tx, batchId: string, after: number, size: number): Promise<Pending[]> {
  const rows = await tx
    .selectFrom("import_row")
    .select(["row_number", "source_id"])
    .where("batch_id", "=", batchId)
    .where(sql<boolean>`problems = '[]'`)
    .where("written_id", "is", null)
    .where("row_number", ">", after)
    .orderBy("row_number")
    .limit(size)
    .execute();
  return rows.map((r) => ({ number: r.row_number, sourceId: r.source_id ?? "" }));
}

export type Known = { id: string; sourceId: string; kind: string; state: string; draftState: string };
/** The listings that these rows mean, locked until the chunk is written. */
export async function knownListings(tx: Tx, batch: Batch, sourceIds: readonly string[]): Promise<Known[]> {
  const rows = await tx
    .selectFrom("listing")
    .select(["id", "source_id", "kind", "state", "draft_state"])
    .where("organisation_id", "=", batch.organisationId)
    .where("source", "=", batch.source)
    .where("source_id", "in", [...sourceIds])
    .orderBy("id")
    .forUpdate()
    .execute();
  return rows.map((r) => ({
    id: r.id,
    sourceId: r.source_id ?? "",
    kind: r.kind,
    state: r.state,
    draftState: r.draft_state,
  }));
}

export type Writing = { batch: Batch; personId: string; kind: "OFFER" | "REQUEST"; now: Date };

export async function createListings(
  tx: Tx,
  of: Writing,
  rows: readonly Pending[],
  defaults: object,
  year: number,
): Promise<void> {
  if (rows.length === 0) return;
  const codes = await nextCodes(tx, "TIN", year, rows.length);
  const made = JSON.stringify(
    rows.map((row, index) => ({ n: row.number, id: newId(), code: codes[index], event: newId() })),
  );
  const { batch, personId, kind, now } = of;
  await sql`
    with made as (select * from jsonb_to_recordset(${made}::jsonb) as x(n int, id uuid, code text, event uuid)),
    written as (
      insert into listing (id, code, kind, goods_kind, organisation_id, created_by, draft, source, source_id, created_at, updated_at)
      select made.id, made.code, ${kind}, r.parsed->>'goodsKind', ${batch.organisationId}::uuid, ${personId}::uuid,
        ${JSON.stringify(defaults)}::jsonb || (r.parsed->'document'), ${batch.source}, r.source_id, ${now}::timestamptz, ${now}::timestamptz
      from made join import_row r on r.batch_id = ${batch.id}::uuid and r.row_number = made.n
      returning id, goods_kind
    ),
    told as (
      insert into event (id, actor_id, organisation_id, subject, subject_id, verb, detail)
      select made.event, ${personId}::uuid, ${batch.organisationId}::uuid, 'listing', made.id, 'create',
        jsonb_build_object('code', made.code, 'kind', ${kind}::text, 'goodsKind', written.goods_kind, 'import', ${batch.code}::text)
      from made join written on written.id = made.id
    )
    update import_row r set written_id = made.id from made where r.batch_id = ${batch.id}::uuid and r.row_number = made.n`.execute(
    tx,
  );
}

/** Replaces what the file governs and keeps what the owner added; rows that bring nothing new change nothing. Answers how many changed. */
export async function updateListings(
  tx: Tx,
  of: Writing,
  rows: readonly (Pending & { id: string })[],
  governed: readonly string[],
  defaults: object,
): Promise<number> {
  if (rows.length === 0) return 0;
  const { batch, personId, now } = of;
  const meant = JSON.stringify(rows.map((row) => ({ n: row.number, id: row.id, event: newId() })));
  const { rows: changed } = await sql<{ id: string }>`
    with meant as (select * from jsonb_to_recordset(${meant}::jsonb) as x(n int, id uuid, event uuid)),
    fresh as (
      select meant.id, meant.event, r.parsed->>'goodsKind' as goods_kind,
        ${JSON.stringify(defaults)}::jsonb || (l.draft - array(select jsonb_array_elements_text(${JSON.stringify(governed)}::jsonb))) || (r.parsed->'document') as draft
      from meant join listing l on l.id = meant.id join import_row r on r.batch_id = ${batch.id}::uuid and r.row_number = meant.n
    ),
    written as (
      update listing l set draft = fresh.draft, goods_kind = fresh.goods_kind, version = l.version + 1, updated_at = ${now}::timestamptz,
        draft_state = case when l.state in ('PUBLISHED', 'STALE') and l.draft_state = 'CLEAN' then 'CHANGED' else l.draft_state end
      from fresh where l.id = fresh.id and (l.draft <> fresh.draft or l.goods_kind <> fresh.goods_kind)
      returning l.id, l.code, l.version, fresh.event
    ),
    told as (
      insert into event (id, actor_id, organisation_id, subject, subject_id, verb, detail)
      select event, ${personId}::uuid, ${batch.organisationId}::uuid, 'listing', id, 'save',
        jsonb_build_object('code', code, 'version', version, 'import', ${batch.code}::text)
      from written
    ),
    noted as (update import_row r set written_id = meant.id from meant where r.batch_id = ${batch.id}::uuid and r.row_number = meant.n)
    select id from written`.execute(tx);
  return changed.length;
}

export async function noteProblems(
  tx: Tx,
  batchId: string,
  problems: readonly { number: number; problems: readonly RowProblem[] }[],
): Promise<void> {
  if (problems.length === 0) return;
  const json = JSON.stringify(problems.map((one) => ({ n: one.number, f: one.problems })));
  await sql`
    update import_row r set problems = r.problems || x.f from jsonb_to_recordset(${json}::jsonb) as x(n int, f jsonb)
    where r.batch_id = ${batchId}::uuid and r.row_number = x.n`.execute(tx);
}

export type Tally = { written: number; created: number; updated: number; unchanged: number; turnedBad: number };
/** Progress in the same transaction as the chunk, so that a restart begins exactly where the last one ended. */
export async function addTally(tx: Tx, batchId: string, tally: Tally, now: Date): Promise<void> {
  await tx
    .updateTable("import_batch")
    .set((eb) => ({
      rows_written: eb("rows_written", "+", tally.written),
      records_created: eb("records_created", "+", tally.created),
      records_updated: eb("records_updated", "+", tally.updated),
      records_unchanged: eb("records_unchanged", "+", tally.unchanged),
      rows_valid: eb("rows_valid", "-", tally.turnedBad),
      rows_bad: eb("rows_bad", "+", tally.turnedBad),
      updated_at: now,
    }))
    .where("id", "=", batchId)
    .execute();
}

export type DealRows = { sourceId: string; rows: { number: number; values: Values; isBad: boolean }[] };
/** The next deals in the order of their ids, each with all its rows; `pendingOnly` passes over those at fault or written. */
export async function dealGroups(
  tx: Tx,
  batchId: string,
  after: string,
  size: number,
  pendingOnly: boolean,
): Promise<DealRows[]> {
  const { rows } = await sql<{ source_id: string; n: number; values: Values | null; bad: boolean }>`
    with next as (
      select source_id from import_row
      where batch_id = ${batchId}::uuid and source_id collate "C" > ${after} ${pendingOnly ? sql`and problems = '[]' and written_id is null` : sql``}
      group by source_id order by source_id collate "C" limit ${size}
    )
    select r.source_id, r.row_number as n, r.parsed->'values' as values, r.problems <> '[]' as bad
    from import_row r join next using (source_id)
    where r.batch_id = ${batchId}::uuid ${pendingOnly ? sql`and r.problems = '[]' and r.written_id is null` : sql``}
    order by r.source_id collate "C", r.row_number`.execute(tx);
  const groups = new Map<string, DealRows>();
  for (const row of rows) {
    const group = groups.get(row.source_id) ?? { sourceId: row.source_id, rows: [] };
    group.rows.push({ number: row.n, values: row.values ?? {}, isBad: row.bad });
    groups.set(row.source_id, group);
  }
  return [...groups.values()];
}
export async function markWritten(tx: Tx, batchId: string, sourceId: string, id: string): Promise<void> {
  await tx
    .updateTable("import_row")
    .set({ written_id: id })
    .where("batch_id", "=", batchId)
    .where("source_id", "=", sourceId)
    .where(sql<boolean>`problems = '[]'`)
    .execute();
}
export async function countBad(tx: Tx, batchId: string): Promise<number> {
  const row = await tx
    .selectFrom("import_row")
    .select((eb) => eb.fn.countAll<string>().as("n"))
    .where("batch_id", "=", batchId)
    .where(sql<boolean>`problems <> '[]'`)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

/** Listings of the batch that may still be sent and published, by id. */
export async function draftsOfBatch(
  tx: Tx,
  batchId: string,
  after: string,
  size: number,
): Promise<{ id: string; code: string }[]> {
  const { rows } = await sql<{ id: string; code: string }>`
    select distinct l.id, l.code from import_row r join listing l on l.id = r.written_id
    where r.batch_id = ${batchId}::uuid and l.id > ${after}::uuid and (l.state in ('DRAFT', 'SUBMITTED', 'CHANGES_REQUESTED') or l.draft_state <> 'CLEAN')
    order by l.id limit ${size}`.execute(tx);
  return rows;
}
