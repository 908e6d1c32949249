import { addDays, type Day } from "./clock.ts";

/** A span of days, both ends in it, and the rule that made it (decisions.md 3). */
export type Period = { from: Day; to: Day; regime: "ADMINISTRATIVE" | "CALENDAR" | "CUSTOM" };

/** The report year of NĐ 09/2019: 15/12 of the year before to 14/12. */
export const administrativeYear = (year: number): Period => ({
  from: `${year - 1}-12-15`,
  to: `${year}-12-14`,
  regime: "ADMINISTRATIVE",
});

export const calendarYear = (year: number): Period => ({
  from: `${year}-01-01`,
  to: `${year}-12-31`,
  regime: "CALENDAR",
});

/** The administrative year that a day belongs to: 15/12/2024 is in 2025. */
export const administrativeYearOf = (day: Day): number => {
  const year = Number(day.slice(0, 4));
  return day.slice(5) >= "12-15" ? year + 1 : year;
};

export const daysIn = (period: { from: Day; to: Day }): number => {
  let count = 1;
  for (let day = period.from; day < period.to; day = addDays(day, 1)) count++;
  return count;
};
