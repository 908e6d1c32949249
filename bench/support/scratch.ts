import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { type Connection, openPool, type Pool } from "../../src/platform/database/database.ts";
import { joinEmbedded } from "../../src/platform/database/embedded.ts";
import { migrate, readMigrations } from "../../src/platform/database/migrate.ts";

/** A migrated database of a bench's own, on the server of DATABASE_URL or on an embedded one; dropped at the end. */
export async function withScratch<T>(name: string, work: (pool: Pool) => Promise<T>): Promise<T> {
  const given = process.env.DATABASE_URL;
  const folder = given ? undefined : await mkdtemp(path.join(tmpdir(), "opensan-bench-"));
  const embedded = folder ? await joinEmbedded({ dataDir: folder }) : undefined;
  const server: Connection = embedded ? embedded.connection : { connectionString: given ?? "" };
  const database = `bench_${name}_${process.pid}`;
  const admin = new pg.Client(server);
  await admin.connect();
  await admin.query(`create database ${database}`);
  const pool = openPool(named(server, database), { statementTimeoutMs: 600_000 });
  try {
    await migrate(pool, await readMigrations("db/migrations"));
    return await work(pool);
  } finally {
    await pool.end();
    await admin.query(`drop database ${database} with (force)`);
    await admin.end();
    await embedded?.leave();
    if (folder) await rm(folder, { recursive: true, force: true });
  }
}

function named(server: Connection, database: string): Connection {
  if (!("connectionString" in server)) return { ...server, database };
  return { connectionString: Object.assign(new URL(server.connectionString), { pathname: `/${database}` }).href };
}
