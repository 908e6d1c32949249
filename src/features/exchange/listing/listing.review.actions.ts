import { randomBytes } from "node:crypto";
import type { z } from "zod";
import type { Actor } from "../../../kernel/actor.ts";
import { localDay } from "../../../kernel/clock.ts";
import { newId } from "../../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../../kernel/outcome.ts";
import { codeFrom, slugOf } from "../../../kernel/text.ts";
import { inTransaction, type Tx } from "../../../platform/database/database.ts";
import { recordEvent } from "../../../platform/events.ts";
import { eventOf, type ListingDeps } from "./listing.actions.ts";
import { publicPart } from "./listing.document.ts";
import { filesOf, openFiles, shownFiles } from "./listing.file.queries.ts";
import type { decisionInput } from "./listing.input.ts";
import { notifyOwner } from "./listing.notice.ts";
import { putSnapshot, snapshotDocument } from "./listing.published.queries.ts";
import { changeListing, insertReview, type ListingVersion, lastVersion, lockListing } from "./listing.queries.ts";
import { unverifiedSeller } from "./listing.requirements.ts";
import {
  contactHints,
  type Decision,
  decisions,
  expiryFrom,
  isNewVersion,
  isWaiting,
  type Listing,
  mayReview,
  maySuspend,
  moved,
  reviewItems,
  showingVerbs,
} from "./listing.rules.ts";
import { carryOut, missingIn } from "./listing.submit.actions.ts";

/** Deciding on what was sent, and taking published listings off the floor. */

export type DecideInput = z.output<typeof decisionInput>;

/** A reviewer's or operator's verb: take, decide, suspend, restore. Unknown, waiting for nobody or of one's own house: not there. */
export async function reviewListing(
  deps: ListingDeps,
  actor: Actor,
  code: string,
  input: DecideInput,
): Promise<Outcome<Listing>> {
  const outcome = await inTransaction(deps.db, async (tx): Promise<Outcome<Listing>> => {
    const listing = await lockListing(tx, code);
    const sent = listing && (await lastVersion(tx, listing.id));
    if (!listing || !mayReview(actor, listing, sent?.submittedBy)) return refuse("listing.missing");
    if (listing.version !== input.version) return refuse("record.stale");
    if (input.verb === "SUSPEND" || input.verb === "RESTORE")
      return switchOff(deps, tx, actor, listing, input.verb, input.reason);
    if (!sent || !isWaiting(listing)) return refuse("listing.step.not_open");
    if (input.verb === "TAKE") return take(deps, tx, actor, listing);
    const decision = decisions.find((one) => one === input.verb);
    if (!decision) return refuse("form.invalid");
    return decide(deps, tx, actor, listing, sent, decision, input);
  });
  if (outcome.ok) await deps.catalogue?.refresh();
  return outcome;
}

/** Publishes with the whole checklist ticked: for a reviewer who decides on many (import, demo). */
export const publishListing = (
  deps: ListingDeps,
  actor: Actor,
  code: string,
  input: { version: number },
): Promise<Outcome<Listing>> =>
  reviewListing(deps, actor, code, { verb: "PUBLISH", version: input.version, checklist: [...reviewItems] });

async function switchOff(
  deps: ListingDeps,
  tx: Tx,
  actor: Actor,
  listing: Listing,
  verb: "SUSPEND" | "RESTORE",
  reason: string | undefined,
): Promise<Outcome<Listing>> {
  if (!maySuspend(actor, listing)) return refuse("action.not_allowed");
  if (!moved(listing, verb)) return refuse("listing.step.not_open");
  if (verb === "SUSPEND" && !reason) return refuse("listing.reason.missing", "reason");
  const unverified = showingVerbs.includes(verb) ? unverifiedSeller(listing) : undefined;
  if (unverified) return refuse(unverified.why, unverified.field);
  await notifyOwner(deps, tx, listing, verb);
  return done(await carryOut(deps, tx, actor, listing, verb, reason));
}

