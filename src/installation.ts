import path from "node:path";
import type { PgBoss } from "pg-boss";
import type { Deps } from "./deps.ts";
import { prepareFigures } from "./features/office/index.ts";
import { systemClock } from "./kernel/clock.ts";
import { type Config, showsMessages } from "./platform/config.ts";
import { openDatabase, openPool } from "./platform/database/database.ts";
import { joinEmbedded } from "./platform/database/embedded.ts";
import { keepEmbedded } from "./platform/database/embedded.watch.ts";
import { migrate, readMigrations } from "./platform/database/migrate.ts";
import { claimSingleNode } from "./platform/database/node.ts";
import { localFileStore } from "./platform/files/index.ts";
import { openQueue, queuedJobs } from "./platform/jobs.ts";
import { messagesTo, storedMessages } from "./platform/messages.ts";
import { ownSecret } from "./platform/secrets.ts";
import { loadPack } from "./province/index.ts";

/** An opened installation: database migrated, pack checked, files and queue ready. Shared by the server and the command line. */
export type Installation = { deps: Deps; boss: PgBoss; close(): Promise<void> };

/** What a person must put right before anything can start; printed without a stack. */
export class CannotStart extends Error {}

const builtAssets = { style: "/assets/style.css", site: "/assets/site.js" };

/** Opens everything an installation stands on. `root` is the folder of the program itself (pack, migrations). */
export async function openInstallation(
  config: Config,
  root: string,
  options: { assets?: Deps["assets"]; log?: (line: string) => void } = {},
): Promise<Installation> {
  const pack = await loadPack(path.join(root, "provinces", config.province));
  if (!pack.ok) {
    const lines = pack.faults.map((fault) => `  ${fault.file}:${fault.line}  ${fault.message}`);
    throw new CannotStart(`The province pack "${config.province}" has ${lines.length} fault(s):\n${lines.join("\n")}`);
  }
  const embedded = config.databaseUrl
    ? undefined
    : await joinEmbedded({ dataDir: config.dataDir, log: options.log ?? (() => {}) });
  const pool = openPool(embedded ? embedded.connection : { connectionString: config.databaseUrl ?? "" });
  try {
    await migrate(pool, await readMigrations(path.join(root, "db/migrations")));
    const boss = await openQueue(pool);
    const db = openDatabase(pool);
    await prepareFigures(db, pack.pack);
    const demo = await db.selectFrom("installation").select("value").where("key", "=", "demo").executeTakeFirst();
    const deps: Deps = {
      config,
      db,
      pool,
      clock: systemClock,
      pack: pack.pack,
      files: localFileStore(path.join(config.dataDir, "files")),
      jobs: queuedJobs(boss),
      messages: showsMessages(config) ? messagesTo(path.join(config.dataDir, "mail")) : storedMessages,
      secret: config.sessionSecret ?? (await ownSecret(config.dataDir)),
      assets: options.assets ?? builtAssets,
      isDemo: demo !== undefined,
    };
    const leave = embedded && keepEmbedded(embedded, pool, config.dataDir, options.log ?? (() => {}));
    const close = async () => {
      await boss.stop({ graceful: true, timeout: 5_000 });
      await db.destroy();
      await leave?.();
    };
    return { deps, boss, close };
  } catch (error) {
    await pool.end().catch(() => {});
    await embedded?.leave();
    throw error;
  }
}

/**
 * Two nodes that keep files in folders of their own would each miss the other's, so the second is refused unless SHARED_FILES=1 says that
 * the folder is one (decisions.md 18). The embedded database admits one computer anyway. Answers what to call when the node ends.
 */
export async function claimNode({ config, pool }: Pick<Deps, "config" | "pool">): Promise<() => Promise<void>> {
  if (!config.databaseUrl || config.sharedFiles) return async () => {};
  const node = await claimSingleNode(pool);
  if (node) return node.leave;
  throw new CannotStart(
    "Another node already runs on this database, and each keeps uploaded files in its own DATA_DIR. Stop the other one, or give all nodes " +
      "one DATA_DIR on storage they share and start each with SHARED_FILES=1.",
  );
}
