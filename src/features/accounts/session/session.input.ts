import { z } from "zod";
import { contactOf } from "../person/person.rules.ts";

export const contactField = z
  .string({ error: "field.required" })
  .min(1, "field.required")
  .transform((text, ctx) => {
    const contact = contactOf(text);
    if (contact) return contact;
    ctx.addIssue({ code: "custom", message: "person.contact.invalid" });
    return z.NEVER;
  });
const password = z.string({ error: "field.required" }).min(1, "field.required").max(200, "field.too_long");
const code = z
  .string({ error: "field.required" })
  .min(1, "field.required")
  .max(40, "field.too_long")
  .transform((text) => text.replace(/\s/g, ""));
export const nameField = z.string({ error: "field.required" }).min(2, "field.required").max(120, "field.too_long");

export const signUpInput = z.object({
  name: nameField,
  contact: contactField,
  password,
  consent: z.literal("yes", { error: "person.consent.missing" }),
  news: z.literal("yes").optional(),
  tiep: z.string().optional(),
});
/** The contact stays text: what is no number nor address is answered like an unknown one. */
export const signInInput = z.object({
  contact: z.string({ error: "field.required" }).min(1, "field.required").max(200, "field.too_long"),
  password,
  tiep: z.string().optional(),
});
export const codeInput = z.object({ code, tiep: z.string().optional() });
export const forgotInput = z.object({ contact: contactField });
export const resetInput = z.object({
  password,
  ma: z.string().max(200).optional(),
  phone: z.string().max(40).optional(),
  code: code.optional(),
});
export const changePasswordInput = z.object({ currentPassword: password, password });
export const passwordInput = z.object({ currentPassword: password });
export const enrolInput = z.object({
  code,
  uri: z.string().startsWith("otpauth://").max(500).optional(),
  codes: z.array(z.string().max(40)).max(20).optional(),
});
