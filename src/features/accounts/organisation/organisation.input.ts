import { z } from "zod";
import { roles } from "../../../kernel/actor.ts";
import { isDay } from "../../../kernel/clock.ts";
import { orgTypes } from "../../../kernel/codes.ts";
import { readDay } from "../../../ui/format.ts";
import { tidyEmail, tidyPhone } from "../person/person.rules.ts";
import { contactField } from "../session/session.input.ts";
import { organisationSizes, tidyTaxCode } from "./organisation.rules.ts";

const optional = (max: number) =>
  z
    .string()
    .max(max, "field.too_long")
    .optional()
    .transform((text) => text || undefined);
const checked = (max: number, read: (text: string) => string | undefined, why: string) =>
  optional(max).transform((text, ctx) => {
    if (text === undefined) return undefined;
    const value = read(text);
    if (value !== undefined) return value;
    ctx.addIssue({ code: "custom", message: why });
    return z.NEVER;
  });
const httpAddress = (text: string): string | undefined => {
  const url = URL.parse(/^https?:\/\//i.test(text) ? text : `https://${text}`);
  return url && /^https?:$/.test(url.protocol) && url.hostname.includes(".")
    ? url.href.replace(/^(https?:\/\/[^/]+)\/$/, "$1")
    : undefined;
};

export const organisationInput = z.object({
  legalName: z.string({ error: "field.required" }).min(2, "field.required").max(200, "field.too_long"),
  tradeName: optional(200),
  nameEn: optional(200),
  orgType: z.enum(orgTypes, { error: "field.choice.invalid" }),
  taxCode: optional(40).transform((text) => (text ? tidyTaxCode(text) : undefined)),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, "field.choice.invalid")
    .optional()
    .or(z.literal("").transform(() => undefined)),
  territory: optional(80),
  street: optional(300),
  size: z
    .enum(organisationSizes, { error: "field.choice.invalid" })
    .optional()
    .or(z.literal("").transform(() => undefined)),
  establishedOn: checked(10, (text) => [readDay(text)].find(isDay), "field.day.invalid"),
  website: checked(200, httpAddress, "organisation.website.invalid"),
  legalRepresentative: optional(120),
  phone: checked(40, tidyPhone, "field.phone.invalid"),
  email: checked(200, tidyEmail, "field.email.invalid"),
  about: optional(4000),
  isPublic: z
    .literal("yes")
    .optional()
    .transform((value) => value === "yes"),
});
export type OrganisationInput = z.output<typeof organisationInput>;
export const versionField = z.coerce.number().int().positive();
export const organisationEditInput = organisationInput.extend({ version: versionField });

export const inviteInput = z.object({ contact: contactField, role: z.enum(roles, { error: "field.choice.invalid" }) });
export const roleInput = z.object({
  personId: z.uuid("form.invalid"),
  role: z.enum(roles, { error: "field.choice.invalid" }),
});
export const submitInput = z.object({ note: optional(2000) });
export const decideInput = z.object({
  decision: z.enum(["VERIFIED", "REJECTED"], { error: "field.choice.invalid" }),
  reason: optional(2000),
});
export const officeRoleInput = z.object({
  organisationId: z.uuid("field.choice.invalid"),
  contact: contactField,
  role: z.enum(roles, { error: "field.choice.invalid" }),
});
