import { createHash } from "node:crypto";
import { sql } from "kysely";
import { z } from "zod";
import { type Db, inTransaction, type Tx } from "./database/database.ts";
import type { Job } from "./jobs.ts";
import { locks } from "./locks.ts";

/** Batches of events chained by hash, so that a change made behind the program's back shows (decisions.md 12). Writers never wait for it. */

const batchMax = 5_000;
const firstHash = Buffer.alloc(32);

type SealedEvent = { xid: string; id: string; line: string };

/** Events after a cursor, in the order (xid, id), each as the text that is hashed. Only transactions older than every running one are read. */
async function eventsAfter(
  tx: Tx | Db,
  xid: string,
  id: string,
  upTo?: { xid: string; id: string },
): Promise<SealedEvent[]> {
  const bound = upTo
    ? sql`(e.xid, e.id) <= (${upTo.xid}::xid8, ${upTo.id}::uuid)`
    : sql`e.xid < pg_snapshot_xmin(pg_current_snapshot())`;
  const { rows } = await sql<SealedEvent>`
    select e.xid::text as xid, e.id::text as id,
      jsonb_build_array(e.id, e.xid::text, extract(epoch from e.at)::text, e.actor_id, e.organisation_id, e.subject, e.subject_id, e.verb, e.detail)::text as line
    from event e where (e.xid, e.id) > (${xid}::xid8, ${id}::uuid) and ${bound}
    order by e.xid, e.id limit ${upTo ? batchMax + 1 : batchMax}`.execute(tx);
  return rows;
}

const hashOf = (previous: Buffer, events: readonly SealedEvent[]): Buffer => {
  const hash = createHash("sha256").update(previous);
  for (const event of events) hash.update(event.line).update("\n");
  return hash.digest();
};

const nobody = "00000000-0000-0000-0000-000000000000";

/** Seals what has come since the last seal; one node at a time. Answers how many events were sealed. */
export function sealEvents(db: Db): Promise<number> {
  return inTransaction(db, async (tx) => {
    await sql`select pg_advisory_xact_lock(${locks.seal})`.execute(tx);
    const last = await tx
      .selectFrom("event_seal")
      .select(["position", "up_to_xid", "up_to_id", "hash"])
      .orderBy("position", "desc")
      .limit(1)
      .executeTakeFirst();
    const previous = last?.hash ?? firstHash;
    const events = await eventsAfter(tx, String(last?.up_to_xid ?? "0"), last?.up_to_id ?? nobody);
    const end = events.at(-1);
    if (!end) return 0;
    await tx
      .insertInto("event_seal")
      .values({
        position: String(BigInt(last?.position ?? 0) + 1n),
        up_to_xid: end.xid,
        up_to_id: end.id,
        event_count: events.length,
        prev_hash: previous,
        hash: hashOf(previous, events),
      })
      .execute();
    return events.length;
  });
}

/** Recomputes the chain: the position of the first seal that no longer agrees with its events, or undefined when all do. */
export async function firstBrokenSeal(db: Db): Promise<string | undefined> {
  let previous: Buffer = firstHash;
  let at = { xid: "0", id: nobody };
  let after = "0";
  for (;;) {
    const seals = await db
      .selectFrom("event_seal")
      .selectAll()
      .where("position", ">", after)
      .orderBy("position")
      .limit(500)
      .execute();
    if (seals.length === 0) return undefined;
    for (const seal of seals) {
      const upTo = { xid: String(seal.up_to_xid), id: seal.up_to_id };
      const events = await eventsAfter(db, at.xid, at.id, upTo);
      const agrees =
        events.length === seal.event_count &&
        seal.prev_hash.equals(previous) &&
        hashOf(previous, events).equals(seal.hash);
      if (!agrees) return seal.position;
      previous = seal.hash;
      at = upTo;
      after = seal.position;
    }
  }
}

export const sealEventsJob: Job<object, { db: Db }> = {
  name: "event.seal",
  input: z.object({}),
  cron: "* * * * *",
  run: async (_input, { db }) => {
    while ((await sealEvents(db)) === batchMax);
  },
};
