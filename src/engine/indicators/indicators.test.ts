import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { averageGrowth, missingForGrowth, missingForShare, percent } from "./arithmetic.ts";
import {
  type Answer,
  type Cell,
  compare,
  conditionsOf,
  type Definition,
  evaluate,
  type Facts,
  foldCell,
  foldsOf,
  gapTo,
  inOtherYear,
  type Lists,
  type Predicate,
  rangesOf,
  type Target,
  targetFor,
} from "./index.ts";

const goods = ["TECHNOLOGY", "EQUIPMENT", "IP_ASSET", "RESEARCH_RESULT", "ST_SERVICE", "OCOP_PRODUCT"];
const countries = ["VN", "KR", "JP", "CN", "LA"];
const lists: Lists = { developed: ["KR", "JP"], keySectors: ["RICE", "COCONUT"], domesticCountry: "VN" };

const cell: fc.Arbitrary<Cell> = fc.record({
  goodsKind: fc.constantFrom(...goods),
  flow: fc.constantFrom("DOMESTIC", "INBOUND", "OUTBOUND"),
  originCountry: fc.constantFrom(...countries),
  supplierOrgType: fc.constantFrom("ENTERPRISE", "UNIVERSITY", "FOREIGN"),
  sector: fc.constantFrom("", "RICE", "COCONUT", "ICT"),
  territory: fc.constantFrom("", "cau-ngang", "cang-long"),
  evidenceLevel: fc.integer({ min: 2, max: 4 }),
  value: fc.bigInt({ min: 0n, max: 10n ** 12n }),
  lineCount: fc.integer({ min: 1, max: 9 }),
});
const cells = fc.array(cell, { maxLength: 30 });
const members = (values: string[]) =>
  fc.oneof(
    fc.record({ in: fc.subarray(values, { minLength: 1 }) }),
    fc.record({ notIn: fc.subarray(values, { minLength: 1 }) }),
  );
const predicate: fc.Arbitrary<Predicate> = fc.record(
  {
    goodsKind: members(goods),
    flow: members(["DOMESTIC", "INBOUND"]),
    originCountry: fc.oneof(
      members(countries),
      fc.constant({ list: "developed" as const }),
      fc.record({ domestic: fc.boolean() }),
    ),
    supplierOrgType: members(["ENTERPRISE", "UNIVERSITY"]),
    sector: fc.oneof(members(["RICE", "ICT"]), fc.constant({ list: "keySectors" as const })),
    territory: members(["cau-ngang"]),
    evidenceLevel: fc.oneof(
      fc.record({ min: fc.integer({ min: 0, max: 4 }) }),
      fc.record({ in: fc.subarray([2, 3, 4], { minLength: 1 }) }),
    ),
  },
  { requiredKeys: [] },
);

const period = { from: "2024-12-15", to: "2025-12-14" };
const factsOf = (all: readonly Cell[], more: Partial<Facts> = {}): Facts => ({
  cells: () => all,
  lists,
  connected: 0,
  stepsDone: new Set(),
  ...more,
});
const share = (of: Predicate, part: Predicate): Definition => ({ kind: "SHARE", decimals: 2, of, part });

test("a share's numerator never leaves its denominator, whatever the predicates", () => {
  fc.assert(
    fc.property(cells, predicate, predicate, (all, of, part) => {
      const answer = evaluate(share(of, part), period, factsOf(all));
      expect(answer.numerator).not.toBeNull();
      expect((answer.numerator ?? 0n) <= (answer.denominator ?? 0n)).toBe(true);
      if (answer.value !== null) expect(answer.value).toBeLessThanOrEqual(100);
    }),
  );
});

test("values that no predicate tells apart may be summed before they are asked for", () => {
  fc.assert(
    fc.property(cells, predicate, predicate, (all, of, part) => {
      const folds = foldsOf([conditionsOf(of, lists), conditionsOf(part, lists)]);
      const folded = all.map((one) => foldCell(folds, one));
      expect(evaluate(share(of, part), period, factsOf(folded))).toEqual(
        evaluate(share(of, part), period, factsOf(all)),
      );
    }),
  );
});

