import { Hono } from "hono";
import type { Env } from "../../../ui/page.tsx";
import type { ExchangeDeps } from "../exchange.deps.ts";

export const listingRoutes = (_deps: ExchangeDeps) => new Hono<Env>();
