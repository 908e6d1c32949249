import { type Actor, can, isMember } from "../../../kernel/actor.ts";
import { done, type Outcome, refuse } from "../../../kernel/outcome.ts";
import { nextStep, type Steps, verbsFrom } from "../../../kernel/steps.ts";

/** An interest: somebody asks about a listing, a broker or the office screens, the listing's owner answers. */

export const interestStates = [
  "NEW",
  "SCREENED",
  "FORWARDED",
  "ACCEPTED",
  "DECLINED",
  "NO_ANSWER",
  "DEAL_OPENED",
] as const;
export type InterestState = (typeof interestStates)[number];
export const interestVerbs = ["screen", "forward", "accept", "decline", "expire", "open_deal"] as const;
export type InterestVerb = (typeof interestVerbs)[number];

export const interestSteps: Steps<InterestState, InterestVerb> = {
  NEW: { screen: "SCREENED", decline: "DECLINED" },
  SCREENED: { forward: "FORWARDED", decline: "DECLINED" },
  FORWARDED: { accept: "ACCEPTED", decline: "DECLINED", expire: "NO_ANSWER" },
  ACCEPTED: { open_deal: "DEAL_OPENED" },
  DECLINED: {},
  NO_ANSWER: {},
  DEAL_OPENED: {},
};

export const reasonCodes = [
  "PRICE",
  "TRL_LOW",
  "FIELD_MISMATCH",
  "HAS_SOLUTION",
  "MISSING_INFORMATION",
  "PARTNER_CAPACITY",
  "OTHER",
] as const;
export type ReasonCode = (typeof reasonCodes)[number];
export const remindAfterDays = 7;
export const closeAfterDays = 14;

export type OrganisationRef = { id: string; name: string; slug: string };
export type Interest = {
  id: string;
  code: string;
  state: InterestState;
  version: number;
  createdAt: Date;
  listing: { id: string; kind: "OFFER" | "REQUEST"; title: string; shortCode: string | undefined; goodsKind: string };
  contactPolicy: "DIRECT" | "VIA_BROKER" | "ANONYMOUS";
  to: OrganisationRef;
  from: OrganisationRef | undefined;
  guest: { name: string; phone: string; organisation: string | undefined } | undefined;
  cooperation: string;
  missingInformation: string;
  about: string;
  brokerId: string | undefined;
  screeningNote: string | undefined;
  reasonCode: ReasonCode | undefined;
  reasonNote: string | undefined;
  forwardedAt: Date | undefined;
  answeredAt: Date | undefined;
  dealCode: string | undefined;
};

/** Who meets a listing, as its own page has it: restricted ones only those who own or review it, members' ones whoever signed in. */
export const meets = (
  actor: Actor | undefined,
  listing: { visibility: string; organisation: { id: string } },
): boolean =>
  listing.visibility === "RESTRICTED"
    ? isMember(actor, listing.organisation.id) || can(actor, "listing.review")
    : listing.visibility === "PUBLIC" || actor !== undefined;

/** SENDER asked, OWNER answers, SCREENER stands between them. */
export type InterestSide = "SENDER" | "OWNER" | "SCREENER";

/** The owner sees nothing before it is forwarded; a broker sees what was given to it, the office every one that came through it. */
export function sideOf(actor: Actor | undefined, interest: Interest): InterestSide | undefined {
  if (!actor) return undefined;
  if (interest.from && isMember(actor, interest.from.id)) return "SENDER";
  if (isMember(actor, interest.to.id)) return interest.forwardedAt ? "OWNER" : undefined;
  return mayScreen(actor, interest) ? "SCREENER" : undefined;
}
export function mayScreen(actor: Actor, interest: Pick<Interest, "brokerId" | "to" | "from">): boolean {
  if (isMember(actor, interest.to.id) || (interest.from && isMember(actor, interest.from.id))) return false;
  if (actor.memberships.some((m) => m.role === "EXCHANGE_OPERATOR")) return can(actor, "interest.screen");
  return interest.brokerId !== undefined && can(actor, "interest.screen", interest.brokerId);
}
/** The owner agreed to talk: from now on both sides know whom to call. */
export const isAnswered = (interest: Pick<Interest, "state">) =>
  interest.state === "ACCEPTED" || interest.state === "DEAL_OPENED";
/** An anonymous listing's owner stays hidden from the asker until it agrees to talk. */
export const showsOwner = (side: InterestSide | "GUEST", interest: Interest): boolean =>
  side === "OWNER" || side === "SCREENER" || interest.contactPolicy !== "ANONYMOUS" || isAnswered(interest);
/** Whoever answers learns a guest's name and phone by agreeing to talk; whoever screens needs them to call back. */
export const showsContact = (side: InterestSide | "GUEST", interest: Interest): boolean =>
  side !== "OWNER" || isAnswered(interest);

export function verbsFor(actor: Actor, interest: Interest): InterestVerb[] {
  const open = verbsFrom(interestSteps, interest.state);
  const side = sideOf(actor, interest);
  if (side === "SCREENER")
    return open.filter((verb) => interest.state !== "FORWARDED" && ["screen", "forward", "decline"].includes(verb));
  if (side === "OWNER" && can(actor, "interest.answer", interest.to.id))
    return [...open.filter((verb) => verb === "accept" || verb === "decline"), ...opens(actor, interest)];
  return opens(actor, interest);
}
/** Either side may open the deal, once both are organisations of the market. */
const opens = (actor: Actor, interest: Interest): InterestVerb[] =>
  interest.state === "ACCEPTED" &&
  interest.from &&
  (can(actor, "deal.write", interest.from.id) || can(actor, "deal.write", interest.to.id))
    ? ["open_deal"]
    : [];

export function stepInterest(
  actor: Actor,
  interest: Interest,
  verb: InterestVerb,
  reasonCode: ReasonCode | undefined,
): Outcome<InterestState> {
  const to = nextStep(interestSteps, interest.state, verb);
  if (!to) return refuse("interest.step.not_open");
  if (!verbsFor(actor, interest).includes(verb)) return refuse("action.not_allowed");
  return verb === "decline" && !reasonCode ? refuse("interest.reason.missing", "reasonCode") : done(to);
}

/** Who buys and who supplies: an answer to a need comes from the prospective supplier, so the sides change places. */
export const sidesOf = (
  interest: Pick<Interest, "listing" | "to" | "from">,
): { buyerId: string; supplierId: string } | undefined => {
  if (!interest.from) return undefined;
  return interest.listing.kind === "OFFER"
    ? { buyerId: interest.from.id, supplierId: interest.to.id }
    : { buyerId: interest.to.id, supplierId: interest.from.id };
};
