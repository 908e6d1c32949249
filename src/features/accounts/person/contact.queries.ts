import type { Db } from "../../../platform/database/database.ts";
import { type Contact, signInAddress } from "./person.rules.ts";

export type SentCode = { contact: string; hmac: Buffer; expiresAt: Date };

/** Keeps the newest code only: an older one is over as soon as another is sent. */
export async function keepContactCode(db: Db, personId: string, code: SentCode): Promise<void> {
  const row = { contact: code.contact, code_hmac: code.hmac, expires_at: code.expiresAt };
  await db
    .insertInto("contact_code")
    .values({ person_id: personId, ...row })
    .onConflict((oc) => oc.column("person_id").doUpdateSet(row))
    .execute();
}
/** Taken at most once, by whoever types it first. */
export async function takeContactCode(
  db: Db,
  personId: string,
  of: { hmac: Buffer; now: Date },
): Promise<string | undefined> {
  const row = await db
    .deleteFrom("contact_code")
    .where("person_id", "=", personId)
    .where("code_hmac", "=", of.hmac)
    .where("expires_at", ">", of.now)
    .returning("contact")
    .executeTakeFirst();
  return row?.contact;
}

/** Somebody has proven that a number or address is theirs; the first time stays. False when it was proven or is not theirs any more. */
export async function confirmContactRow(db: Db, personId: string, contact: string, at: Date): Promise<boolean> {
  const byPhone = await db
    .updateTable("person")
    .set({ phone_confirmed_at: at })
    .where("id", "=", personId)
    .where("phone", "=", contact)
    .where("phone_confirmed_at", "is", null)
    .executeTakeFirst();
  const byMail = await db
    .updateTable("person")
    .set({ email_confirmed_at: at })
    .where("id", "=", personId)
    .where("email", "=", contact)
    .where("email_confirmed_at", "is", null)
    .executeTakeFirst();
  return byPhone.numUpdatedRows + byMail.numUpdatedRows > 0n;
}

/** Whether this way to sign in was ever proven to be its owner's. */
export async function isContactConfirmed(db: Db, contact: Contact): Promise<boolean> {
  const column = contact.kind === "PHONE" ? "phone" : "email";
  const row = await db
    .selectFrom("person")
    .innerJoin("auth.user as user", "user.id", "person.auth_user_id")
    .select("person.id")
    .where(`person.${column}`, "=", contact.value)
    .where(`person.${column}_confirmed_at`, "is not", null)
    .where((eb) => eb.or([eb("user.email", "=", signInAddress(contact)), eb("user.phoneNumber", "=", contact.value)]))
    .executeTakeFirst();
  return row !== undefined;
}
