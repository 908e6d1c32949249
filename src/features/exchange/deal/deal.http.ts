import type { Context } from "hono";
import type { Actor } from "../../../kernel/actor.ts";
import type { Env } from "../../../ui/page.tsx";

export type C = Context<Env>;
/** Who asks, on routes that the table opens to nobody else. */
export const actorOf = (c: C): Actor => {
  if (!c.var.actor) throw new Error("route without an actor");
  return c.var.actor;
};
