import { type ChildProcess, execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  closeSync,
  fchownSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { type Binaries, findPackage, programIn, serverEnv } from "./embedded.binaries.ts";
import { type Places, reachFolder } from "./embedded.folder.ts";
import { ask, type Connection, findPostmaster, type Postmaster, watchExit } from "./embedded.postmaster.ts";
import { canEnter, makePrivate, type Runner, spawnIds } from "./embedded.runner.ts";
import { codeOf, namesIn } from "./lock.ts";

const POLL_MS = 20;
const LOG_BYTES_MAX = 5 * 1024 * 1024;
/** sun_path holds 108 bytes with its closing zero. */
const SOCKET_PATH_BYTES_MAX = 107;
/** Replaying the log after a crash takes as long as it takes; this is where we stop believing in it. */
const START_MS_MAX = 10 * 60_000;
const STOP_MS_MAX = 60_000;

/**
 * Durable by default, small enough for a laptop. The log names faults without the rows and statements that caused
 * them: those hold personal data.
 */
const settings: Record<string, string> = {
  shared_buffers: "128MB",
  max_connections: "60",
  fsync: "on",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
  log_error_verbosity: "terse",
  log_min_error_statement: "panic",
};

/** A started server, or "in use" when the remains of a killed one are not gone yet. */
export async function startServer(
  places: Places,
  binaries: Binaries,
  runner: Runner | undefined,
  log: (line: string) => void,
): Promise<Postmaster | "in use"> {
  const reach = reachFolder(places.pgdata, runner);
  const connection = await chooseConnection(places.dataDir, runner);
  turnLog(places.logFile);
  const output = openSync(places.logFile, "a", 0o640);
  // `sudo san …` must not leave a log that the app's own user cannot write.
  if (runner?.isOther) fchownSync(output, runner.uid, runner.gid);
  const logStart = statSync(places.logFile).size;
  const args = ["-D", reach.name, "-p", String(connection.port)];
  for (const [name, value] of Object.entries({ ...settings, ...addresses(connection) }))
    args.push("-c", `${name}=${value}`);
  const child = spawn(programIn(binaries.native, "postgres"), args, {
    ...spawnIds(runner),
    cwd: reach.cwd,
    env: serverEnv(binaries.native),
    stdio: ["ignore", output, output],
    // A session of its own: Ctrl-C in the terminal is for the app, which may still have something to save.
    detached: true,
    windowsHide: true,
  });
  closeSync(output);
  child.unref();
  return await untilReady(
    child,
    connection,
    () => readFileSync(places.logFile).subarray(logStart).toString("utf8"),
    log,
  );
}

async function untilReady(
  child: ChildProcess,
  connection: Connection,
  said: () => string,
  log: (line: string) => void,
): Promise<Postmaster | "in use"> {
  let fault: Error | undefined;
  child.once("error", (error) => {
    fault = error;
  });
  const started = Date.now();
  let told = false;
  while (Date.now() - started < START_MS_MAX) {
    if (fault) throw new Error(`PostgreSQL could not be started: ${fault.message}`, { cause: fault });
    if (child.exitCode !== null || child.signalCode !== null) {
      if (/still in use|lock file .* already exists/i.test(said())) return "in use";
      throw new Error(
        `PostgreSQL ended while starting (${child.exitCode ?? child.signalCode}): ${said().trim().slice(-2_000)}`,
      );
    }
    if (child.pid !== undefined && (await ask(connection)) === "ready") return { pid: child.pid, connection };
    if (!told && Date.now() - started > 5_000) {
      log("The database is still starting; after a crash it first replays its log.");
      told = true;
    }
    await delay(POLL_MS);
  }
  throw new Error(`PostgreSQL did not answer within ${START_MS_MAX / 60_000} minutes: ${said().trim().slice(-2_000)}`);
}

/**
 * A Unix socket in a folder that only the server's user may enter stands in for a password. Node knows no Unix sockets
 * on Windows: there it listens on this machine alone, on a free port, which suits one person's computer and no server.
 */
async function chooseConnection(dataDir: string, runner: Runner | undefined): Promise<Connection> {
  const who = { user: "postgres", database: "postgres" };
  if (process.platform === "win32") return { host: "127.0.0.1", port: await freePort(), ...who };
  return { host: socketFolder(dataDir, runner), port: 5432, ...who };
}

const addresses = (connection: Connection): Record<string, string> =>
  path.isAbsolute(connection.host)
    ? { listen_addresses: "", unix_socket_directories: connection.host, unix_socket_permissions: "0700" }
    : { listen_addresses: connection.host, unix_socket_directories: "" };

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", resolve);
  });
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === "string") throw new Error("The system gave no free port.");
  return address.port;
}

