import { Hono } from "hono";
import type { RouteTable } from "../../kernel/access.ts";
import type { Job } from "../../platform/jobs.ts";
import type { Env } from "../../ui/page.tsx";
import { dealAccess } from "./deal/deal.access.ts";
import { dealRoutes } from "./deal/deal.routes.tsx";
import type { ExchangeDeps } from "./exchange.deps.ts";
import { importAccess } from "./import/import.access.ts";
import { importRoutes } from "./import/import.routes.tsx";
import { interestAccess } from "./interest/interest.access.ts";
import { interestRoutes } from "./interest/interest.routes.tsx";
import { listingAccess } from "./listing/listing.access.ts";
import { listingRoutes } from "./listing/listing.routes.tsx";

/** The exchange's front door: what app.tsx and higher features may use. */
export const exchangeAccess: RouteTable = { ...listingAccess, ...interestAccess, ...dealAccess, ...importAccess };

export const exchangeRoutes = (deps: ExchangeDeps): Hono<Env> =>
  new Hono<Env>()
    .route("/", listingRoutes(deps))
    .route("/", interestRoutes(deps))
    .route("/", dealRoutes(deps))
    .route("/", importRoutes(deps));

export type { ExchangeDeps } from "./exchange.deps.ts";
export { type Catalogue, openCatalogue } from "./search/catalogue.ts";

/** The exchange's jobs; main works them on every node. */
export const exchangeJobs: readonly Job<never, ExchangeDeps>[] = [];
