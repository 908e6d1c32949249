import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

/**
 * The dependency rules themselves, tested: a tree with one planted violation per rule must be reported rule by rule, so that a
 * blind gate (a parser that no longer reads TypeScript) fails here (decisions.md 25).
 */
const run = promisify(execFile);
const cruiser = path.resolve("node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");

async function cruise(folder: string): Promise<string[]> {
  const answer = await run(
    process.execPath,
    [cruiser, "src", "--config", ".dependency-cruiser.cjs", "--output-type", "json"],
    {
      cwd: folder,
      maxBuffer: 64 * 1024 * 1024,
    },
  ).catch((error: { stdout: string }) => error);
  const found = JSON.parse(answer.stdout) as { summary: { violations: { rule: { name: string } }[] } };
  return [...new Set(found.summary.violations.map((violation) => violation.rule.name))].sort();
}

const planted: Record<string, string> = {
  "src/kernel/a.ts": 'import "../ui/a.ts"; export const a = 1;',
  "src/platform/a.ts": 'import "../features/accounts/index.ts"; export const a = 1;',
  "src/engine/a.ts": 'import "../platform/a.ts";',
  "src/province/a.ts": 'import "../platform/a.ts";',
  "src/ui/a.ts": 'import "../platform/a.ts"; export const a = 1;',
  "src/ui/cycle.ts": 'import { b } from "./cycle2.ts"; export const a = b;',
  "src/ui/cycle2.ts": 'import { a } from "./cycle.ts"; export const b = a;',
  "src/main.ts": 'import "./features/accounts/person/person.rules.ts";',
  "src/features/accounts/index.ts": 'import "../exchange/index.ts"; export const accounts = 1;',
  "src/features/accounts/person/person.rules.ts": 'import "../../../platform/a.ts"; export const rule = 1;',
  "src/features/accounts/person/person.pages.tsx": 'import { q } from "./person.queries.ts"; export const P = q;',
  "src/features/accounts/person/person.queries.ts": 'import { act } from "./person.actions.ts"; export const q = act;',
  "src/features/accounts/person/person.actions.ts":
    'import { Hono } from "hono"; import { sql } from "kysely"; export const act = [Hono, sql];',
  "src/features/exchange/index.ts": 'import "../office/index.ts"; import "../accounts/person/person.rules.ts";',
  "src/features/office/index.ts": 'import "../portal/index.ts";',
  "src/features/portal/index.ts": "export const portal = 1;",
  "src/features/portal/b.ts": 'import "../../../test/helper.ts";',
  "test/helper.ts": "export const help = 1;",
};

test("every dependency rule reports the violation planted for it", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "opensan-arrows-"));
  try {
    for (const [file, text] of Object.entries(planted)) {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
      await writeFile(path.join(folder, file), text);
    }
    await copyFile(".dependency-cruiser.cjs", path.join(folder, ".dependency-cruiser.cjs"));
    await copyFile("tsconfig.json", path.join(folder, "tsconfig.json"));
    await writeFile(path.join(folder, "package.json"), '{"type":"module"}');
    await symlink(path.resolve("node_modules"), path.join(folder, "node_modules"));
    const { createRequire } = await import("node:module");
    const rules = createRequire(import.meta.url)(path.resolve(".dependency-cruiser.cjs")) as {
      forbidden: { name: string }[];
    };
    expect(await cruise(folder)).toEqual(rules.forbidden.map((rule) => rule.name).sort());
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
