import { type Ability, type Actor, can, isMember } from "../../../kernel/actor.ts";
import type { Steps } from "../../../kernel/steps.ts";

/** What is true of imports (decisions.md 20): states, who may, what a row may bring. No I/O. */

export const importKinds = ["OFFERS", "REQUESTS", "DEALS"] as const;
export type ImportKind = (typeof importKinds)[number];

export const importStates = [
  "STAGING",
  "MAPPING",
  "STAGED",
  "REFUSED",
  "ACCEPTING",
  "ACCEPTED",
  "CANCELLED",
  "FAILED",
] as const;
export type ImportState = (typeof importStates)[number];
export type ImportVerb = "ask" | "stage" | "refuse" | "map" | "accept" | "finish" | "cancel" | "fail" | "retry";
export const importSteps: Steps<ImportState, ImportVerb> = {
  STAGING: { ask: "MAPPING", stage: "STAGED", refuse: "REFUSED", fail: "FAILED", cancel: "CANCELLED" },
  MAPPING: { map: "STAGING", cancel: "CANCELLED" },
  STAGED: { map: "STAGING", accept: "ACCEPTING", cancel: "CANCELLED" },
  REFUSED: { map: "STAGING" },
  ACCEPTING: { finish: "ACCEPTED", fail: "FAILED" },
  ACCEPTED: {},
  CANCELLED: {},
  FAILED: { retry: "STAGING", cancel: "CANCELLED" },
};
export const isUnderWay = (state: ImportState): boolean => state === "STAGING" || state === "ACCEPTING";

export const formats = ["xlsx", "csv", "jsonl"] as const;
export type ImportFormat = (typeof formats)[number];

/** One fault of one row; `column` is the header as it stands in the file. */
export type RowProblem = { column?: string; why: string; detail?: string };

const abilityOf = (kind: ImportKind): Ability => (kind === "DEALS" ? "import.deals" : "import.listings");
export const isOperator = (actor: Actor): boolean => actor.memberships.some((m) => m.role === "EXCHANGE_OPERATOR");
/** The operator may import listings for any organisation; the events say who did. */
export const mayImport = (actor: Actor, kind: ImportKind, organisationId: string): boolean =>
  can(actor, abilityOf(kind), organisationId) || (kind !== "DEALS" && isOperator(actor));
/** Batches of one's own organisations, those one sent oneself on behalf of another, and for operators those to be published at once. */
export const maySee = (
  actor: Actor,
  batch: { kind: ImportKind; organisationId: string; personId: string; publish: boolean },
): boolean =>
  (batch.publish && isOperator(actor)) ||
  can(actor, abilityOf(batch.kind), batch.organisationId) ||
  (batch.personId === actor.personId && mayImport(actor, batch.kind, batch.organisationId));
/** Publishing straight away is the operator's, for somebody else who is verified (decisions.md 20). */
export const mayPublish = (actor: Actor, kind: ImportKind, owner: { id: string; isVerified: boolean }): boolean =>
  kind !== "DEALS" && isOperator(actor) && owner.isVerified && !isMember(actor, owner.id);

/** Who asked for publishing at once waits for another operator, who decides. */
export const publishingOf = (
  actor: Actor,
  batch: { organisationId: string; personId: string; publish: boolean; state: ImportState },
): "NONE" | "WAITS" | "MAY" =>
  !batch.publish || batch.state !== "STAGED"
    ? "NONE"
    : isOperator(actor) && batch.personId !== actor.personId && !isMember(actor, batch.organisationId)
      ? "MAY"
      : "WAITS";

const replaceable = ["DRAFT", "CHANGES_REQUESTED", "PUBLISHED", "STALE"];
/** A listing takes a new import when its owner could edit it; else the row is reported. */
export const takesImport = (listing: { state: string; draftState: string }): boolean =>
  replaceable.includes(listing.state) &&
  !(listing.draftState === "SUBMITTED" && (listing.state === "PUBLISHED" || listing.state === "STALE"));

export const importBytesMax = 40 * 1024 * 1024;
/** What the command line may read from a disk: an honest sheet of 150,000 rows is far below. */
export const commandBytesMax = 256 * 1024 * 1024;
export const rowsShown = 100;
export const sourcePattern = /^[\p{L}\p{N}][\p{L}\p{N} ._&()/-]{0,59}$/u;
