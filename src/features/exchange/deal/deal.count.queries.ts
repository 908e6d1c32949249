import { newId } from "../../../kernel/id.ts";
import type { Db, Tx } from "../../../platform/database/database.ts";
import type { CountedShare } from "./deal.rollup.queries.ts";

/** The entries of counted deals: read as they stand, and written (never changed). */

/** What stands counted now: the entries of each share of a line, summed. */
export async function standingOf(db: Db, dealId: string): Promise<CountedShare[]> {
  const keys = [
    "deal_line_id",
    "supplier_organisation_id",
    "recognised_on",
    "goods_kind",
    "flow",
    "origin_country",
    "supplier_org_type",
    "sector",
    "territory",
    "evidence_level",
  ] as const;
  const rows = await db
    .selectFrom("counted_line")
    .select(keys)
    .select((eb) => eb.fn.sum<string>("value_vnd").as("value"))
    .where("deal_id", "=", dealId)
    .groupBy(keys)
    .having((eb) => eb(eb.fn.sum("value_vnd"), "<>", 0))
    .execute();
  return rows.map((r) => ({
    dealLineId: r.deal_line_id,
    supplierId: r.supplier_organisation_id,
    recognisedOn: r.recognised_on,
    goodsKind: r.goods_kind,
    flow: r.flow,
    originCountry: r.origin_country,
    supplierOrgType: r.supplier_org_type,
    sector: r.sector,
    territory: r.territory,
    evidenceLevel: r.evidence_level,
    valueVnd: BigInt(r.value),
  }));
}

/** A supplier keeps the kind it had when an entry first named it, be that a count or a correction, whatever it becomes later. */
export async function typesWhenFirstCounted(db: Db, dealId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom("counted_line")
    .distinctOn("supplier_organisation_id")
    .select(["supplier_organisation_id", "supplier_org_type"])
    .where("deal_id", "=", dealId)
    .orderBy("supplier_organisation_id")
    .orderBy("recorded_at")
    .orderBy("id")
    .execute();
  return new Map(rows.map((r) => [r.supplier_organisation_id, r.supplier_org_type]));
}

export async function insertEntries(
  tx: Tx,
  dealId: string,
  entries: readonly CountedShare[],
  by: { actorId: string | undefined; at: Date },
  cause: { entry: "COUNT" } | { entry: "CORRECTION"; reason: string },
): Promise<void> {
  await tx
    .insertInto("counted_line")
    .values(
      entries.map((e) => ({
        id: newId(),
        deal_id: dealId,
        deal_line_id: e.dealLineId,
        supplier_organisation_id: e.supplierId,
        entry: cause.entry,
        reason: cause.entry === "CORRECTION" ? cause.reason : null,
        recorded_by: by.actorId ?? null,
        recorded_at: by.at,
        recognised_on: e.recognisedOn,
        goods_kind: e.goodsKind,
        flow: e.flow,
        origin_country: e.originCountry,
        supplier_org_type: e.supplierOrgType,
        sector: e.sector,
        territory: e.territory,
        evidence_level: e.evidenceLevel,
        value_vnd: e.valueVnd,
      })),
    )
    .execute();
}
