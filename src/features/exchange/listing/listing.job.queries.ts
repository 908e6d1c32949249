import type { Db } from "../../../platform/database/database.ts";

/** Published listings nobody confirmed since `before`, a batch at a time. */
export async function codesToGoStale(db: Db, before: Date, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom("listing")
    .select("code")
    .where("state", "=", "PUBLISHED")
    .where("confirmed_at", "<", before)
    .orderBy("confirmed_at")
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map((row) => row.code);
}

/** Listings whose last day is over. */
export async function codesToExpire(db: Db, today: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom("listing")
    .select("code")
    .where("state", "in", ["PUBLISHED", "STALE"])
    .where("expires_on", "<", today)
    .orderBy("expires_on")
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map((row) => row.code);
}
