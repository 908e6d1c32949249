import { z } from "zod";
import { languages } from "../../../kernel/language.ts";
import { nameField } from "../session/session.input.ts";

const optional = (max: number) =>
  z
    .string()
    .max(max, "field.too_long")
    .optional()
    .transform((text) => text || undefined);
const language = z.enum(languages, { error: "field.choice.invalid" });

export const profileInput = z.object({ name: nameField, language, version: z.coerce.number().int().positive() });
export const newsInput = z.object({ agreed: z.enum(["yes", "no"], { error: "form.invalid" }) });
export const contactCodeInput = z.object({
  code: z
    .string({ error: "field.required" })
    .transform((text) => text.replace(/\s/g, ""))
    .refine((text) => /^\d{6}$/.test(text), "person.contact.code_wrong"),
});
export const erasureInput = z.object({ sure: z.literal("yes", { error: "person.erasure.not_sure" }) });
export const registerInput = z.object({
  name: nameField,
  phone: optional(40),
  email: optional(200),
  citizenId: optional(20)
    .transform((text) => text?.replace(/[\s.]/g, ""))
    .refine((text) => text === undefined || /^\d{12}$/.test(text), "person.citizen_id.invalid"),
  language,
  channel: z.enum(["PAPER", "PHONE"], { error: "field.choice.invalid" }),
  consent: z.literal("yes", { error: "person.consent.missing" }),
});
