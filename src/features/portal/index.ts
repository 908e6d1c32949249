import type { Hono } from "hono";
import type { RouteTable } from "../../kernel/access.ts";
import type { Env } from "../../ui/page.tsx";
import type { ExchangeDeps } from "../exchange/index.ts";
import { homeAccess, homeRoutes } from "./home/home.routes.tsx";

/** The portal's front door. */
export const portalAccess: RouteTable = { ...homeAccess };
export const portalRoutes = (deps: ExchangeDeps): Hono<Env> => homeRoutes(deps);
