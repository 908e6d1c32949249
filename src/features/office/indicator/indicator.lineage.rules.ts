import {
  type Conditions,
  clip,
  conditionsOf,
  inOtherYear,
  type Range,
  yearOf,
} from "../../../engine/indicators/index.ts";
import type { Day } from "../../../kernel/clock.ts";
import type { Definition, Indicator, ProvincePack } from "../../../province/index.ts";
import { type Ask, definitionAt, listsAt, predicatesOf, withinScope } from "./indicator.rules.ts";

/** From a figure to the deals behind it: every deal with what it adds to numerator and denominator. */

/** A deal as everybody may see it: counted fields only, no names. */
export type DealBehind = {
  day: Day;
  dealId: string;
  code: string;
  goodsKinds: string[];
  supplierTypes: string[];
  flow: string;
  originCountry: string;
  sector: string;
  evidenceLevel: number;
  /** Confirmed documents behind it, by kind. */
  documents: { kind: string; count: number }[];
  numerator: bigint;
  denominator: bigint;
};

/** GROWTH has two lists: the period's own (numerator) and the baseline year's (denominator). */
export type LineagePart = "PERIOD" | "BASELINE";
export type LineageOf = { range: Range; of: Conditions; part: Conditions };

/** What a figure looked at; undefined for figures that are no sums over deals, and for a baseline where there is none. */
export function lineageOf(
  pack: ProvincePack,
  indicator: Indicator,
  ask: Ask,
  which: LineagePart,
): LineageOf | undefined {
  const definition: Definition = definitionAt(indicator, ask.period.to);
  const lists = listsAt(pack, ask.period.to);
  const [of, part] = predicatesOf(definition).map((predicate) => conditionsOf(predicate, lists));
  if (!of) return undefined;
  if (which === "BASELINE" && definition.kind !== "GROWTH") return undefined;
  const days =
    which === "BASELINE" && definition.kind === "GROWTH"
      ? inOtherYear(ask.period, definition.baselineYear - yearOf(ask.period))
      : ask.period;
  const range = clip(days, of);
  return (
    range && {
      range,
      of: withinScope(of, ask.scope, lists),
      part: part ?? { from: undefined, to: undefined, tests: [] },
    }
  );
}
