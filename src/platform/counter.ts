import { sql } from "kysely";
import type { Tx } from "./database/database.ts";

/** The next number people may cite, e.g. `GD-2025-0001`: the counter's row stays locked until the transaction ends, so none is lost or given twice. */
export async function nextCode(tx: Tx, name: string, year: number): Promise<string> {
  const [code] = await nextCodes(tx, name, year, 1);
  if (code === undefined) throw new Error(`no code for ${name}`);
  return code;
}

/** The next `count` numbers at once, for records that are made by the thousand. */
export async function nextCodes(tx: Tx, name: string, year: number, count: number): Promise<string[]> {
  if (count < 1) return [];
  const { last } = await tx
    .insertInto("counter")
    .values({ name, year, last: count })
    .onConflict((oc) => oc.columns(["name", "year"]).doUpdateSet({ last: sql`counter.last + ${count}` }))
    .returning("last")
    .executeTakeFirstOrThrow();
  return Array.from({ length: count }, (_, i) => `${name}-${year}-${String(last - count + 1 + i).padStart(4, "0")}`);
}
