import { createHmac } from "node:crypto";
import { sql } from "kysely";
import { type Clock, localDay } from "../kernel/clock.ts";
import type { Db } from "./database/database.ts";

/** How often something may be tried by one asker: `times` within `minutes`. */
export type Limit = { what: string; times: number; minutes: number };

type Use = { db: Db; secret: string; clock: Clock };
/** The asker is kept as an HMAC with a salt of the day, so a table that leaks tells no address (decisions.md 15). */
const keyOf = (deps: Use, limit: Limit, who: string): string => {
  const salt = createHmac("sha256", deps.secret)
    .update(`attempts of ${localDay(deps.clock.now())}`)
    .digest();
  return createHmac("sha256", salt).update(`${limit.what}\n${who}`).digest("base64url");
};

/** Counts one try; false when it is one too many. Counting and asking are one statement, so tries at once cannot slip through. */
export async function takeAttempt(deps: Use, limit: Limit, who: string | undefined): Promise<boolean> {
  if (who === undefined) return true;
  const now = deps.clock.now();
  const until = new Date(now.getTime() + limit.minutes * 60_000);
  const { count } = await deps.db
    .insertInto("attempt")
    .values({ key: keyOf(deps, limit, who), count: 1, until })
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

export async function forgetAttempts(deps: Use, limit: Limit, who: string): Promise<void> {
  await deps.db
    .deleteFrom("attempt")
    .where("key", "=", keyOf(deps, limit, who))
    .execute();
}

const local = /^(::1|127\.|::ffff:127\.)/;
/** Where a request comes from: the other end of its connection, or what a proxy on this machine says. Undefined comes from nowhere, as in tests. */
export function clientAddress(headers: Headers, remote: string | undefined): string | undefined {
  if (remote === undefined || !local.test(remote)) return remote;
  return headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() || remote;
}
