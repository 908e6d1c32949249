import { Hono } from "hono";
import type { RouteTable } from "../../kernel/access.ts";
import type { Env } from "../../ui/page.tsx";
import type { ExchangeDeps } from "../exchange/index.ts";

/** The portal's front door. */
export const portalAccess: RouteTable = {};
export const portalRoutes = (_deps: ExchangeDeps): Hono<Env> => new Hono<Env>();
