import type { Day } from "../kernel/clock.ts";
import type { Flow, GoodsKind, OrgType } from "../kernel/codes.ts";
import type { RegistrationLaw } from "./lists.schema.ts";
import type { ProvincePack } from "./pack.schema.ts";
import { developedListAt, keySectorsAt, rowAt } from "./pack.ts";
import type { Definition, Indicator, Predicate, Target } from "./plan.schema.ts";

/** Pure questions to a pack about the plan, what its indicators count, and rules taken from law. */

export const indicatorOf = (pack: ProvincePack, key: string): Indicator | undefined =>
  pack.indicators.indicators.find((i) => i.key === key);
/** The definition in force on the day. */
export const indicatorDefinitionAt = (pack: ProvincePack, key: string, day: Day): Definition | undefined =>
  rowAt(indicatorOf(pack, key)?.definitions ?? [], day);
export const targetsOf = (pack: ProvincePack, indicatorKey: string, year?: number): Target[] =>
  pack.plan.targets.filter((t) => t.indicator === indicatorKey && (year === undefined || t.year === year));
/** The plan's number as a document prints it: never an invented one. */
export const planNumber = (pack: ProvincePack): string => pack.plan.plan.number ?? pack.plan.plan.numberText;
/** Agencies that get the reports on the day: ministry and People's Committee. */
export const reportReceiversAt = (pack: ProvincePack, day: Day): readonly string[] =>
  rowAt(pack.plan.plan.reportsTo, day)?.agencies ?? [];

/** The two halves of a definition over deal lines: a line of the numerator satisfies all of `numerator`. */
export type Fraction = { numerator: readonly Predicate[]; denominator: readonly Predicate[] };
/** For GROWTH both years sum over the same predicate; COUNT and MILESTONE count no deal lines. */
export function fractionOf(definition: Definition): Fraction | undefined {
  if (definition.kind === "SHARE") return { numerator: [definition.of, definition.part], denominator: [definition.of] };
  if (definition.kind === "GROWTH") return { numerator: [definition.of], denominator: [definition.of] };
  return undefined;
}

/** What a predicate may look at in a deal line. */
export type PredicateLine = {
  day: Day;
  goodsKind: GoodsKind;
  flow: Flow;
  originCountry: string | null;
  supplierOrgType: OrgType | null;
  sector: string | null;
  territory: string | null;
  evidenceLevel: number;
};

type Listed<T> = { in: T[] } | { notIn: T[] };
/** An unknown value is in no list, so `in` fails and `notIn` holds. */
const listed = <T>(condition: Listed<T>, value: T | null): boolean =>
  "in" in condition
    ? value !== null && condition.in.includes(value)
    : value === null || !condition.notIn.includes(value);

/** Whether a line satisfies a predicate; named lists are taken as of the line's day. The reference that engines are tested against. */
export function predicateHolds(pack: ProvincePack, p: Predicate, line: PredicateLine): boolean {
  const { day, goodsKind, flow, originCountry, supplierOrgType, sector, territory, evidenceLevel } = p;
  if (day && ("min" in day ? line.day < day.min : line.day > day.max)) return false;
  if (goodsKind && !listed(goodsKind, line.goodsKind)) return false;
  if (flow && !listed(flow, line.flow)) return false;
  if (originCountry && !originHolds(pack, originCountry, line)) return false;
  if (supplierOrgType && !listed(supplierOrgType, line.supplierOrgType)) return false;
  if (
    sector &&
    !("list" in sector ? listed({ in: [...keySectorsAt(pack, line.day)] }, line.sector) : listed(sector, line.sector))
  )
    return false;
  if (territory && !listed(territory, line.territory)) return false;
  if (!evidenceLevel) return true;
  return "min" in evidenceLevel ? line.evidenceLevel >= evidenceLevel.min : listed(evidenceLevel, line.evidenceLevel);
}
function originHolds(
  pack: ProvincePack,
  condition: NonNullable<Predicate["originCountry"]>,
  line: PredicateLine,
): boolean {
  const at = line.originCountry;
  if ("domestic" in condition) return at !== null && (at === pack.province.domesticCountry) === condition.domestic;
  if ("list" in condition)
    return at !== null && (developedListAt(pack, undefined, line.day)?.codes.includes(at) ?? false);
  return listed(condition, at);
}
export const satisfiesAll = (pack: ProvincePack, predicates: readonly Predicate[], line: PredicateLine): boolean =>
  predicates.every((p) => predicateHolds(pack, p, line));

/** Whether a technology-transfer contract signed on the day must be registered, and by what rule (domain §2.3). */
export type RegistrationAnswer = {
  required: boolean;
  /** Why it must be, or which exception frees it, or VOLUNTARY. */
  reason: "INBOUND" | "OUTBOUND" | "STATE_FUNDS" | "TASK_RESULTS_REGISTERED" | "RESTRICTED_LICENSED" | "VOLUNTARY";
  basis: string;
  verifiedOn: Day | null;
  law: RegistrationLaw;
};
export type RegistrationCase = {
  flow: Flow;
  usesStateFunds: boolean;
  /** The state-funded task's results already have a certificate of registration. */
  taskResultsRegistered?: boolean;
  /** Restricted technology that already has its licence. */
  restrictedLicensed?: boolean;
};
export function registrationRule(pack: ProvincePack, of: RegistrationCase, day: Day): RegistrationAnswer | undefined {
  const law = rowAt(pack.legal.registration, day);
  if (!law) return undefined;
  const answer = (required: boolean, reason: RegistrationAnswer["reason"]): RegistrationAnswer => ({
    required,
    reason,
    basis: law.basis,
    verifiedOn: law.verifiedOn,
    law,
  });
  const rule = law.required.find((r) => r.flow === of.flow && (!r.stateFundsOnly || of.usesStateFunds));
  if (!rule) return answer(false, "VOLUNTARY");
  const frees = (key: "TASK_RESULTS_REGISTERED" | "RESTRICTED_LICENSED") => law.exceptions.some((e) => e.key === key);
  if (of.restrictedLicensed && frees("RESTRICTED_LICENSED")) return answer(false, "RESTRICTED_LICENSED");
  if (of.taskResultsRegistered && rule.reason === "STATE_FUNDS" && frees("TASK_RESULTS_REGISTERED"))
    return answer(false, "TASK_RESULTS_REGISTERED");
  return answer(true, rule.reason);
}
