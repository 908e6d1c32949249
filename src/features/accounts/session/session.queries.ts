import { sql } from "kysely";
import type { Day } from "../../../kernel/clock.ts";
import type { Db } from "../../../platform/database/database.ts";
import { holdsOn } from "../organisation/member.queries.ts";

/** Where somebody is signed in. `token` never leaves the server: the page names sessions by id. */
export type OpenSession = {
  id: string;
  token: string;
  userAgent: string | undefined;
  createdAt: Date;
  expiresAt: Date;
  secondFactor: string | undefined;
};

export async function sessionsOf(db: Db, personId: string, now: Date): Promise<OpenSession[]> {
  const rows = await db
    .selectFrom("auth.session as session")
    .innerJoin("person", "person.auth_user_id", "session.userId")
    .select([
      "session.id",
      "session.token",
      "session.userAgent",
      "session.createdAt",
      "session.expiresAt",
      "session.secondFactor",
    ])
    .where("person.id", "=", personId)
    .where("session.expiresAt", ">", now)
    .orderBy("session.createdAt", "desc")
    .limit(100)
    .execute();
  return rows.map((r) => ({ ...r, userAgent: r.userAgent || undefined, secondFactor: r.secondFactor ?? undefined }));
}
/** False when it is nobody's of this person. */
export async function endSession(db: Db, personId: string, sessionId: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom("auth.session")
    .where("id", "=", sessionId)
    .where("userId", "=", (eb) => eb.selectFrom("person").select("auth_user_id").where("person.id", "=", personId))
    .executeTakeFirst();
  return numDeletedRows === 1n;
}
export async function endOtherSessions(db: Db, personId: string, token: string): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom("auth.session")
    .where("token", "<>", token)
    .where("userId", "=", (eb) => eb.selectFrom("person").select("auth_user_id").where("person.id", "=", personId))
    .executeTakeFirst();
  return Number(numDeletedRows);
}

export type Passkey = { id: string; name: string | undefined; createdAt: Date | undefined };
export async function passkeysOf(db: Db, personId: string): Promise<Passkey[]> {
  const rows = await db
    .selectFrom("auth.passkey as passkey")
    .innerJoin("person", "person.auth_user_id", "passkey.userId")
    .select(["passkey.id", "passkey.name", "passkey.createdAt"])
    .where("person.id", "=", personId)
    .orderBy("passkey.createdAt")
    .limit(50)
    .execute();
  return rows.map((r) => ({ id: r.id, name: r.name ?? undefined, createdAt: r.createdAt ?? undefined }));
}
export async function removePasskeyRow(db: Db, personId: string, passkeyId: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom("auth.passkey")
    .where("id", "=", passkeyId)
    .where("userId", "=", (eb) => eb.selectFrom("person").select("auth_user_id").where("person.id", "=", personId))
    .executeTakeFirst();
  return numDeletedRows === 1n;
}
export async function hasTotp(db: Db, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom("auth.user as user")
    .innerJoin("person", "person.auth_user_id", "user.id")
    .select("user.twoFactorEnabled")
    .where("person.id", "=", personId)
    .executeTakeFirst();
  return row?.twoFactorEnabled === true;
}

export async function deleteExpired(db: Db, now: Date): Promise<void> {
  await db.deleteFrom("auth.session").where("expiresAt", "<", now).execute();
  await db.deleteFrom("auth.verification").where("expiresAt", "<", now).execute();
  await db.deleteFrom("contact_code").where("expires_at", "<", now).execute();
  await db.deleteFrom("attempt").where("until", "<", now).execute();
}

/** Session, person and the roles that hold on a day, in one query; no row when the session is over. */
export const rolesOfSession = (db: Db, token: string, now: Date, day: Day) =>
  db
    .selectFrom("auth.session as session")
    .innerJoin("person", "person.auth_user_id", "session.userId")
    .leftJoin("membership", (join) => join.onRef("membership.person_id", "=", "person.id").on(holdsOn(day)))
    .leftJoin("organisation", "organisation.id", "membership.organisation_id")
    .select([
      "person.id",
      "person.name",
      "session.secondFactor",
      "membership.role",
      "organisation.id as organisation_id",
      "organisation.legal_name",
    ])
    .where("session.token", "=", token)
    .where("session.expiresAt", ">", now)
    .orderBy(sql`membership.valid_from nulls last`)
    .orderBy("membership.id")
    .execute();
