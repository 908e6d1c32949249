import { sql } from "kysely";
import { type Role, roles } from "../../../kernel/actor.ts";
import type { Day } from "../../../kernel/clock.ts";
import { newId } from "../../../kernel/id.ts";
import type { Db } from "../../../platform/database/database.ts";

export type Member = {
  membershipId: string;
  personId: string;
  name: string;
  role: Role;
  validFrom: Day;
  validTo: Day | undefined;
};

export const roleOf = (text: string): Role => {
  const found = roles.find((role) => role === text);
  if (!found) throw new Error(`unknown role ${text}`);
  return found;
};

/** Memberships that hold on a day are those begun and not over: the last day still counts. */
export const holdsOn = (day: Day) =>
  sql<boolean>`membership.valid_from <= ${day}::date and (membership.valid_to is null or membership.valid_to >= ${day}::date)`;

export const membersMax = 500;
export async function membersOf(db: Db, organisationId: string, day: Day): Promise<Member[]> {
  const rows = await db
    .selectFrom("membership")
    .innerJoin("person", "person.id", "membership.person_id")
    .select([
      "membership.id",
      "membership.person_id",
      "person.name",
      "membership.role",
      "membership.valid_from",
      "membership.valid_to",
    ])
    .where("membership.organisation_id", "=", organisationId)
    .where(holdsOn(day))
    .orderBy(sql`person.name collate "vi-x-icu"`)
    .orderBy("membership.person_id")
    .orderBy("membership.role")
    .limit(membersMax)
    .execute();
  return rows.map((r) => ({
    membershipId: r.id,
    personId: r.person_id,
    name: r.name,
    role: roleOf(r.role),
    validFrom: r.valid_from,
    validTo: r.valid_to ?? undefined,
  }));
}

/** Locks the organisation's row, so that two managers cannot take each other's last role at once. */
export async function lockOrganisation(db: Db, organisationId: string): Promise<void> {
  await db.selectFrom("organisation").select("id").where("id", "=", organisationId).forUpdate().execute();
}

/** False when the person holds the role there already without an end. */
export async function insertMembership(
  db: Db,
  m: {
    personId: string;
    organisationId: string;
    role: Role;
    from: Day;
    to?: Day | undefined;
    grantedBy?: string | undefined;
  },
): Promise<string | undefined> {
  const row = await db
    .insertInto("membership")
    .values({
      id: newId(),
      person_id: m.personId,
      organisation_id: m.organisationId,
      role: m.role,
      valid_from: m.from,
      valid_to: m.to ?? null,
      granted_by: m.grantedBy ?? null,
    })
    .onConflict((oc) => oc.columns(["person_id", "organisation_id", "role"]).where("valid_to", "is", null).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

/** Ends a membership with the day before; one begun on that day is over on its first day, so it is taken away whole. */
export async function endMembership(db: Db, membershipId: string, today: Day): Promise<boolean> {
  const whole = await db
    .deleteFrom("membership")
    .where("id", "=", membershipId)
    .where("valid_from", "=", today)
    .executeTakeFirst();
  if (whole.numDeletedRows === 1n) return true;
  const { numUpdatedRows } = await db
    .updateTable("membership")
    .set({ valid_to: sql<string>`${today}::date - 1` })
    .where("id", "=", membershipId)
    .where((eb) => eb.or([eb("valid_to", "is", null), eb("valid_to", ">=", today)]))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export type Invitation = {
  id: string;
  organisationId: string;
  role: Role;
  contact: string;
  invitedBy: string;
  expiresAt: Date;
  acceptedAt: Date | undefined;
  revokedAt: Date | undefined;
};
const invitationColumns = [
  "id",
  "organisation_id",
  "role",
  "contact",
  "invited_by",
  "expires_at",
  "accepted_at",
  "revoked_at",
] as const;
type InvitationRow = {
  id: string;
  organisation_id: string;
  role: string;
  contact: string;
  invited_by: string;
  expires_at: Date;
  accepted_at: Date | null;
  revoked_at: Date | null;
};
const toInvitation = (r: InvitationRow): Invitation => ({
  id: r.id,
  organisationId: r.organisation_id,
  role: roleOf(r.role),
  contact: r.contact,
  invitedBy: r.invited_by,
  expiresAt: r.expires_at,
  acceptedAt: r.accepted_at ?? undefined,
  revokedAt: r.revoked_at ?? undefined,
});

export async function insertInvitation(
  db: Db,
  i: {
    id: string;
    organisationId: string;
    role: Role;
    contact: string;
    tokenHash: string;
    invitedBy: string;
    expiresAt: Date;
  },
): Promise<void> {
  await db
    .insertInto("invitation")
    .values({
      id: i.id,
      organisation_id: i.organisationId,
      role: i.role,
      contact: i.contact,
      token_hash: i.tokenHash,
      invited_by: i.invitedBy,
      expires_at: i.expiresAt,
    })
    .execute();
}
export async function openInvitationsOf(db: Db, organisationId: string, now: Date): Promise<Invitation[]> {
  const rows = await db
    .selectFrom("invitation")
    .select(invitationColumns)
    .where("organisation_id", "=", organisationId)
    .where("accepted_at", "is", null)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", now)
    .orderBy("created_at")
    .limit(100)
    .execute();
  return rows.map(toInvitation);
}
export async function invitationByToken(db: Db, tokenHash: string): Promise<Invitation | undefined> {
  const row = await db
    .selectFrom("invitation")
    .select(invitationColumns)
    .where("token_hash", "=", tokenHash)
    .executeTakeFirst();
  return row && toInvitation(row);
}
/** False when it was taken, withdrawn or ran out meanwhile. */
export async function acceptInvitationRow(db: Db, id: string, personId: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("invitation")
    .set({ accepted_at: now, accepted_by: personId })
    .where("id", "=", id)
    .where("accepted_at", "is", null)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", now)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
export async function revokeInvitationRow(db: Db, id: string, organisationId: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("invitation")
    .set({ revoked_at: now })
    .where("id", "=", id)
    .where("organisation_id", "=", organisationId)
    .where("accepted_at", "is", null)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export type OfficeHolder = Member & { organisationId: string; organisationName: string };
/** Who holds roles of the state today, by name. */
export async function officeHolders(db: Db, held: readonly Role[], day: Day): Promise<OfficeHolder[]> {
  const rows = await db
    .selectFrom("membership")
    .innerJoin("person", "person.id", "membership.person_id")
    .innerJoin("organisation", "organisation.id", "membership.organisation_id")
    .select([
      "membership.id",
      "membership.person_id",
      "person.name",
      "membership.role",
      "membership.valid_from",
      "membership.valid_to",
      "organisation.id as organisation_id",
      "organisation.legal_name",
    ])
    .where("membership.role", "in", [...held])
    .where(holdsOn(day))
    .orderBy(sql`person.name collate "vi-x-icu"`)
    .orderBy("membership.id")
    .limit(membersMax)
    .execute();
  return rows.map((r) => ({
    membershipId: r.id,
    personId: r.person_id,
    name: r.name,
    role: roleOf(r.role),
    validFrom: r.valid_from,
    validTo: r.valid_to ?? undefined,
    organisationId: r.organisation_id,
    organisationName: r.legal_name,
  }));
}
