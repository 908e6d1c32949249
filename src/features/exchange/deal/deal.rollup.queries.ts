import { sql } from "kysely";
import type { Db, Tx } from "../../../platform/database/database.ts";

/** The sums that indicators read, kept beside the entries and checked against them. */

/** One supplier's share of a line with the keys of the roll-up. */
export type CountedShare = {
  dealLineId: string;
  supplierId: string;
  recognisedOn: string;
  goodsKind: string;
  flow: string;
  originCountry: string;
  supplierOrgType: string;
  sector: string;
  territory: string;
  evidenceLevel: number;
  valueVnd: bigint;
};

/** A deal that stands (+1) or no longer stands (−1) with these shares. */
export type DealDelta = { shares: readonly CountedShare[]; count: 1 | -1 };

const lineKey = (e: CountedShare) =>
  JSON.stringify([
    e.recognisedOn,
    e.goodsKind,
    e.flow,
    e.originCountry,
    e.supplierOrgType,
    e.sector,
    e.territory,
    e.evidenceLevel,
  ]);
const byteOrder = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
/** Sorted list of GOODS:ORG_TYPE, joined by commas. */
export const profileOf = (shares: readonly CountedShare[]): string =>
  [...new Set(shares.map((s) => `${s.goodsKind}:${s.supplierOrgType}`))].sort(byteOrder).join(",");
function dealKey(shares: readonly CountedShare[]): string | undefined {
  const [first] = shares;
  return (
    first &&
    JSON.stringify([
      first.recognisedOn,
      first.flow,
      first.originCountry,
      first.sector,
      first.territory,
      first.evidenceLevel,
      profileOf(shares),
    ])
  );
}

/** Adds entries to both roll-ups. Rows are taken in one order everywhere, so that two transactions never wait for each other. */
export async function addToRollups(
  tx: Tx,
  entries: readonly CountedShare[],
  deals: readonly DealDelta[],
): Promise<void> {
  const lines = new Map<string, { value: bigint; count: number }>();
  for (const e of entries) {
    const at = lines.get(lineKey(e)) ?? { value: 0n, count: 0 };
    lines.set(lineKey(e), { value: at.value + e.valueVnd, count: at.count + (e.valueVnd < 0n ? -1 : 1) });
  }
  const rows = [...lines].filter(([, v]) => v.value !== 0n || v.count !== 0).sort(([a], [b]) => byteOrder(a, b));
  if (rows.length)
    await tx
      .insertInto("counted_rollup")
      .values(
        rows.map(([key, v]) => {
          const [day, goods_kind, flow, origin_country, supplier_org_type, sector, territory, evidence_level] =
            JSON.parse(key);
          return {
            day,
            goods_kind,
            flow,
            origin_country,
            supplier_org_type,
            sector,
            territory,
            evidence_level,
            value_vnd: v.value,
            line_count: v.count,
          };
        }),
      )
      .onConflict((oc) =>
        oc.constraint("counted_rollup_pkey").doUpdateSet({
          value_vnd: sql`counted_rollup.value_vnd + excluded.value_vnd`,
          line_count: sql`counted_rollup.line_count + excluded.line_count`,
        }),
      )
      .execute();
  await addDeals(tx, deals);
}

async function addDeals(tx: Tx, deals: readonly DealDelta[]): Promise<void> {
  const counts = new Map<string, number>();
  for (const delta of deals) {
    const key = dealKey(delta.shares);
    if (key) counts.set(key, (counts.get(key) ?? 0) + delta.count);
  }
  const rows = [...counts].filter(([, count]) => count !== 0).sort(([a], [b]) => byteOrder(a, b));
  if (rows.length === 0) return;
  await tx
    .insertInto("counted_deal_rollup")
    .values(
      rows.map(([key, deal_count]) => {
        const [day, flow, origin_country, sector, territory, evidence_level, profile] = JSON.parse(key);
        return { day, flow, origin_country, sector, territory, evidence_level, profile, deal_count };
      }),
    )
    .onConflict((oc) =>
      oc
        .constraint("counted_deal_rollup_pkey")
        .doUpdateSet({ deal_count: sql`counted_deal_rollup.deal_count + excluded.deal_count` }),
    )
    .execute();
}

