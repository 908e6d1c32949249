import { createHash } from "node:crypto";
import { type DatabaseConnection, Kysely, PostgresDialect, type PostgresDialectConfig, PostgresDriver } from "kysely";
import type { PoolClient } from "pg";
import Cursor from "pg-cursor";
import type { Db, Pool } from "../platform/database/database.ts";
import type { DB } from "../platform/database/tables.ts";
import type { FileStore, StoredBlob } from "../platform/files/index.ts";
import { writesAside } from "./demo.aside.ts";
import { rememberReads } from "./demo.memory.ts";
import { type Stamp, stampingOf } from "./demo.time.ts";

/**
 * The ground the demo is loaded on: one transaction around every action, so that a load that is killed leaves nothing behind and a reader
 * sees the whole market or none of it. Actions open and commit their own transactions on it as ever; only the outer one is real. What an
 * action rolls back cannot be rolled back alone here, so the load as a whole fails then.
 */
class InnerDriver extends PostgresDriver {
  readonly #spoil: () => void;
  constructor(config: PostgresDialectConfig, spoil: () => void) {
    super(config);
    this.#spoil = spoil;
  }
  override async beginTransaction(): Promise<void> {}
  override async commitTransaction(): Promise<void> {}
  override async rollbackTransaction(_connection: DatabaseConnection): Promise<void> {
    this.#spoil();
  }
}

/** What the load tells its ground: the time that the database's own stamps take. */
export type Ground = { now: Date };

export async function inOneTransaction<T>(pool: Pool, work: (db: Db, ground: Ground) => Promise<T>): Promise<T> {
  const client: Client = await pool.connect();
  let spoilt = false;
  const ground: Ground = { now: new Date() };
  const lent = lending(client, pool, await stampingOf(client, () => ground.now));
  const config: PostgresDialectConfig = { pool: lent.pool, cursor: Cursor };
  const dialect = new PostgresDialect(config);
  const db = new Kysely<DB>({
    dialect: {
      createAdapter: () => dialect.createAdapter(),
      createDriver: () =>
        new InnerDriver(config, () => {
          spoilt = true;
        }),
      createIntrospector: (of) => dialect.createIntrospector(of),
      createQueryCompiler: () => dialect.createQueryCompiler(),
    },
  });
  try {
    // Thousands of small statements: compiling them, weighing every order of their joins or planning each anew costs more than it saves.
    await client.query(
      "begin; set local jit = off; set local join_collapse_limit = 1; set local plan_cache_mode = force_generic_plan; set local statement_timeout = '10min'",
    );
    const answer = await work(db, ground);
    await lent.settled();
    if (spoilt) throw new Error("an action rolled back inside the load of the demo");
    await client.query("commit");
    return answer;
  } finally {
    // The connection goes with its prepared statements; without a commit the server takes everything back.
    client.release(true);
  }
}

type Client = PoolClient;
type Lent = { pool: PostgresDialectConfig["pool"]; settled(): Promise<void> };
/** A pool of the one connection. The same few hundred statements come thousands of times, so each is prepared once. */
function lending(client: Client, pool: Pool, stamp: Stamp): Lent {
  const names = new Map<string, string>();
  const remember = rememberReads();
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(ask: () => Promise<T>): Promise<T> => {
    const answer = last.then(ask);
    last = answer.catch(() => {}); // told by the answer
    return answer;
  };
  const aside = writesAside((text, values) => {
    const name = names.get(text) ?? `demo_${names.size}`;
    names.set(text, name);
    return inTurn(() => client.query({ name, text, values }));
  });
  const query = (asked: unknown, given: unknown[] = []) => {
    if (typeof asked !== "string") return inTurn(() => client.query(asked as never));
    const { text, values } = stamp(asked, given);
    return remember(text, values, () => aside.query(text, values));
  };
  const connection = { query, release: () => {} };
  const lent = { connect: async () => connection, end: async () => {}, options: pool.options };
  return { pool: lent as never, settled: aside.settled };
}

/** A store that writes side by side; `settled` must be awaited before the rows that name its blobs are committed. */
export function writingAside(files: FileStore): FileStore & { settled(): Promise<void> } {
  const writing = new Map<string, Promise<StoredBlob>>();
  return {
    ...files,
    async put(bytes, options) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of bytes) chunks.push(chunk);
      const whole = Buffer.concat(chunks);
      const sha256 = createHash("sha256").update(whole).digest("hex");
      if (!writing.has(sha256)) {
        const write = files.put([whole], options);
        write.catch(() => {}); // told by settled()
        writing.set(sha256, write);
      }
      return { sha256, size: whole.length };
    },
    async settled() {
      await Promise.all(writing.values());
    },
  };
}
