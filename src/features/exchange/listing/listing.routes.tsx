import { Hono } from "hono";
import type { Env } from "../../../ui/page.tsx";
import type { ExchangeDeps } from "../exchange.deps.ts";
import { catalogueRoutes } from "../search/catalogue.routes.tsx";
import { formListingRoutes } from "./listing.form.routes.tsx";
import { type ListingExtra, publicListingRoutes } from "./listing.public.routes.tsx";
import { reviewListingRoutes } from "./listing.review.routes.tsx";
import { workspaceListingRoutes } from "./listing.workspace.routes.tsx";

/** Every route of listings; `extras` is what other features add to a listing's public page. */
export const listingRoutes = (deps: ExchangeDeps, extras: readonly ListingExtra[] = []): Hono<Env> =>
  new Hono<Env>()
    .route("/", catalogueRoutes(deps))
    .route("/", publicListingRoutes(deps, extras))
    .route("/", workspaceListingRoutes(deps))
    .route("/", formListingRoutes(deps))
    .route("/", reviewListingRoutes(deps));
