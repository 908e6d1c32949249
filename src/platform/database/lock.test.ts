import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { bornOf, countUses, holdUse, isAlive, withLock } from "./lock.ts";

const root = mkdtempSync(path.join(os.tmpdir(), "san-lock-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const newFolder = () => mkdtempSync(path.join(root, "x-"));
const quiet = () => {};
const deadPid = (): number => spawnSync(process.execPath, ["-e", ""]).pid;

test("a process is known by its number and its birth", () => {
  expect(isAlive({ pid: process.pid, born: bornOf(process.pid) })).toBe(true);
  expect(isAlive({ pid: deadPid(), born: "" })).toBe(false);
});

test.skipIf(process.platform !== "linux")(
  "a number given to a later process does not keep the former one alive",
  () => {
    expect(isAlive({ pid: process.pid, born: "another-boot:1" })).toBe(false);
  },
);

test("work under one lock never overlaps", async () => {
  const file = path.join(newFolder(), "start.lock");
  let inside = 0;
  const visits = Array.from({ length: 5 }, () =>
    withLock(
      file,
      async () => {
        inside += 1;
        expect(inside).toBe(1);
        await new Promise(setImmediate);
        inside -= 1;
      },
      quiet,
    ),
  );
  await Promise.all(visits);
  expect(existsSync(file)).toBe(false);
});

test("the lock of a dead process and an old empty one are cleared", async () => {
  const file = path.join(newFolder(), "start.lock");
  writeFileSync(file, JSON.stringify({ pid: deadPid(), born: "" }));
  expect(await withLock(file, async () => "in", quiet)).toBe("in");
  writeFileSync(file, "");
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(file, longAgo, longAgo);
  expect(await withLock(file, async () => "in", quiet)).toBe("in");
});

test("a lock is given back when the work fails", async () => {
  const file = path.join(newFolder(), "start.lock");
  await expect(withLock(file, () => Promise.reject(new Error("no")), quiet)).rejects.toThrow("no");
  expect(existsSync(file)).toBe(false);
});

test("only living users count, and the marks of the dead are removed", () => {
  const folder = newFolder();
  const mine = holdUse(folder);
  writeFileSync(path.join(folder, "dead"), JSON.stringify({ pid: deadPid(), born: "" }));
  expect(countUses(folder)).toBe(1);
  expect(readdirSync(folder)).toEqual([path.basename(mine)]);
  rmSync(mine);
  expect(countUses(folder)).toBe(0);
});
