import { averageGrowth, change, percent } from "./arithmetic.ts";
import {
  type Cell,
  type Conditions,
  clip,
  conditionsOf,
  type Lists,
  matches,
  type Predicate,
  type Range,
} from "./cells.ts";

/** What the engine needs of a definition; the province pack's `Definition` is one. */
export type Definition =
  | { kind: "GROWTH"; decimals: number; baselineYear: number; of: Predicate }
  | { kind: "SHARE"; decimals: number; of: Predicate; part: Predicate }
  | { kind: "COUNT"; decimals: number }
  | { kind: "MILESTONE"; decimals: number; steps: readonly { key: string }[] };

/** Why a figure is unknown; unknown is never zero. */
export type Unknown = "NO_LINES" | "ZERO_DENOMINATOR" | "NO_BASELINE" | "BASELINE_YEAR" | "NOT_BY_SECTOR";

export type Answer = {
  value: number | null;
  unknown: Unknown | undefined;
  numerator: bigint | null;
  denominator: bigint | null;
  lineCount: number;
  /** GROWTH only. */
  baselineYear?: number;
  /** GROWTH only: the simple change from the year before, in percent. */
  yearOnYear?: number | null;
  valueYearBefore?: bigint;
};

/** What the register knows: cells of any range of days, intermediaries connected by the end, steps done by the end. */
export type Facts = {
  cells: (range: Range) => readonly Cell[];
  lists: Lists;
  connected: number | null;
  stepsDone: ReadonlySet<string> | null;
};

export const yearOf = (range: Range): number => Number(range.to.slice(0, 4));

/** The same days of another year; 29 February falls back to the 28th. */
export function inOtherYear(range: Range, years: number): Range {
  const move = (day: string) => {
    const moved = `${String(Number(day.slice(0, 4)) + years).padStart(4, "0")}${day.slice(4)}`;
    return moved.endsWith("-02-29") && new Date(`${moved}T00:00:00Z`).getUTCDate() !== 29
      ? `${moved.slice(0, 8)}28`
      : moved;
  };
  return { from: move(range.from), to: move(range.to) };
}

const sumOver = (facts: Facts, range: Range | undefined, ...all: Conditions[]): { value: bigint; lines: number } => {
  let value = 0n;
  let lines = 0;
  if (range)
    for (const cell of facts.cells(range))
      if (all.every((conditions) => matches(conditions, cell))) {
        value += cell.value;
        lines += cell.lineCount;
      }
  return { value, lines };
};

/** Every range of days whose cells an evaluation will ask for: what the queries fetch beforehand. */
export function rangesOf(definition: Definition, period: Range, lists: Lists): Range[] {
  if (definition.kind === "COUNT" || definition.kind === "MILESTONE") return [];
  const of = conditionsOf(definition.of, lists);
  const kept = (range: Range | undefined) => (range ? [range] : []);
  if (definition.kind === "SHARE") {
    const whole = clip(period, of);
    return whole ? [whole, ...kept(clip(whole, conditionsOf(definition.part, lists)))] : [];
  }
  const years = yearOf(period) - definition.baselineYear;
  return [period, inOtherYear(period, -1), inOtherYear(period, -years)].flatMap((range) => kept(clip(range, of)));
}

export function evaluate(definition: Definition, period: Range, facts: Facts): Answer {
  switch (definition.kind) {
    case "SHARE":
      return share(definition, period, facts);
    case "GROWTH":
      return growth(definition, period, facts);
    case "COUNT":
      return counted(facts.connected, null);
    case "MILESTONE": {
      const done = facts.stepsDone;
      return counted(done && definition.steps.filter((step) => done.has(step.key)).length, definition.steps.length);
    }
  }
}

/** The numerator's conditions are the denominator's and more, so it cannot leave the denominator. */
function share(definition: Extract<Definition, { kind: "SHARE" }>, period: Range, facts: Facts): Answer {
  const of = conditionsOf(definition.of, facts.lists);
  const part = conditionsOf(definition.part, facts.lists);
  const whole = clip(period, of);
  const bottom = sumOver(facts, whole, of);
  const top = sumOver(facts, whole && clip(whole, part), of, part);
  const value = percent(top.value, bottom.value, definition.decimals);
  return {
    value,
    unknown: value !== null ? undefined : bottom.lines === 0 ? "NO_LINES" : "ZERO_DENOMINATOR",
    numerator: top.value,
    denominator: bottom.value,
    lineCount: bottom.lines,
  };
}

/** Numerator: the period's value. Denominator: the value of the same days of the baseline year. */
function growth(definition: Extract<Definition, { kind: "GROWTH" }>, period: Range, facts: Facts): Answer {
  const of = conditionsOf(definition.of, facts.lists);
  const years = yearOf(period) - definition.baselineYear;
  const at = (range: Range) => sumOver(facts, clip(range, of), of);
  const now = at(period);
  const before = at(inOtherYear(period, -years));
  const last = at(inOtherYear(period, -1));
  const unknown: Unknown | undefined =
    years < 1 ? "BASELINE_YEAR" : now.lines === 0 ? "NO_LINES" : before.value <= 0n ? "NO_BASELINE" : undefined;
  return {
    value: unknown ? null : averageGrowth(now.value, before.value, years, definition.decimals),
    unknown,
    numerator: now.value,
    denominator: before.value,
    lineCount: now.lines,
    baselineYear: definition.baselineYear,
    yearOnYear: now.lines === 0 ? null : change(now.value, last.value, definition.decimals),
    valueYearBefore: last.value,
  };
}

const counted = (done: number | null, of: number | null): Answer => ({
  value: done,
  unknown: done === null ? "NOT_BY_SECTOR" : undefined,
  numerator: done === null ? null : BigInt(done),
  denominator: done === null || of === null ? null : BigInt(of),
  lineCount: 0,
});
