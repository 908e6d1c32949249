import { sql } from "kysely";
import type { Tx } from "../../../platform/database/database.ts";
import type { PartyRef } from "./deal.contract.rules.ts";

/** Parties as contracts name them, and what of them and their listing a new deal begins with. */

/** The organisation a reference means: undefined when none, or when a name fits several. */
export async function findParty(tx: Tx, ref: PartyRef): Promise<string | undefined> {
  if (ref.organisationId) {
    return (await tx.selectFrom("organisation").select("id").where("id", "=", ref.organisationId).executeTakeFirst())
      ?.id;
  }
  if (ref.taxCode) {
    const byCode = await tx
      .selectFrom("organisation")
      .select("id")
      .where("tax_code", "=", ref.taxCode)
      .executeTakeFirst();
    if (byCode) return byCode.id;
  }
  if (!ref.name) return undefined;
  const { name, taxCode } = ref;
  const named = await tx
    .selectFrom("organisation")
    .select(["id", "tax_code"])
    .where((eb) =>
      eb.or([
        eb("code", "=", name),
        eb(sql`fold(legal_name)`, "=", sql`fold(${name})`),
        eb(sql`fold(trade_name)`, "=", sql`fold(${name})`),
      ]),
    )
    .where("name_fold", "like", sql<string>`'%' || replace(replace(fold(${name}), '%', '\\%'), '_', '\\_') || '%'`)
    .limit(2)
    .execute();
  const fitting = taxCode ? named.filter((o) => o.tax_code === null) : named;
  return fitting.length === 1 ? fitting[0]?.id : undefined;
}

export async function countriesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.selectFrom("organisation").select(["id", "country"]).where("id", "in", ids).execute();
  return new Map(rows.map((r) => [r.id, r.country]));
}
/** The origin of the technology as its listing states it. */
export async function statedOrigin(tx: Tx, listingId: string): Promise<string | undefined> {
  const listing = await tx
    .selectFrom("published_listing")
    .select("document")
    .where("listing_id", "=", listingId)
    .executeTakeFirst();
  const said = (listing?.document as { originCountry?: unknown } | undefined)?.originCountry;
  return typeof said === "string" && /^[A-Z]{2}$/.test(said) ? said : undefined;
}
