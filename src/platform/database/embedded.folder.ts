import { execFile, execFileSync } from "node:child_process";
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { type Binaries, programIn, serverEnv } from "./embedded.binaries.ts";
import { canEnter, makePrivate, type Runner, spawnIds } from "./embedded.runner.ts";
import { codeOf, isAlive, namesIn } from "./lock.ts";

/** Everything in the data folder that the launcher knows; other folders beside these belong to others. */
export type Places = Readonly<{
  dataDir: string;
  pgdata: string;
  startLock: string;
  users: string;
  logFile: string;
}>;

/** Folders of the app, entered but not listed by others: the server's user must pass through them. */
export function openPlaces(dataDir: string): Places {
  const asked = path.resolve(dataDir);
  try {
    mkdirSync(asked, { recursive: true, mode: 0o711 });
    const real = realpathSync(asked);
    for (const name of ["run", "run/users", "log"]) {
      mkdirSync(path.join(real, name), { recursive: true, mode: 0o755 });
      accessSync(path.join(real, name), constants.W_OK);
    }
    const pgdata = path.join(real, "pg");
    return {
      dataDir: real,
      pgdata: existsSync(pgdata) ? realpathSync(pgdata) : pgdata,
      startLock: path.join(real, "run", "start.lock"),
      users: path.join(real, "run", "users"),
      logFile: path.join(real, "log", "postgres.log"),
    };
  } catch (error) {
    if (!["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST"].includes(codeOf(error) ?? "")) throw error;
    throw new Error(
      `The data folder ${asked} cannot be used by uid ${process.getuid?.() ?? "?"} (${codeOf(error)}): ` +
        "make it a folder which that user owns, or set DATA_DIR to another one.",
      { cause: error },
    );
  }
}

/** True when the folder holds a database of our major; refuses one of another major before anything touches it. */
export function holdsDatabase(pgdata: string, major: number): boolean {
  let written: string;
  try {
    written = readFileSync(path.join(pgdata, "PG_VERSION"), "utf8").trim();
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
    if (namesIn(pgdata).length === 0) return false;
    throw new Error(
      `The folder ${pgdata} is not empty and is no PostgreSQL folder (no PG_VERSION): move it away or set DATA_DIR.`,
    );
  }
  if (written === String(major)) return true;
  const newer = Number.parseInt(written, 10) > major;
  throw new Error(
    `The database in ${pgdata} was made by PostgreSQL ${written}, and this version of the app brings PostgreSQL ${major}; ` +
      `one cannot open the files of the other. ${newer ? "Update the app to the version that made it" : `Go back to the version of the app that brings PostgreSQL ${written}, make a backup there and restore it with this one`}, ` +
      `or set DATABASE_URL to a server that holds the data. Nothing was changed.`,
  );
}

/**
 * How a program is told its folder. A process keeps the folder it was started in even when it may not walk there
 * (a data folder under /root, the server as `nobody`): Linux names that folder /proc/self/cwd.
 */
export function reachFolder(folder: string, runner: Runner | undefined): { cwd: string; name: string } {
  if (canEnter(runner, path.dirname(folder))) return { cwd: folder, name: folder };
  if (process.platform === "linux") return { cwd: folder, name: "/proc/self/cwd" };
  throw new Error(
    `The server runs as ${runner?.name}, who may not enter ${path.dirname(folder)}: ` +
      "start the app as an ordinary user, set DATA_DIR to a folder that others may enter, or chmod o+x each folder above it.",
  );
}

/** A folder restored or copied by root belongs to root, who cannot run the server. */
export function giveToRunner(pgdata: string, runner: Runner | undefined, log: (line: string) => void): void {
  if (!runner?.isOther || statSync(pgdata).uid === runner.uid) return;
  log(`Giving ${pgdata} to ${runner.name}, because PostgreSQL refuses to run as root.`);
  execFileSync("chown", ["-R", `${runner.uid}:${runner.gid}`, pgdata]);
  chmodSync(pgdata, 0o700);
}

/**
 * Makes the database in a folder of its own and renames it when it is whole and synced: a process killed half way
 * leaves an initdb that goes on writing, and it must not write where the next one works. Call it inside the lock.
 */
export async function makeDatabase(pgdata: string, binaries: Binaries, runner: Runner | undefined): Promise<void> {
  clearHalves(pgdata);
  const half = `${pgdata}.init.${process.pid}`;
  makePrivate(runner, half);
  const reach = reachFolder(half, runner);
  const args = [
    "-D",
    reach.name,
    "-U",
    "postgres",
    "-A",
    "trust",
    "--encoding=UTF8",
    "--locale=C",
    "--no-instructions",
  ];
  args.push("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--text-search-config=simple");
  try {
    await promisify(execFile)(programIn(binaries.native, "initdb"), args, {
      ...spawnIds(runner),
      cwd: reach.cwd,
      env: serverEnv(binaries.native),
    });
  } catch (error) {
    rmSync(half, { recursive: true, force: true, maxRetries: 3 });
    throw new Error(`The database could not be made in ${half}: ${whyInitFailed(error)}`, { cause: error });
  }
  if (existsSync(pgdata)) rmdirSync(pgdata);
  renameSync(half, pgdata);
}

function whyInitFailed(error: unknown): string {
  const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
  const why = said || (error instanceof Error ? error.message : String(error));
  if (/could not look up effective user/.test(why)) {
    return `${why} Add this user to /etc/passwd, start the app as a user that stands there, or set DATABASE_URL.`;
  }
  return /No space left/.test(why) ? `the disk is full; it needs about 40 MB. ${why}` : why;
}

/** Left by killed starts. One whose initdb still writes may resist; the next start tries again. */
function clearHalves(pgdata: string): void {
  const prefix = `${path.basename(pgdata)}.init.`;
  for (const name of namesIn(path.dirname(pgdata)).filter((n) => n.startsWith(prefix))) {
    const pid = Number(name.slice(prefix.length));
    if (pid !== process.pid && isAlive({ pid, born: "" })) continue;
    try {
      rmSync(path.join(path.dirname(pgdata), name), { recursive: true, force: true, maxRetries: 3 });
    } catch (error) {
      if (pid === process.pid || codeOf(error) !== "ENOTEMPTY") throw error;
    }
  }
}
