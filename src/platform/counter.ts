import { sql } from "kysely";
import type { Tx } from "./database/database.ts";

/** The next number people may cite, e.g. `GD-2025-0001`: the counter's row stays locked until the transaction ends, so none is lost or given twice. */
export async function nextCode(tx: Tx, name: string, year: number): Promise<string> {
  const { last } = await tx
    .insertInto("counter")
    .values({ name, year, last: 1 })
    .onConflict((oc) => oc.columns(["name", "year"]).doUpdateSet({ last: sql`counter.last + 1` }))
    .returning("last")
    .executeTakeFirstOrThrow();
  return `${name}-${year}-${String(last).padStart(4, "0")}`;
}
