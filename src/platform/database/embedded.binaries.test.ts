import { spawnSync } from "node:child_process";
import { chmodSync, lstatSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { copyOnce, findPackage, programIn } from "./embedded.binaries.ts";

const root = mkdtempSync(path.join(os.tmpdir(), "san-native-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** As npm unpacks the package when its postinstall does not run: no links, and here no right to execute either. */
function bareNative(): string {
  const native = path.join(root, "bare", "native");
  copyOnce(findPackage(), native, () => {});
  rmSync(path.join(native, ".complete"));
  const lib = path.join(native, "lib");
  for (const name of readdirSync(lib)) {
    if (lstatSync(path.join(lib, name)).isSymbolicLink()) rmSync(path.join(lib, name));
  }
  chmodSync(programIn(native, "postgres"), 0o644);
  return native;
}

test("binaries without links are copied whole, once for each release", () => {
  const origin = { ...findPackage(), native: bareNative() };
  const copy = path.join(root, "data", "native");
  const said: string[] = [];
  copyOnce(origin, copy, (line) => said.push(line));
  copyOnce(origin, copy, (line) => said.push(line));
  expect(said).toHaveLength(1);
  expect(spawnSync(programIn(copy, "postgres"), ["--version"], { encoding: "utf8" }).stdout).toContain(
    `(PostgreSQL) ${origin.major}.`,
  );
  copyOnce({ ...origin, version: "18.99.0" }, copy, (line) => said.push(line));
  expect(said).toHaveLength(2);
  expect(readdirSync(path.dirname(copy))).toEqual(["native"]);
});
