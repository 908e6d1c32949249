import { isLanguage } from "../../../kernel/language.ts";
import type { Db } from "../../../platform/database/database.ts";
import type { ConsentChannel, ConsentPurpose, Person } from "./person.rules.ts";

const columns = [
  "id",
  "auth_user_id",
  "name",
  "phone",
  "email",
  "phone_confirmed_at",
  "email_confirmed_at",
  "language",
  "citizen_id_sealed",
  "erased_at",
  "version",
] as const;
const find = (db: Db) => db.selectFrom("person").select(columns);
type Row = Awaited<ReturnType<ReturnType<typeof find>["executeTakeFirstOrThrow"]>>;
const toPerson = (r: Row): Person => ({
  id: r.id,
  name: r.name,
  phone: r.phone ?? undefined,
  email: r.email ?? undefined,
  phoneConfirmedAt: r.phone_confirmed_at ?? undefined,
  emailConfirmedAt: r.email_confirmed_at ?? undefined,
  language: isLanguage(r.language) ? r.language : "vi",
  hasSignIn: r.auth_user_id !== null,
  hasCitizenId: r.citizen_id_sealed !== null,
  erasedAt: r.erased_at ?? undefined,
  version: r.version,
});

export async function personById(db: Db, id: string): Promise<Person | undefined> {
  const row = await find(db).where("id", "=", id).executeTakeFirst();
  return row && toPerson(row);
}
export async function personByAuthUser(db: Db, authUserId: string): Promise<Person | undefined> {
  const row = await find(db).where("auth_user_id", "=", authUserId).executeTakeFirst();
  return row && toPerson(row);
}
/** Somebody who can sign in with this phone number or e-mail. */
export async function personBySignIn(db: Db, address: string): Promise<Person | undefined> {
  const row = await find(db)
    .where("auth_user_id", "in", (eb) =>
      eb
        .selectFrom("auth.user")
        .select("auth.user.id")
        .where((e) => e.or([e("email", "=", address), e("phoneNumber", "=", address)])),
    )
    .executeTakeFirst();
  return row && toPerson(row);
}
export type NewPerson = {
  id: string;
  authUserId?: string | undefined;
  name: string;
  phone?: string | undefined;
  email?: string | undefined;
  language: string;
  registeredBy?: string | undefined;
  /** Given, number and address were proven outside of the platform. */
  contactsConfirmedAt?: Date | undefined;
};
export async function insertPerson(db: Db, p: NewPerson): Promise<void> {
  await db
    .insertInto("person")
    .values({
      id: p.id,
      auth_user_id: p.authUserId ?? null,
      name: p.name,
      phone: p.phone ?? null,
      email: p.email ?? null,
      language: p.language,
      registered_by: p.registeredBy ?? null,
      phone_confirmed_at: (p.phone && p.contactsConfirmedAt) || null,
      email_confirmed_at: (p.email && p.contactsConfirmedAt) || null,
    })
    .execute();
}
export async function savePerson(
  db: Db,
  id: string,
  version: number,
  p: { name: string; language: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("person")
    .set((eb) => ({ name: p.name, language: p.language, version: eb("version", "+", 1) }))
    .where("id", "=", id)
    .where("version", "=", version)
    .where("erased_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function insertAuthUser(
  db: Db,
  u: {
    id: string;
    name: string;
    email: string;
    phone: string | undefined;
    passwordHash: string | undefined;
    now: Date;
  },
): Promise<void> {
  await db
    .insertInto("auth.user")
    .values({
      id: u.id,
      name: u.name,
      email: u.email,
      emailVerified: false,
      phoneNumber: u.phone ?? null,
      phoneNumberVerified: false,
      createdAt: u.now,
      updatedAt: u.now,
    })
    .execute();
  if (u.passwordHash === undefined) return;
  await db
    .insertInto("auth.account")
    .values({
      id: u.id,
      accountId: u.id,
      providerId: "credential",
      userId: u.id,
      password: u.passwordHash,
      createdAt: u.now,
      updatedAt: u.now,
    })
    .execute();
}
export async function saveAuthName(db: Db, personId: string, name: string): Promise<void> {
  await db
    .updateTable("auth.user")
    .set({ name })
    .where("id", "=", (eb) => eb.selectFrom("person").select("auth_user_id").where("person.id", "=", personId))
    .execute();
}
/** The address by which Better Auth knows who signs in with this phone number. */
export async function addressOfPhone(db: Db, phone: string): Promise<string | undefined> {
  return (await db.selectFrom("auth.user").select("email").where("phoneNumber", "=", phone).executeTakeFirst())?.email;
}

export type Consent = {
  id: string;
  purpose: string;
  textVersion: string;
  channel: string;
  givenAt: Date;
  withdrawnAt: Date | undefined;
};
export async function consentsOf(db: Db, personId: string): Promise<Consent[]> {
  const rows = await db
    .selectFrom("consent")
    .select(["id", "purpose", "text_version", "channel", "given_at", "withdrawn_at"])
    .where("person_id", "=", personId)
    .orderBy("given_at", "desc")
    .limit(200)
    .execute();
  return rows.map((r) => ({
    id: r.id,
    purpose: r.purpose,
    textVersion: r.text_version,
    channel: r.channel,
    givenAt: r.given_at,
    withdrawnAt: r.withdrawn_at ?? undefined,
  }));
}
export async function insertConsent(
  db: Db,
  c: { id: string; personId: string; purpose: ConsentPurpose; textVersion: string; channel: ConsentChannel; at: Date },
): Promise<void> {
  await db
    .insertInto("consent")
    .values({
      id: c.id,
      person_id: c.personId,
      purpose: c.purpose,
      text_version: c.textVersion,
      channel: c.channel,
      given_at: c.at,
    })
    .execute();
}
export async function withdrawConsentRows(db: Db, personId: string, at: Date, purpose?: ConsentPurpose): Promise<void> {
  let query = db
    .updateTable("consent")
    .set({ withdrawn_at: at })
    .where("person_id", "=", personId)
    .where("withdrawn_at", "is", null);
  if (purpose) query = query.where("purpose", "=", purpose);
  await query.execute();
}

export async function insertPersonKey(db: Db, personId: string, key: Buffer): Promise<void> {
  await db.insertInto("person_key").values({ person_id: personId, key }).execute();
}
export async function personKey(db: Db, personId: string): Promise<Buffer | undefined> {
  return (await db.selectFrom("person_key").select("key").where("person_id", "=", personId).executeTakeFirst())?.key;
}
export async function saveCitizenId(db: Db, personId: string, sealed: Buffer): Promise<void> {
  await db.updateTable("person").set({ citizen_id_sealed: sealed }).where("id", "=", personId).execute();
}
export async function citizenIdSealed(db: Db, personId: string): Promise<Buffer | undefined> {
  return (
    (await db.selectFrom("person").select("citizen_id_sealed").where("id", "=", personId).executeTakeFirst())
      ?.citizen_id_sealed ?? undefined
  );
}

export type ErasureRequest = { id: string; personId: string; name: string; askedAt: Date; dueOn: string };
export async function insertErasureRequest(
  db: Db,
  r: { id: string; personId: string; dueOn: string },
): Promise<boolean> {
  const row = await db
    .insertInto("erasure_request")
    .values({ id: r.id, person_id: r.personId, due_on: r.dueOn })
    .onConflict((oc) => oc.column("person_id").where("done_at", "is", null).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}
export async function openErasureRequests(db: Db, personId?: string): Promise<ErasureRequest[]> {
  let query = db
    .selectFrom("erasure_request")
    .innerJoin("person", "person.id", "erasure_request.person_id")
    .select(["erasure_request.id", "person_id", "person.name", "asked_at", "due_on"])
    .where("done_at", "is", null)
    .orderBy("due_on")
    .limit(100);
  if (personId) query = query.where("person_id", "=", personId);
  return (await query.execute()).map((r) => ({
    id: r.id,
    personId: r.person_id,
    name: r.name,
    askedAt: r.asked_at,
    dueOn: r.due_on,
  }));
}
