import { type RawBuilder, sql } from "kysely";
import type { Conditions } from "../../../engine/indicators/index.ts";
import { type Day, isDay } from "../../../kernel/clock.ts";
import { decodeCursor, type Page, pageOf } from "../../../kernel/paging.ts";
import type { Db } from "../../../platform/database/database.ts";
import type { DealBehind, LineageOf } from "./indicator.lineage.rules.ts";
import { conditionsSql, daysIn, endOf } from "./indicator.sql.queries.ts";

const inPart = (part: Conditions): RawBuilder<boolean> =>
  sql<boolean>`(${conditionsSql(part)} and recognised_on >= ${part.from ?? "-infinity"}::date and recognised_on <= ${part.to ?? "infinity"}::date)`;

type Row = {
  day: Day;
  deal_id: string;
  code: string;
  goods_kinds: string[];
  supplier_types: string[];
  flow: string;
  origin_country: string;
  sector: string;
  evidence_level: number;
  documents: { kind: string; count: number }[] | null;
  numerator: string;
  denominator: string;
};
export const lineagePageSize = 50;

/** Newest first, by key. Entries that a correction took back are left out, as they are left out of the sums. */
export async function dealsBehind(
  db: Db,
  of: LineageOf,
  asKnownOn: Day | undefined,
  after?: string,
  size = lineagePageSize,
): Promise<Page<DealBehind>> {
  const cursor = cursorOf(after);
  const further = cursor ? sql`and (recognised_on, deal_id) < (${cursor[0]}::date, ${cursor[1]}::uuid)` : sql``;
  const known = asKnownOn ? sql`and recorded_at < ${endOf(asKnownOn)}` : sql``;
  const counted = sql`${conditionsSql(of.of)} ${known}`;
  // The page is cut while the index is read in order; only its deals are then looked at line by line.
  const { rows } = await sql<Row>`
    with page as materialized (
      select recognised_on as day, deal_id, sum(value_vnd)::text as denominator,
        coalesce(sum(value_vnd) filter (where ${inPart(of.part)}), 0)::text as numerator
      from counted_line where ${daysIn("recognised_on", [of.range])} and ${counted} ${further}
      group by recognised_on, deal_id having sum(value_vnd) <> 0
      order by recognised_on desc, deal_id desc limit ${size + 1}
    )
    select page.*, deal.code, standing.*,
      (select jsonb_agg(jsonb_build_object('kind', kind, 'count', n) order by kind) from (
        select kind, count(*)::int as n from deal_evidence where deal_evidence.deal_id = page.deal_id and decision = 'CONFIRMED' group by kind) k) as documents
    from page join deal on deal.id = page.deal_id
    cross join lateral (
      select array_agg(distinct goods_kind) as goods_kinds, array_agg(distinct supplier_org_type) as supplier_types, min(flow) as flow,
        min(origin_country) as origin_country, min(sector) as sector, max(evidence_level) as evidence_level
      from (
        select goods_kind, supplier_org_type, flow, origin_country, sector, evidence_level
        from counted_line where counted_line.deal_id = page.deal_id and recognised_on = page.day and ${counted}
        group by deal_line_id, supplier_organisation_id, goods_kind, flow, origin_country, supplier_org_type, sector, territory, evidence_level
        having sum(value_vnd) <> 0
      ) lines
    ) standing
    order by page.day desc, page.deal_id desc`.execute(db);
  const page = pageOf(rows, size, (row) => [row.day, row.deal_id]);
  return { ...page, rows: page.rows.map(toDealBehind) };
}

function cursorOf(after: string | undefined): [Day, string] | undefined {
  const [day, id] = (decodeCursor(after, 2) ?? []).map(String);
  return day && id && isDay(day) && /^[0-9a-f-]{36}$/.test(id) ? [day, id] : undefined;
}

const toDealBehind = (r: Row): DealBehind => ({
  day: r.day,
  dealId: r.deal_id,
  code: r.code,
  goodsKinds: r.goods_kinds,
  supplierTypes: r.supplier_types,
  flow: r.flow,
  originCountry: r.origin_country,
  sector: r.sector,
  evidenceLevel: r.evidence_level,
  documents: r.documents ?? [],
  numerator: BigInt(r.numerator),
  denominator: BigInt(r.denominator),
});

/** Titles of those of these deals in which one of the organisations is a party or the named broker: others see counted fields only. */
export async function titlesForParties(
  db: Db,
  dealIds: readonly string[],
  organisationIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (dealIds.length === 0 || organisationIds.length === 0) return new Map();
  const mine = [...organisationIds];
  const rows = await db
    .selectFrom("deal")
    .select(["id", "title"])
    .where("id", "in", [...dealIds])
    .where((eb) =>
      eb.or([
        eb("buyer_organisation_id", "in", mine),
        eb("broker_organisation_id", "in", mine),
        eb.exists(
          eb
            .selectFrom("deal_supplier")
            .select("deal_id")
            .whereRef("deal_supplier.deal_id", "=", "deal.id")
            .where("organisation_id", "in", mine),
        ),
      ]),
    )
    .execute();
  return new Map(rows.map((row) => [row.id, row.title]));
}
