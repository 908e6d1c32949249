import { execFileSync, type SpawnSyncReturns, spawnSync } from "node:child_process";
import { chownSync, mkdirSync, statSync } from "node:fs";

/** The account under which the server runs. PostgreSQL refuses root, and initdb wants a uid that passwd knows. */
export type Runner = { name: string; uid: number; gid: number; isOther: boolean };

const ROOT_RUNNER = "nobody";

/**
 * An ordinary user runs the server itself. Root hands it to the owner of an existing folder, so that `sudo san …`
 * works on the folder of an ordinary user's app, and otherwise to `nobody`.
 */
export function chooseRunner(pgdata: string): Runner | undefined {
  const uid = process.getuid?.();
  if (uid === undefined) return undefined;
  const owner = statSync(pgdata, { throwIfNoEntry: false });
  if (uid !== 0) {
    if (owner && owner.uid !== uid) throw new Error(belongsToOther(pgdata, owner.uid, uid));
    return { name: `uid ${uid}`, uid, gid: process.getgid?.() ?? uid, isOther: false };
  }
  if (owner && owner.uid !== 0) return { name: `uid ${owner.uid}`, uid: owner.uid, gid: owner.gid, isOther: true };
  return { name: ROOT_RUNNER, uid: idOf("-u"), gid: idOf("-g"), isOther: true };
}

const belongsToOther = (pgdata: string, owner: number, uid: number): string =>
  `The database folder ${pgdata} belongs to uid ${owner}, and this process is uid ${uid}. ` +
  `Run it as that user (or as root), or give the whole data folder to yours: chown -R.`;

function idOf(flag: "-u" | "-g"): number {
  try {
    return Number(execFileSync("id", [flag, ROOT_RUNNER], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  } catch {
    throw new Error(
      `PostgreSQL refuses to run as root, and this machine has no user "${ROOT_RUNNER}" to run it under. ` +
        "Start the app as an ordinary user, add that user, or set DATABASE_URL to a server of your own.",
    );
  }
}

/** What `spawn` needs to run as the runner; nothing when it is ourselves. */
export const spawnIds = (runner: Runner | undefined): { uid?: number; gid?: number } =>
  runner?.isOther ? { uid: runner.uid, gid: runner.gid } : {};

export function runAs(runner: Runner | undefined, command: string, args: string[]): SpawnSyncReturns<string> {
  return spawnSync(command, args, { ...spawnIds(runner), cwd: "/", encoding: "utf8", timeout: 20_000 });
}

/** Asked of the system by trying: modes alone do not tell about access lists and mounts. */
export function canEnter(runner: Runner | undefined, folder: string): boolean {
  return !runner?.isOther || runAs(runner, "test", ["-x", folder]).status === 0;
}

/** A folder that only the runner may enter. */
export function makePrivate(runner: Runner | undefined, folder: string): void {
  mkdirSync(folder, { mode: 0o700 });
  if (runner?.isOther) chownSync(folder, runner.uid, runner.gid);
}
