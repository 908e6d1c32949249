import { type Actor, can, canApart, isMember, organisationsWhere } from "../../../kernel/actor.ts";
import { addDays, type Day } from "../../../kernel/clock.ts";
import type { GoodsKind } from "../../../kernel/codes.ts";
import { nextStep, type Steps } from "../../../kernel/steps.ts";
import type { ListingDocument, ListingKind } from "./listing.document.ts";

/** What is true of listings (domain.md §7.2): states, who may, what follows. No I/O. */

export const listingStates = [
  "DRAFT",
  "SUBMITTED",
  "IN_REVIEW",
  "CHANGES_REQUESTED",
  "REJECTED",
  "PUBLISHED",
  "STALE",
  "EXPIRED",
  "SUSPENDED",
  "WITHDRAWN",
  "CLOSED_DEAL",
  "ARCHIVED",
] as const;
export type ListingState = (typeof listingStates)[number];
export const listingVerbs = [
  "SUBMIT",
  "RECALL",
  "TAKE",
  "REQUEST_CHANGES",
  "REJECT",
  "PUBLISH",
  "CONFIRM",
  "GO_STALE",
  "EXPIRE",
  "RENEW",
  "SUSPEND",
  "RESTORE",
  "CLOSE_DEAL",
  "WITHDRAW",
  "ARCHIVE",
] as const;
export type ListingVerb = (typeof listingVerbs)[number];

/** The life of a listing. PUBLISH out of a published state is a new version that passed review. */
export const listingSteps: Steps<ListingState, ListingVerb> = {
  DRAFT: { SUBMIT: "SUBMITTED", ARCHIVE: "ARCHIVED" },
  SUBMITTED: { TAKE: "IN_REVIEW", RECALL: "DRAFT" },
  IN_REVIEW: { REQUEST_CHANGES: "CHANGES_REQUESTED", REJECT: "REJECTED", PUBLISH: "PUBLISHED" },
  CHANGES_REQUESTED: { SUBMIT: "SUBMITTED", ARCHIVE: "ARCHIVED" },
  REJECTED: { ARCHIVE: "ARCHIVED" },
  PUBLISHED: {
    CONFIRM: "PUBLISHED",
    PUBLISH: "PUBLISHED",
    GO_STALE: "STALE",
    EXPIRE: "EXPIRED",
    SUSPEND: "SUSPENDED",
    CLOSE_DEAL: "CLOSED_DEAL",
    WITHDRAW: "WITHDRAWN",
  },
  STALE: {
    CONFIRM: "PUBLISHED",
    PUBLISH: "PUBLISHED",
    EXPIRE: "EXPIRED",
    SUSPEND: "SUSPENDED",
    CLOSE_DEAL: "CLOSED_DEAL",
    WITHDRAW: "WITHDRAWN",
  },
  EXPIRED: { RENEW: "PUBLISHED", ARCHIVE: "ARCHIVED" },
  SUSPENDED: { RESTORE: "PUBLISHED", WITHDRAW: "WITHDRAWN" },
  WITHDRAWN: { ARCHIVE: "ARCHIVED" },
  CLOSED_DEAL: { ARCHIVE: "ARCHIVED" },
  ARCHIVED: {},
};

export const draftStates = ["CLEAN", "CHANGED", "SUBMITTED", "CHANGES_REQUESTED"] as const;
export type DraftState = (typeof draftStates)[number];
export const draftVerbs = ["EDIT", "SUBMIT", "RECALL", "REQUEST_CHANGES", "REJECT", "PUBLISH"] as const;
export type DraftVerb = (typeof draftVerbs)[number];
/** The next version of a listing that is published already: the old snapshot stays until PUBLISH. */
export const draftSteps: Steps<DraftState, DraftVerb> = {
  CLEAN: { EDIT: "CHANGED" },
  CHANGED: { EDIT: "CHANGED", SUBMIT: "SUBMITTED" },
  SUBMITTED: { RECALL: "CHANGED", REQUEST_CHANGES: "CHANGES_REQUESTED", REJECT: "CHANGES_REQUESTED", PUBLISH: "CLEAN" },
  CHANGES_REQUESTED: { EDIT: "CHANGES_REQUESTED", SUBMIT: "SUBMITTED" },
};

export type Listing = {
  id: string;
  code: string;
  kind: ListingKind;
  goodsKind: GoodsKind;
  organisationId: string;
  organisationName: string;
  organisationVerified: boolean;
  createdBy: string;
  state: ListingState;
  draft: ListingDocument;
  draftState: DraftState;
  publishedVersion: number;
  firstPublishedAt: Date | undefined;
  confirmedAt: Date | undefined;
  expiresOn: Day | undefined;
  submittedAt: Date | undefined;
  takenBy: string | undefined;
  reason: string | undefined;
  version: number;
  updatedAt: Date;
};

/** Days until a listing must be confirmed again where the pack names none, and until it expires. */
export const freshDaysDefault = 90;
export const listedDays = 365;
export const expiryFrom = (day: Day): Day => addDays(day, listedDays);

