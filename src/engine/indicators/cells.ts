import type { Day } from "../../kernel/clock.ts";

/** Cells are what a roll-up answers: sums by the keys that predicates may use (decisions.md 4). The day is no key here, a cell belongs to a range of days. */
export const cellKeys = [
  "goodsKind",
  "flow",
  "originCountry",
  "supplierOrgType",
  "sector",
  "territory",
  "evidenceLevel",
] as const;
export type CellKey = (typeof cellKeys)[number];

export type Cell = {
  goodsKind: string;
  flow: string;
  originCountry: string;
  supplierOrgType: string;
  sector: string;
  territory: string;
  evidenceLevel: number;
  value: bigint;
  lineCount: number;
};
/** Both ends are inside. */
export type Range = { from: Day; to: Day };

type Members<T> = { in: readonly T[] } | { notIn: readonly T[] };
type May<T> = T | undefined;
/** A conjunction of conditions as the province pack writes it. */
export type Predicate = {
  day?: May<{ min: Day } | { max: Day }>;
  goodsKind?: May<Members<string>>;
  flow?: May<Members<string>>;
  originCountry?: May<Members<string> | { list: "developed" } | { domestic: boolean }>;
  supplierOrgType?: May<Members<string>>;
  sector?: May<Members<string> | { list: "keySectors" }>;
  territory?: May<Members<string>>;
  evidenceLevel?: May<{ min: number } | Members<number>>;
};

/** The lists that predicates name, as they stand at the end of the period. */
export type Lists = { developed: readonly string[]; keySectors: readonly string[]; domesticCountry: string };

export type Test =
  | { key: CellKey; op: "IN" | "NOT_IN"; values: readonly (string | number)[] }
  | { key: "evidenceLevel"; op: "MIN"; min: number };
/** A predicate with its lists filled in: what the engine, the roll-up query and the lineage all read. */
export type Conditions = { from: Day | undefined; to: Day | undefined; tests: readonly Test[] };

export function conditionsOf(predicate: Predicate, lists: Lists): Conditions {
  const tests = cellKeys.flatMap((key): Test[] => {
    const condition = predicate[key];
    if (condition === undefined) return [];
    if ("in" in condition) return [{ key, op: "IN", values: condition.in }];
    if ("notIn" in condition) return [{ key, op: "NOT_IN", values: condition.notIn }];
    if ("min" in condition) return [{ key: "evidenceLevel", op: "MIN", min: condition.min }];
    if ("domestic" in condition)
      return [{ key, op: condition.domestic ? "IN" : "NOT_IN", values: [lists.domesticCountry] }];
    return [{ key, op: "IN", values: condition.list === "developed" ? lists.developed : lists.keySectors }];
  });
  const day = predicate.day;
  return { from: day && "min" in day ? day.min : undefined, to: day && "max" in day ? day.max : undefined, tests };
}

export const passes = (test: Test, value: string | number): boolean =>
  test.op === "MIN" ? Number(value) >= test.min : test.values.includes(value) === (test.op === "IN");

export const matches = (conditions: Conditions, cell: Cell): boolean =>
  conditions.tests.every((test) => passes(test, cell[test.key]));

/** The days of a range that conditions leave; undefined when none is left. */
export function clip(range: Range, conditions: Conditions): Range | undefined {
  const from = conditions.from !== undefined && conditions.from > range.from ? conditions.from : range.from;
  const to = conditions.to !== undefined && conditions.to < range.to ? conditions.to : range.to;
  return from <= to ? { from, to } : undefined;
}
