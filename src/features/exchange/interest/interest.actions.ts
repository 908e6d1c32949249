import { createHmac, randomBytes } from "node:crypto";
import type { Deps } from "../../../deps.ts";
import { type Actor, can, isMember } from "../../../kernel/actor.ts";
import { localDay } from "../../../kernel/clock.ts";
import { newId } from "../../../kernel/id.ts";
import type { Language } from "../../../kernel/language.ts";
import { done, type Outcome, refuse } from "../../../kernel/outcome.ts";
import { codeFrom } from "../../../kernel/text.ts";
import { nextCode } from "../../../platform/counter.ts";
import { brokenConstraint, inTransaction, type Tx } from "../../../platform/database/database.ts";
import { recordEvent } from "../../../platform/events.ts";
import { type Published, publishedByShortCode } from "../listing/listing.published.queries.ts";
import type { GuestInterest, InterestStepInput, MemberInterest } from "./interest.input.ts";
import { tellAsker, tellLookupCode, tellOwner } from "./interest.notice.ts";
import {
  hasOpenInterest,
  insertInterest,
  interestByCode,
  interestByLookup,
  isBroker,
  lockInterest,
  patchInterest,
} from "./interest.queries.ts";
import { type Interest, type InterestState, meets, sideOf, stepInterest } from "./interest.rules.ts";

export type InterestDeps = Pick<Deps, "db" | "clock" | "secret" | "messages" | "config">;
/** The text a guest agrees to; a changed text gets a new name here. */
export const consentVersion = "2026-11";

/** A listing that somebody may ask about: shown now, and open to them. */
export async function listingToAsk(
  deps: Pick<Deps, "db">,
  actor: Actor | undefined,
  shortCode: string,
): Promise<Published | undefined> {
  const listing = await publishedByShortCode(deps.db, shortCode);
  if (!listing || listing.state === "CLOSED_DEAL") return undefined;
  return meets(actor, listing) ? listing : undefined;
}

/** The organisation for which somebody asks: the one they work for now; undefined asks like a guest. */
export const askerOf = (actor: Actor | undefined): string | undefined =>
  actor?.organisationId !== undefined && can(actor, "interest.express", actor.organisationId)
    ? actor.organisationId
    : undefined;

const hashOf = (deps: Pick<Deps, "secret">, code: string) =>
  createHmac("sha256", deps.secret)
    .update(`interest look-up\n${code.replace(/[\s-]/g, "").toLowerCase()}`)
    .digest("base64url");

export type Asked = { code: string; lookupCode: string | undefined };

async function write(
  deps: InterestDeps,
  listing: Published,
  row: Omit<
    Parameters<typeof insertInterest>[1],
    "id" | "code" | "listing_id" | "to_organisation_id" | "contact_policy"
  >,
  actor: Actor | undefined,
  also?: (tx: Tx, code: string) => Promise<void>,
): Promise<Outcome<string>> {
  try {
    return await inTransaction(deps.db, async (tx) => {
      const policy = listing.document.contactPolicy ?? "VIA_BROKER";
      const isDirect = policy === "DIRECT" && row.from_organisation_id != null;
      const now = deps.clock.now();
      const id = newId();
      const code = await nextCode(tx, "QT", Number(localDay(now).slice(0, 4)));
      await insertInterest(tx, {
        ...row,
        id,
        code,
        listing_id: listing.listingId,
        to_organisation_id: listing.organisation.id,
        contact_policy: policy,
        created_at: now,
        ...(isDirect && { state: "FORWARDED", forwarded_at: now }),
      });
      await recordEvent(tx, {
        actorId: actor?.personId,
        organisationId: row.from_organisation_id ?? undefined,
        subject: "interest",
        subjectId: id,
        verb: "ask",
        detail: { code, listingId: listing.listingId, direct: isDirect, guest: row.from_organisation_id == null },
      });
      const asked = isDirect ? await interestByCode(tx, code) : undefined;
      if (asked) await tellOwner(deps, tx, asked, "forward");
      await also?.(tx, code);
      return done(code);
    });
  } catch (error) {
    if (brokenConstraint(error)?.startsWith("interest_one_open")) return refuse("interest.open_already");
    throw error;
  }
}

export async function expressInterest(
  deps: InterestDeps,
  actor: Actor,
  input: MemberInterest,
): Promise<Outcome<Asked>> {
  const listing = await listingToAsk(deps, actor, input.tin);
  if (!listing) return refuse("interest.listing.missing");
  const from = askerOf(actor);
  if (!from) return refuse("action.not_allowed");
  if (isMember(actor, listing.organisation.id)) return refuse("interest.own_listing");
  if (await hasOpenInterest(deps.db, listing.listingId, { organisationId: from }))
    return refuse("interest.open_already");
  const { cooperation, missingInformation, about } = input;
  const made = await write(
    deps,
    listing,
    {
      from_organisation_id: from,
      from_person_id: actor.personId,
      cooperation,
      missing_information: missingInformation,
      about,
    },
    actor,
  );
  return made.ok ? done({ code: made.value, lookupCode: undefined }) : made;
}

