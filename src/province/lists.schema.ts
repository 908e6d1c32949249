import { z } from "zod";
import { flows, goodsKinds, techClasses, techObjects } from "../kernel/codes.ts";
import { codeKey, label, line, provenance, slugKey, validity } from "./base.schema.ts";

/** goods.yaml: lists whose keys the code knows; names, dates and consequences are the province's. */
const goodsKind = z.strictObject({
  key: z.enum(goodsKinds),
  name: label,
  note: label.nullable().default(null),
  /** Whether it enters the value of S&T goods; OCOP products are shown and not counted. */
  inValue: z.boolean(),
  /** The segment of its addresses: /san/cong-nghe. */
  segment: slugKey,
});
const evidenceLevel = z.strictObject({ level: z.int().min(0).max(4), name: label, counts: z.boolean() });
const techClass = z.strictObject({
  key: z.enum(techClasses),
  name: label,
  effect: z.enum(["NONE", "NOTICE", "FORBIDDEN"]),
  effectText: label,
  ...validity,
  ...provenance,
});
const techObject = z.strictObject({ key: z.enum(techObjects), name: label, ...validity, ...provenance });
const flow = z.strictObject({ key: z.enum(flows), name: label });
const coded = z.strictObject({ key: codeKey, name: label, ...validity, ...provenance });
export const goodsFile = z.strictObject({
  goodsKinds: z.array(goodsKind),
  evidenceLevels: z.array(evidenceLevel),
  flows: z.array(flow),
  techClasses: z.array(techClass),
  techObjects: z.array(techObject),
  intermediaryKinds: z.array(coded).min(1),
  transferServices: z.array(coded).min(1),
  ocopGroups: z.array(coded).min(1),
});
export type GoodsKindRecord = z.output<typeof goodsKind>;
export type EvidenceLevel = z.output<typeof evidenceLevel>;
export type TechClassRecord = z.output<typeof techClass>;
export type Coded = z.output<typeof coded>;

/** sectors.yaml */
const sector = z.strictObject({
  key: codeKey,
  name: label,
  vsic: z.array(z.string().regex(/^([A-V]|\d{2,5})$/)).default([]),
});
const keySectorList = z.strictObject({ sectors: z.array(codeKey).min(1), ...validity, ...provenance });
const vsicSection = z.strictObject({ code: z.string().regex(/^[A-V]$/), name: label });
export const sectorsFile = z.strictObject({
  sectors: z.array(sector).min(1),
  keySectors: z.array(keySectorList).min(1),
  vsic: z
    .array(z.strictObject({ version: line, sections: z.array(vsicSection).min(1), ...validity, ...provenance }))
    .min(1),
});
export type Sector = z.output<typeof sector>;
export type VsicVersion = z.output<typeof sectorsFile>["vsic"][number];

/** fields.yaml: S&T fields, one digit and three. */
const field2 = z.strictObject({ code: z.string().regex(/^\d{3}$/), name: label });
const field1 = z.strictObject({ code: z.string().regex(/^\d$/), name: label, children: z.array(field2).min(1) });
export const fieldsFile = z.strictObject({
  classification: z.strictObject({ name: line, ...validity, ...provenance }),
  fields: z.array(field1).min(1),
});
export type StField = z.output<typeof field1>;

/** trl.yaml */
const trlLevel = z.strictObject({ level: z.int().min(1).max(9), name: label, description: label });
export const trlFile = z.strictObject({ levels: z.array(trlLevel).length(9), ...provenance });
export type TrlLevel = z.output<typeof trlLevel>;

/** countries.yaml */
const country = z.strictObject({ code: z.string().regex(/^[A-Z]{2}$/, "is not a country code"), name: label });
export const countriesFile = z.strictObject({ countries: z.array(country).min(200), ...provenance });
export type Country = z.output<typeof country>;

/** developed.yaml: which countries are "nước phát triển", by dated versions. */
const developedVersion = z.strictObject({
  version: label,
  codes: z.array(z.string()).min(1),
  ...validity,
  ...provenance,
});
const developedList = z.strictObject({ key: slugKey, name: label, versions: z.array(developedVersion).min(1) });
export const developedFile = z.strictObject({ default: slugKey, lists: z.array(developedList).min(1) });
export type DevelopedList = z.output<typeof developedList>;
export type DevelopedVersion = z.output<typeof developedVersion>;

/** legal.yaml: rules taken from law, each with its "căn cứ" and the day somebody held it against the text (decisions.md 7). */
export const registrationReasons = ["INBOUND", "OUTBOUND", "STATE_FUNDS"] as const;
export const registrationExceptions = ["TASK_RESULTS_REGISTERED", "RESTRICTED_LICENSED"] as const;
const legal = { basis: line, ...validity, ...provenance };
const registrationLaw = z.strictObject({
  key: slugKey,
  required: z
    .array(
      z.strictObject({
        reason: z.enum(registrationReasons),
        flow: z.enum(flows),
        /** Only where state capital or budget is used. */
        stateFundsOnly: z.boolean(),
        name: label,
      }),
    )
    .min(1),
  exceptions: z.array(z.strictObject({ key: z.enum(registrationExceptions), name: label })).default([]),
  deadlineDays: z.int().min(1),
  decisionWorkingDays: z.int().min(1),
  note: label.nullable().default(null),
  ...legal,
});
export type RegistrationLaw = z.output<typeof registrationLaw>;
const ruleUnits = ["DAYS", "WORKING_DAYS", "MONTHS", "YEARS", "PERCENT", "VND"] as const;
const legalRule = z.strictObject({
  key: codeKey,
  name: label,
  value: z.number().min(0),
  unit: z.enum(ruleUnits),
  ...legal,
});
export type LegalRule = z.output<typeof legalRule>;
const checklist = z.strictObject({
  key: codeKey,
  name: label,
  items: z.array(z.strictObject({ key: codeKey, name: label })).min(1),
  ...legal,
});
export type Checklist = z.output<typeof checklist>;
export const legalFile = z.strictObject({
  registration: z.array(registrationLaw).min(1),
  rules: z.array(legalRule),
  checklists: z.array(checklist),
});
