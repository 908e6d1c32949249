import type { Context } from "hono";
import type { Actor } from "../../../kernel/actor.ts";
import type { Typed, Why } from "../../../kernel/form.ts";
import { inLanguage } from "../../../kernel/language.ts";
import type { Env } from "../../../ui/page.tsx";
import { type Parties, reachOf } from "./deal.rules.ts";

export type C = Context<Env>;
/** Who asks, on routes that the table opens to nobody else. */
export const actorOf = (c: C): Actor => {
  if (!c.var.actor) throw new Error("route without an actor");
  return c.var.actor;
};

/** Parties and brokers go back to their page, the office to its own. */
export function back(c: C, deal: Parties & { code: string }): Response {
  const reach = reachOf(actorOf(c), deal);
  const isMaker = reach === "PARTY" || reach === "BROKER";
  return c.redirect(inLanguage(c.var.language, `${isMaker ? "" : "/van-phong"}/giao-dich/${deal.code}`), 303);
}

/** A refused form of a page with several: which one, what was typed, and every problem. */
export type Refused = { form: string; typed: Typed; why: Why };
/** What one of the page's forms begins with: its own refusal, or nothing. */
export const refusedAt = (refused: Refused | undefined, form: string): { typed: Typed; why: Why } =>
  refused?.form === form ? refused : { typed: {}, why: {} };
