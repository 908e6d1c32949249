import { sql } from "kysely";
import type { Db } from "../../../platform/database/database.ts";

const shownMax = 300;
/** The organisations an operator may write for, by name. */
export async function organisationsForOperator(db: Db): Promise<{ id: string; name: string }[]> {
  const rows = await db
    .selectFrom("organisation")
    .select(["id", "legal_name"])
    .orderBy(sql`legal_name collate "vi-x-icu"`)
    .orderBy("id")
    .limit(shownMax)
    .execute();
  return rows.map((row) => ({ id: row.id, name: row.legal_name }));
}

/** Where an organisation gets its mail, if it gave an address. */
export async function ownerAddress(db: Db, organisationId: string): Promise<string | undefined> {
  const row = await db.selectFrom("organisation").select("email").where("id", "=", organisationId).executeTakeFirst();
  return row?.email ?? undefined;
}

export async function organisationExists(db: Db, id: string): Promise<boolean> {
  return (await db.selectFrom("organisation").select("id").where("id", "=", id).executeTakeFirst()) !== undefined;
}
