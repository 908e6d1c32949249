import { readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { bornOf, codeOf, isAlive } from "./lock.ts";

export type Connection = { host: string; port: number; user: string; database: string };
export type Postmaster = { pid: number; connection: Connection };

/** PostgreSQL writes itself down here while it runs: number, folder, start, port, socket folder, address, memory, state. */
const pidFile = (pgdata: string): string => path.join(pgdata, "postmaster.pid");

/** The server that runs on this folder, wherever its socket is: an app and a command may differ in their TMPDIR. */
export function findPostmaster(pgdata: string): Postmaster | undefined {
  let lines: string[];
  try {
    lines = readFileSync(pidFile(pgdata), "utf8").split("\n");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
  const pid = Number.parseInt(lines[0] ?? "", 10);
  if (!Number.isSafeInteger(pid) || pid <= 0 || !isPostmasterOf(pid, pgdata)) return undefined;
  const port = Number.parseInt(lines[3] ?? "", 10) || 5432;
  const host = lines[4]?.trim() || lines[5]?.trim() || "127.0.0.1";
  return { pid, connection: { host, port, user: "postgres", database: "postgres" } };
}

/**
 * A postmaster works in its data folder, which tells it from a later process that got its number. Where the system
 * does not say (no /proc, not ours to ask), a living process counts as the postmaster.
 */
function isPostmasterOf(pid: number, pgdata: string): boolean {
  if (!isAlive({ pid, born: "" })) return false;
  try {
    const works = statSync(`/proc/${pid}/cwd`);
    const ours = statSync(pgdata);
    return works.ino === ours.ino && works.dev === ours.dev;
  } catch {
    return true;
  }
}

/**
 * After a crash the file of a dead server stays. PostgreSQL clears it, except when its number is now a process of the
 * same user (usual after a restart of a container) or a zombie: it would refuse for ever, so we take the file away.
 * When the number is free the file stays, because PostgreSQL reads in it which memory to look at for survivors.
 * Call it only when `findPostmaster` found none.
 */
export function clearStalePidFile(pgdata: string, log: (line: string) => void): void {
  let pid: number;
  try {
    pid = Number.parseInt(readFileSync(pidFile(pgdata), "utf8"), 10);
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) !== "EPERM") return;
  }
  log(`Removing ${pidFile(pgdata)}: its server is gone and its process number belongs to another process now.`);
  rmSync(pidFile(pgdata), { force: true });
}

export type Answer = "ready" | "starting" | "stopping" | "silent";

/** 57P03 is a server that is there but takes no connection yet, or no more; 53300 one that is merely full. */
export async function ask(connection: Connection): Promise<Answer> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 2_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("select 1");
    await client.end();
    return "ready";
  } catch (error) {
    client.end().catch(() => {});
    if (codeOf(error) === "53300") return "ready";
    if (codeOf(error) !== "57P03") return "silent";
    return error instanceof Error && /shutting down/.test(error.message) ? "stopping" : "starting";
  }
}

/** One server in one life: the number alone could be given to another process while we wait. */
export function watchExit(pgdata: string, pid: number): () => boolean {
  const born = bornOf(pid);
  return () => !isAlive({ pid, born }) || findPostmaster(pgdata)?.pid !== pid;
}