/** Short, private, the same for every start on this data folder, and emptied: a socket left by a dead server may bar a new one. */
function socketFolder(dataDir: string, runner: Runner | undefined): string {
  const name = `pg-${createHash("sha256").update(`${dataDir}:${runner?.uid}`).digest("hex").slice(0, 12)}`;
  const fits = (parent: string) =>
    Buffer.byteLength(path.join(parent, name, ".s.PGSQL.5432")) <= SOCKET_PATH_BYTES_MAX && canEnter(runner, parent);
  const parent = [os.tmpdir(), "/tmp"].find(fits);
  if (!parent)
    throw new Error(
      `Neither ${os.tmpdir()} nor /tmp can hold the server's socket: set TMPDIR to a short path open to all.`,
    );
  const folder = path.join(parent, name);
  try {
    makePrivate(runner, folder);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    const found = lstatSync(folder);
    if (!found.isDirectory() || found.uid !== (runner?.uid ?? found.uid) || (found.mode & 0o077) !== 0) {
      // In a folder open to all somebody may have put it there to catch our connections.
      if (process.getuid?.() === 0) return replaceFolder(folder, runner);
      throw new Error(
        `The folder ${folder}, meant for the database's socket, belongs to somebody else or is open to others: remove it.`,
      );
    }
    for (const file of namesIn(folder)) rmSync(path.join(folder, file), { force: true });
  }
  return folder;
}

function replaceFolder(folder: string, runner: Runner | undefined): string {
  rmSync(folder, { recursive: true, force: true });
  makePrivate(runner, folder);
  return folder;
}

/** One old log is kept. The log turns at a start only, which is enough for a log of faults. */
function turnLog(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_BYTES_MAX) renameSync(file, `${file}.1`);
}

/** Fast shutdown: open transactions are rolled back, committed ones are kept, the next start replays nothing. */
export async function stopServer(pgdata: string, log: (line: string) => void): Promise<void> {
  const server = findPostmaster(pgdata);
  if (!server) return;
  const isGone = watchExit(pgdata, server.pid);
  if (process.platform === "win32") {
    await promisify(execFile)(programIn(findPackage().native, "pg_ctl"), ["stop", "-D", pgdata, "-m", "fast"], {
      windowsHide: true,
    });
  } else {
    try {
      process.kill(server.pid, "SIGINT");
    } catch (error) {
      if (codeOf(error) !== "ESRCH") throw error;
    }
  }
  const asked = Date.now();
  while (!isGone()) {
    if (Date.now() - asked > STOP_MS_MAX) {
      log(
        `The database (process ${server.pid}) is still stopping after ${STOP_MS_MAX / 1_000} seconds; it will end by itself.`,
      );
      return;
    }
    await delay(POLL_MS);
  }
  removeSocketFolder(server.connection.host);
}

/** Ours alone and empty now; one that holds something else stays. */
function removeSocketFolder(folder: string): void {
  if (!path.basename(folder).startsWith("pg-")) return;
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!["ENOENT", "ENOTEMPTY", "EACCES", "EPERM"].includes(codeOf(error) ?? "")) throw error;
  }
}