/** Without an account, by phone number: always screened, followed with a code that is shown once. */
export async function expressInterestByPhone(
  deps: InterestDeps,
  actor: Actor | undefined,
  input: GuestInterest,
  language: Language = "vi",
): Promise<Outcome<Asked>> {
  const listing = await listingToAsk(deps, actor, input.tin);
  if (!listing) return refuse("interest.listing.missing");
  if (actor && isMember(actor, listing.organisation.id)) return refuse("interest.own_listing");
  if (await hasOpenInterest(deps.db, listing.listingId, { phone: input.phone })) return refuse("interest.open_already");
  const lookupCode = codeFrom(randomBytes(12)).replace(/(.{4})(?=.)/g, "$1-");
  const made = await write(
    deps,
    listing,
    {
      guest_name: input.name,
      guest_phone: input.phone,
      guest_organisation: input.organisation || null,
      from_person_id: actor?.personId ?? null,
      cooperation: input.cooperation,
      missing_information: input.missingInformation,
      about: input.about,
      consent_version: consentVersion,
      lookup_code_hash: hashOf(deps, lookupCode),
    },
    actor,
    (tx, code) => tellLookupCode(deps, tx, { code, phone: input.phone, lookupCode, language }),
  );
  return made.ok ? done({ code: made.value, lookupCode }) : made;
}

export const followInterest = (deps: Pick<Deps, "db" | "secret">, lookupCode: string): Promise<Interest | undefined> =>
  interestByLookup(deps.db, hashOf(deps, lookupCode));

/** The columns that a step writes beside the state. */
function written(state: InterestState, actor: Actor, interest: Interest, input: InterestStepInput, now: Date) {
  const isScreener = sideOf(actor, interest) === "SCREENER";
  return {
    ...(isScreener && { broker_person_id: actor.personId, ...(input.note && { screening_note: input.note }) }),
    ...(state === "FORWARDED" && { forwarded_at: now }),
    ...(state === "DECLINED" && { reason_code: input.reasonCode ?? null }),
    ...((state === "ACCEPTED" || state === "DECLINED") && {
      answered_at: now,
      answered_by: actor.personId,
      reason_note: input.note || null,
    }),
  };
}

export function answerInterest(
  deps: InterestDeps,
  actor: Actor,
  code: string,
  input: InterestStepInput,
): Promise<Outcome<Interest>> {
  return inTransaction(deps.db, async (tx) => {
    const interest = await lockInterest(tx, code);
    if (!interest || sideOf(actor, interest) === undefined) return refuse("interest.missing");
    if (interest.version !== input.version) return refuse("record.stale");
    if (input.verb === "open_deal") return refuse("form.invalid"); // only with its deal
    const moved = stepInterest(actor, interest, input.verb, input.reasonCode);
    if (!moved.ok) return moved;
    await patchInterest(tx, interest.id, {
      state: moved.value,
      ...written(moved.value, actor, interest, input, deps.clock.now()),
    });
    await recordEvent(tx, {
      actorId: actor.personId,
      organisationId: actor.organisationId,
      subject: "interest",
      subjectId: interest.id,
      verb: input.verb,
      detail: { code, from: interest.state, to: moved.value, reasonCode: input.reasonCode ?? null },
    });
    const after = { ...interest, state: moved.value };
    if (moved.value === "FORWARDED") await tellOwner(deps, tx, after, "forward");
    if (moved.value === "ACCEPTED" || moved.value === "DECLINED") await tellAsker(deps, tx, after);
    return done(after);
  });
}

/** The office gives an interest to a broker, who then screens it and is named on its deal. */
export function assignBroker(
  deps: InterestDeps,
  actor: Actor,
  code: string,
  input: { version: number; broker: string },
): Promise<Outcome<Interest>> {
  return inTransaction(deps.db, async (tx) => {
    const interest = await lockInterest(tx, code);
    if (!interest || sideOf(actor, interest) !== "SCREENER") return refuse("interest.missing");
    if (!actor.memberships.some((m) => m.role === "EXCHANGE_OPERATOR")) return refuse("action.not_allowed");
    if (interest.version !== input.version) return refuse("record.stale");
    if (interest.state !== "NEW" && interest.state !== "SCREENED") return refuse("interest.step.not_open");
    const isOfSides = [interest.to.id, interest.from?.id].includes(input.broker);
    if (isOfSides || !(await isBroker(tx, input.broker, localDay(deps.clock.now()))))
      return refuse("field.choice.invalid", "broker");
    await patchInterest(tx, interest.id, { broker_organisation_id: input.broker });
    await recordEvent(tx, {
      actorId: actor.personId,
      organisationId: actor.organisationId,
      subject: "interest",
      subjectId: interest.id,
      verb: "assign",
      detail: { code, brokerId: input.broker },
    });
    return done({ ...interest, brokerId: input.broker });
  });
}

/** The deal's action calls this in its transaction: an interest opens one deal. */
export async function markDealOpened(tx: Tx, actor: Actor, interest: Interest): Promise<Outcome<InterestState>> {
  const moved = stepInterest(actor, interest, "open_deal", undefined);
  if (!moved.ok) return moved;
  await patchInterest(tx, interest.id, { state: moved.value });
  await recordEvent(tx, {
    actorId: actor.personId,
    organisationId: actor.organisationId,
    subject: "interest",
    subjectId: interest.id,
    verb: "open_deal",
    detail: { code: interest.code, from: interest.state, to: moved.value },
  });
  return moved;
}
