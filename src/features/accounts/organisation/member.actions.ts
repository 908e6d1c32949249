import { createHash, randomBytes } from "node:crypto";
import type { Deps } from "../../../deps.ts";
import { type Actor, abilities, type Role } from "../../../kernel/actor.ts";
import { type Day, localDay } from "../../../kernel/clock.ts";
import { newId } from "../../../kernel/id.ts";
import { inLanguage } from "../../../kernel/language.ts";
import { done, type Outcome, refuse } from "../../../kernel/outcome.ts";
import { inTransaction, type Tx } from "../../../platform/database/database.ts";
import { recordEvent } from "../../../platform/events.ts";
import { confirmContactRow, isContactConfirmed } from "../person/contact.queries.ts";
import { personById, personBySignIn } from "../person/person.queries.ts";
import type { Contact } from "../person/person.rules.ts";
import * as q from "./member.queries.ts";
import { organisationById, organisationBySlug } from "./organisation.queries.ts";
import {
  grantableRoles,
  isOffice,
  isSysAdmin,
  mayManage,
  maySeeInside,
  memberRolesOf,
  type Organisation,
  rolesGivenInOffices,
} from "./organisation.rules.ts";
import { organisationWords } from "./organisation.words.ts";

type Use = Pick<Deps, "db" | "clock" | "config" | "messages">;
const managing: readonly Role[] = abilities["organisation.manage"];
const subject = "organisation";

export type Grant = {
  personId: string;
  organisationId: string;
  role: Role;
  from: Day;
  to?: Day | undefined;
  grantedBy?: string | undefined;
  /** When it is given, for its event; now when not given. */
  at?: Date | undefined;
};
/** Gives a role, with its event; who calls has asked whether it may be given. False when it was held already. */
export async function grantRole(tx: Tx, grant: Grant): Promise<boolean> {
  const membershipId = await q.insertMembership(tx, grant);
  if (membershipId === undefined) return false;
  const { grantedBy: actorId, organisationId, role, personId } = grant;
  await recordEvent(tx, {
    at: grant.at,
    actorId,
    organisationId,
    subject,
    subjectId: organisationId,
    verb: "grant_role",
    detail: { personId, role },
  });
  return true;
}

/** A manager gives a role to somebody who is a member already; newcomers are invited. */
export const grantMemberRole = (
  deps: Use,
  actor: Actor,
  slug: string,
  input: { personId: string; role: Role },
): Promise<Outcome<null>> =>
  inTransaction(deps.db, async (tx) => {
    const organisation = await organisationBySlug(tx, slug);
    if (!organisation || !maySeeInside(actor, organisation)) return refuse("organisation.missing");
    if (!grantableRoles(actor, organisation).includes(input.role)) return refuse("member.role.not_grantable", "role");
    const today = localDay(deps.clock.now());
    const members = await q.membersOf(tx, organisation.id, today);
    if (!members.some((m) => m.personId === input.personId)) return refuse("member.missing");
    const given = await grantRole(tx, {
      ...input,
      organisationId: organisation.id,
      from: today,
      grantedBy: actor.personId,
      at: deps.clock.now(),
    });
    return given ? done(null) : refuse("member.role.held", "role");
  });

/** Managers end roles that managers may give; everybody may leave; the last who manages stays. */
export const endMember = (deps: Use, actor: Actor, slug: string, membershipId: string): Promise<Outcome<q.Member>> =>
  inTransaction(deps.db, async (tx) => {
    const organisation = await organisationBySlug(tx, slug);
    if (!organisation || !maySeeInside(actor, organisation)) return refuse("organisation.missing");
    await q.lockOrganisation(tx, organisation.id);
    return endIn(deps, tx, actor, organisation, membershipId, (member) => {
      const isOwn = member.personId === actor.personId;
      return isOwn || (mayManage(actor, organisation) && memberRolesOf(organisation.orgType).includes(member.role));
    });
  });

async function endIn(
  deps: Pick<Deps, "clock">,
  tx: Tx,
  actor: Actor,
  organisation: Organisation,
  membershipId: string,
  may: (member: q.Member) => boolean,
): Promise<Outcome<q.Member>> {
  const today = localDay(deps.clock.now());
  const members = await q.membersOf(tx, organisation.id, today);
  const member = members.find((m) => m.membershipId === membershipId);
  if (!member) return refuse("member.missing");
  if (!may(member)) return refuse("action.not_allowed");
  const manages = (m: q.Member) => managing.includes(m.role);
  if (manages(member) && !members.some((m) => m !== member && manages(m))) return refuse("member.last_manager");
  await q.endMembership(tx, membershipId, today);
  await recordEvent(tx, {
    at: deps.clock.now(),
    actorId: actor.personId,
    organisationId: organisation.id,
    subject,
    subjectId: organisation.id,
    verb: "end_role",
    detail: { personId: member.personId, role: member.role },
  });
  return done(member);
}

/** The system's administrator gives and ends roles of the state, in organisations of the office only. */
export const grantOfficeRole = (
  deps: Use,
  actor: Actor,
  input: { organisationId: string; contact: Contact; role: Role },
): Promise<Outcome<null>> =>
  inTransaction(deps.db, async (tx) => {
    if (!isSysAdmin(actor)) return refuse("organisation.missing");
    const organisation = await organisationById(tx, input.organisationId);
    if (!organisation || !isOffice(organisation)) return refuse("field.choice.invalid", "organisationId");
    if (!rolesGivenInOffices.includes(input.role)) return refuse("member.role.not_grantable", "role");
    const person = await personBySignIn(tx, input.contact.value);
    if (!person) return refuse("person.contact.unknown", "contact");
    if (!(await isContactConfirmed(tx, input.contact))) return refuse("person.contact.unconfirmed", "contact");
    const from = localDay(deps.clock.now());
    const given = await grantRole(tx, {
      personId: person.id,
      organisationId: organisation.id,
      role: input.role,
      from,
      grantedBy: actor.personId,
      at: deps.clock.now(),
    });
    return given ? done(null) : refuse("member.role.held", "role");
  });
