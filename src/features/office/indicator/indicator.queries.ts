import { type RawBuilder, sql } from "kysely";
import {
  type Cell,
  type CellKey,
  type Conditions,
  cellKeys,
  type Folds,
  type Range,
} from "../../../engine/indicators/index.ts";
import type { Day } from "../../../kernel/clock.ts";
import type { Db } from "../../../platform/database/database.ts";
import { type DealGroup, dealKeys } from "./indicator.rules.ts";
import { spansOf } from "./indicator.spans.ts";
import { conditionsSql, daysIn, endOf, foldSql, keyColumns, spanIn } from "./indicator.sql.queries.ts";

/** The folded sums fit the pack only while they were made with its folds; else the day roll-ups answer, slower and just as right. */
export type Folded = { folds: Folds; hash: string };

const linesOf = (range: Range, asKnownOn: Day): RawBuilder<unknown> =>
  sql`from counted_line where ${daysIn("recognised_on", [range])} and recorded_at < ${endOf(asKnownOn)}`;

const selectKeys = (keys: readonly CellKey[], folds: Folds) =>
  sql.join(keys.map((key) => sql`${foldSql(keyColumns[key], folds.get(key))} as ${sql.ref(keyColumns[key])}`));
const ordinals = (count: number) => sql.raw(Array.from({ length: count }, (_, i) => i + 1).join(", "));
const plainKeys = (keys: readonly CellKey[]) => sql.join(keys.map((key) => sql.ref(keyColumns[key])));

type CellRow = {
  ask: number;
  goods_kind: string;
  flow: string;
  origin_country: string;
  supplier_org_type: string;
  sector: string;
  territory: string;
  evidence_level: number;
  value_vnd: string;
  line_count: number;
};

/** The cells of several ranges of days in one query, one list for each. */
export async function cellsOf(db: Db, ranges: readonly Range[], folded: Folded): Promise<Cell[][]> {
  if (ranges.length === 0) return [];
  const parts = ranges.map(
    (range, ask) => sql`
    select ${ask}::int as ask, ${plainKeys(cellKeys)}, sum(value_vnd)::text as value_vnd, sum(line_count)::int as line_count
    from figure_rollup where ${spanIn(spansOf(range))} group by ${ordinals(8)}`,
  );
  const made = sql`select -1, hash, '', '', '', '', '', 0, '0', 0 from figure_fold_state`;
  const { rows } = await sql<CellRow>`${sql.join([...parts, made], sql` union all `)}`.execute(db);
  if (rows.some((row) => row.ask === -1 && row.goods_kind === folded.hash)) return sorted(ranges, rows);
  return cellsOfDays(db, ranges, folded.folds);
}

/** From the day roll-up, folded while it is read. */
async function cellsOfDays(db: Db, ranges: readonly Range[], folds: Folds): Promise<Cell[][]> {
  const parts = ranges.map(
    (range, ask) => sql`
    select ${ask}::int as ask, ${selectKeys(cellKeys, folds)}, sum(value_vnd)::text as value_vnd, sum(line_count)::int as line_count
    from counted_rollup where ${daysIn("day", [range])} group by ${ordinals(8)}`,
  );
  return sorted(ranges, (await sql<CellRow>`${sql.join(parts, sql` union all `)}`.execute(db)).rows);
}

/** From the lines recorded by the end of a day: the figure as it was known then. */
export async function cellsKnown(db: Db, ranges: readonly Range[], folds: Folds, asKnownOn: Day): Promise<Cell[][]> {
  if (ranges.length === 0) return [];
  const parts = ranges.map(
    (range, ask) => sql`
    select ${ask}::int as ask, ${selectKeys(cellKeys, folds)}, sum(value_vnd)::text as value_vnd, sum(sign(value_vnd))::int as line_count
    ${linesOf(range, asKnownOn)} group by ${ordinals(8)}`,
  );
  return sorted(ranges, (await sql<CellRow>`${sql.join(parts, sql` union all `)}`.execute(db)).rows);
}

const sorted = (ranges: readonly Range[], rows: readonly CellRow[]): Cell[][] => {
  const answer: Cell[][] = ranges.map(() => []);
  for (const row of rows) answer[row.ask]?.push(toCell(row));
  return answer;
};

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

type DealRow = Omit<CellRow, "goods_kind" | "supplier_org_type" | "value_vnd" | "line_count" | "ask"> & {
  profile: string;
  deal_count: number;
};

export async function dealGroupsOf(db: Db, range: Range, folded: Folded): Promise<DealGroup[]> {
  const { rows } = await sql<DealRow>`
    select ${plainKeys(dealKeys)}, profile, sum(deal_count)::int as deal_count from figure_deal_rollup where ${spanIn(spansOf(range))} group by ${ordinals(6)}
    union all
    select '', '', '', '', -2, hash, 0 from figure_fold_state`.execute(db);
  const fits = rows.some((row) => row.evidence_level === -2 && row.profile === folded.hash);
  return (fits ? rows : await dealGroupsOfDays(db, range, folded.folds))
    .filter((row) => row.deal_count !== 0)
    .map(toGroup);
}
async function dealGroupsOfDays(db: Db, range: Range, folds: Folds): Promise<DealRow[]> {
  const { rows } = await sql<DealRow>`
    select ${selectKeys(dealKeys, folds)}, profile, sum(deal_count)::int as deal_count
    from counted_deal_rollup where ${daysIn("day", [range])} group by ${ordinals(6)}`.execute(db);
  return rows;
}
const toGroup = (r: DealRow): DealGroup => ({
  flow: r.flow,
  originCountry: r.origin_country,
  sector: r.sector,
  territory: r.territory,
  evidenceLevel: r.evidence_level,
  profile: r.profile,
  dealCount: r.deal_count,
});

/**
 * Distinct deals that stand with a line satisfying each of the conditions, from the lines themselves: for what was known on a day. What
 * corrections took back sums to nothing, and what stands is positive, so a deal stands when its lines' sum is not 0.
 */
export async function dealCountsKnown(
  db: Db,
  asked: readonly { range: Range; of: Conditions }[],
  asKnownOn: Day,
): Promise<number[]> {
  const [first] = asked;
  if (!first) return [];
  const from = asked.map((one) => one.range.from).sort()[0] ?? first.range.from;
  const to =
    asked
      .map((one) => one.range.to)
      .sort()
      .at(-1) ?? first.range.to;
  const sums = asked.map(
    ({ range, of }, index) =>
      sql`sum(value_vnd) filter (where ${daysIn("recognised_on", [range])} and ${conditionsSql(of)}) as ${sql.ref(`s${index}`)}`,
  );
  const counts = asked.map(
    (_, index) => sql`count(*) filter (where ${sql.ref(`s${index}`)} <> 0)::int as ${sql.ref(`s${index}`)}`,
  );
  const { rows } = await sql<Record<string, number>>`
    select ${sql.join(counts)} from (select ${sql.join(sums)} ${linesOf({ from, to }, asKnownOn)} group by deal_id) deals`.execute(
    db,
  );
  return asked.map((_, index) => rows[0]?.[`s${index}`] ?? 0);
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