const liveStates: readonly ListingState[] = ["PUBLISHED", "STALE"];
export const isLive = (state: ListingState): boolean => liveStates.includes(state);
/** True while the version of a published listing, not the listing itself, is what moves through review. */
export const isNewVersion = (listing: Pick<Listing, "state">): boolean => isLive(listing.state);
export const isWaiting = (listing: Pick<Listing, "state" | "draftState">): boolean =>
  listing.state === "SUBMITTED" ||
  listing.state === "IN_REVIEW" ||
  (isLive(listing.state) && listing.draftState === "SUBMITTED");

export const writeAbility = (kind: ListingKind) => (kind === "OFFER" ? "listing.write.offer" : "listing.write.request");
export const isOperator = (actor: Actor): boolean => actor.memberships.some((m) => m.role === "EXCHANGE_OPERATOR");

/** Members with the ability in that organisation; the operator for anybody, recorded as who did it. */
export const mayCreate = (actor: Actor, kind: ListingKind, organisationId: string): boolean =>
  can(actor, writeAbility(kind), organisationId) || isOperator(actor);
/** Somebody else's draft is not even there; an operator has those written on behalf. */
/** What `mayOpen` opens, for a list: organisations by what may be written there, and what an operator wrote for others. */
export const openableBy = (actor: Actor) => ({
  offersOf: organisationsWhere(actor, writeAbility("OFFER")),
  requestsOf: organisationsWhere(actor, writeAbility("REQUEST")),
  writtenBy: isOperator(actor) ? actor.personId : undefined,
});
export const mayOpen = (actor: Actor, listing: Listing): boolean =>
  can(actor, writeAbility(listing.kind), listing.organisationId) ||
  (isOperator(actor) && listing.createdBy === actor.personId);
export const mayReview = (
  actor: Actor,
  listing: Pick<Listing, "organisationId" | "createdBy">,
  submittedBy?: string,
): boolean =>
  canApart(actor, "listing.review", {
    organisations: [listing.organisationId],
    people: [listing.createdBy, submittedBy],
  });
export const maySuspend = (actor: Actor, listing: Listing): boolean =>
  isOperator(actor) && !isMember(actor, listing.organisationId);

/** Who reads what is published: everybody, whoever is signed in, or only its house and the reviewers. One rule for page, files, JSON-LD and forms. */
export function mayRead(
  actor: Actor | undefined,
  published: { visibility: "PUBLIC" | "MEMBERS" | "RESTRICTED"; organisation: { id: string } },
): boolean {
  if (published.visibility === "PUBLIC") return true;
  if (published.visibility === "MEMBERS") return actor !== undefined;
  return isMember(actor, published.organisation.id) || can(actor, "listing.review");
}

export const isEditable = (listing: Listing): boolean =>
  listing.state === "DRAFT" ||
  listing.state === "CHANGES_REQUESTED" ||
  (isLive(listing.state) && listing.draftState !== "SUBMITTED");

/** Where a verb leads, in the listing's own life or in that of its next version; undefined where it leads nowhere. */
export function moved(
  listing: Listing,
  verb: ListingVerb,
): { state: ListingState; draftState: DraftState } | undefined {
  const { state, draftState } = listing;
  if (isNewVersion(listing) && ["SUBMIT", "RECALL", "REQUEST_CHANGES", "REJECT", "PUBLISH"].includes(verb)) {
    const next = nextStep(draftSteps, draftState, verb as DraftVerb);
    if (!next) return undefined;
    return { state: verb === "PUBLISH" ? "PUBLISHED" : state, draftState: next };
  }
  const next = nextStep(listingSteps, state, verb);
  return next && { state: next, draftState: next === "PUBLISHED" && verb === "PUBLISH" ? "CLEAN" : draftState };
}

const ownerVerbs: readonly ListingVerb[] = [
  "SUBMIT",
  "RECALL",
  "CONFIRM",
  "RENEW",
  "CLOSE_DEAL",
  "WITHDRAW",
  "ARCHIVE",
];
/** The buttons an owner sees: exactly what the rules allow. */
export const ownerVerbsFor = (listing: Listing): ListingVerb[] =>
  ownerVerbs.filter((verb) => moved(listing, verb) !== undefined);

/** Verbs that put a published listing on the floor again or keep it there. */
export const showingVerbs: readonly ListingVerb[] = ["CONFIRM", "RENEW", "RESTORE"];

export const reviewItems = [
  "OWNER_VERIFIED",
  "NOT_PROHIBITED",
  "TRL_EVIDENCE",
  "NO_CONTACT_DETAILS",
  "PHOTO_RIGHTS",
  "IP_PLAUSIBLE",
  "NO_DUPLICATE",
] as const;
export type ReviewItem = (typeof reviewItems)[number];
export const decisions = ["PUBLISH", "REQUEST_CHANGES", "REJECT"] as const;
export type Decision = (typeof decisions)[number];

const contact = /(?:\+?84|0)(?:[\s.-]?\d){8,10}\b|[\w.+-]+@[\w-]+\.\w{2,}|https?:\/\/|www\.|zalo|facebook\.com/i;
/** Public fields that seem to hold a phone number, an address of mail or of the web: a hint for writer and reviewer, never a verdict. */
export const contactHints = (document: ListingDocument): (keyof ListingDocument)[] =>
  (Object.keys(document) as (keyof ListingDocument)[]).filter((name) => {
    const value = document[name];
    return name !== "confidentialDetail" && typeof value === "string" && contact.test(value);
  });
