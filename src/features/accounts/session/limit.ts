import { createHmac } from "node:crypto";
import type { Context } from "hono";
import type { Deps } from "../../../deps.ts";
import { localDay } from "../../../kernel/clock.ts";
import type { Env } from "../../../ui/page.tsx";
import { countAttempt, deleteAttempts } from "./session.queries.ts";

/** How often something may be tried by one asker: `times` within `minutes`. */
export type Limit = { what: string; times: number; minutes: number };
export const limits = {
  signInByContact: { what: "sign_in_contact", times: 10, minutes: 15 },
  signInByAddress: { what: "sign_in_address", times: 60, minutes: 15 },
  secondFactor: { what: "second_factor", times: 10, minutes: 15 },
  signUp: { what: "sign_up", times: 20, minutes: 60 },
  resetByContact: { what: "reset_contact", times: 5, minutes: 60 },
  resetByAddress: { what: "reset_address", times: 20, minutes: 60 },
  resetTry: { what: "reset_try", times: 10, minutes: 60 },
  invite: { what: "invite", times: 50, minutes: 60 },
  password: { what: "password", times: 10, minutes: 15 },
} as const satisfies Record<string, Limit>;

type Use = Pick<Deps, "db" | "secret" | "clock">;
/** The asker is kept as an HMAC with a salt of the day, so a table that leaks tells no address (decisions.md 15). */
const keyOf = (deps: Use, limit: Limit, who: string): string => {
  const salt = createHmac("sha256", deps.secret)
    .update(`attempts of ${localDay(deps.clock.now())}`)
    .digest();
  return createHmac("sha256", salt).update(`${limit.what}\n${who}`).digest("base64url");
};

/** Counts one try; false when it is one too many. */
export async function takeAttempt(deps: Use, limit: Limit, who: string | undefined): Promise<boolean> {
  if (who === undefined) return true;
  const now = deps.clock.now();
  const until = new Date(now.getTime() + limit.minutes * 60_000);
  return (await countAttempt(deps.db, keyOf(deps, limit, who), now, until)) <= limit.times;
}
export const forgetAttempts = (deps: Use, limit: Limit, who: string): Promise<void> =>
  deleteAttempts(deps.db, keyOf(deps, limit, who));

const local = /^(::1|127\.|::ffff:127\.)/;
/** Where a request comes from; a proxy on this machine names it. Undefined in tests, which come from nowhere. */
export function addressOf(c: Context<Env>): string | undefined {
  const env = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined;
  const address = env?.incoming?.socket?.remoteAddress;
  if (address === undefined || !local.test(address)) return address;
  return c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() || address;
}
