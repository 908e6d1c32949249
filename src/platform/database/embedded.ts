import { rmSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { findPackage, usableBinaries } from "./embedded.binaries.ts";
import { giveToRunner, holdsDatabase, makeDatabase, openPlaces, type Places } from "./embedded.folder.ts";
import { ask, type Connection, clearStalePidFile, findPostmaster } from "./embedded.postmaster.ts";
import { chooseRunner, type Runner } from "./embedded.runner.ts";
import { startServer, stopServer } from "./embedded.start.ts";
import { countUses, holdUse, withLock } from "./lock.ts";

type Log = (line: string) => void;

/** `joined`: the server ran already. `leave` stops it when nobody else uses it; close your connections first. */
export type EmbeddedServer = { connection: Connection; joined: boolean; leave(): Promise<void> };

const POLL_MS = 50;
/** A server that lives but does not answer on its socket: after this we say so instead of waiting. */
const SILENT_MS_MAX = 15_000;
/** The remains of a killed server (its memory, its last children) go within a second or two. */
const IN_USE_MS_MAX = 20_000;
/** Recovery or a long shutdown of a server that says so itself. */
const BUSY_MS_MAX = 10 * 60_000;

/**
 * PostgreSQL for a machine without one: makes the database in the data folder when it is new, starts its server or
 * joins the running one, and notes this process as a user. The app and `san` share one server in this way, whichever
 * came first; a process that was killed leaves the server running for the next. Safe to call again in one process,
 * for instance after the server was lost.
 */
export async function joinEmbedded(options: { dataDir: string; log?: Log }): Promise<EmbeddedServer> {
  const log: Log = options.log ?? (() => {});
  const places = openPlaces(options.dataDir);
  const runner = chooseRunner(places.pgdata);
  return await withLock(
    places.startLock,
    async () => {
      const use = holdUse(places.users);
      try {
        const { connection, joined } = await findOrStart(places, runner, log);
        let left: Promise<void> | undefined;
        const leave = (): Promise<void> => {
          left ??= leaveServer(places, use, log);
          return left;
        };
        return { connection, joined, leave };
      } catch (error) {
        rmSync(use, { force: true });
        throw error;
      }
    },
    log,
  );
}

async function leaveServer(places: Places, use: string, log: Log): Promise<void> {
  const work = async () => {
    rmSync(use, { force: true });
    if (countUses(places.users) === 0) await stopServer(places.pgdata, log);
  };
  await withLock(places.startLock, work, log);
}

async function findOrStart(
  places: Places,
  runner: Runner | undefined,
  log: Log,
): Promise<{ connection: Connection; joined: boolean }> {
  const isMade = holdsDatabase(places.pgdata, findPackage().major);
  if (isMade) {
    const found = await joinRunning(places.pgdata);
    if (found) return { connection: found, joined: true };
  }
  const binaries = usableBinaries(places.dataDir, runner, log);
  if (isMade) giveToRunner(places.pgdata, runner, log);
  else await makeDatabase(places.pgdata, binaries, runner);
  const began = Date.now();
  while (true) {
    clearStalePidFile(places.pgdata, log);
    const started = await startServer(places, binaries, runner, log);
    if (started !== "in use") return { connection: started.connection, joined: false };
    if (Date.now() - began > IN_USE_MS_MAX) {
      throw new Error(
        `Processes of an earlier PostgreSQL still use ${places.pgdata}: end them (their last words are in ${places.logFile}), then start again.`,
      );
    }
    await delay(POLL_MS);
    const found = await joinRunning(places.pgdata);
    if (found) return { connection: found, joined: true };
  }
}

/** The running server once it answers; undefined when none runs, or when it ended while we waited. */
async function joinRunning(pgdata: string): Promise<Connection | undefined> {
  const began = Date.now();
  let heard = began;
  while (true) {
    const server = findPostmaster(pgdata);
    if (!server) return undefined;
    const answer = await ask(server.connection);
    if (answer === "ready") return server.connection;
    const now = Date.now();
    if (answer !== "silent") heard = now;
    if (now - heard > SILENT_MS_MAX || now - began > BUSY_MS_MAX) {
      throw new Error(
        `PostgreSQL runs on ${pgdata} as process ${server.pid}, but does not answer at ${server.connection.host}. ` +
          `If its app lives in another container or has a private /tmp, run this there; otherwise stop it with kill -INT ${server.pid} and start again.`,
      );
    }
    await delay(POLL_MS);
  }
}
