import { createHash } from "node:crypto";
import { type DatabaseConnection, Kysely, PostgresDialect, type PostgresDialectConfig, PostgresDriver } from "kysely";
import type { PoolClient } from "pg";
import Cursor from "pg-cursor";
import type { Db, Pool } from "../platform/database/database.ts";
import type { DB } from "../platform/database/tables.ts";
import type { FileStore, StoredBlob } from "../platform/files/index.ts";
import { rememberReads } from "./demo.memory.ts";

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

export async function inOneTransaction<T>(pool: Pool, work: (db: Db) => Promise<T>): Promise<T> {
  const client: Client = await pool.connect();
  let spoilt = false;
  const config: PostgresDialectConfig = { pool: lending(client, pool), cursor: Cursor };
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
    // Thousands of small statements: compiling them or weighing every order of their joins costs more than it saves.
    await client.query(
      "begin; set local jit = off; set local join_collapse_limit = 1; set local statement_timeout = '10min'",
    );
    const answer = await work(db);
    if (spoilt) throw new Error("an action rolled back inside the load of the demo");
    await client.query("commit");
    return answer;
  } finally {
    // The connection goes with its prepared statements; without a commit the server takes everything back.
    client.release(true);
  }
}

type Client = PoolClient;
/** A pool of the one connection. The same few hundred statements come thousands of times, so each is prepared once. */
function lending(client: Client, pool: Pool): PostgresDialectConfig["pool"] {
  const names = new Map<string, string>();
  const remember = rememberReads();
  const query = (text: unknown, values: unknown[] = []) => {
    if (typeof text !== "string") return client.query(text as never);
    const name = names.get(text) ?? `demo_${names.size}`;
    names.set(text, name);
    return remember(text, values, () => client.query({ name, text, values }));
  };
  const lent = { query, release: () => {} };
  return { connect: async () => lent, end: async () => {}, options: pool.options } as never;
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
