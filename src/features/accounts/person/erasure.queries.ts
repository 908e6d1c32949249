import { sql } from "kysely";
import type { Db } from "../../../platform/database/database.ts";
import { erasedName } from "./person.rules.ts";

/**
 * Takes away all that names a person in the tables of accounts; what they did stays under their id. Answers the ids of the messages that
 * went, so that copies of them can go too.
 */
export async function erasePersonRows(
  db: Db,
  personId: string,
  doneBy: string,
  at: Date,
  today: string,
): Promise<string[]> {
  const { name, phone, email, auth_user_id } = await db
    .selectFrom("person")
    .select(["name", "phone", "email", "auth_user_id"])
    .where("id", "=", personId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const addresses = [phone, email].filter((a) => a !== null);
  await db.deleteFrom("contact_code").where("person_id", "=", personId).execute();
  await db.deleteFrom("person_key").where("person_id", "=", personId).execute();
  await db
    .updateTable("person")
    .set((eb) => ({
      name: erasedName,
      phone: null,
      email: null,
      phone_confirmed_at: null,
      email_confirmed_at: null,
      citizen_id_sealed: null,
      auth_user_id: null,
      erased_at: at,
      version: eb("version", "+", 1),
    }))
    .where("id", "=", personId)
    .execute();
  // Better Auth keys its codes and tokens by number, address or user, in identifier or value.
  const marks = [...addresses, ...(auth_user_id ? [auth_user_id] : [])];
  for (const mark of marks)
    await db
      .deleteFrom("auth.verification")
      .where((eb) => eb.or([eb("value", "=", mark), eb(sql`strpos(identifier, ${mark})`, ">", 0)]))
      .execute();
  if (auth_user_id) await db.deleteFrom("auth.user").where("id", "=", auth_user_id).execute();
  await eraseOwnHouseholds(db, personId);
  await eraseInOrganisations(db, { name, addresses });
  await db.updateTable("verification").set({ note: null }).where("submitted_by", "=", personId).execute();
  await db
    .updateTable("membership")
    .set((eb) => ({ valid_to: eb.fn<string>("greatest", ["valid_from", eb.cast(eb.val(today), "date")]) }))
    .where("person_id", "=", personId)
    .where("valid_to", "is", null)
    .execute();
  await db
    .updateTable("erasure_request")
    .set({ done_at: at, done_by: doneBy })
    .where("person_id", "=", personId)
    .where("done_at", "is", null)
    .execute();
  return eraseAddressed(db, addresses);
}

/** A household is its owner: where nobody else is a member, its citizen id, address and contacts are the person's own. */
async function eraseOwnHouseholds(db: Db, personId: string): Promise<void> {
  await db
    .updateTable("organisation")
    .set({
      tax_code: null,
      citizen_code_hmac: null,
      citizen_code_sealed: null,
      citizen_code_end: null,
      street: null,
      legal_representative: null,
      phone: null,
      email: null,
      website: null,
    })
    .where("org_type", "=", "HOUSEHOLD")
    .where("id", "in", (eb) =>
      eb
        .selectFrom("membership")
        .select("organisation_id")
        .groupBy("organisation_id")
        .having(
          sql<boolean>`bool_and(person_id = ${personId} or valid_to is not null) and bool_or(person_id = ${personId})`,
        ),
    )
    .execute();
}

/** Elsewhere only what is this person's own number, address or name beside it goes. */
async function eraseInOrganisations(db: Db, of: { name: string; addresses: readonly string[] }): Promise<void> {
  if (of.addresses.length === 0) return;
  await db
    .updateTable("organisation")
    .set({
      legal_representative: sql`case when legal_representative = ${of.name} then null else legal_representative end`,
      phone: sql`case when phone = any(${of.addresses}::text[]) then null else phone end`,
      email: sql`case when email = any(${of.addresses}::text[]) then null else email end`,
    })
    .where((eb) => eb.or([eb("phone", "in", of.addresses), eb("email", "in", of.addresses)]))
    .execute();
}

async function eraseAddressed(db: Db, addresses: readonly string[]): Promise<string[]> {
  if (addresses.length === 0) return [];
  await db.updateTable("invitation").set({ contact: erasedName }).where("contact", "in", addresses).execute();
  const gone = await db.deleteFrom("outgoing_message").where("recipient", "in", addresses).returning("id").execute();
  return gone.map((row) => row.id);
}