test("a zero denominator is unknown, never 0 % and never 100 %", () => {
  const answer = evaluate(share({ goodsKind: { in: ["IP_ASSET"] } }, {}), period, factsOf([]));
  expect(answer).toMatchObject({ value: null, unknown: "NO_LINES", numerator: 0n, denominator: 0n });
  expect(percent(5n, 0n, 2)).toBeNull();
});

test("percentages are exact to two decimals, halves up", () => {
  expect(percent(1n, 3n, 2)).toBe(33.33);
  expect(percent(2n, 3n, 2)).toBe(66.67);
  expect(percent(1n, 800n, 2)).toBe(0.13); // 0,125
  expect(percent(123_456_789_012_345_678n, 123_456_789_012_345_678n, 2)).toBe(100);
  expect(percent(0n, 7n, 2)).toBe(0);
});

test("average growth is the rounded root, exact also where floats are not", () => {
  expect(averageGrowth(14641n, 10000n, 4, 2)).toBe(10);
  expect(averageGrowth(50n, 100n, 1, 2)).toBe(-50);
  expect(averageGrowth(0n, 100n, 3, 2)).toBe(-100);
  expect(averageGrowth(100n, 0n, 3, 2)).toBeNull();
  expect(averageGrowth(100n, 50n, 0, 2)).toBeNull();
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 10n ** 13n }),
      fc.bigInt({ min: 10n ** 6n, max: 10n ** 13n }),
      fc.integer({ min: 1, max: 9 }),
      (now, before, years) => {
        const float = (Number(now) / Number(before)) ** (1 / years) * 100 - 100;
        const size = Math.max(1, Math.abs(float));
        expect(Math.abs((averageGrowth(now, before, years, 2) ?? Number.NaN) - float) / size).toBeLessThan(0.0051);
      },
    ),
  );
});

test("growth needs a baseline with value, a later year and a line in the period", () => {
  const definition: Definition = { kind: "GROWTH", decimals: 2, baselineYear: 2021, of: {} };
  const one: Cell = {
    goodsKind: "EQUIPMENT",
    flow: "DOMESTIC",
    originCountry: "VN",
    supplierOrgType: "ENTERPRISE",
    sector: "",
    territory: "",
    evidenceLevel: 2,
    value: 0n,
    lineCount: 1,
  };
  const line = (value: bigint): Cell => ({ ...one, value });
  const byYear =
    (values: Record<string, bigint>) =>
    ({ to }: { to: string }) =>
      values[to.slice(0, 4)] === undefined ? [] : [line(values[to.slice(0, 4)] ?? 0n)];
  const ask = (values: Record<string, bigint>, at = period) =>
    evaluate(definition, at, { ...factsOf([]), cells: byYear(values) });
  expect(ask({ 2021: 10000n, 2024: 12000n, 2025: 14641n })).toMatchObject({
    value: 10,
    numerator: 14641n,
    denominator: 10000n,
    baselineYear: 2021,
    yearOnYear: 22.01,
  });
  expect(ask({ 2025: 14641n })).toMatchObject({ value: null, unknown: "NO_BASELINE" });
  expect(ask({ 2021: 10000n })).toMatchObject({ value: null, unknown: "NO_LINES" });
  expect(ask({ 2021: 10000n }, { from: "2020-12-15", to: "2021-12-14" })).toMatchObject({
    value: null,
    unknown: "BASELINE_YEAR",
  });
  expect(rangesOf(definition, period, lists)).toContainEqual({ from: "2020-12-15", to: "2021-12-14" });
});

test("the same days of another year take 28 February for the 29th", () => {
  expect(inOtherYear({ from: "2024-02-29", to: "2024-12-14" }, -3)).toEqual({ from: "2021-02-28", to: "2021-12-14" });
});

test("a predicate's days cut the period, for the numerator besides the denominator", () => {
  const definition = share({ day: { min: "2025-01-01" } }, { day: { max: "2025-06-30" } });
  expect(rangesOf(definition, period, lists)).toEqual([
    { from: "2025-01-01", to: "2025-12-14" },
    { from: "2025-01-01", to: "2025-06-30" },
  ]);
  expect(rangesOf(share({ day: { min: "2026-01-01" } }, {}), period, lists)).toEqual([]);
  expect(evaluate(share({ day: { min: "2026-01-01" } }, {}), period, factsOf([])).value).toBeNull();
});

