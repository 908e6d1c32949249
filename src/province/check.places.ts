import { type Language, languages } from "../kernel/language.ts";
import { holdsOn } from "./base.schema.ts";
import { check, indexed, lies, type Report, timeline, unique } from "./check.ts";
import { lunarToDay } from "./lunar.ts";
import { isWeekend } from "./pack.days.ts";
import { type Agency, type DayOff, duties, type HolidayYear } from "./place.schema.ts";

/** Meaning of province, agencies, duties, territories and holidays. */

type Child = { key: string; parent: string | null };
/** A parent that is unknown or leads back to its child. */
function parentFault(row: Child, byKey: ReadonlyMap<string, Child>): string | undefined {
  if (row.parent !== null && !byKey.has(row.parent)) return `unknown parent ${row.parent}`;
  const seen = new Set([row.key]);
  for (let at = row.parent; at !== null; at = byKey.get(at)?.parent ?? null) {
    if (seen.has(at)) return `${row.key} is its own ancestor`;
    seen.add(at);
  }
  return undefined;
}
function parents(file: "agencies" | "territories", rows: readonly Child[], report: Report): void {
  const byKey = new Map(rows.map((row) => [row.key, row]));
  for (const [i, row] of rows.entries()) {
    const fault = parentFault(row, byKey);
    if (fault) report(file, [file, i, "parent"], fault);
  }
}

const province = check(["province"], ({ province: p }, report) => {
  timeline("province", ["identities"], indexed(p.identities), "the identity", report, true);
  if (!p.languages.includes(p.defaultLanguage))
    report("province", ["defaultLanguage"], `${p.defaultLanguage} is not one of its languages`);
  const heir = p.succeededBy;
  if (heir && !p.identities.some((i) => i.province === heir.province && i.validFrom === heir.from)) {
    report("province", ["succeededBy"], `no identity of ${heir.province} starts on ${heir.from}`);
  }
});

/** In each language an agency has one name on every day of its life. */
function nameFaults(agency: Agency, at: number, lang: Language, report: Report): void {
  const names = indexed(agency.names).filter((name) => name.lang === lang);
  const path = ["agencies", at, "names"] as const;
  if (names.length === 0) {
    report("agencies", path, `${agency.key} has no name in ${lang}`);
    return;
  }
  timeline("agencies", path, names, `the ${lang} name`, report, "GAPS");
  const whole = names.some((n) => n.validFrom === agency.validFrom) && names.some((n) => n.validTo === agency.validTo);
  if (!whole) report("agencies", path, `the ${lang} names of ${agency.key} do not last as long as the agency`);
}
const agencies = check(["agencies"], ({ agencies: { agencies: rows } }, report) => {
  unique("agencies", ["agencies"], rows, (a) => a.key, report);
  parents("agencies", rows, report);
  const keys = new Set(rows.map((a) => a.key));
  rows.forEach((agency, i) => {
    agency.successors.forEach((s, j) => {
      if (!keys.has(s.agency))
        report("agencies", ["agencies", i, "successors", j, "agency"], `unknown agency ${s.agency}`);
      if (s.dutyScope === "ALL") return;
      const strange = s.dutyScope.findIndex((d) => !(duties as readonly string[]).includes(d));
      if (strange >= 0)
        report(
          "agencies",
          ["agencies", i, "successors", j, "dutyScope", strange],
          `unknown duty ${s.dutyScope[strange]}`,
        );
    });
    for (const lang of languages) nameFaults(agency, i, lang, report);
  });
});

const dutyRows = check(["agencies", "duties"], ({ agencies: a, duties: d }, report) => {
  unique("duties", ["duties"], d.duties, (row) => row.key, report);
  const missing = duties.filter((key) => !d.duties.some((row) => row.key === key));
  if (missing.length > 0) report("duties", ["duties"], `no row for ${missing.join(", ")}`);
  const byKey = new Map(a.agencies.map((agency) => [agency.key, agency]));
  d.duties.forEach((row, i) => {
    timeline("duties", ["duties", i, "holders"], indexed(row.holders), `the holder of ${row.key}`, report, true);
    for (const [j, holder] of row.holders.entries()) {
      for (const [k, key] of holder.agencies.entries()) {
        const path = ["duties", i, "holders", j, "agencies", k] as const;
        const agency = byKey.get(key);
        if (!agency) report("duties", path, `unknown agency ${key}`);
        else if (!lies(holder, agency)) report("duties", path, `${key} does not exist through all these days`);
      }
    }
  });
});

const territories = check(["territories"], ({ territories: { territories: rows } }, report) => {
  unique("territories", ["territories"], rows, (t) => t.key, report);
  parents("territories", rows, report);
});

/** One day off: in its year, of a holiday in force, on the right kind of weekday, and on its lunar date. */
function dayFault(row: DayOff, year: number): string | undefined {
  if (Number(row.day.slice(0, 4)) !== year) return `${row.day} is not in ${year}`;
  const weekend = isWeekend(row.day);
  if (row.kind === "SWAPPED_WORK" && !weekend) return `${row.day} is worked anyway`;
  if ((row.kind === "SWAPPED_OFF" || row.kind === "COMPENSATORY") && weekend) return `${row.day} is a weekend already`;
  if (!row.lunar) return undefined;
  const right = lunarToDay(row.lunar.day, row.lunar.month, year);
  return right === row.day
    ? undefined
    : `lunar ${row.lunar.day}/${row.lunar.month} of ${year} is ${right}, not ${row.day}`;
}
const holidays = check(["holidays"], ({ holidays: h }, report) => {
  unique("holidays", ["holidays"], h.holidays, (row) => row.key, report);
  unique("holidays", ["years"], h.years, (row) => row.year, report);
  const byKey = new Map(h.holidays.map((row) => [row.key, row]));
  h.years.forEach((year: HolidayYear, i) => {
    unique("holidays", ["years", i, "days"], year.days, (row) => row.day, report);
    year.days.forEach((row, j) => {
      const holiday = byKey.get(row.holiday);
      const fault = !holiday
        ? `unknown holiday ${row.holiday}`
        : holdsOn(holiday, row.day)
          ? dayFault(row, year.year)
          : `${row.holiday} does not hold on ${row.day}`;
      if (fault) report("holidays", ["years", i, "days", j], fault);
    });
  });
});

export const placeChecks = [province, agencies, dutyRows, territories, holidays];
