import { type Cell, type Conditions, type Lists, passes, type Range } from "../../../engine/indicators/index.ts";
import { type Day, isDay } from "../../../kernel/clock.ts";
import { administrativeYear, administrativeYearOf, calendarYear, type Period } from "../../../kernel/period.ts";
import {
  type Definition,
  developedListAt,
  type Indicator,
  keySectorsAt,
  type Predicate,
  type ProvincePack,
  rowAt,
  type TargetScope,
} from "../../../province/index.ts";

export type Scope = TargetScope;

/** What somebody asks figures for. */
export type Ask = { period: Period; scope: Scope; asKnownOn?: Day | undefined };

const firstYear = 2000;
const lastYear = 2199;
export const isYear = (year: number): boolean => Number.isInteger(year) && year >= firstYear && year <= lastYear;

/** The questions of an address; undefined when it asks for something that cannot be. */
export function readAsk(query: Record<string, string | undefined>, today: Day): Ask | undefined {
  const year = query.nam ? Number(query.nam) : administrativeYearOf(today);
  const { tu, den } = query;
  const known = query["biet-den"];
  if (!isYear(year) || (known !== undefined && known !== "" && !isDay(known))) return undefined;
  if (tu || den) {
    if (
      !tu ||
      !den ||
      !isDay(tu) ||
      !isDay(den) ||
      tu > den ||
      !isYear(Number(tu.slice(0, 4))) ||
      !isYear(Number(den.slice(0, 4)))
    )
      return undefined;
  }
  const period: Period =
    tu && den
      ? { from: tu, to: den, regime: "CUSTOM" }
      : query["che-do"] === "duong-lich"
        ? calendarYear(year)
        : administrativeYear(year);
  return { period, scope: query["pham-vi"] === "chu-luc" ? "KEY_SECTORS" : "ALL", asKnownOn: known || undefined };
}

/** The same question as an address; parts that are the default are left out. */
export function askQuery(ask: Ask, over: Partial<Record<"nam" | "che-do" | "pham-vi" | "sau", string>> = {}): string {
  const { period } = ask;
  const own: Record<string, string | undefined> =
    period.regime === "CUSTOM"
      ? { tu: period.from, den: period.to }
      : { nam: String(yearOfPeriod(period)), "che-do": period.regime === "CALENDAR" ? "duong-lich" : undefined };
  const all = {
    ...own,
    "pham-vi": ask.scope === "KEY_SECTORS" ? "chu-luc" : undefined,
    "biet-den": ask.asKnownOn,
    ...over,
  };
  const kept = Object.entries(all).filter(
    (entry): entry is [string, string] => Boolean(entry[1]) && entry[1] !== "hanh-chinh" && entry[1] !== "tat-ca",
  );
  return new URLSearchParams(kept).toString();
}

export const yearOfPeriod = (period: Period): number => Number(period.to.slice(0, 4));

/** The same regime in another year; a custom period has no others. */
export const periodOfYear = (period: Period, year: number): Period =>
  period.regime === "CALENDAR" ? calendarYear(year) : administrativeYear(year);

/** Years to draw: from the baseline to the current one, and to the one asked for. */
export function yearsShown(pack: ProvincePack, period: Period, today: Day): number[] {
  const first = pack.plan.plan.baselineYear.value;
  const last = Math.min(Math.max(administrativeYearOf(today), yearOfPeriod(period)), first + 11);
  return Array.from({ length: Math.max(last - first + 1, 1) }, (_, index) => first + index);
}

/** The lists that predicates name, as they stand on the last day of the period: one list for one figure, printed in its footnote. */
export const listsAt = (pack: ProvincePack, day: Day): Lists => ({
  developed: developedListAt(pack, undefined, day)?.codes ?? [],
  keySectors: keySectorsAt(pack, day),
  domesticCountry: pack.province.domesticCountry,
});

/** The definition in force at the end of the period. */
export function definitionAt(indicator: Indicator, day: Day): Definition {
  const definition = rowAt(indicator.definitions, day) ?? indicator.definitions.at(-1);
  if (!definition) throw new Error(`indicator ${indicator.key} has no definition`);
  return definition;
}

/** The predicates over deal lines: the denominator's first; none for COUNT and MILESTONE. */
export const predicatesOf = (definition: Definition): Predicate[] =>
  definition.kind === "SHARE" ? [definition.of, definition.part] : definition.kind === "GROWTH" ? [definition.of] : [];

/** For the key sectors, a line must besides be of one of them. */
export const withinScope = (conditions: Conditions, scope: Scope, lists: Lists): Conditions =>
  scope === "ALL"
    ? conditions
    : { ...conditions, tests: [...conditions.tests, { key: "sector", op: "IN", values: lists.keySectors }] };

export const dealKeys = ["flow", "originCountry", "sector", "territory", "evidenceLevel"] as const;
/** Deals alike in every key of theirs and in what their lines are: `profile` lists GOODS:ORG_TYPE of the lines. */
export type DealGroup = Pick<Cell, (typeof dealKeys)[number]> & { profile: string; dealCount: number };

/** A deal counts behind a figure when one of its lines satisfies the conditions. */
export function countDeals(groups: readonly DealGroup[], conditions: Conditions): number {
  const ofLine = conditions.tests.filter((test) => test.key === "goodsKind" || test.key === "supplierOrgType");
  const ofDeal = conditions.tests.filter((test) => test.key !== "goodsKind" && test.key !== "supplierOrgType");
  const known = new Map<string, boolean>();
  const holds = (profile: string) =>
    profile.split(",").some((line) => {
      const [goodsKind = "", supplierOrgType = ""] = line.split(":");
      return ofLine.every((test) => passes(test, test.key === "goodsKind" ? goodsKind : supplierOrgType));
    });
  let count = 0;
  for (const group of groups) {
    if (!ofDeal.every((test) => passes(test, group[test.key as "flow"]))) continue;
    const is = known.get(group.profile) ?? holds(group.profile);
    known.set(group.profile, is);
    if (is) count += group.dealCount;
  }
  return count;
}

export const keyOfRange = (range: Range): string => `${range.from}:${range.to}`;
export const isOver = (period: Period, today: Day): boolean => today > period.to;
/** `SHARE_IP` in an address is `share-ip`. */
export const segmentOf = (key: string): string => key.toLowerCase().replaceAll("_", "-");
export const keyOfSegment = (segment: string): string => segment.toUpperCase().replaceAll("-", "_");
