import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

/** `san` as people and scripts call it: the built program in a process of its own, on a data folder of its own, embedded database. */

let data: string;
beforeAll(() => {
  data = mkdtempSync(path.join(tmpdir(), "opensan-cli-"));
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

/** Without DATABASE_URL: the command line starts the embedded server for its own time. */
const surroundings = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => name !== "DATABASE_URL" && name !== "NODE_ENV"),
);
function san(args: string[], input = ""): { code: number | null; out: string; err: string } {
  const ran = spawnSync(process.execPath, ["bin/san.mjs", ...args], { encoding: "utf8", input, env: surroundings });
  return { code: ran.status, out: ran.stdout, err: ran.stderr };
}
const here = (...args: string[]) => san([...args, "--data", data, "--empty"]);

test("an empty installation answers six indicators as JSON, the unknown ones with null and never zero", () => {
  const asked = here("indicators", "--year", "2025", "--json");
  expect([asked.code, asked.err]).toEqual([0, ""]);
  const figures = JSON.parse(asked.out) as Record<string, unknown>[];
  expect(figures.map((figure) => figure.key)).toEqual([
    "GROWTH_VALUE",
    "SHARE_IP",
    "SHARE_IMPORT_DEV",
    "SHARE_DOM_RESEARCH",
    "INTERMEDIARIES",
    "EXCHANGE_EST",
  ]);
  const [growth] = figures;
  expect(Object.keys(growth ?? {}).slice(0, 9)).toEqual([
    "key",
    "value",
    "unit",
    "numerator",
    "denominator",
    "definitionVersion",
    "dealCount",
    "target",
    "met",
  ]);
  expect(figures.slice(0, 4).map((figure) => [figure.value, figure.met])).toEqual(Array(4).fill([null, null]));
  expect(Object.keys(growth?.target as object)).toEqual(["year", "kind", "min", "max", "verbatim"]);
}, 60_000);

test("a wrong call ends with 2 and says what is wrong, and touches nothing", () => {
  for (const args of [
    ["indicators", "--year", "abc"],
    ["indicators"],
    ["nonsense"],
    ["import", "pictures", "x.csv"],
    ["import", "offers", "no-such-file.csv"],
  ]) {
    const asked = here(...args);
    expect([args.join(" "), asked.code, asked.err.length > 0]).toEqual([args.join(" "), 2, true]);
  }
}, 60_000);

test("a faulty pack ends with 3 and names file and line", () => {
  const pack = path.join(data, "pack");
  cpSync("provinces/tra-vinh", pack, { recursive: true });
  const duties = path.join(pack, "duties.yaml");
  const lines = readFileSync(duties, "utf8").split("\n");
  const at = lines.findIndex((line) => line.includes("so-khcn"));
  expect(at).toBeGreaterThan(0);
  lines[at] = (lines[at] ?? "").replaceAll("so-khcn", "khong-co-co-quan-nay");
  writeFileSync(duties, lines.join("\n"));
  const asked = san(["check-pack", pack]);
  expect(asked.code).toBe(3);
  expect(asked.err).toContain(`duties.yaml:${at + 1}`);
}, 60_000);

test("the office of an empty installation is made on the command line: organisation, person, role", () => {
  const organisation = here(
    "add-organisation",
    "--name",
    "Trung tâm vận hành sàn thử",
    "--type",
    "STATE_AGENCY",
  ).out.trim();
  expect(organisation).toBe("trung-tam-van-hanh-san-thu");
  const person = san(
    ["add-person", "--name", "Người vận hành", "--sign-in", "van.hanh@example.vn", "--data", data, "--empty"],
    "mot mat khau du dai",
  );
  expect([person.code, person.err]).toEqual([0, ""]);
  const role = ["grant", "--yes", "--sign-in", "van.hanh@example.vn", "--organisation", organisation, "--role"];
  expect(here(...role, "EXCHANGE_OPERATOR").out).toContain("Granted");
  expect(here(...role, "EXCHANGE_OPERATOR").out).toContain("already");
  expect(here(...role, "KING").code).toBe(2);
}, 60_000);

test("an import with rows at fault ends with 3, writes nothing and leaves the rows to mend", () => {
  const file = path.join(data, "offers.csv");
  writeFileSync(
    file,
    "Mã tại nguồn,Loại hàng hóa,Tiêu đề\nA-1,Công nghệ,Quy trình sấy cơm dừa bằng bơm nhiệt\nA-2,Công nghệ,\n",
  );
  const asked = here("import", "offers", file, "--json");
  const report = JSON.parse(asked.out) as Record<string, unknown>;
  expect([asked.code, report.read, report.valid, report.bad, report.written]).toEqual([3, 2, 1, 1, 0]);
  expect(readFileSync(String(report.badRowsFile), "utf8")).toContain("A-2");
  const valid = JSON.parse(here("import", "offers", file, "--only-valid", "--json").out) as Record<string, unknown>;
  expect([valid.accepted, valid.created]).toEqual([true, 1]);
}, 60_000);

test("the sums and the history of a sound installation are found sound", () => {
  expect(here("recount").code).toBe(0);
  expect(here("verify-events", "--json").out.trim()).toBe('{"ok":true,"brokenSeal":null}');
}, 60_000);
