import { z } from "zod";
import { flows, goodsKinds, orgTypes } from "../kernel/codes.ts";
import { codeKey, day, label, line, openDay, provenance, slugKey, validity } from "./base.schema.ts";

/** indicators.yaml: a predicate is a conjunction of conditions over eight keys (decisions.md 4), nothing else. */

const oneOf = <T extends z.ZodType>(item: T) =>
  [z.strictObject({ in: z.array(item).min(1) }), z.strictObject({ notIn: z.array(item).min(1) })] as const;
const country = z.string().regex(/^[A-Z]{2}$/, "is not a country code");

export const predicateKeys = [
  "day",
  "goodsKind",
  "flow",
  "originCountry",
  "supplierOrgType",
  "sector",
  "territory",
  "evidenceLevel",
] as const;
export type PredicateKey = (typeof predicateKeys)[number];

export const predicate = z.strictObject({
  day: z.union([z.strictObject({ min: day }), z.strictObject({ max: day })]).optional(),
  goodsKind: z.union(oneOf(z.enum(goodsKinds))).optional(),
  flow: z.union(oneOf(z.enum(flows))).optional(),
  originCountry: z
    .union([
      ...oneOf(country),
      z.strictObject({ list: z.literal("developed") }),
      z.strictObject({ domestic: z.boolean() }),
    ])
    .optional(),
  supplierOrgType: z.union(oneOf(z.enum(orgTypes))).optional(),
  sector: z.union([...oneOf(codeKey), z.strictObject({ list: z.literal("keySectors") })]).optional(),
  territory: z.union(oneOf(slugKey)).optional(),
  evidenceLevel: z.union([z.strictObject({ min: z.int().min(0).max(4) }), ...oneOf(z.int().min(0).max(4))]).optional(),
});
export type Predicate = z.output<typeof predicate>;

export const units = ["PERCENT", "PERCENT_PER_YEAR", "COUNT", "STEP"] as const;
export type Unit = (typeof units)[number];

const common = {
  version: z.int().min(1),
  decimals: z.int().min(0).max(4),
  text: label,
  /** What we assumed, said beside the number. */
  note: label.nullable().default(null),
  ...validity,
  ...provenance,
};
/** Average yearly growth of the sum over `of` since `baselineYear`. */
const growth = z.strictObject({
  kind: z.literal("GROWTH"),
  unit: z.literal("PERCENT_PER_YEAR"),
  baselineYear: z.int().min(2000).max(2100),
  of: predicate,
  ...common,
});
/** Denominator: lines of `of`. Numerator: those of them that are also in `part`; so it cannot leave the denominator. */
const share = z.strictObject({
  kind: z.literal("SHARE"),
  unit: z.literal("PERCENT"),
  of: predicate,
  part: predicate,
  ...common,
});
/** A number of records that are no deal lines: intermediaries connected by the end of the period. */
const count = z.strictObject({
  kind: z.literal("COUNT"),
  unit: z.literal("COUNT"),
  counts: z.literal("INTERMEDIARY"),
  ...common,
});
const step = z.strictObject({ key: codeKey, name: label, document: label });
const milestone = z.strictObject({
  kind: z.literal("MILESTONE"),
  unit: z.literal("STEP"),
  steps: z.array(step).min(1),
  ...common,
});
export const definition = z.discriminatedUnion("kind", [growth, share, count, milestone]);
const indicator = z.strictObject({
  key: codeKey,
  name: label,
  shortName: label,
  definitions: z.array(definition).min(1),
});
export const indicatorsFile = z.strictObject({ indicators: z.array(indicator).min(1) });
export type Definition = z.output<typeof definition>;
export type Indicator = z.output<typeof indicator>;
export type MilestoneStep = z.output<typeof step>;

/** plan.yaml */
export const targetKinds = ["POINT", "RANGE", "MIN", "APPROX", "COUNT", "MILESTONE", "NONE"] as const;
export type TargetKind = (typeof targetKinds)[number];
export const targetScopes = ["ALL", "KEY_SECTORS"] as const;
export type TargetScope = (typeof targetScopes)[number];
const number = z.number().min(0).nullable().default(null);
const target = z.strictObject({
  indicator: codeKey,
  year: z.int().min(2000).max(2100),
  scope: z.enum(targetScopes),
  kind: z.enum(targetKinds),
  min: number,
  max: number,
  unit: z.enum(units),
  sourceDocument: slugKey,
  /** The Vietnamese wording as it stands in the source; found there when the pack is read. */
  verbatim: line,
});
export type Target = z.output<typeof target>;

const taskGroup = z.strictObject({
  number: z.int().min(1),
  key: codeKey,
  name: label,
  sourceDocument: slugKey,
  verbatim: line,
});
export type TaskGroup = z.output<typeof taskGroup>;

const sourceDocument = z.strictObject({
  key: slugKey,
  title: line,
  publisher: line,
  address: line.nullable().default(null),
  /** A text file of the pack that holds the quoted words. */
  file: z.string().regex(/^sources\/[a-z0-9.-]+\.txt$/, "is not sources/<name>.txt"),
});
export type SourceDocument = z.output<typeof sourceDocument>;

const basis = z.strictObject({ name: line, ...provenance });
export const planFile = z.strictObject({
  plan: z.strictObject({
    key: slugKey,
    title: label,
    /** Null while unknown; then `numberText` is printed, never an invented number. */
    number: line.nullable(),
    numberText: line,
    issuedOn: openDay,
    issuer: slugKey,
    lead: slugKey,
    from: day,
    to: day,
    baselineYear: z.strictObject({ value: z.int().min(2000).max(2100), ...provenance }),
    /** Who gets the yearly and ad-hoc reports. */
    reportsTo: z.array(z.strictObject({ agencies: z.array(slugKey).min(1), ...validity })).min(1),
    basis: z.array(basis).min(1),
  }),
  sourceDocuments: z.array(sourceDocument).min(1),
  taskGroups: z.array(taskGroup).min(1),
  targets: z.array(target).min(1),
});
export type Plan = z.output<typeof planFile>["plan"];
