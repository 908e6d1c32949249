import { AsyncLocalStorage } from "node:async_hooks";
import { Kysely, PostgresDialect, type Transaction } from "kysely";
import pg from "pg";
import Cursor from "pg-cursor";
import type { DB } from "./tables.ts";

pg.types.setTypeParser(1082, (text) => text); // a date stays 'YYYY-MM-DD'
pg.types.setTypeParser(1700, (text) => text); // numeric stays text, on purpose

/** The pool's handle or a transaction: queries take either. */
export type Db = Kysely<DB>;
export type Tx = Transaction<DB>;
export type Pool = pg.Pool;
export type Connection = { connectionString: string } | { host: string; port: number; user: string; database: string };

const inside = new AsyncLocalStorage<true>();

/** One pool for the process. A connection asked for inside a transaction is a slip that could hang for ever, so it throws (style R7). */
export function openPool(connection: Connection, options: { max?: number; statementTimeoutMs?: number } = {}): Pool {
  const pool = new pg.Pool({
    ...connection,
    max: options.max ?? 16,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    application_name: "opensan",
    options: "-c timezone=UTC -c search_path=public -c jit=off",
  });
  pool.on("error", () => {}); // an idle connection died: the next query takes a fresh one and reports its own error
  // A connection that dies while somebody holds it would otherwise end the whole process; its next query reports the error to them.
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

export function openDatabase(pool: Pool): Db {
  const guarded = {
    connect: () => {
      if (inside.getStore()) throw new Error("outer db used inside a transaction: pass tx down");
      return pool.connect();
    },
    end: () => pool.end(),
    options: pool.options, // kysely's cancellation needs them
  } as unknown as pg.Pool;
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool: guarded, cursor: Cursor }) });
}

/** The one door to a transaction: a returned refusal commits, so refuse before the first write and throw after it. */
export const inTransaction = <T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> =>
  db.transaction().execute((tx) => inside.run(true, () => work(tx)));

/** The constraint a database error names, e.g. "deal_code_key" on 23505; undefined for other errors. */
export function brokenConstraint(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || !("constraint" in error)) return undefined;
  return typeof error.constraint === "string" && String(error.code).startsWith("23") ? error.constraint : undefined;
}
