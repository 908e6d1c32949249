import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { parseSync, Visitor } from "oxc-parser";
import { expect, test } from "vitest";
import { abilities } from "../src/kernel/actor.ts";

/** House rules that no linter holds (style R24). Each finds its offenders by name, so that a failure says what to mend. */

const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" })
  .split("\n")
  .filter(Boolean);
const code = files.filter(
  (file) => /^(src|bench|scripts|test)\/.*\.(ts|tsx|mjs)$/.test(file) && !file.endsWith("database/tables.ts"),
);
const product = code.filter((file) => file.startsWith("src/") && !/\.test\.tsx?$/.test(file));
const read = (file: string) => readFileSync(file, "utf8");
const offenders = (among: string[], bad: (text: string, file: string) => boolean) =>
  among.filter((file) => bad(read(file), file));

test("no file of code is longer than 300 lines", () => {
  expect(code.length).toBeGreaterThan(50);
  expect(offenders(code, (text) => text.split("\n").length > 301)).toEqual([]);
});

test("no function of the product is longer than 60 lines", () => {
  const long: string[] = [];
  for (const file of product) {
    const text = read(file);
    const lineOf = (offset: number) => text.slice(0, offset).split("\n").length;
    const check = (node: { start: number; end: number }) => {
      const from = lineOf(node.start);
      if (lineOf(node.end) - from >= 60) long.push(`${file}:${from}`);
    };
    new Visitor({ FunctionDeclaration: check, FunctionExpression: check, ArrowFunctionExpression: check }).visit(
      parseSync(file, text).program,
    );
  }
  expect(long).toEqual([]);
});

test("the surroundings are read in main, cli and their like only", () => {
  const allowed = ["src/main.ts", "src/cli.ts"];
  expect(offenders(product, (text, file) => /process\.env\b/.test(text) && !allowed.includes(file))).toEqual([]);
});

test("no test is singled out or left aside, nothing is marked for later", () => {
  const tests = code.filter((file) => /\.test\.tsx?$/.test(file));
  expect(
    offenders(
      tests,
      (text, file) => !file.endsWith("tidy.test.ts") && /\b(test|it|describe)\.(only|skip|todo)\b/.test(text),
    ),
  ).toEqual([]);
  expect(offenders(product, (text) => /\b(TODO|FIXME|XXX)\b|coming soon|sắp có/.test(text))).toEqual([]);
});

test("no markup carries a style attribute, an inline handler or an inline script", () => {
  expect(
    offenders(
      product.filter((file) => file.endsWith(".tsx")),
      (text) => /\sstyle=|\son[A-Z]\w+=|<script>/.test(text),
    ),
  ).toEqual([]);
});

test("feature pages hold no class strings: looks live in ui/", () => {
  expect(
    offenders(
      product.filter((file) => file.startsWith("src/features/")),
      (text) => /\sclass(Name)?=/.test(text),
    ),
  ).toEqual([]);
});

test("no file of ours names a registry host or a path of a machine", () => {
  const host = new RegExp(["registry", "npmjs", "org"].join("\\."));
  const home = new RegExp(["/wo", "rk/"].join(""));
  expect(read("package-lock.json")).not.toContain('"resolved": "http');
  const ours = files.filter((file) => !/\.(png|woff2|svg)$/.test(file));
  expect(offenders(ours, (text) => host.test(text) || home.test(text))).toEqual([]);
});

test("each migration has a number of its own, in order", () => {
  const numbers = files
    .filter((file) => /^db\/migrations\/\d{4}_/.test(file))
    .map((file) => Number(file.slice(14, 18)));
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
});

test("each decision record has a number of its own", () => {
  const numbers = files.filter((file) => file.startsWith("docs/decisions/")).map((file) => file.slice(15, 19));
  expect(new Set(numbers).size).toBe(numbers.length);
});

/** Keys of refusals: what `refuse("…")` and Zod messages name. */
const refusalKeys = (text: string): string[] =>
  [
    ...text.matchAll(/(?:refuse\(|why(?:\.[a-z]+|\["?[^\]]*\])? = |error: |message: |\(|, )"([a-z]+(?:\.[a-z_]+)+)"/g),
  ].map((found) => found[1] ?? "");

test("every refusal has its sentence in three languages, and no sentence is left without its refusal", () => {
  const worded = new Map<string, number>();
  for (const file of product.filter((one) => one.endsWith("words.ts")))
    for (const [, key = ""] of read(file).matchAll(/^\s*"([a-z]+(?:\.[a-z_]+)+)":/gm))
      worded.set(key, (worded.get(key) ?? 0) + 1);
  const speaking = product.filter((file) =>
    /\.(rules|actions|input|document|requirements|count|flow)\.ts$|outcome/.test(file),
  );
  const used = new Set(speaking.flatMap((file) => refusalKeys(read(file))));
  // Abilities are keys too; a sheet's faults have words of their own shape (sheet.words.ts).
  const unworded = [...used].filter((key) => !worded.has(key) && !(key in abilities) && !key.startsWith("sheet."));
  expect(unworded).toEqual([]);
  expect([...worded].filter(([, times]) => times % 3 !== 0).map(([key]) => key)).toEqual([]);
  const all = product
    .filter((one) => !one.endsWith("words.ts"))
    .map(read)
    .join("\n");
  expect(
    [...worded.keys()].filter(
      (key) => !all.includes(`"${key}"`) && !all.includes(`\`${key.split(".").slice(0, -1).join(".")}.`),
    ),
  ).toEqual([]);
});
