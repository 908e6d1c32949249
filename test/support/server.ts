import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { type Connection, openPool } from "../../src/platform/database/database.ts";
import { joinEmbedded } from "../../src/platform/database/embedded.ts";
import { migrate, readMigrations } from "../../src/platform/database/migrate.ts";
import { openQueue } from "../../src/platform/jobs.ts";

/**
 * A server for the whole run: the one of DATABASE_URL, or an embedded one in a folder that goes away. A template database is
 * migrated once; each worker clones it (0.1 s).
 */
declare module "vitest" {
  interface ProvidedContext {
    server: { connection: Connection; template: string };
  }
}

const withDatabase = (connection: Connection, database: string): Connection => {
  if (!("connectionString" in connection)) return { ...connection, database };
  const url = new URL(connection.connectionString);
  url.pathname = `/${database}`;
  return { connectionString: url.href };
};

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.DATABASE_URL;
  const folder = given ? undefined : await mkdtemp(path.join(tmpdir(), "opensan-test-"));
  const embedded = folder ? await joinEmbedded({ dataDir: folder }) : undefined;
  const connection: Connection = embedded ? embedded.connection : { connectionString: given ?? "" };
  const template = `t_${process.pid}_${Date.now().toString(36)}`;

  const admin = new pg.Client(connection);
  await admin.connect();
  await admin.query(`create database ${template}`);
  const pool = openPool(withDatabase(connection, template));
  await migrate(pool, await readMigrations("db/migrations"));
  const boss = await openQueue(pool);
  await boss.stop({ graceful: false });
  await pool.end();
  project.provide("server", { connection, template });

  return async () => {
    const { rows } = await admin.query<{ datname: string }>("select datname from pg_database where datname like $1", [
      `${template}%`,
    ]);
    for (const { datname } of rows) await admin.query(`drop database if exists ${datname} with (force)`);
    await admin.end();
    await embedded?.leave();
    if (folder) await rm(folder, { recursive: true, force: true });
  };
}
