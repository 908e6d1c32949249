import { Hono } from "hono";
import type { Deps } from "../../deps.ts";
import type { RouteTable } from "../../kernel/access.ts";
import type { Actor } from "../../kernel/actor.ts";
import type { Env } from "../../ui/page.tsx";

/** The accounts' front door. */
export const accountsAccess: RouteTable = {};

/** Better Auth as the app sees it: reads who asks, and answers its own addresses. */
export type Accounts = {
  readActor(request: Request): Promise<Actor | undefined>;
  handler(request: Request): Promise<Response>;
};

export async function openAccounts(_deps: Deps): Promise<Accounts> {
  return { readActor: async () => undefined, handler: async () => new Response(null, { status: 404 }) };
}

export const accountsRoutes = (_deps: Deps, _accounts: Accounts): Hono<Env> => new Hono<Env>();