describe("targets", () => {
  const target = (kind: Target["kind"], min: number | null, max: number | null = null): Target => ({
    indicator: "X",
    year: 2025,
    scope: "ALL",
    kind,
    min,
    max,
  });
  const figure = (value: number | null, denominator: bigint | null = null): Answer => ({
    value,
    unknown: undefined,
    numerator: null,
    denominator,
    lineCount: 0,
  });
  test.each([
    ["POINT", 5, null, 5, true, false],
    ["POINT", 5, null, 4.99, false, false],
    ["RANGE", 5, 10, 4.99, false, false],
    ["RANGE", 5, 10, 7, true, false],
    ["RANGE", 5, 10, 10, true, false],
    ["RANGE", 5, 10, 10.01, true, true],
    ["MIN", 15, null, 15, true, false],
    ["MIN", 15, null, 14.9, false, false],
    ["APPROX", 10, 10, 9.5, true, false],
    ["APPROX", 10, 10, 9.49, false, false],
    ["APPROX", 10, 10, 18, true, false],
    ["COUNT", 1, null, 0, false, false],
    ["COUNT", 1, null, 2, true, false],
    ["NONE", null, null, 7, null, false],
    ["RANGE", 5, 10, null, null, false],
  ] as const)("%s %s–%s with %s: met %s, exceeded %s", (kind, min, max, value, met, exceeded) => {
    expect(compare(target(kind, min, max), figure(value))).toEqual({ met, exceeded });
  });
  test("a milestone is met when all its steps are done", () => {
    expect(compare(target("MILESTONE", null), figure(4, 5n)).met).toBe(false);
    expect(compare(target("MILESTONE", null), figure(5, 5n)).met).toBe(true);
  });

  test("a year without a target of its own works towards the next", () => {
    const all = [
      { ...target("POINT", 5), year: 2025 },
      { ...target("POINT", 10), year: 2030 },
    ];
    expect(targetFor(all, "X", "ALL", 2025)).toMatchObject({ target: { min: 5 }, toward: false });
    expect(targetFor(all, "X", "ALL", 2027)).toMatchObject({ target: { min: 10 }, toward: true });
    expect(targetFor(all, "X", "ALL", 2031)).toBeUndefined();
    expect(targetFor(all, "X", "KEY_SECTORS", 2025)).toBeUndefined();
  });

  test("what is missing is the least that reaches the share: one đồng less does not", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 13n }),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 1, max: 9999 }),
        (denominator, part, target) => {
          const numerator = (denominator * BigInt(part)) / 100n;
          const missing = missingForShare(numerator, denominator, target / 100) ?? -1n;
          const reaches = (x: bigint) => (numerator + x) * 10_000n >= BigInt(target) * (denominator + x);
          expect(reaches(missing)).toBe(true);
          expect(missing === 0n || !reaches(missing - 1n)).toBe(true);
        },
      ),
    );
    expect(missingForShare(0n, 0n, 5)).toBeNull();
  });
  test("what is missing for growth is the value that the rate asks of the year", () => {
    expect(missingForGrowth(12_000n, 10_000n, 4, 10)).toBe(2641n);
    expect(missingForGrowth(15_000n, 10_000n, 4, 10)).toBe(0n);
    expect(missingForGrowth(15_000n, 0n, 4, 10)).toBeNull();
  });
  test("a gap is said only where the target is not met", () => {
    const definition = share({}, {});
    const answer = { ...figure(2), numerator: 2n, denominator: 100n };
    expect(gapTo(definition, target("POINT", 5), answer, 2025)).toEqual({ kind: "VALUE", vnd: 4n });
    expect(gapTo(definition, target("POINT", 2), answer, 2025)).toBeUndefined();
    expect(gapTo({ kind: "COUNT", decimals: 0 }, target("COUNT", 2), figure(0), 2025)).toEqual({
      kind: "RECORDS",
      count: 2,
    });
  });
});
