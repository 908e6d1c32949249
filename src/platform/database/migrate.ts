import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { locks } from "../locks.ts";
import type { Pool } from "./database.ts";

export type Migration = { name: string; sql: string; sha256: string };

/** The migration files in order of their numbers. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(path.join(folder, name), "utf8");
      return { name, sql, sha256: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

/**
 * Runs what has not run yet, each file in a transaction of its own, under an advisory lock so that two nodes may start at once.
 * Throws when a file was edited after it ran, or when the database knows a migration that this program does not (it is newer).
 */
export async function migrate(pool: Pool, migrations: Migration[]): Promise<string[]> {
  const client = await pool.connect();
  try {
    await client.query(`select pg_advisory_lock(${locks.migrate})`);
    await client.query(
      "create table if not exists schema_migration (name text primary key, sha256 text not null, ran_at timestamptz not null default now())",
    );
    const { rows } = await client.query<{ name: string; sha256: string }>("select name, sha256 from schema_migration");
    const before = new Map(rows.map((row) => [row.name, row.sha256]));
    refuseStrangers(migrations, before);
    const ran: string[] = [];
    for (const { name, sql, sha256 } of migrations) {
      if (before.has(name)) continue;
      await client.query("begin");
      try {
        await client.query("set local statement_timeout = 0");
        await client.query(sql);
        await client.query("insert into schema_migration (name, sha256) values ($1, $2)", [name, sha256]);
        await client.query("commit");
      } catch (error) {
        await client.query("rollback");
        throw new Error(`migration ${name} failed: ${error instanceof Error ? error.message : error}`, {
          cause: error,
        });
      }
      ran.push(name);
    }
    return ran;
  } finally {
    await client.query(`select pg_advisory_unlock(${locks.migrate})`).catch(() => {});
    client.release();
  }
}

function refuseStrangers(migrations: Migration[], before: Map<string, string>): void {
  const known = new Map(migrations.map((m) => [m.name, m.sha256]));
  for (const [name, sha256] of before) {
    const ours = known.get(name);
    if (ours === undefined)
      throw new Error(`the database has migration ${name}, which this version does not know: start a newer version`);
    if (ours !== sha256) throw new Error(`${name} was edited after it ran: write a new migration`);
  }
}
