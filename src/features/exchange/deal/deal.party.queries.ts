import { sql } from "kysely";
import type { Tx } from "../../../platform/database/database.ts";
import type { PartyRef } from "./deal.contract.rules.ts";

/** Parties as contracts name them, and what of them and their listing a new deal begins with. */

/**
 * The organisation a reference means: undefined when none, or when a name fits several. Anybody may declare an organisation under any tax
 * code or name, so only verified ones are meant, and those that the office or an import entered (which never had members); verified first.
 */
export async function findParty(tx: Tx, ref: PartyRef): Promise<string | undefined> {
  if (ref.organisationId) {
    return (await tx.selectFrom("organisation").select("id").where("id", "=", ref.organisationId).executeTakeFirst())
      ?.id;
  }
  if (ref.taxCode) {
    const byCode = await nameable(tx).where("o.tax_code", "=", ref.taxCode).executeTakeFirst();
    if (byCode) return byCode.id;
  }
  if (!ref.name) return undefined;
  const { name, taxCode } = ref;
  const named = await nameable(tx)
    .where((eb) => eb.or([eb("o.code", "=", name), eb(sql`fold(o.legal_name)`, "=", sql`fold(${name})`)]))
    .where((eb) =>
      eb.or([
        eb("o.code", "=", name),
        eb("o.name_fold", "like", sql<string>`replace(replace(fold(${name}), '%', '\\%'), '_', '\\_') || '%'`),
      ]),
    )
    .limit(candidatesMax)
    .execute();
  const fitting = taxCode ? named.filter((o) => o.tax_code === null) : named;
  const verified = fitting.filter((o) => o.verification_state === "VERIFIED");
  const meant = verified.length > 0 ? verified : fitting;
  return meant.length === 1 ? meant[0]?.id : undefined;
}
const candidatesMax = 20;
const nameable = (tx: Tx) =>
  tx
    .selectFrom("organisation as o")
    .select(["o.id", "o.tax_code", "o.verification_state"])
    .where((eb) =>
      eb.or([
        eb("o.verification_state", "=", "VERIFIED"),
        eb.not(eb.exists(eb.selectFrom("membership as m").select("m.id").whereRef("m.organisation_id", "=", "o.id"))),
      ]),
    )
    .orderBy(sql`(o.verification_state = 'VERIFIED') desc`);

/** Whether a tax code is borne by some organisation already, be it one that only says so. */
export const isTaxCodeBorne = async (tx: Tx, taxCode: string): Promise<boolean> =>
  (await tx.selectFrom("organisation").select("id").where("tax_code", "=", taxCode).executeTakeFirst()) !== undefined;

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
