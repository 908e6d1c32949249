import { sql } from "kysely";
import { type Db, inTransaction, type Tx } from "../../../platform/database/database.ts";
import { rollupDifferences } from "../../exchange/index.ts";

/** Whether the sums that figures are read from equal a count made anew: lines → day roll-ups → folded sums. */
export type Difference = { table: string; key: string; stored: string; recounted: string };

const differencesShown = 100;
/** Recounts are of no record; their events share this subject so that their history is one. */
export const countingId = "00000000-0000-7000-8000-000000000001";

/** The folded sums against the day roll-ups, by the very text with which they are kept. */
export async function figureDifferences(db: Db, limit = differencesShown): Promise<Difference[]> {
  const texts = await sql<{ lines: string; deals: string }>`
    select figures_select('select *, 1 as sign from counted_rollup') as lines,
           deal_figures_select('select *, 1 as sign from counted_deal_rollup') as deals`.execute(db);
  const { lines = "", deals = "" } = texts.rows[0] ?? {};
  const { rows } = await sql<Difference>`
    select 'figure_rollup' as "table",
      concat_ws('|', span_from, span_to, goods_kind, flow, origin_country, supplier_org_type, sector, territory, evidence_level) as key,
      concat(coalesce(s.value_vnd, 0), '/', coalesce(s.line_count, 0)) as stored, concat(coalesce(r.value_vnd, 0), '/', coalesce(r.line_count, 0)) as recounted
    from figure_rollup s
    full join (${sql.raw(lines)}) r using (span_from, span_to, goods_kind, flow, origin_country, supplier_org_type, sector, territory, evidence_level)
    where coalesce(s.value_vnd, 0) <> coalesce(r.value_vnd, 0) or coalesce(s.line_count, 0) <> coalesce(r.line_count, 0)
    union all
    select 'figure_deal_rollup', concat_ws('|', span_from, span_to, flow, origin_country, sector, territory, evidence_level, profile),
      coalesce(s.deal_count, 0)::text, coalesce(r.deal_count, 0)::text
    from figure_deal_rollup s full join (${sql.raw(deals)}) r using (span_from, span_to, flow, origin_country, sector, territory, evidence_level, profile)
    where coalesce(s.deal_count, 0) <> coalesce(r.deal_count, 0)
    order by 1, 2 limit ${limit}`.execute(db);
  return rows;
}

/** Everything between a counted line and a published figure; nothing, when all is well. Takes the time that a large register needs. */
export async function countingDifferences(db: Db | Tx): Promise<Difference[]> {
  if (!db.isTransaction) return inTransaction(db, countingDifferences);
  await allowRecount(db);
  return [...(await rollupDifferences(db, differencesShown)), ...(await figureDifferences(db))];
}

export type Recount = { id: string; at: Date; lines: number; differences: number };
export async function recounts(db: Db, limit = 20): Promise<Recount[]> {
  const rows = await db
    .selectFrom("event")
    .select(["id", "at", "detail"])
    .where("subject", "=", "counting")
    .where("subject_id", "=", countingId)
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => {
    const detail = row.detail as { lines?: number; differences?: number };
    return { id: row.id, at: row.at, lines: detail.lines ?? 0, differences: detail.differences ?? 0 };
  });
}

/** What a recount found, kept with its event: looking at it again counts nothing. */
export async function keepDifferences(tx: Tx, recountId: string, differences: readonly Difference[]): Promise<void> {
  if (differences.length === 0) return;
  const rows = differences.map(({ table, key, stored, recounted }, position) => ({
    recount_id: recountId,
    position,
    sums: table,
    key,
    stored,
    recounted,
  }));
  await tx.insertInto("recount_difference").values(rows).execute();
}
export async function differencesOf(db: Db, recountId: string): Promise<Difference[]> {
  const rows = await db
    .selectFrom("recount_difference")
    .select(["sums", "key", "stored", "recounted"])
    .where("recount_id", "=", recountId)
    .orderBy("position")
    .limit(2 * differencesShown)
    .execute();
  return rows.map(({ sums, ...rest }) => ({ table: sums, ...rest }));
}

/** A recount of a large register takes longer than a page may: a million lines take a minute or more. */
export async function allowRecount(tx: Db): Promise<void> {
  await sql`set local statement_timeout = '15min'`.execute(tx);
  await sql`set local work_mem = '128MB'`.execute(tx);
}
export async function countedLines(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom("counted_line")
    .select((eb) => eb.fn.countAll<string>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(count);
}
