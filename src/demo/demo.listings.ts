import { readFile } from "node:fs/promises";
import path from "node:path";
import { storeUpload } from "../features/accounts/index.ts";
import {
  addListingFile,
  ageListings,
  createListing,
  publishListing,
  reviewListing,
  stepListing,
  submitListing,
} from "../features/exchange/index.ts";
import { addDays, type Day } from "../kernel/clock.ts";
import type { DemoListing, DemoMarket } from "./demo.schema.ts";
import { found, type Load, memberOf, must, type Step } from "./demo.steps.ts";

/** A listing's way: written by its owner, sent, reviewed, confirmed again, closed or withdrawn. */

/** Listings that are not published yet are of these days. */
const recent: Day = "2026-11-18";
const withdrawnAfterDays = 75;

export function listingSteps(market: DemoMarket, today: Day): Step[] {
  const steps = market.listings.flatMap((listing) => stepsOf(listing, market));
  steps.push({
    day: today,
    hour: 2,
    what: "the daily ageing of listings",
    run: async (load) => ageListings(load.deps),
  });
  return steps;
}

const writerOf = (load: Load, listing: DemoListing) =>
  memberOf(load, listing.organisation, listing.kind === "OFFER" ? "listing.write.offer" : "listing.write.request");

function stepsOf(listing: DemoListing, market: DemoMarket): Step[] {
  const decided = listing.publishedOn ?? recent;
  const at = (day: Day, hour: number, what: string, run: Step["run"]): Step => ({
    day,
    hour,
    what: `listing ${listing.key}: ${what}`,
    run,
  });
  const steps = [at(addDays(decided, -6), 8, "write", (load) => write(load, listing))];
  if (listing.state === "DRAFT") return steps;
  steps.push(at(addDays(decided, -3), 9, "send", (load) => send(load, listing)));
  const deal = market.deals.find((one) => one.listing === listing.key);
  switch (listing.state) {
    case "SUBMITTED":
      return steps;
    case "IN_REVIEW":
      return [...steps, at(decided, 8, "take", (load) => review(load, listing, "TAKE"))];
    case "CHANGES_REQUESTED":
      return [...steps, at(decided, 8, "send back", (load) => review(load, listing, "REQUEST_CHANGES"))];
    default:
      steps.push(at(decided, 8, "publish", (load) => publish(load, listing)));
  }
  if (listing.confirmedOn) steps.push(at(listing.confirmedOn, 8, "confirm", (load) => step(load, listing, "CONFIRM")));
  if (listing.state === "WITHDRAWN")
    steps.push(at(addDays(decided, withdrawnAfterDays), 8, "withdraw", (load) => step(load, listing, "WITHDRAW")));
  if (listing.state === "CLOSED_DEAL" && deal)
    steps.push(at(addDays(deal.signedOn, 1), 17, "close", (load) => step(load, listing, "CLOSE_DEAL")));
  return steps;
}

async function write(load: Load, listing: DemoListing): Promise<void> {
  const { kind, goodsKind, document, key } = listing;
  const organisationId = found(load.organisations, listing.organisation);
  const made = must(
    await createListing(load.deps, writerOf(load, listing), {
      kind,
      goodsKind,
      organisationId,
      title: document.title ?? key,
      document,
    }),
  );
  load.listings.set(key, made);
  if (listing.picture) await addPicture(load, listing, listing.picture);
}

/** A drawing of our own, which everybody sees once the listing is published. */
async function addPicture(load: Load, listing: DemoListing, { file, alt }: { file: string; alt: string }) {
  const { code } = found(load.listings, listing.key);
  const bytes = await readFile(path.join(load.folder, "pictures", file));
  const upload = new File([new Uint8Array(bytes)], file, { type: "image/png" });
  const ownerOrganisationId = found(load.organisations, listing.organisation);
  const writer = writerOf(load, listing);
  const { id } = must(
    await storeUpload(load.deps, load.deps.db, writer, upload, {
      visibility: "RESTRICTED",
      ownerOrganisationId,
      kind: "PICTURE",
    }),
  );
  const added = await addListingFile(load.deps, writer, code, {
    fileId: id,
    kind: "PICTURE",
    visibility: "PUBLIC",
    alt,
  });
  load.listings.set(listing.key, must(added));
}

async function send(load: Load, listing: DemoListing): Promise<void> {
  const { code, version } = found(load.listings, listing.key);
  load.listings.set(listing.key, must(await submitListing(load.deps, writerOf(load, listing), code, { version })));
}

/** Nobody decides about a listing of their own house: the first reviewer who belongs elsewhere does. */
function reviewerOf(load: Load, listing: DemoListing) {
  const house = found(load.organisations, listing.organisation);
  for (const actor of load.people.values())
    if (
      actor.memberships.some((m) => m.role === "REVIEWER") &&
      actor.memberships.every((m) => m.organisationId !== house)
    )
      return actor;
  throw new Error(`nobody may review a listing of ${listing.organisation}`);
}

async function publish(load: Load, listing: DemoListing): Promise<void> {
  const { code, version } = found(load.listings, listing.key);
  load.listings.set(listing.key, must(await publishListing(load.deps, reviewerOf(load, listing), code, { version })));
}

async function review(load: Load, listing: DemoListing, verb: "TAKE" | "REQUEST_CHANGES"): Promise<void> {
  const { code, version } = found(load.listings, listing.key);
  const input = { verb, version, checklist: [], reason: verb === "TAKE" ? undefined : listing.reviewNote };
  load.listings.set(listing.key, must(await reviewListing(load.deps, reviewerOf(load, listing), code, input)));
}

async function step(load: Load, listing: DemoListing, verb: "CONFIRM" | "WITHDRAW" | "CLOSE_DEAL"): Promise<void> {
  const { code, version } = found(load.listings, listing.key);
  load.listings.set(listing.key, must(await stepListing(load.deps, writerOf(load, listing), code, { verb, version })));
}
