import { type Cell, type CellKey, type Conditions, cellKeys, passes, type Test } from "./cells.ts";

/**
 * Values that no test tells apart may be summed before they leave the database: 250 countries become "at home", "developed" and
 * the rest. What no test mentions is `unmentioned`, which no IN contains and no NOT_IN refuses.
 */
export const unmentioned = "*";
const levels = [0, 1, 2, 3, 4];

/** One key's classes: each has a member that stands for all; values in no class fall to `rest`. */
export type Fold = {
  classes: readonly { stands: string | number; values: readonly (string | number)[] }[];
  rest: string | number;
};
/** Keys that some test reads, with their folds; other keys need not be read at all. */
export type Folds = ReadonlyMap<CellKey, Fold>;

export function foldsOf(all: readonly Conditions[]): Folds {
  const tests = all.flatMap((conditions) => conditions.tests);
  const folds = new Map<CellKey, Fold>();
  for (const key of cellKeys) {
    const own = tests.filter((test) => test.key === key);
    if (own.length > 0) folds.set(key, foldOf(key, own));
  }
  return folds;
}

function foldOf(key: CellKey, tests: readonly Test[]): Fold {
  const known =
    key === "evidenceLevel" ? levels : [...new Set(tests.flatMap((test) => (test.op === "MIN" ? [] : test.values)))];
  const rest = key === "evidenceLevel" ? -1 : unmentioned;
  const answers = (value: string | number) => tests.map((test) => (passes(test, value) ? "1" : "0")).join("");
  const byAnswers = new Map<string, (string | number)[]>();
  for (const value of known) {
    const like = answers(value);
    if (like !== answers(rest)) byAnswers.set(like, [...(byAnswers.get(like) ?? []), value]);
  }
  return { classes: [...byAnswers.values()].map((values) => ({ stands: values[0] ?? rest, values })), rest };
}

const folded = (fold: Fold | undefined, value: string | number): string | number =>
  fold ? (fold.classes.find((one) => one.values.includes(value))?.stands ?? fold.rest) : unmentioned;

/** The same in memory: what SQL does to the roll-up, so that a test can hold one against the other. */
export const foldCell = (folds: Folds, cell: Cell): Cell => ({
  goodsKind: String(folded(folds.get("goodsKind"), cell.goodsKind)),
  flow: String(folded(folds.get("flow"), cell.flow)),
  originCountry: String(folded(folds.get("originCountry"), cell.originCountry)),
  supplierOrgType: String(folded(folds.get("supplierOrgType"), cell.supplierOrgType)),
  sector: String(folded(folds.get("sector"), cell.sector)),
  territory: String(folded(folds.get("territory"), cell.territory)),
  evidenceLevel: folds.has("evidenceLevel") ? Number(folded(folds.get("evidenceLevel"), cell.evidenceLevel)) : 0,
  value: cell.value,
  lineCount: cell.lineCount,
});
