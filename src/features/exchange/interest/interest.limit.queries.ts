import { createHmac } from "node:crypto";
import type { Context } from "hono";
import { sql } from "kysely";
import type { Deps } from "../../../deps.ts";
import { localDay } from "../../../kernel/clock.ts";
import type { Env } from "../../../ui/page.tsx";

/** How often guests may ask and look up; the asker is an HMAC with a salt of the day, never an address or number as such. */
export const interestLimits = {
  askByAddress: { what: "interest_address", times: 20, minutes: 60 },
  askByPhone: { what: "interest_phone", times: 5, minutes: 60 },
  lookup: { what: "interest_lookup", times: 30, minutes: 60 },
} as const;
type Limit = (typeof interestLimits)[keyof typeof interestLimits];

/** Counts one try; false when it is one too many. Counting and asking are one statement. */
export async function takeAttempt(
  deps: Pick<Deps, "db" | "secret" | "clock">,
  limit: Limit,
  who: string | undefined,
): Promise<boolean> {
  if (who === undefined) return true;
  const now = deps.clock.now();
  const salt = createHmac("sha256", deps.secret)
    .update(`attempts of ${localDay(now)}`)
    .digest();
  const key = createHmac("sha256", salt).update(`${limit.what}\n${who}`).digest("base64url");
  const until = new Date(now.getTime() + limit.minutes * 60_000);
  const { count } = await deps.db
    .insertInto("attempt")
    .values({ key, count: 1, until })
    .onConflict((oc) =>
      oc.column("key").doUpdateSet({
        count: sql`case when attempt.until <= ${now} then 1 else least(attempt.count + 1, 1000000) end`,
        until: sql`case when attempt.until <= ${now} then excluded.until else attempt.until end`,
      }),
    )
    .returning("count")
    .executeTakeFirstOrThrow();
  return count <= limit.times;
}

const local = /^(::1|127\.|::ffff:127\.)/;
/** Where a request comes from; a proxy on this machine names it. Undefined in tests, which come from nowhere. */
export function addressOf(c: Context<Env>): string | undefined {
  const env = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined;
  const address = env?.incoming?.socket?.remoteAddress;
  if (address === undefined || !local.test(address)) return address;
  return c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() || address;
}
