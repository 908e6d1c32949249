// Writes src/platform/database/tables.ts from the migrations: a scratch database is migrated, read, dropped. Needs DATABASE_URL of a server.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import pg from "pg";

const url = new URL(process.env.DATABASE_URL ?? "postgres://postgres@127.0.0.1:5432/postgres");
const name = `types_${process.pid}`;
const admin = new pg.Client({ connectionString: url.href });
await admin.connect();
await admin.query(`create database ${name}`);
url.pathname = `/${name}`;
try {
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  for (const file of readdirSync("db/migrations").sort())
    await client.query(readFileSync(`db/migrations/${file}`, "utf8"));
  await client.query(
    "create table if not exists schema_migration (name text primary key, sha256 text not null, ran_at timestamptz not null default now())",
  );
  await client.end();
  const made = spawnSync(
    "npx",
    [
      "kysely-codegen",
      "--url",
      url.href,
      "--dialect",
      "postgres",
      "--out-file",
      "src/platform/database/tables.ts",
      "--date-parser",
      "string",
      "--numeric-parser",
      "string",
      "--include-pattern",
      "(public|auth).*",
      "--default-schema",
      "public",
    ],
    { stdio: "inherit" },
  );
  process.exitCode = made.status ?? 1;
} finally {
  await admin.query(`drop database ${name} with (force)`);
  await admin.end();
}
