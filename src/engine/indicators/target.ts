import { missingForGrowth, missingForShare } from "./arithmetic.ts";
import type { Answer, Definition } from "./evaluate.ts";

export type TargetKind = "POINT" | "RANGE" | "MIN" | "APPROX" | "COUNT" | "MILESTONE" | "NONE";
export type Target = {
  indicator: string;
  year: number;
  scope: string;
  kind: TargetKind;
  min: number | null;
  max: number | null;
};

/** The target shown beside a year: its own, or else the next one, towards which the years before it work. */
export function targetFor<T extends Target>(
  targets: readonly T[],
  indicator: string,
  scope: string,
  year: number,
): { target: T; toward: boolean } | undefined {
  const target = targets
    .filter((one) => one.indicator === indicator && one.scope === scope && one.year >= year)
    .sort((a, b) => a.year - b.year)[0];
  return target && { target, toward: target.year > year };
}

export type Comparison = {
  /** Whether the figure satisfies the target shown; null when there is no figure or nothing to compare with. */
  met: boolean | null;
  /** Above the upper end of a RANGE: more than asked, never a fault. */
  exceeded: boolean;
};

/** By the target's kind (domain.md §1.2). The published, rounded figure is compared, so that a page never contradicts itself. */
export function compare(target: Target, answer: Answer): Comparison {
  const { value } = answer;
  const none = { met: null, exceeded: false };
  if (value === null || target.kind === "NONE") return none;
  if (target.kind === "MILESTONE")
    return { met: answer.denominator !== null && BigInt(value) >= answer.denominator, exceeded: false };
  if (target.min === null) return none;
  if (target.kind === "APPROX") return { met: value >= target.min - halfOfLastPlace(target.min), exceeded: false };
  return { met: value >= target.min, exceeded: target.kind === "RANGE" && target.max !== null && value > target.max };
}

/** "Khoảng 10 %" is written in whole percents: 9,5 % still rounds to it. */
const halfOfLastPlace = (value: number): number => 0.5 / 10 ** (String(value).split(".")[1]?.length ?? 0);

/** What is missing to the target: value in đồng, records, or steps. Undefined where it is met or cannot be said. */
export type Gap =
  | { kind: "VALUE"; vnd: bigint }
  | { kind: "RECORDS"; count: number }
  | { kind: "STEPS"; count: number };

export function gapTo(definition: Definition, target: Target, answer: Answer, year: number): Gap | undefined {
  if (compare(target, answer).met !== false || answer.value === null) return undefined;
  const { numerator, denominator } = answer;
  if (definition.kind === "MILESTONE") return { kind: "STEPS", count: Number(denominator ?? 0n) - answer.value };
  if (target.min === null) return undefined;
  if (definition.kind === "COUNT") return { kind: "RECORDS", count: Math.ceil(target.min - answer.value) };
  if (numerator === null || denominator === null) return undefined;
  const vnd =
    definition.kind === "SHARE"
      ? missingForShare(numerator, denominator, target.min)
      : missingForGrowth(numerator, denominator, year - definition.baselineYear, target.min);
  return vnd === null || vnd === 0n ? undefined : { kind: "VALUE", vnd };
}
