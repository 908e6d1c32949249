import { addDays, type Day } from "../kernel/clock.ts";
import type { ProvincePack } from "./pack.schema.ts";
import type { DayOff, HolidayYear } from "./place.schema.ts";

/** Working days of the province: weekends, holidays and the days exchanged by yearly notice (domain §10). */

export const holidayYear = (pack: ProvincePack, year: number): HolidayYear | undefined =>
  pack.holidays.years.find((y) => y.year === year);
/** The days off of a year, the swapped working Saturdays left out; empty for a year the pack does not know. */
export const holidaysIn = (pack: ProvincePack, year: number): DayOff[] =>
  holidayYear(pack, year)?.days.filter((d) => d.kind !== "SWAPPED_WORK") ?? [];
/** False where the year's notice is not out or the pack does not hold the year: a due date may still move. */
export const isYearSettled = (pack: ProvincePack, year: number): boolean => holidayYear(pack, year)?.announced ?? false;

export const isWeekend = (day: Day): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

export function isWorkingDay(pack: ProvincePack, day: Day): boolean {
  const special = holidayYear(pack, Number(day.slice(0, 4)))?.days.find((d) => d.day === day);
  return special ? special.kind === "SWAPPED_WORK" : !isWeekend(day);
}
/** The day itself if it is worked, else the next one that is. */
export function workingDayFrom(pack: ProvincePack, day: Day): Day {
  let at = day;
  while (!isWorkingDay(pack, at)) at = addDays(at, 1);
  return at;
}
/** `count` working days after the day (which is not counted itself); negative counts go back. */
export function addWorkingDays(pack: ProvincePack, day: Day, count: number): Day {
  let at = day;
  for (let left = Math.abs(count); left > 0; ) {
    at = addDays(at, Math.sign(count));
    if (isWorkingDay(pack, at)) left -= 1;
  }
  return at;
}
