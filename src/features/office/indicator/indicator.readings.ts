import {
  type Answer,
  type Cell,
  type Comparison,
  type Conditions,
  clip,
  compare,
  conditionsOf,
  evaluate,
  type Gap,
  gapTo,
  type Lists,
  passes,
  type Range,
  rangesOf,
  targetFor,
} from "../../../engine/indicators/index.ts";
import type { Day } from "../../../kernel/clock.ts";
import type { Period } from "../../../kernel/period.ts";
import type { Db } from "../../../platform/database/database.ts";
import {
  type Definition,
  developedListAt,
  type Indicator,
  type Label,
  type ProvincePack,
  type Target,
} from "../../../province/index.ts";
import { foldedOf } from "./indicator.folds.queries.ts";
import { cellsKnown, cellsOf, type DatedFact, datedFacts, dealCountsKnown, dealGroupsOf } from "./indicator.queries.ts";
import {
  type Ask,
  countDeals,
  definitionAt,
  keyOfRange,
  listsAt,
  predicatesOf,
  type Scope,
  withinScope,
  yearOfPeriod,
} from "./indicator.rules.ts";

/** A figure with everything it must carry (design.md §4.5); unknown is null with the reason, never zero. */
export type Reading = Answer & {
  indicator: Indicator;
  definition: Definition;
  period: Period;
  scope: Scope;
  /** The day as of which the register was read. */
  cutOff: Day;
  dealCount: number;
  /** The developed-country list that the definition used; undefined where it uses none. */
  developedList: { key: string; version: Label; source: string } | undefined;
  target: Target | undefined;
  /** The target belongs to a later year: "hướng tới". */
  toward: boolean;
  gap: Gap | undefined;
} & Comparison;

/** One indicator's figure in one period: what a chart draws. */
export type Point = { year: number; value: number | null };
export type Figures = { readings: Reading[]; series: ReadonlyMap<string, Point[]> };

/** One indicator in one period, with the lists of its last day filled in and its scope among its conditions. */
type Case = {
  indicator: Indicator;
  definition: Definition;
  period: Period;
  lists: Lists;
  ranges: Range[];
  of: Conditions | undefined;
};

function casesOf(pack: ProvincePack, scope: Scope, periods: readonly Period[]): Case[] {
  return periods.flatMap((period) => {
    const lists = listsAt(pack, period.to);
    return pack.indicators.indicators.map((indicator) => {
      const definition = definitionAt(indicator, period.to);
      const [of] = predicatesOf(definition);
      return {
        indicator,
        definition,
        period,
        lists,
        ranges: rangesOf(definition, period, lists),
        of: of && withinScope(conditionsOf(of, lists), scope, lists),
      };
    });
  });
}

/** All six figures of a period. Money and counts are exact; the roll-ups answer, or the lines themselves for what was known on a day. */
export async function indicatorReadings(db: Db, pack: ProvincePack, ask: Ask & { today?: Day }): Promise<Reading[]> {
  return (await indicatorFigures(db, pack, ask, [])).readings;
}

