import { type RawBuilder, sql } from "kysely";
import {
  type Cell, type CellKey, cellKeys, type Conditions, type Folds, type Range,
} from "../../../engine/indicators/index.ts";
import type { Day } from "../../../kernel/clock.ts";
import type { Db } from "../../../platform/database/database.ts";
import { spansOf } from "./indicator.spans.ts";
import { conditionsSql, daysIn, endOf, foldSql, keyColumns, spanIn } from "./indicator.sql.ts";

/** Which lines a figure may look at: days, and for the key sectors their list. */
export type Reach = { range: Range; sectors: readonly string[] | undefined };

/** The sources of a reach: spans and days of the roll-ups, or the lines themselves for what was known on a day. */
function sourcesOf(tables: { span: string; day: string }, reach: Reach, folds: Folds): RawBuilder<unknown>[] {
  const bySector = reach.sectors !== undefined || folds.has("sector");
  const { spans, days } = folds.has("territory") ? { spans: [], days: [reach.range] } : spansOf(reach.range);
  const only = reach.sectors ? sql` and sector = any(${[...reach.sectors]}::text[])` : sql``;
  const sources: RawBuilder<unknown>[] = [];
  if (spans.length > 0) {
    const level = reach.sectors ? only : bySector ? sql` and sector <> '*'` : sql` and sector = '*'`;
    sources.push(sql`from ${sql.table(tables.span)} where ${spanIn(spans)}${level}`);
  }
  if (days.length > 0) sources.push(sql`from ${sql.table(tables.day)} where ${daysIn("day", days)}${only}`);
  return sources;
}

const linesOf = (reach: Reach, asKnownOn: Day): RawBuilder<unknown> =>
  sql`from counted_line where ${daysIn("recognised_on", [reach.range])} and recorded_at < ${endOf(asKnownOn)}${
    reach.sectors ? sql` and sector = any(${[...reach.sectors]}::text[])` : sql``
  }`;

const selectKeys = (keys: readonly CellKey[], folds: Folds) =>
  sql.join(keys.map((key) => sql`${foldSql(keyColumns[key], folds.get(key))} as ${sql.ref(keyColumns[key])}`));
const ordinals = (count: number) => sql.raw(Array.from({ length: count }, (_, i) => i + 1).join(", "));

type CellRow = {
  ask: number;
  goods_kind: string; flow: string; origin_country: string; supplier_org_type: string; sector: string; territory: string;
  evidence_level: number; value_vnd: string; line_count: number;
};

/** The cells of several reaches in one query, one list for each, summed over what `folds` does not tell apart. */
export async function cellsOf(db: Db, reaches: readonly Reach[], folds: Folds, asKnownOn?: Day): Promise<Cell[][]> {
  const answer: Cell[][] = reaches.map(() => []);
  const keys = selectKeys(cellKeys, folds);
  const parts = reaches.flatMap((reach, ask) =>
    asKnownOn !== undefined
      ? [sql`select ${ask}::int as ask, ${keys}, sum(value_vnd)::text as value_vnd, count(*)::int as line_count ${linesOf(reach, asKnownOn)} group by ${ordinals(8)}`]
      : sourcesOf({ span: "counted_span_rollup", day: "counted_rollup" }, reach, folds).map(
          (from) => sql`select ${ask}::int as ask, ${keys}, sum(value_vnd)::text as value_vnd, sum(line_count)::int as line_count ${from} group by ${ordinals(8)}`,
        ),
  );
  if (parts.length === 0) return answer;
  const { rows } = await sql<CellRow>`${sql.join(parts, sql` union all `)}`.execute(db);
  for (const row of rows) answer[row.ask]?.push(toCell(row));
  return answer;
}

const toCell = (r: CellRow): Cell => ({
  goodsKind: r.goods_kind,
  flow: r.flow,
  originCountry: r.origin_country,
  supplierOrgType: r.supplier_org_type,
  sector: r.sector,
  territory: r.territory,
  evidenceLevel: r.evidence_level,
  value: BigInt(r.value_vnd),
  lineCount: r.line_count,
});

const dealKeys = ["flow", "originCountry", "sector", "territory", "evidenceLevel"] as const;
/** Deals alike in every key of theirs and in what their lines are: `profile` lists GOODS:ORG_TYPE of the lines. */
export type DealGroup = Pick<Cell, (typeof dealKeys)[number]> & { profile: string; dealCount: number };

export async function dealGroupsOf(db: Db, reach: Reach, folds: Folds): Promise<DealGroup[]> {
  const keys = selectKeys(dealKeys, folds);
  const parts = sourcesOf({ span: "counted_span_deal_rollup", day: "counted_deal_rollup" }, reach, folds).map(
    (from) => sql`select ${keys}, profile, sum(deal_count)::int as deal_count ${from} group by ${ordinals(6)}`,
  );
  type Row = Omit<CellRow, "goods_kind" | "supplier_org_type" | "value_vnd" | "line_count" | "ask"> & { profile: string; deal_count: number };
  const { rows } = await sql<Row>`${sql.join(parts, sql` union all `)}`.execute(db);
  return rows.map((r) => ({
    flow: r.flow,
    originCountry: r.origin_country,
    sector: r.sector,
    territory: r.territory,
    evidenceLevel: r.evidence_level,
    profile: r.profile,
    dealCount: r.deal_count,
  }));
}

/** Distinct deals counted from the lines themselves: for what was known on a day. */
export async function dealCountKnown(db: Db, reach: Reach, of: Conditions, asKnownOn: Day): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct deal_id)::int as count ${linesOf(reach, asKnownOn)} and ${conditionsSql(of)}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Facts that are no deal lines, each with the days it held: intermediaries' connections and the milestone's steps. */
export type DatedFact = { subject: "INTERMEDIARY" | "STEP"; milestone: string; key: string; on: Day };

export async function datedFacts(db: Db, asKnownOn?: Day): Promise<DatedFact[]> {
  const standing = asKnownOn
    ? sql`recorded_at < ${endOf(asKnownOn)} and (withdrawn_at is null or withdrawn_at >= ${endOf(asKnownOn)})`
    : sql`withdrawn_at is null`;
  const { rows } = await sql<DatedFact>`
    select 'INTERMEDIARY' as subject, '' as milestone, intermediary_id::text as key, greatest(connected_on, formed_on) as "on"
      from intermediary_connection join intermediary on intermediary.id = intermediary_id where ${standing}
    union all
    select 'STEP', milestone_key, step_key, done_on from milestone_step where ${standing}`.execute(db);
  return rows;
}
