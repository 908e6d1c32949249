import type { Reading } from "./indicator.readings.ts";

/** One figure as JSON: money and counts as decimal strings, percentages as numbers with two decimals (decisions.md 3). */
export const readingJson = (r: Reading) => ({
  key: r.indicator.key,
  value: r.value,
  unit: r.definition.unit,
  numerator: r.numerator === null ? null : String(r.numerator),
  denominator: r.denominator === null ? null : String(r.denominator),
  definitionVersion: r.definition.version,
  dealCount: r.dealCount,
  target: r.target
    ? { year: r.target.year, kind: r.target.kind, min: r.target.min, max: r.target.max, verbatim: r.target.verbatim }
    : null,
  met: r.met,
  period: r.period,
  scope: r.scope,
  cutOff: r.cutOff,
  unknown: r.unknown ?? null,
  ...(r.baselineYear === undefined ? {} : { baselineYear: r.baselineYear, yearOnYear: r.yearOnYear ?? null }),
  ...(r.developedList === undefined
    ? {}
    : { developedList: { key: r.developedList.key, version: r.developedList.version.vi } }),
});
export type ReadingJson = ReturnType<typeof readingJson>;
