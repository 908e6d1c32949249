import { Hono } from "hono";
import type { RouteTable } from "../../kernel/access.ts";
import type { Job } from "../../platform/jobs.ts";
import type { Env } from "../../ui/page.tsx";
import { dealAccess } from "./deal/deal.access.ts";
import { dealRoutes } from "./deal/deal.routes.tsx";
import type { ExchangeDeps } from "./exchange.deps.ts";
import { importAccess } from "./import/import.access.ts";
import { importJobs } from "./import/import.jobs.ts";
import { importRoutes } from "./import/import.routes.tsx";
import { interestAccess } from "./interest/interest.access.ts";
import { followUpJob } from "./interest/interest.jobs.ts";
import { interestRoutes } from "./interest/interest.routes.tsx";
import { listingAccess } from "./listing/listing.access.ts";
import { listingJobs } from "./listing/listing.jobs.ts";
import { listingRoutes } from "./listing/listing.routes.tsx";

/** The exchange's front door: what app.tsx and higher features may use. */
export const exchangeAccess: RouteTable = { ...listingAccess, ...interestAccess, ...dealAccess, ...importAccess };

export const exchangeRoutes = (deps: ExchangeDeps): Hono<Env> =>
  new Hono<Env>()
    .route("/", listingRoutes(deps))
    .route("/", interestRoutes(deps))
    .route("/", dealRoutes(deps))
    .route("/", importRoutes(deps));

export { confirmContract, saveContract } from "./deal/deal.contract.actions.ts";
export type { ContractInput, PartyRef } from "./deal/deal.contract.rules.ts";
export type { CountBy, CountCause } from "./deal/deal.count.ts";
export { addEvidence, confirmEvidence } from "./deal/deal.evidence.actions.ts";
export { dealFileReader } from "./deal/deal.files.ts";
export type { Condition, DealBehind, LineFilter } from "./deal/deal.list.queries.ts";
export { correctDeal, type DealEntry, type EnteredDeal, enterDeal } from "./deal/deal.office.actions.ts";
export { openDeal } from "./deal/deal.open.actions.ts";
export { type RollupDifference, rebuildRollups, rollupDifferences } from "./deal/deal.rollup.queries.ts";
export type { Deal } from "./deal/deal.rules.ts";
export { stepDeal } from "./deal/deal.step.actions.ts";
export type { ExchangeDeps } from "./exchange.deps.ts";
export { type ImportCommand, type ImportRefusal, type ImportReport, importCommand } from "./import/import.command.ts";
export type { Progress } from "./import/import.deps.ts";
export { answerInterest, assignBroker, expressInterest } from "./interest/interest.actions.ts";
export { eraseGuest } from "./interest/interest.erase.queries.ts";
export { followUpInterests } from "./interest/interest.jobs.ts";
export {
  addListingFile,
  type CreateListing,
  createListing,
  type DraftChange,
  type ListingDeps,
} from "./listing/listing.actions.ts";
export { addressOf as listingAddressOf } from "./listing/listing.address.ts";
export {
  type ListingDocument,
  type ListingKind,
  listingDocument,
  type PublishedDocument,
} from "./listing/listing.document.ts";
export { ageListings } from "./listing/listing.jobs.ts";
export { organisationTyped } from "./listing/listing.operator.queries.ts";
export {
  listingsOfOrganisation,
  type Published,
  publishedById,
} from "./listing/listing.published.queries.ts";
export { publishListing, reviewListing } from "./listing/listing.review.actions.ts";
export { listingFileReader } from "./listing/listing.review.routes.tsx";
export { type Listing, mayRead } from "./listing/listing.rules.ts";
export { stepListing, submitListing } from "./listing/listing.submit.actions.ts";
export { ListingCard, SearchBox } from "./search/catalogue.pages.tsx";
export { type Catalogue, type CataloguePage, type CatalogueQuery, openCatalogue } from "./search/catalogue.ts";
export { catalogueWords } from "./search/catalogue.words.ts";

/** The exchange's jobs; main works them on every node. */
export const exchangeJobs: readonly Job<never, ExchangeDeps>[] = [
  ...(listingJobs as unknown as readonly Job<never, ExchangeDeps>[]),
  followUpJob as unknown as Job<never, ExchangeDeps>,
  ...(importJobs as unknown as readonly Job<never, ExchangeDeps>[]),
];
export { resumeImports } from "./import/import.jobs.ts";
