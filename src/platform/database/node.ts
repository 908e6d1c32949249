import pg from "pg";
import { locks } from "../locks.ts";
import type { Pool } from "./database.ts";

/**
 * Says that this node is the only one on the database, by a lock on a connection of its own that is held until `leave` or the end of the
 * process. Undefined when another node holds it. Commands are no nodes and do not ask.
 */
export async function claimSingleNode(pool: Pool): Promise<{ leave(): Promise<void> } | undefined> {
  const { max: _max, ...options } = pool.options;
  const client = new pg.Client({ ...options, keepAlive: true });
  client.on("error", (error) => console.error("the lock of the single node was lost:", error.message));
  await client.connect();
  const { rows } = await client.query<{ held: boolean }>(`select pg_try_advisory_lock(${locks.singleNode}) as held`);
  if (rows[0]?.held) return { leave: () => client.end() };
  await client.end();
  return undefined;
}
