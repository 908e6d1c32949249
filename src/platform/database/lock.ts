import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";

/** A process as written on disk. A number alone is not enough: after a restart of a container the same number is somebody else. */
const holderShape = z.object({ pid: z.number().int().positive(), born: z.string() });
export type Holder = z.infer<typeof holderShape>;

const POLL_MS = 25;
/** A start that replays a long log may take minutes; a holder that is alive is worth waiting for, but not for ever. */
const LOCK_WAIT_MS_MAX = 15 * 60_000;
/** Between making a lock file and writing into it there is a moment; an empty one older than this was left by a crash. */
const EMPTY_LOCK_MS_MAX = 2_000;

/** State and birth of a process from /proc; undefined where there is no /proc or it hides this process. */
function procStat(pid: number): { state: string; ticks: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { state: fields[0] ?? "", ticks: fields[19] ?? "" };
  } catch {
    return undefined;
  }
}

function bootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return "";
  }
}

/** When a process was born, in a form that no later process with its number shares; empty where it cannot be known. */
export function bornOf(pid: number): string {
  const stat = procStat(pid);
  return stat ? `${bootId()}:${stat.ticks}` : "";
}

/** A zombie is dead: in a container whose first process reaps nobody it would otherwise live for ever. */
export function isAlive({ pid, born }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) !== "EPERM") return false;
  }
  const stat = procStat(pid);
  if (!stat) return true;
  if (stat.state === "Z" || stat.state === "X") return false;
  return born === "" || born === `${bootId()}:${stat.ticks}`;
}

export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error ? String(error.code) : undefined;

const here = (): string => JSON.stringify({ pid: process.pid, born: bornOf(process.pid) } satisfies Holder);

type Read = Holder | "empty" | "hidden";

function readHolder(file: string): Read | "gone" {
  try {
    return holderShape.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT") return "gone";
    return code === "EACCES" || code === "EPERM" ? "hidden" : "empty";
  }
}

/** Dead means: its process is gone, or it stayed empty longer than writing can take. What we may not read we leave alone. */
function isDead(file: string, holder: Read): boolean {
  if (holder === "hidden") return false;
  if (holder !== "empty") return !isAlive(holder);
  const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  return age > EMPTY_LOCK_MS_MAX;
}

/**
 * Runs `work` while this process alone holds `file`.
 * Accepted race: two waiters that find the same dead lock in the same microseconds may both enter. PostgreSQL's own
 * postmaster.pid and the renaming of a finished folder still keep the data whole; a use without such a second guard
 * would need a lock of the operating system instead.
 */
export async function withLock<T>(file: string, work: () => Promise<T>, log: (line: string) => void): Promise<T> {
  await acquire(file, log);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

async function acquire(file: string, log: (line: string) => void): Promise<void> {
  const started = Date.now();
  let told = false;
  while (true) {
    try {
      writeFileSync(file, here(), { flag: "wx", mode: 0o644 });
      return;
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    }
    const holder = readHolder(file);
    if (holder === "gone") continue;
    if (isDead(file, holder)) {
      rmSync(file, { force: true });
      continue;
    }
    const who = typeof holder === "string" ? "another process" : `process ${holder.pid}`;
    const waited = Date.now() - started;
    if (waited > LOCK_WAIT_MS_MAX) {
      throw new Error(
        `Waited ${LOCK_WAIT_MS_MAX / 60_000} minutes for ${who}, which holds ${file}: stop it, then start again.`,
      );
    }
    if (!told && waited > 1_000) {
      log(`Waiting for ${who}, which is starting or stopping the database.`);
      told = true;
    }
    await delay(POLL_MS);
  }
}

/** Writes that this process uses what `folder` guards; the answer is the file to remove when it no longer does. */
export function holdUse(folder: string): string {
  const file = path.join(folder, `${process.pid}-${randomBytes(4).toString("hex")}`);
  writeFileSync(file, here(), { flag: "wx", mode: 0o644 });
  return file;
}

/** Clears the uses of dead processes and counts the others. Call it inside the lock. */
export function countUses(folder: string): number {
  let alive = 0;
  for (const name of namesIn(folder)) {
    const file = path.join(folder, name);
    const holder = readHolder(file);
    if (holder === "gone") continue;
    if (isDead(file, holder)) rmSync(file, { force: true });
    else alive += 1;
  }
  return alive;
}

/** What a folder holds; a folder that was removed holds nothing. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  }
}
