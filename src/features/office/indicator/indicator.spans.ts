import type { Range } from "../../../engine/indicators/index.ts";
import { addDays, type Day } from "../../../kernel/clock.ts";

/** The spans whose sums the database keeps ready: administrative years, calendar years, half months cut at the 15th, days. Pure. */

const endOfMonth = (day: Day): Day => {
  const at = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() + 1, 0);
  return at.toISOString().slice(0, 10);
};

/** The largest span that begins on the day and ends by `to`. */
function spanFrom(from: Day, to: Day): Range | undefined {
  const year = Number(from.slice(0, 4));
  const month = from.slice(0, 8);
  const ends = [
    from.endsWith("-12-15") ? `${String(year + 1).padStart(4, "0")}-12-14` : "",
    from.endsWith("-01-01") ? `${from.slice(0, 4)}-12-31` : "",
    from.endsWith("-15") ? endOfMonth(from) : "",
    from.endsWith("-01") ? `${month}14` : "",
  ];
  const end = ends.find((day) => day !== "" && day <= to);
  return end === undefined ? undefined : { from, to: end };
}

/** A range as the fewest spans: single days only at its edges, at most 13 at the start and 15 at the end. */
export function spansOf(range: Range): Range[] {
  const spans: Range[] = [];
  for (let day = range.from; day <= range.to; ) {
    const span = spanFrom(day, range.to) ?? { from: day, to: day };
    spans.push(span);
    day = addDays(span.to, 1);
  }
  return spans;
}