/** The same, and besides the figures of other periods for a chart; one query of cells serves all. */
export async function indicatorFigures(
  db: Db,
  pack: ProvincePack,
  ask: Ask & { today?: Day },
  others: readonly Period[],
): Promise<Figures> {
  const cases = casesOf(pack, ask.scope, [ask.period, ...others]);
  const own = cases.filter((one) => one.period === ask.period);
  const ranges = [...new Map(cases.flatMap((one) => one.ranges).map((range) => [keyOfRange(range), range])).values()];
  const folded = foldedOf(pack);
  const [cells, dealCounts, facts] = await inTurn(db, [
    () => (ask.asKnownOn ? cellsKnown(db, ranges, folded.folds, ask.asKnownOn) : cellsOf(db, ranges, folded)),
    () => dealCountsOf(db, pack, own, ask),
    () => datedFacts(db, ask.asKnownOn),
  ]);
  const byRange = new Map(ranges.map((range, index) => [keyOfRange(range), cells[index] ?? []]));
  const answer = (one: Case): Answer => {
    const { tests } = withinScope({ from: undefined, to: undefined, tests: [] }, ask.scope, one.lists);
    const ofScope = (cell: Cell) => tests.every((test) => passes(test, cell[test.key]));
    return evaluate(one.definition, one.period, {
      cells: (range) => (byRange.get(keyOfRange(range)) ?? []).filter(ofScope),
      lists: one.lists,
      ...factsBy(facts, one, ask.scope),
    });
  };
  const series = new Map<string, Point[]>();
  for (const one of cases)
    if (one.period !== ask.period) {
      const points = series.get(one.indicator.key) ?? [];
      points.push({ year: yearOfPeriod(one.period), value: answer(one).value });
      series.set(one.indicator.key, points);
    }
  return { readings: own.map((one, index) => readingOf(pack, ask, one, answer(one), dealCounts[index] ?? 0)), series };
}

/** A transaction has one connection, so its queries go one after another; the pool's go side by side. */
async function inTurn<A, B, C>(
  db: Db,
  work: [() => Promise<A>, () => Promise<B>, () => Promise<C>],
): Promise<[A, B, C]> {
  if (!db.isTransaction) return Promise.all([work[0](), work[1](), work[2]()]);
  return [await work[0](), await work[1](), await work[2]()];
}

/** Deals behind each figure of the period; figures over the same days share one query. */
async function dealCountsOf(db: Db, pack: ProvincePack, own: readonly Case[], ask: Ask): Promise<number[]> {
  const asked = own.flatMap(({ of, period }, index) => {
    const range = of && clip(period, of);
    return range ? [{ index, of, range }] : [];
  });
  const counts = own.map(() => 0);
  const known = ask.asKnownOn ? await dealCountsKnown(db, asked, ask.asKnownOn) : undefined;
  const groups = new Map<string, Awaited<ReturnType<typeof dealGroupsOf>>>();
  for (const [position, { index, of, range }] of asked.entries()) {
    if (!known && !groups.has(keyOfRange(range)))
      groups.set(keyOfRange(range), await dealGroupsOf(db, range, foldedOf(pack)));
    counts[index] = known ? (known[position] ?? 0) : countDeals(groups.get(keyOfRange(range)) ?? [], of);
  }
  return counts;
}

/** Intermediaries and the milestone belong to the whole market: for the key sectors alone there is no such figure. */
function factsBy(facts: readonly DatedFact[], one: Case, scope: Scope) {
  if (scope === "KEY_SECTORS") return { connected: null, stepsDone: null };
  const by = facts.filter((fact) => fact.on <= one.period.to);
  return {
    connected: by.filter((fact) => fact.subject === "INTERMEDIARY").length,
    stepsDone: new Set(
      by.filter((fact) => fact.subject === "STEP" && fact.milestone === one.indicator.key).map((fact) => fact.key),
    ),
  };
}

function readingOf(
  pack: ProvincePack,
  ask: Ask & { today?: Day },
  one: Case,
  answer: Answer,
  dealCount: number,
): Reading {
  const { indicator, definition, period } = one;
  const year = yearOfPeriod(period);
  const found = targetFor(pack.plan.targets, indicator.key, ask.scope, year);
  const usesDeveloped = JSON.stringify(definition).includes('"list":"developed"');
  return {
    ...answer,
    indicator,
    definition,
    period,
    scope: ask.scope,
    cutOff: ask.asKnownOn ?? ask.today ?? period.to,
    dealCount,
    developedList: usesDeveloped ? developedListAt(pack, undefined, period.to) : undefined,
    target: found?.target,
    toward: found?.toward ?? false,
    gap: found && gapTo(definition, found.target, answer, year),
    ...(found ? compare(found.target, answer) : { met: null, exceeded: false }),
  };
}
