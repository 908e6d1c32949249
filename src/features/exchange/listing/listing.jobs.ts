import { z } from "zod";
import { localDay } from "../../../kernel/clock.ts";
import { inTransaction } from "../../../platform/database/database.ts";
import type { Job } from "../../../platform/jobs.ts";
import { rowAt } from "../../../province/index.ts";
import type { ListingDeps } from "./listing.actions.ts";
import { codesToExpire, codesToGoStale } from "./listing.job.queries.ts";
import { notifyOwner } from "./listing.notice.ts";
import { lockListing } from "./listing.queries.ts";
import { freshDaysDefault, moved } from "./listing.rules.ts";
import { carryOut } from "./listing.submit.actions.ts";

/** Each day: what nobody confirmed for 90 days asks for it, what is a year old leaves the floor. */

const batch = 200;

/** Days a listing stays fresh, as the pack's rule of the day says. */
export function freshDays(deps: Pick<ListingDeps, "pack" | "clock">): number {
  const rules = deps.pack.legal.rules.filter((rule) => rule.key === "LISTING_FRESH" && rule.unit === "DAYS");
  return rowAt(rules, localDay(deps.clock.now()))?.value ?? freshDaysDefault;
}

export async function ageListings(deps: ListingDeps): Promise<void> {
  const today = localDay(deps.clock.now());
  const before = new Date(deps.clock.now().getTime() - freshDays(deps) * 86_400_000);
  await each(deps, "EXPIRE", () => codesToExpire(deps.db, today, batch));
  await each(deps, "GO_STALE", () => codesToGoStale(deps.db, before, batch));
  await deps.catalogue?.refresh();
}

/** One short transaction per listing; a second node or run finds nothing left to do. */
async function each(deps: ListingDeps, verb: "EXPIRE" | "GO_STALE", next: () => Promise<string[]>): Promise<void> {
  for (let codes = await next(); codes.length > 0; codes = await next())
    for (const code of codes)
      await inTransaction(deps.db, async (tx) => {
        const listing = await lockListing(tx, code);
        if (!listing || !moved(listing, verb)) return;
        await carryOut(deps, tx, undefined, listing, verb);
        await notifyOwner(deps, tx, listing, verb);
      });
}

export const ageListingsJob: Job<object, ListingDeps> = {
  name: "listing.age",
  input: z.object({}),
  cron: "15 2 * * *",
  run: (_input, deps) => ageListings(deps),
};
export const listingJobs = [ageListingsJob] as const;
