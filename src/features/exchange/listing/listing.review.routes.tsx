import { type Context, Hono } from "hono";
import { localDay } from "../../../kernel/clock.ts";
import { readForm, type Typed, type Why } from "../../../kernel/form.ts";
import { inLanguage } from "../../../kernel/language.ts";
import { type Env, page } from "../../../ui/page.tsx";
import type { FileReader } from "../../accounts/index.ts";
import type { ExchangeDeps } from "../exchange.deps.ts";
import { filesOf } from "./listing.file.queries.ts";
import { decisionInput } from "./listing.input.ts";
import { similarListings, snapshotDocument } from "./listing.published.queries.ts";
import { lastVersion, listingByCode, listingById, reviewsOf, waitingListings } from "./listing.queries.ts";
import { listingOfFile } from "./listing.reader.queries.ts";
import { reviewListing } from "./listing.review.actions.ts";
import { ReviewPage, ReviewQueue, reviewAddress } from "./listing.review.pages.tsx";
import { reviewWords } from "./listing.review.words.ts";
import {
  contactHints,
  decisions,
  isWaiting,
  type Listing,
  type ListingVerb,
  mayReview,
  maySuspend,
  moved,
} from "./listing.rules.ts";
import { listingWords } from "./listing.words.ts";
import { signedIn } from "./listing.workspace.routes.tsx";

const pageSize = 30;

/** The queue, oldest first, and the page of one decision. */
export const reviewListingRoutes = (deps: ExchangeDeps): Hono<Env> => {
  const routes = new Hono<Env>();
  routes.get("/van-phong/duyet-tin", async (c) => {
    const { language } = c.var;
    const actor = signedIn(c);
    const after = c.req.query("sau");
    const found = await waitingListings(deps.db, after, pageSize);
    const here = inLanguage(language, "/van-phong/duyet-tin");
    const rows = found.rows.filter((row) => mayReview(actor, row));
    const view = (
      <ReviewQueue
        rows={rows}
        nextHref={found.next && `${here}?sau=${found.next}`}
        firstHref={after && here}
        language={language}
      />
    );
    return page(c, view, { title: reviewWords[language].queue, noIndex: true });
  });
  routes.get("/van-phong/duyet-tin/:code", async (c) => (await show(deps, c, {}, {})) ?? c.notFound());
  routes.post("/van-phong/duyet-tin/:code", async (c) => {
    const code = c.req.param("code");
    const read = readForm(decisionInput, await c.req.parseBody({ all: true }));
    if (!read.ok) return (await show(deps, c, read.typed, read.why)) ?? c.notFound();
    const outcome = await reviewListing(deps, signedIn(c), code, read.value);
    if (outcome.ok)
      return c.redirect(
        read.value.verb === "TAKE" ? reviewAddress(c.var.language, code) : reviewAddress(c.var.language),
        303,
      );
    if (outcome.why === "listing.missing") return c.notFound();
    const atField = outcome.field === "reason" || outcome.field === "checklist";
    return (
      (await show(
        deps,
        c,
        read.typed,
        atField && outcome.field ? { [outcome.field]: outcome.why } : {},
        atField ? undefined : outcome.why,
      )) ?? c.notFound()
    );
  });
  return routes;
};

/** A reviewer may open the files of what waits for him; accounts' file route asks. */
export const listingFileReader: FileReader = async (db, actor, fileId) => {
  const listingId = await listingOfFile(db, fileId);
  const listing = listingId ? await listingById(db, listingId) : undefined;
  return listing !== undefined && isWaiting(listing) && mayReview(actor, listing);
};

function verbsFor(listing: Listing, suspends: boolean): ListingVerb[] {
  const waiting: ListingVerb[] = isWaiting(listing)
    ? [...(listing.takenBy ? [] : (["TAKE"] as const)), ...decisions]
    : [];
  const switches: ListingVerb[] = suspends
    ? (["SUSPEND", "RESTORE"] as const).filter((verb) => moved(listing, verb) !== undefined)
    : [];
  return [...waiting, ...switches];
}

async function show(
  deps: ExchangeDeps,
  c: Context<Env>,
  typed: Typed,
  why: Why,
  problem?: string,
): Promise<Response | undefined> {
  const { language } = c.var;
  const actor = signedIn(c);
  const listing = await listingByCode(deps.db, c.req.param("code") ?? "");
  const sent = listing && (await lastVersion(deps.db, listing.id));
  if (!listing || !sent || !mayReview(actor, listing, sent.submittedBy)) return undefined;
  const verbs = verbsFor(listing, maySuspend(actor, listing));
  if (verbs.length === 0 && !listing.publishedVersion) return undefined;
  const [snapshot, files, reviews, similar] = await Promise.all([
    snapshotDocument(deps.db, listing.id),
    filesOf(deps.db, listing.id),
    reviewsOf(deps.db, listing.id),
    similarListings(deps.db, listing.id, sent.document.title ?? ""),
  ]);
  const view = (
    <ReviewPage
      listing={listing}
      document={sent.document}
      before={isWaiting(listing) ? snapshot?.document : undefined}
      files={files}
      reviews={reviews}
      similar={similar}
      contacts={contactHints(sent.document)}
      verbs={verbs}
      isTakenByOther={listing.takenBy !== undefined && listing.takenBy !== actor.personId}
      form={{ language, typed, why, own: listingWords[language].why }}
      problem={problem}
      pack={deps.pack}
      language={language}
      day={localDay(deps.clock.now())}
    />
  );
  const status = problem || Object.keys(why).length ? 422 : 200;
  return page(c, view, { title: sent.document.title ?? listing.code, noIndex: true, status });
}
