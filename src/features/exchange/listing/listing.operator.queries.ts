import { sql } from "kysely";
import type { Db } from "../../../platform/database/database.ts";
import { organisationByTaxCode } from "../../accounts/index.ts";

/** The organisation that somebody typed: its code, its tax code, its address name or its whole name; undefined when several bear the name. */
export async function organisationTyped(db: Db, secret: string, text: string): Promise<string | undefined> {
  const byTaxCode = await organisationByTaxCode(db, secret, text);
  if (byTaxCode) return byTaxCode.id;
  const rows = await db
    .selectFrom("organisation")
    .select("id")
    .where((eb) =>
      eb.or([eb("code", "=", text), eb("slug", "=", text), eb(sql`lower(legal_name)`, "=", text.toLowerCase())]),
    )
    .limit(2)
    .execute();
  return rows.length === 1 ? rows[0]?.id : undefined;
}

/** Where an organisation gets its mail, if it gave an address. */
export async function ownerAddress(db: Db, organisationId: string): Promise<string | undefined> {
  const row = await db.selectFrom("organisation").select("email").where("id", "=", organisationId).executeTakeFirst();
  return row?.email ?? undefined;
}

export async function organisationExists(db: Db, id: string): Promise<boolean> {
  return (await db.selectFrom("organisation").select("id").where("id", "=", id).executeTakeFirst()) !== undefined;
}
