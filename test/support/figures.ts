import type { Day } from "../../src/kernel/clock.ts";
import { newId } from "../../src/kernel/id.ts";
import { inTransaction } from "../../src/platform/database/database.ts";
import type { TestOrganisation, World } from "./world.ts";

/** A counted line as a test writes it; a negative value is a correction. */
export type TestLine = {
  deal?: string;
  /** Entries with the same `line` are of one deal line: a correction names what it corrects. */
  line?: string;
  day: Day;
  goodsKind: string;
  flow: string;
  originCountry: string;
  supplierOrgType: string;
  sector: string;
  territory: string;
  evidenceLevel: number;
  value: bigint;
  recordedAt?: string;
};

export const plainLine: TestLine = {
  day: "2101-05-05",
  goodsKind: "EQUIPMENT",
  flow: "DOMESTIC",
  originCountry: "VN",
  supplierOrgType: "ENTERPRISE",
  sector: "OTHER",
  territory: "",
  evidenceLevel: 2,
  value: 1_000_000n,
};

/** Writes lines as counting does: deals, entries, both day roll-ups. Lines with the same `deal` are one deal's. */
export async function countLines(
  world: World,
  buyer: TestOrganisation,
  lines: readonly TestLine[],
): Promise<Map<string, { id: string; code: string }>> {
  const person = await world.makeActor(buyer);
  const lineIds = new Map<string, string>();
  const deals = new Map<string, { id: string; code: string }>();
  await inTransaction(world.db, async (tx) => {
    for (const [index, line] of lines.entries()) {
      const key = line.deal ?? `#${index}`;
      const known = deals.get(key);
      const deal = known ?? { id: newId(), code: `GD-T-${newId().slice(-12)}` };
      deals.set(key, deal);
      if (!known)
        await tx
          .insertInto("deal")
          .values({
            id: deal.id,
            code: deal.code,
            title: `Giao dịch thử ${deal.code}`,
            buyer_organisation_id: buyer.id,
            entered_by: person.personId,
            flow: line.flow,
            origin_country: line.originCountry,
            counterparty_country: line.originCountry,
            evidence_level: line.evidenceLevel,
            recognised_on: line.day,
          })
          .execute();
      const lineKey = `${key}/${line.line ?? index}`;
      const lineId = lineIds.get(lineKey) ?? newId();
      if (!lineIds.has(lineKey)) {
        const value = line.value < 0n ? -line.value : line.value;
        await tx
          .insertInto("deal_line")
          .values({
            id: lineId,
            deal_id: deal.id,
            position: index,
            goods_kind: line.goodsKind,
            description: "thử",
            amount: String(value),
            value_vnd: value,
          })
          .execute();
      }
      lineIds.set(lineKey, lineId);
      await tx
        .insertInto("counted_line")
        .values({
          id: newId(),
          deal_id: deal.id,
          deal_line_id: lineId,
          supplier_organisation_id: buyer.id,
          entry: line.value < 0n ? "CORRECTION" : "COUNT",
          reason: line.value < 0n ? "thử" : null,
          recorded_at: new Date(line.recordedAt ?? "2101-01-01T00:00:00Z"),
          recognised_on: line.day,
          goods_kind: line.goodsKind,
          flow: line.flow,
          origin_country: line.originCountry,
          supplier_org_type: line.supplierOrgType,
          sector: line.sector,
          territory: line.territory,
          evidence_level: line.evidenceLevel,
          value_vnd: line.value,
        })
        .execute();
    }
  });
  const ids = [[...deals.values()].map((deal) => deal.id)];
  await world.deps.pool.query(
    `insert into counted_rollup as t (day, goods_kind, flow, origin_country, supplier_org_type, sector, territory, evidence_level, value_vnd, line_count)
      select recognised_on, goods_kind, flow, origin_country, supplier_org_type, sector, territory, evidence_level, sum(value_vnd)::bigint, sum(sign(value_vnd))::int
      from counted_line where deal_id = any($1::uuid[]) group by 1, 2, 3, 4, 5, 6, 7, 8
      having sum(value_vnd) <> 0 or sum(sign(value_vnd)) <> 0
      on conflict on constraint counted_rollup_pkey do update set value_vnd = t.value_vnd + excluded.value_vnd, line_count = t.line_count + excluded.line_count`,
    ids,
  );
  await world.deps.pool.query(
    `insert into counted_deal_rollup as t (day, flow, origin_country, sector, territory, evidence_level, profile, deal_count)
      select day, flow, origin_country, sector, territory, evidence_level, profile, count(*)::int from (
        select deal_id, recognised_on as day, flow, origin_country, sector, territory, evidence_level,
          string_agg(distinct (goods_kind || ':' || supplier_org_type) collate "C", ',' order by (goods_kind || ':' || supplier_org_type) collate "C") as profile
        from (select deal_id, recognised_on, goods_kind, flow, origin_country, supplier_org_type, sector, territory, evidence_level from counted_line
              where deal_id = any($1::uuid[]) group by 1, 2, 3, 4, 5, 6, 7, 8, 9, deal_line_id having sum(value_vnd) <> 0) standing
        group by 1, 2, 3, 4, 5, 6, 7) d group by 1, 2, 3, 4, 5, 6, 7
      on conflict on constraint counted_deal_rollup_pkey do update set deal_count = t.deal_count + excluded.deal_count`,
    ids,
  );
  return deals;
}
