import type { Day } from "../../../kernel/clock.ts";
import type { Language } from "../../../kernel/language.ts";
import { label, type ProvincePack } from "../../../province/index.ts";
import { showDay, showNumber, showPercent, showVnd, showVndShort } from "../../../ui/format.ts";
import type { Reading } from "./indicator.readings.ts";
import { isOver, yearOfPeriod } from "./indicator.rules.ts";
import { indicatorWords } from "./indicator.words.ts";

/** Figures in words: what pages print of a reading. Pure. */

export function showFigure(
  language: Language,
  reading: Pick<Reading, "definition" | "denominator">,
  value: number | null,
): string {
  const t = indicatorWords[language];
  if (value === null) return t.unknown;
  switch (reading.definition.unit) {
    case "PERCENT":
      return showPercent(language, value);
    case "PERCENT_PER_YEAR":
      return `${showPercent(language, value)} ${t.perYear}`;
    case "COUNT":
      return t.organisations(showNumber(language, value));
    case "STEP":
      return t.steps(showNumber(language, value), showNumber(language, reading.denominator ?? 0n));
  }
}

/** The short form under a bar. */
export const showPoint = (language: Language, reading: Reading, value: number | null): string =>
  value === null
    ? "–"
    : reading.definition.unit.startsWith("PERCENT")
      ? showPercent(language, value).replace(" ", "")
      : showNumber(language, value);

export const showPeriod = (period: { from: Day; to: Day }): string => `${showDay(period.from)} – ${showDay(period.to)}`;

/** The verdict beside a figure: met, exceeded, not yet, or not compared. */
export function verdictOf(
  language: Language,
  reading: Reading,
): { text: string; tone: "good" | "bad" | "wait" | "plain" } {
  const t = indicatorWords[language];
  if (reading.met === null) return { text: t.notCompared, tone: "plain" };
  if (reading.toward) return reading.met ? { text: t.reachedEarly, tone: "good" } : { text: t.notYet, tone: "wait" };
  return reading.met ? { text: t.met, tone: "good" } : { text: t.notMet, tone: "bad" };
}

/** The target's own number: "15%/năm", "10–15%", "từ 2 tổ chức"; undefined where the plan gives none. */
export function showTarget(language: Language, reading: Reading): string | undefined {
  const t = indicatorWords[language];
  const { target, definition } = reading;
  if (!target || target.kind === "NONE") return undefined;
  if (definition.kind === "MILESTONE") return t.allSteps(showNumber(language, definition.steps.length));
  const ends = [target.min, target.max].flatMap((end) => (end === null ? [] : [showNumber(language, end)]));
  if (ends.length === 0) return undefined;
  const range = [...new Set(ends)].join("–");
  const amount = target.kind === "MIN" ? t.atLeast(range) : target.kind === "APPROX" ? t.about(range) : range;
  if (definition.unit === "COUNT") return t.organisations(amount);
  return definition.unit === "PERCENT_PER_YEAR" ? `${amount}%/${t.yearUnit}` : `${amount}%`;
}

/** Up to the precision that is shown, so that the amount named really reaches the target. */
function roundedUp(vnd: bigint): bigint {
  const step = vnd >= 1_000_000_000n ? 10_000_000n : vnd >= 1_000_000n ? 10_000n : 1n;
  return ((vnd + step - 1n) / step) * step;
}

/** "Cần thêm 3,2 tỷ đồng giá trị giao dịch tài sản trí tuệ đến hết ngày 14/12/2025". */
export function showGap(language: Language, reading: Reading, today: Day): string | undefined {
  const t = indicatorWords[language];
  const { gap, target, period } = reading;
  if (!gap || !target) return undefined;
  if (gap.kind === "RECORDS") return t.gapRecords(showNumber(language, gap.count));
  if (gap.kind === "STEPS") return t.gapSteps(showNumber(language, gap.count));
  const words: Readonly<Record<string, string>> = t.goods;
  const goods = words[reading.indicator.key] ?? t.goods.OTHER;
  const amount = showVndShort(language, roundedUp(gap.vnd));
  if (reading.toward) return t.gapToward(amount, goods, target.year);
  return isOver(period, today)
    ? t.gapOver(amount, goods, showDay(period.to))
    : t.gapOpen(amount, goods, showDay(period.to));
}

/** The formula with the numbers in it. */
export function showFormula(language: Language, reading: Reading): string | undefined {
  const { definition, numerator, denominator, value } = reading;
  if (numerator === null || denominator === null) return undefined;
  const answer = showFigure(language, reading, value);
  if (definition.kind === "SHARE")
    return `${showVnd(language, numerator)} ÷ ${showVnd(language, denominator)} × 100 = ${answer}`;
  if (definition.kind !== "GROWTH") return undefined;
  const years = yearOfPeriod(reading.period) - definition.baselineYear;
  if (years < 1) return undefined;
  const root = years === 1 ? "" : `^(1/${years})`;
  return `((${showVnd(language, numerator)} ÷ ${showVnd(language, denominator)})${root} − 1) × 100 = ${answer}`;
}

export const nameOf = (language: Language, reading: Pick<Reading, "indicator">): string =>
  label(reading.indicator, language);
export const shortNameOf = (language: Language, reading: Pick<Reading, "indicator">): string =>
  label(reading.indicator.shortName, language);

export function showDevelopedList(language: Language, pack: ProvincePack, reading: Reading): string | undefined {
  const used = reading.developedList;
  const list = used && pack.developed.lists.find((one) => one.key === used.key);
  return used && list
    ? indicatorWords[language].developed(label(list, language), label(used.version, language))
    : undefined;
}
