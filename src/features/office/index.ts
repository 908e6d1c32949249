import { Hono } from "hono";
import type { Deps } from "../../deps.ts";
import type { RouteTable } from "../../kernel/access.ts";
import type { Env } from "../../ui/page.tsx";

/** The programme office's front door. */
export const officeAccess: RouteTable = {};
export const officeRoutes = (_deps: Deps): Hono<Env> => new Hono<Env>();