async function take(deps: ListingDeps, tx: Tx, actor: Actor, listing: Listing): Promise<Outcome<Listing>> {
  if (listing.state !== "SUBMITTED" && !isNewVersion(listing)) return refuse("listing.step.not_open");
  const state = listing.state === "SUBMITTED" ? "IN_REVIEW" : listing.state;
  await changeListing(tx, listing, { state, takenBy: actor.personId }, deps.clock.now());
  await recordEvent(tx, eventOf(actor, listing, "take"));
  return done({ ...listing, state, takenBy: actor.personId, version: listing.version + 1 });
}

async function decide(
  deps: ListingDeps,
  tx: Tx,
  actor: Actor,
  sentListing: Listing,
  sent: ListingVersion,
  decision: Decision,
  input: DecideInput,
): Promise<Outcome<Listing>> {
  if (decision !== "PUBLISH" && !input.reason) return refuse("listing.reason.missing", "reason");
  if (decision === "PUBLISH" && reviewItems.some((item) => !input.checklist.includes(item)))
    return refuse("listing.checklist.incomplete", "checklist");
  if (decision === "PUBLISH" && !input.reason && contactHints(sent.document).length > 0)
    return refuse("listing.contact.reason_missing", "reason");
  if (decision === "PUBLISH") {
    const [missing] = await missingIn(tx, sentListing);
    if (missing) return refuse(missing.why === "field.required" ? "listing.incomplete" : missing.why, missing.field);
  }
  // Deciding at once is taking and deciding: the workflow has no other way out of SUBMITTED.
  const taken = sentListing.state === "SUBMITTED" ? await take(deps, tx, actor, sentListing) : done(sentListing);
  if (!taken.ok) return taken;
  const listing = taken.value;
  const to = moved(listing, decision);
  if (!to) throw new Error(`${listing.code}: ${decision} leads nowhere from ${listing.state}`);
  const now = deps.clock.now();
  await insertReview(
    tx,
    {
      id: newId(),
      listingId: listing.id,
      number: sent.number,
      reviewerId: actor.personId,
      checklist: input.checklist,
      decision,
      reason: input.reason,
    },
    now,
  );
  const published = decision === "PUBLISH" ? await publish(tx, listing, sent, now) : {};
  const change = { ...to, ...published, takenBy: null, reason: decision === "PUBLISH" ? null : (input.reason ?? null) };
  if (!(await changeListing(tx, listing, change, now))) throw new Error(`${listing.code}: the locked listing moved`);
  await recordEvent(
    tx,
    eventOf(actor, listing, decision.toLowerCase().replaceAll("_", "-"), { number: sent.number, to: to.state }),
  );
  await notifyOwner(deps, tx, listing, decision);
  return done({ ...listing, ...to, version: listing.version + 1 });
}

/** Puts the new snapshot in the place of the old one and opens its files: one step, in the transaction of the decision. */
async function publish(tx: Tx, listing: Listing, sent: ListingVersion, now: Date) {
  const { document } = sent;
  const title = document.title ?? "";
  const visibility = document.visibility ?? "PUBLIC";
  const files = shownFiles(await filesOf(tx, listing.id), visibility);
  const before = await snapshotDocument(tx, listing.id);
  const expiresOn = expiryFrom(localDay(now));
  await putSnapshot(tx, {
    listingId: listing.id,
    shortCode: before?.shortCode ?? codeFrom(randomBytes(8)),
    slug: slugOf(title) || "tin-dang",
    version: sent.number,
    kind: listing.kind,
    goodsKind: listing.goodsKind,
    organisationId: listing.organisationId,
    title,
    document: publicPart(document, files),
    visibility,
    publishedAt: now,
    expiresOn,
  });
  await openFiles(tx, listing.id, files);
  return {
    publishedVersion: sent.number,
    confirmedAt: now,
    expiresOn,
    ...(listing.firstPublishedAt ? {} : { firstPublishedAt: now }),
  };
}
