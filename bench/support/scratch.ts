import pg from "pg";
import { openPool, type Pool } from "../../src/platform/database/database.ts";
import { migrate, readMigrations } from "../../src/platform/database/migrate.ts";

/** A migrated database of a bench's own on the server of DATABASE_URL; dropped at the end. */
export async function withScratch<T>(name: string, work: (pool: Pool) => Promise<T>): Promise<T> {
  const given = process.env.DATABASE_URL;
  if (!given) throw new Error("DATABASE_URL: name a PostgreSQL server on which a scratch database may be made");
  const database = `bench_${name}_${process.pid}`;
  const admin = new pg.Client({ connectionString: given });
  await admin.connect();
  await admin.query(`create database ${database}`);
  const url = new URL(given);
  url.pathname = `/${database}`;
  const pool = openPool({ connectionString: url.href }, { statementTimeoutMs: 600_000 });
  try {
    await migrate(pool, await readMigrations("db/migrations"));
    return await work(pool);
  } finally {
    await pool.end();
    await admin.query(`drop database ${database} with (force)`);
    await admin.end();
  }
}
