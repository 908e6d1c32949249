import type { GoodsKind } from "../../../kernel/codes.ts";
import { splitByShares } from "../../../kernel/money.ts";
import type { Tx } from "../../../platform/database/database.ts";
import type { ProvincePack } from "../../../province/index.ts";
import { insertEntries, standingOf, typesWhenFirstCounted } from "./deal.count.queries.ts";
import { addToRollups, type CountedShare, type DealDelta } from "./deal.rollup.queries.ts";
import type { Deal } from "./deal.rules.ts";

/** Where the province's figures come from: what stands counted of a deal, what should stand, and the entries between the two. */

/** Why entries are written: the first count, or a correction with its reason (a key for the system's own, else the officer's words). */
export type CountCause = { entry: "COUNT" } | { entry: "CORRECTION"; reason: string };
export type CountBy = { actorId: string | undefined; at: Date; pack: ProvincePack };

export const evidenceRaised = "EVIDENCE_RAISED";

/** OCOP products are shown and not counted: the pack says which kinds enter the value (domain.md §1.4). */
export const entersValue = (pack: ProvincePack, kind: GoodsKind): boolean =>
  pack.goods.goodsKinds.find((k) => k.key === kind)?.inValue ?? kind !== "OCOP_PRODUCT";

/** What should stand: every counted line split among the suppliers, exact to the đồng; nothing for a cancelled deal. */
export function sharesOf(
  deal: Deal,
  pack: ProvincePack,
  types: ReadonlyMap<string, string> = new Map(),
): CountedShare[] {
  if (deal.state === "CANCELLED" || deal.recognisedOn === undefined) return [];
  const common = {
    recognisedOn: deal.recognisedOn,
    flow: deal.flow,
    originCountry: deal.originCountry,
    sector: deal.sector ?? "",
    territory: deal.territory ?? "",
    evidenceLevel: deal.evidenceLevel,
  };
  return deal.lines
    .filter((line) => entersValue(pack, line.goodsKind))
    .flatMap((line) => {
      const parts = splitByShares(
        line.valueVnd,
        deal.suppliers.map((s) => s.shareBp),
      );
      return deal.suppliers.map((supplier, index) => ({
        ...common,
        dealLineId: line.id,
        supplierId: supplier.id,
        goodsKind: line.goodsKind,
        supplierOrgType: types.get(supplier.id) ?? supplier.orgType,
        valueVnd: parts[index] ?? 0n,
      }));
    })
    .filter((share) => share.valueVnd !== 0n);
}

const sameShare = (a: CountedShare, b: CountedShare) =>
  (Object.keys(a) as (keyof CountedShare)[]).every((key) => a[key] === b[key]);

/**
 * Brings what stands counted of a deal to what the deal says, by entries only: what no longer holds is taken back whole, what now holds is
 * entered, on the same recognition day. Roll-ups follow in the same transaction. The caller holds the deal's row.
 */
export async function countDeal(
  tx: Tx,
  deal: Deal,
  by: CountBy,
  cause: CountCause,
): Promise<{ entries: number; deltaVnd: bigint }> {
  if (deal.recognisedOn === undefined) throw new Error(`deal ${deal.code} is not recognised`);
  // Before the first count nothing stands, and nobody's kind is kept.
  const isFirst = cause.entry === "COUNT";
  const before = isFirst ? [] : await standingOf(tx, deal.id);
  const after = sharesOf(deal, by.pack, isFirst ? undefined : await typesWhenFirstCounted(tx, deal.id));
  const entries = [
    ...before.filter((b) => !after.some((a) => sameShare(a, b))).map((b) => ({ ...b, valueVnd: -b.valueVnd })),
    ...after.filter((a) => !before.some((b) => sameShare(a, b))),
  ];
  if (entries.length === 0) return { entries: 0, deltaVnd: 0n };
  await insertEntries(tx, deal.id, entries, by, cause);
  const deals: DealDelta[] = [
    { shares: before, count: -1 },
    { shares: after, count: 1 },
  ];
  await addToRollups(tx, entries, deals);
  return { entries: entries.length, deltaVnd: entries.reduce((sum, e) => sum + e.valueVnd, 0n) };
}
