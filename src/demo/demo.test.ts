import { readFileSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import { freshDeps } from "../../test/support/world.ts";
import type { Deps } from "../deps.ts";
import { countingDifferences, indicatorReadings, prepareFigures, type Reading } from "../features/office/index.ts";
import { administrativeYear, calendarYear, type Period } from "../kernel/period.ts";
import { keepEmpty, loadDemo, planOf } from "./demo.load.ts";
import { paperOf } from "./demo.paper.ts";
import { readDemo } from "./demo.read.ts";

/** The demo market on an installation of its own: what it holds, and that its figures are those of demo/README.md. */

let deps: Deps;
beforeAll(async () => {
  deps = (await freshDeps()).deps;
  await loadDemo(deps, "demo");
});

const countOf = async (table: "person" | "organisation" | "listing" | "deal" | "interest" | "event" | "counted_line" | "file", of: Deps = deps) =>
  Number((await of.db.selectFrom(table).select((eb) => eb.fn.countAll().as("n")).executeTakeFirstOrThrow()).n);

const market = async () => {
  const read = await readDemo("demo");
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.market;
};

/** The tables of the README: rows of numbers, in their order. */
const readme = readFileSync("demo/README.md", "utf8");
function tableUnder(heading: string): number[][] {
  const [, after = ""] = readme.split(heading);
  const [part = ""] = after.split(/\n##/);
  return part.split("\n").filter((line) => /^\| 20\d\d \|/.test(line))
    .map((line) => line.split("|").slice(1, -1).map((cell) => (cell.trim() === "—" ? Number.NaN : Number(cell))));
}

type Shown = { numerator: bigint | null; denominator: bigint | null; value: number | null };
const read = async (period: Period, scope: "ALL" | "KEY_SECTORS", asKnownOn?: string): Promise<Map<string, Reading>> => {
  const readings = await indicatorReadings(deps.db, deps.pack, { period, scope, asKnownOn });
  return new Map(readings.map((reading) => [reading.indicator.key, reading]));
};
/** One row as the README prints it: year, deals, V, growth, then value, numerator and denominator of the shares. */
async function rowOf(year: number, period: Period, scope: "ALL" | "KEY_SECTORS", asKnownOn?: string): Promise<number[]> {
  const readings = await read(period, scope, asKnownOn);
  const of = (key: string): Shown & { dealCount: number } => readings.get(key) ?? expect.fail(`no reading ${key}`);
  const [growth, ip, imported, research] = ["GROWTH_VALUE", "SHARE_IP", "SHARE_IMPORT_DEV", "SHARE_DOM_RESEARCH"].map(of);
  const share = (s: Shown | undefined) => [Number(s?.numerator), Number(s?.denominator), s?.value ?? Number.NaN];
  return [
    year, growth?.dealCount ?? -1, Number(growth?.numerator), growth?.value ?? Number.NaN, Number(ip?.numerator), ip?.value ?? Number.NaN, ...share(imported), ...share(research),
  ];
}

describe("the oracle of demo/README.md", () => {
  const years = [2021, 2022, 2023, 2024, 2025, 2026];
  const cases = [
    { heading: "### Năm hành chính", of: administrativeYear, scope: "ALL" },
    { heading: "### Năm dương lịch", of: calendarYear, scope: "ALL" },
    { heading: "### Nhóm lĩnh vực chủ lực", of: administrativeYear, scope: "KEY_SECTORS" },
  ] as const;

  test.each(cases)("$heading: every year's figures are those of the table", async ({ heading, of, scope }) => {
    const told = await Promise.all(years.map((year) => rowOf(year, of(year), scope)));
    expect(told).toEqual(tableUnder(heading));
  });

  test("the share of IP is told of the same V as growth is", async () => {
    for (const year of years) {
      const readings = await read(administrativeYear(year), "ALL");
      expect(readings.get("SHARE_IP")?.denominator).toBe(readings.get("GROWTH_VALUE")?.numerator);
    }
  });

  test("2024 as it was known before the correction of 18/3/2025, and since", async () => {
    const before = [2024, 12, 21_700_000_000, 10.69, 900_000_000, 4.15, 550_000_000, 7_280_000_000, 7.55, 380_000_000, 5_830_000_000, 6.52];
    for (const day of ["2024-12-14", "2025-03-17"]) expect(await rowOf(2024, administrativeYear(2024), "ALL", day)).toEqual(before);
    const since = tableUnder("### Năm hành chính").find(([year]) => year === 2024);
    expect(await rowOf(2024, administrativeYear(2024), "ALL", "2025-03-18")).toEqual(since);
  });

  test("one intermediary is connected by the end of 2025", async () => {
    expect((await read(administrativeYear(2025), "ALL")).get("INTERMEDIARIES")?.value).toBe(1);
    expect((await read(administrativeYear(2024), "ALL")).get("INTERMEDIARIES")?.value).toBe(0);
  });

  test("the sums equal a recount, also after the figures were made ready", async () => {
    expect(await countingDifferences(deps.db)).toEqual([]);
    await prepareFigures(deps.db, deps.pack);
    expect(await countingDifferences(deps.db)).toEqual([]);
    expect(await rowOf(2025, administrativeYear(2025), "ALL")).toEqual(tableUnder("### Năm hành chính").find(([year]) => year === 2025));
  });
});
