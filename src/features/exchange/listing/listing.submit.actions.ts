import type { Actor } from "../../../kernel/actor.ts";
import { localDay } from "../../../kernel/clock.ts";
import { done, type Outcome, refuse } from "../../../kernel/outcome.ts";
import { inTransaction, type Tx } from "../../../platform/database/database.ts";
import { recordEvent } from "../../../platform/events.ts";
import { eventOf, type ListingDeps } from "./listing.actions.ts";
import { filesOf, openFiles } from "./listing.file.queries.ts";
import { markSnapshot, snapshotDocument } from "./listing.published.queries.ts";
import { changeListing, insertVersion, type ListingChange, lockListing } from "./listing.queries.ts";
import { type Missing, missingOf, unverifiedSeller } from "./listing.requirements.ts";
import {
  expiryFrom,
  type Listing,
  type ListingVerb,
  mayOpen,
  moved,
  ownerVerbsFor,
  showingVerbs,
} from "./listing.rules.ts";

/** What an owner does with a whole listing: send it, take it back, confirm, renew, close, withdraw, archive. */

export async function missingIn(db: Parameters<typeof filesOf>[0], listing: Listing): Promise<Missing[]> {
  const files = await filesOf(db, listing.id);
  return missingOf({ ...listing, pictures: files.filter((file) => file.kind === "PICTURE") });
}

export type StepInput = { verb: ListingVerb; version: number };

/** Sends the draft for review; refused with the first thing that is missing. */
export const submitListing = (
  deps: ListingDeps,
  actor: Actor,
  code: string,
  input: { version: number },
): Promise<Outcome<Listing>> => stepListing(deps, actor, code, { verb: "SUBMIT", version: input.version });

export async function stepListing(
  deps: ListingDeps,
  actor: Actor,
  code: string,
  input: StepInput,
): Promise<Outcome<Listing>> {
  const outcome = await inTransaction(deps.db, async (tx): Promise<Outcome<Listing>> => {
    const listing = await lockListing(tx, code);
    if (!listing || !mayOpen(actor, listing)) return refuse("listing.missing");
    if (isRepeat(listing, input)) return done(listing);
    if (listing.version !== input.version) return refuse("record.stale");
    if (!ownerVerbsFor(listing).includes(input.verb)) return refuse("listing.step.not_open");
    if (input.verb === "SUBMIT") {
      const [first] = await missingIn(tx, listing);
      if (first) return refuse(first.why === "field.required" ? "listing.incomplete" : first.why, first.field);
    }
    const unverified = showingVerbs.includes(input.verb) ? unverifiedSeller(listing) : undefined;
    if (unverified) return refuse(unverified.why, unverified.field);
    return done(await carryOut(deps, tx, actor, listing, input.verb));
  });
  if (outcome.ok) await deps.catalogue?.refresh();
  return outcome;
}

/** The same button pressed twice: the first press did it, so the second is no fault. */
const isRepeat = (listing: Listing, input: StepInput): boolean =>
  input.verb === "SUBMIT" &&
  listing.version === input.version + 1 &&
  (listing.state === "SUBMITTED" || listing.draftState === "SUBMITTED");

/** Moves a listing and its snapshot by a verb that leads somewhere; used by owners, operators and the daily job alike. */
export async function carryOut(
  deps: ListingDeps,
  tx: Tx,
  actor: Actor | undefined,
  listing: Listing,
  verb: ListingVerb,
  reason?: string,
): Promise<Listing> {
  const to = moved(listing, verb);
  if (!to) throw new Error(`${listing.code}: ${verb} leads nowhere from ${listing.state}`);
  const now = deps.clock.now();
  const change: ListingChange = { ...to, ...(await consequences(deps, tx, actor, listing, verb)) };
  if (reason !== undefined) change.reason = reason;
  if (!(await changeListing(tx, listing, change, now))) throw new Error(`${listing.code}: the locked listing moved`);
  await recordEvent(
    tx,
    eventOf(actor, listing, verb.toLowerCase().replaceAll("_", "-"), { from: listing.state, to: to.state }),
  );
  return { ...listing, ...to, version: listing.version + 1, updatedAt: now };
}

async function consequences(
  deps: ListingDeps,
  tx: Tx,
  actor: Actor | undefined,
  listing: Listing,
  verb: ListingVerb,
): Promise<ListingChange> {
  const now = deps.clock.now();
  switch (verb) {
    case "SUBMIT":
      if (!actor) throw new Error("a version is sent by somebody");
      await insertVersion(tx, listing, actor.personId, now);
      return { submittedAt: now, takenBy: null };
    case "RECALL":
      return { submittedAt: null, takenBy: null };
    case "CONFIRM":
      await markSnapshot(tx, listing.id, { state: "PUBLISHED" });
      return { confirmedAt: now };
    case "GO_STALE":
      await markSnapshot(tx, listing.id, { state: "STALE" });
      return {};
    case "CLOSE_DEAL":
      await markSnapshot(tx, listing.id, { state: "CLOSED_DEAL" });
      return {};
    case "RENEW":
    case "RESTORE": {
      const expiresOn = verb === "RENEW" ? expiryFrom(localDay(now)) : (listing.expiresOn ?? expiryFrom(localDay(now)));
      await markSnapshot(tx, listing.id, { state: "PUBLISHED", hiddenAt: null, expiresOn });
      await openFiles(tx, listing.id, (await snapshotDocument(tx, listing.id))?.document.files ?? []);
      // Only its owner can say that it still holds: what an operator shows again is as old as it was.
      return { ...(verb === "RENEW" ? { confirmedAt: now } : {}), expiresOn, reason: null };
    }
    case "EXPIRE":
    case "SUSPEND":
    case "WITHDRAW":
    case "ARCHIVE":
      await markSnapshot(tx, listing.id, { hiddenAt: now });
      await openFiles(tx, listing.id, []);
      return {};
    default:
      return {};
  }
}
