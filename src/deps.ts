import type { Clock } from "./kernel/clock.ts";
import type { Config } from "./platform/config.ts";
import type { Db, Pool } from "./platform/database/database.ts";
import type { FileStore } from "./platform/files/index.ts";
import type { Jobs } from "./platform/jobs.ts";
import type { Messages } from "./platform/messages.ts";
import type { ProvincePack } from "./province/index.ts";

/** What createApp and every action are handed; nothing is imported ready-made (style R16). */
export type Deps = {
  config: Config;
  db: Db;
  pool: Pool;
  clock: Clock;
  pack: ProvincePack;
  files: FileStore;
  jobs: Jobs;
  messages: Messages;
  /** Signs sessions, look-up codes and the salt of rate limits. */
  secret: string;
  /** Addresses of the built browser files, by entry name. */
  assets: Readonly<Record<"style" | "site", string>>;
  /** True while this installation holds the demo market: every page says so. */
  isDemo: boolean;
};