const recountedLines = sql`
  select recognised_on as day, goods_kind, flow, origin_country, supplier_org_type, sector, territory, evidence_level,
         sum(value_vnd)::bigint as value_vnd, sum(sign(value_vnd))::int as line_count
  from counted_line group by 1, 2, 3, 4, 5, 6, 7, 8
  having sum(value_vnd) <> 0 or sum(sign(value_vnd)) <> 0`;
const recountedDeals = sql`
  select day, flow, origin_country, sector, territory, evidence_level, profile, count(*)::int as deal_count
  from (
    select deal_id, day, flow, origin_country, sector, territory, evidence_level,
           string_agg(distinct (goods_kind || ':' || supplier_org_type) collate "C", ',' order by (goods_kind || ':' || supplier_org_type) collate "C") as profile
    from (
      select deal_id, recognised_on as day, goods_kind, flow, origin_country, supplier_org_type, sector, territory, evidence_level
      from counted_line
      group by deal_id, deal_line_id, supplier_organisation_id, 2, 3, 4, 5, 6, 7, 8, 9
      having sum(value_vnd) <> 0
    ) standing
    group by 1, 2, 3, 4, 5, 6, 7
  ) deals
  group by 1, 2, 3, 4, 5, 6, 7`;

export type RollupDifference = {
  table: "counted_rollup" | "counted_deal_rollup";
  key: string;
  stored: string;
  recounted: string;
};

/** Recounts everything from the entries and answers where the stored sums differ: nothing, when all is well. */
export async function rollupDifferences(db: Db, limit = 100): Promise<RollupDifference[]> {
  const { rows } = await sql<RollupDifference>`
    with line_now as (${recountedLines}), deal_now as (${recountedDeals})
    select 'counted_rollup' as "table", concat_ws('|', day, goods_kind, flow, origin_country, supplier_org_type, sector, territory, evidence_level) as key,
           concat(coalesce(s.value_vnd, 0), '/', coalesce(s.line_count, 0)) as stored, concat(coalesce(r.value_vnd, 0), '/', coalesce(r.line_count, 0)) as recounted
    from counted_rollup s full join line_now r using (day, goods_kind, flow, origin_country, supplier_org_type, sector, territory, evidence_level)
    where coalesce(s.value_vnd, 0) <> coalesce(r.value_vnd, 0) or coalesce(s.line_count, 0) <> coalesce(r.line_count, 0)
    union all
    select 'counted_deal_rollup', concat_ws('|', day, flow, origin_country, sector, territory, evidence_level, profile),
           coalesce(s.deal_count, 0)::text, coalesce(r.deal_count, 0)::text
    from counted_deal_rollup s full join deal_now r using (day, flow, origin_country, sector, territory, evidence_level, profile)
    where coalesce(s.deal_count, 0) <> coalesce(r.deal_count, 0)
    order by 1, 2 limit ${limit}`.execute(db);
  return rows;
}

/** Makes both roll-ups anew from the entries; counting waits meanwhile. */
export async function rebuildRollups(tx: Tx): Promise<void> {
  await sql`lock table counted_rollup, counted_deal_rollup in share row exclusive mode`.execute(tx);
  await tx.deleteFrom("counted_rollup").execute();
  await tx.deleteFrom("counted_deal_rollup").execute();
  await sql`insert into counted_rollup (day, goods_kind, flow, origin_country, supplier_org_type, sector, territory, evidence_level, value_vnd, line_count) ${recountedLines}`.execute(
    tx,
  );
  await sql`insert into counted_deal_rollup (day, flow, origin_country, sector, territory, evidence_level, profile, deal_count) ${recountedDeals}`.execute(
    tx,
  );
}
