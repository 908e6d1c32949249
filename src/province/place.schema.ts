import { z } from "zod";
import { languages } from "../kernel/language.ts";
import { codeKey, day, label, line, provenance, slugKey, validity } from "./base.schema.ts";

/** province.yaml: who the province is at each date, and who came after. */
const identity = z.strictObject({
  province: slugKey,
  name: label,
  fullName: label,
  /** What a document writes before its date: "Trà Vinh, ngày …". */
  documentPlace: line,
  statisticsCode: z
    .string()
    .regex(/^\d{2}$/, "is not a two-digit province code")
    .nullable(),
  ...validity,
  ...provenance,
});
export const provinceFile = z.strictObject({
  key: slugKey,
  identities: z.array(identity).min(1),
  succeededBy: z.strictObject({ province: slugKey, from: day, basis: line, ...provenance }).nullable(),
  /** How documents after the succession name the old area. */
  areaAfterSuccession: label.nullable(),
  languages: z.array(z.enum(languages)).min(1),
  defaultLanguage: z.enum(languages),
  timeZone: z.literal("Asia/Ho_Chi_Minh"),
  currency: z.literal("VND"),
  domesticCountry: z.string().regex(/^[A-Z]{2}$/),
});
export type ProvinceIdentity = z.output<typeof identity>;

/** agencies.yaml */
export const agencySystems = ["UBND", "DANG", "TRUNG_UONG", "DON_VI"] as const;
export type AgencySystem = (typeof agencySystems)[number];
const successor = z.strictObject({ agency: slugKey, dutyScope: z.union([z.literal("ALL"), z.array(codeKey).min(1)]) });
const agencyName = z.strictObject({ lang: z.enum(languages), text: line, ...validity });
const agency = z.strictObject({
  key: slugKey,
  system: z.enum(agencySystems),
  level: z.enum(["CENTRAL", "PROVINCE", "UNIT"]),
  /** Stands for many ("các trường đại học, …"): has no seal and signs nothing. */
  collective: z.boolean().default(false),
  parent: slugKey.nullable(),
  /** The sign in a document's number, e.g. SKHCN. */
  symbol: line.nullable(),
  /** The identifier code of document exchange, null while unknown. */
  identifierCode: line.nullable().default(null),
  names: z.array(agencyName).min(1),
  successors: z.array(successor).default([]),
  ...validity,
  ...provenance,
});
export const agenciesFile = z.strictObject({ agencies: z.array(agency).min(1) });
export type Agency = z.output<typeof agency>;

/** duties.yaml */
export const duties = ["LEAD", "FINANCE", "PLANNING_INVEST", "TRADE", "MEDIA", "RESEARCH", "COORDINATE"] as const;
export type Duty = (typeof duties)[number];
const dutyHolder = z.strictObject({ agencies: z.array(slugKey).min(1), ...validity, ...provenance });
const duty = z.strictObject({
  key: z.enum(duties),
  name: label,
  description: label,
  holders: z.array(dutyHolder).min(1),
});
export const dutiesFile = z.strictObject({ duties: z.array(duty).min(1) });
export type DutyRecord = z.output<typeof duty>;

/** territories.yaml */
const territory = z.strictObject({
  key: slugKey,
  kind: z.enum(["PROVINCE", "CITY", "TOWN", "DISTRICT", "WARD", "COMMUNE"]),
  name: label,
  parent: slugKey.nullable(),
  statisticsCode: z
    .string()
    .regex(/^\d{2,5}$/)
    .nullable()
    .default(null),
  ...validity,
  ...provenance,
});
export const territoriesFile = z.strictObject({
  /** True only when every commune of today is listed and verified. */
  complete: z.boolean(),
  note: line,
  territories: z.array(territory).min(1),
});
export type Territory = z.output<typeof territory>;

/** holidays.yaml */
const holiday = z.strictObject({ key: codeKey, name: label, basis: line, ...validity, ...provenance });
export const dayOffKinds = ["STATUTORY", "COMPENSATORY", "SWAPPED_OFF", "SWAPPED_WORK"] as const;
const dayOff = z.strictObject({
  day,
  holiday: codeKey,
  kind: z.enum(dayOffKinds),
  /** Vietnamese lunar date, where the holiday is set by it; checked when the pack is read. */
  lunar: z.strictObject({ day: z.int().min(1).max(30), month: z.int().min(1).max(12) }).optional(),
});
const holidayYear = z.strictObject({
  year: z.int().min(2000).max(2100),
  /** False until the yearly notice of the ministry is out: Tết and swapped days may still move. */
  announced: z.boolean(),
  days: z.array(dayOff).min(1),
  ...provenance,
});
export const holidaysFile = z.strictObject({ holidays: z.array(holiday).min(1), years: z.array(holidayYear).min(1) });
export type Holiday = z.output<typeof holiday>;
export type DayOff = z.output<typeof dayOff>;
export type HolidayYear = z.output<typeof holidayYear>;