export const endOfficeRole = (
  deps: Use,
  actor: Actor,
  organisationId: string,
  membershipId: string,
): Promise<Outcome<q.Member>> =>
  inTransaction(deps.db, async (tx) => {
    const organisation = isSysAdmin(actor) ? await organisationById(tx, organisationId) : undefined;
    if (!organisation || !isOffice(organisation)) return refuse("organisation.missing");
    await q.lockOrganisation(tx, organisation.id);
    return endIn(deps, tx, actor, organisation, membershipId, (member) => rolesGivenInOffices.includes(member.role));
  });

export const invitationDays = 14;
const hashOf = (token: string): string => createHash("sha256").update(token).digest("base64url");

export const invite = (
  deps: Use,
  actor: Actor,
  slug: string,
  input: { contact: Contact; role: Role },
): Promise<Outcome<{ token: string }>> =>
  inTransaction(deps.db, async (tx) => {
    const organisation = await organisationBySlug(tx, slug);
    if (!organisation || !maySeeInside(actor, organisation)) return refuse("organisation.missing");
    if (!mayManage(actor, organisation)) return refuse("action.not_allowed");
    if (!memberRolesOf(organisation.orgType).includes(input.role)) return refuse("member.role.not_grantable", "role");
    const now = deps.clock.now();
    const open = await q.openInvitationsOf(tx, organisation.id, now);
    if (open.some((i) => i.contact === input.contact.value && i.role === input.role))
      return refuse("invitation.sent_already", "contact");
    if (open.length >= 100) return refuse("rate.limited");
    const id = newId();
    const token = randomBytes(24).toString("base64url");
    const expiresAt = new Date(now.getTime() + invitationDays * 86_400_000);
    await q.insertInvitation(tx, {
      id,
      organisationId: organisation.id,
      role: input.role,
      contact: input.contact.value,
      tokenHash: hashOf(token),
      invitedBy: actor.personId,
      expiresAt,
    });
    const language = (await personBySignIn(tx, input.contact.value))?.language ?? "vi";
    const t = organisationWords[language];
    const link = `${deps.config.publicUrl}${inLanguage(language, `/loi-moi/${token}`)}`;
    await deps.messages.send(tx, {
      channel: input.contact.kind === "MAIL" ? "MAIL" : "SMS",
      recipient: input.contact.value,
      subject: t.inviteSubject,
      body: t.inviteBody(actor.name, organisation.legalName, link, invitationDays),
    });
    await recordEvent(tx, {
      at: deps.clock.now(),
      actorId: actor.personId,
      organisationId: organisation.id,
      subject,
      subjectId: organisation.id,
      verb: "invite",
      detail: { invitationId: id, role: input.role },
    });
    return done({ token });
  });

export const revokeInvitation = (deps: Use, actor: Actor, slug: string, id: string): Promise<Outcome<null>> =>
  inTransaction(deps.db, async (tx) => {
    const organisation = await organisationBySlug(tx, slug);
    if (!organisation || !mayManage(actor, organisation)) return refuse("organisation.missing");
    if (!(await q.revokeInvitationRow(tx, id, organisation.id, deps.clock.now()))) return refuse("invitation.over");
    await recordEvent(tx, {
      at: deps.clock.now(),
      actorId: actor.personId,
      organisationId: organisation.id,
      subject,
      subjectId: organisation.id,
      verb: "revoke_invitation",
      detail: { invitationId: id },
    });
    return done(null);
  });

export type InvitationView = { invitation: q.Invitation; organisation: Organisation };
/** An invitation that still stands; used, withdrawn and run out are one answer. */
export async function readInvitation(
  deps: Pick<Deps, "db" | "clock">,
  db: Deps["db"],
  token: string,
): Promise<Outcome<InvitationView>> {
  const invitation = await q.invitationByToken(db, hashOf(token));
  const stands =
    invitation && !invitation.acceptedAt && !invitation.revokedAt && invitation.expiresAt > deps.clock.now();
  const organisation = stands ? await organisationById(db, invitation.organisationId) : undefined;
  return stands && organisation ? done({ invitation, organisation }) : refuse("invitation.over");
}

/** Only who has the invited number or address in their account may accept, and once. */
export const acceptInvitation = (deps: Use, actor: Actor, token: string): Promise<Outcome<Organisation>> =>
  inTransaction(deps.db, async (tx) => {
    const read = await readInvitation(deps, tx, token);
    if (!read.ok) return read;
    const { invitation, organisation } = read.value;
    const person = await personById(tx, actor.personId);
    if (!person || (person.phone !== invitation.contact && person.email !== invitation.contact))
      return refuse("invitation.other_person");
    const now = deps.clock.now();
    if (!(await q.acceptInvitationRow(tx, invitation.id, actor.personId, now))) return refuse("invitation.over");
    // The link came to this number or address alone.
    await confirmContactRow(tx, actor.personId, invitation.contact, now);
    await grantRole(tx, {
      personId: actor.personId,
      organisationId: organisation.id,
      role: invitation.role,
      from: localDay(now),
      grantedBy: invitation.invitedBy,
      at: now,
    });
    await recordEvent(tx, {
      at: deps.clock.now(),
      actorId: actor.personId,
      organisationId: organisation.id,
      subject,
      subjectId: organisation.id,
      verb: "accept_invitation",
      detail: { invitationId: invitation.id },
    });
    return done(organisation);
  });
