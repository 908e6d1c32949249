import { z } from "zod";
import { isDay } from "../kernel/clock.ts";

/** What every file of a pack is made of: labels in three languages, days, validity, and where a fact comes from. */

export const line = z.string().trim().min(1, "is empty");
export const label = z.strictObject({ vi: line, en: line, km: line });
export type Label = z.output<typeof label>;

export const day = z.string().refine(isDay, "is not a day (YYYY-MM-DD)");
export const openDay = day.nullable();

/** Code keys: UPPER_CASE as in the domain. */
export const codeKey = z.string().regex(/^[A-Z][A-Z0-9_]*$/, "is not a key in UPPER_CASE");
/** Names of places, agencies and documents: like the folders of a pack. */
export const slugKey = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "is not a key in lower-case-with-hyphens");

/** Both ends are inside; null is "since ever" or "until further notice". */
export const validity = { validFrom: openDay, validTo: openDay };
export type Validity = { validFrom: string | null; validTo: string | null };

/** `source`: read in a document; `recall`: general knowledge, to be verified; `design`: our own assumption. */
export const marks = ["source", "recall", "design"] as const;
export type Mark = (typeof marks)[number];
export const provenance = { mark: z.enum(marks), source: line, verifiedOn: openDay.default(null) };
export type Provenance = { mark: Mark; source: string; verifiedOn: string | null };

/** True where the validity holds on the day. */
export const holdsOn = (span: Validity, on: string): boolean =>
  (span.validFrom === null || span.validFrom <= on) && (span.validTo === null || on <= span.validTo);
