import { CompiledQuery } from "kysely";
import { PgBoss } from "pg-boss";
import type { z } from "zod";
import type { Db, Pool, Tx } from "./database/database.ts";
import { locks } from "./locks.ts";

/** A job is one line, safe to run twice, and carries ids, not records (style R21). `Deps` is what the app hands to handlers. */
export type Job<Input, Deps> = {
  name: string;
  input: z.ZodType<Input>;
  /** Cron in Viet Nam's time for jobs that come by themselves. */
  cron?: string;
  run(input: Input, deps: Deps): Promise<void>;
};

export type Jobs = {
  /** Queues a job in the caller's transaction; with a key at most once for ever (decisions.md 19). */
  later<I>(tx: Tx | Db, job: { name: string; input: z.ZodType<I> }, input: I, key?: string): Promise<void>;
};

/** Puts pg-boss's schema in place; call after migrate, safe on several nodes at once. */
export async function openQueue(pool: Pool): Promise<PgBoss> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values as unknown[]) },
    schema: "pgboss",
  });
  boss.on("error", (error) => console.error("jobs:", error.message));
  const lock = await pool.connect();
  try {
    await lock.query(`select pg_advisory_lock(${locks.queue})`);
    await boss.start();
  } finally {
    await lock.query(`select pg_advisory_unlock(${locks.queue})`).catch(() => {});
    lock.release();
  }
  return boss;
}

export const queuedJobs = (boss: PgBoss): Jobs => ({
  async later(tx, job, input, key) {
    if (key !== undefined) {
      const made = await tx
        .insertInto("job_key")
        .values({ key, job_name: job.name })
        .onConflict((oc) => oc.doNothing())
        .executeTakeFirst();
      if (made.numInsertedOrUpdatedRows === 0n) return;
    }
    const over = {
      executeSql: (text: string, values?: unknown[]) =>
        tx.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, values ?? [])) as Promise<{ rows: object[] }>,
    };
    await boss.send(job.name, job.input.parse(input) as object, { db: over, retryLimit: 3, retryBackoff: true });
  },
});

/** Starts handling jobs on this node, one at a time each. */
export async function workJobs<D>(boss: PgBoss, jobs: readonly Job<never, D>[], deps: D): Promise<void> {
  for (const job of jobs) {
    await boss.createQueue(job.name);
    if (job.cron) await boss.schedule(job.name, job.cron, {}, { tz: "Asia/Ho_Chi_Minh" });
    await boss.work(job.name, { batchSize: 1, pollingIntervalSeconds: 1 }, async ([one]) => {
      if (one) await job.run(job.input.parse(one.data) as never, deps);
    });
  }
}
