import { z } from "zod";
import { tidyPhone } from "../../accounts/index.ts";
import { interestVerbs, reasonCodes } from "./interest.rules.ts";

const answer = z.string("field.required").trim().min(1, "field.required").max(3_000, "field.too_long");
const questions = {
  tin: z.string("form.invalid").max(20, "form.invalid"),
  cooperation: answer,
  missingInformation: answer,
  about: answer,
};

export const memberInterest = z.object(questions);
/** A number however people dial it, kept in one form: limits and "one open interest" go by it. */
export const phone = z.string("field.required").transform((text, ctx) => {
  const tidy = tidyPhone(text);
  if (tidy !== undefined) return tidy;
  ctx.addIssue({ code: "custom", message: "field.phone.invalid" });
  return z.NEVER;
});
export const guestInterest = z.object({
  ...questions,
  name: z.string("field.required").trim().min(2, "field.too_short").max(120, "field.too_long"),
  phone,
  organisation: z.string().trim().max(200, "field.too_long").optional(),
  consent: z.literal("yes", "interest.consent.missing"),
});
export type GuestInterest = z.output<typeof guestInterest>;
export type MemberInterest = z.output<typeof memberInterest>;

const emptyAsNone = (text: unknown) => (text === "" ? undefined : text);
export const interestStepInput = z.object({
  verb: z.enum(interestVerbs, "form.invalid"),
  version: z.coerce.number("form.invalid").int().positive("form.invalid"),
  note: z.string().trim().max(2_000, "field.too_long").optional(),
  reasonCode: z.preprocess(emptyAsNone, z.enum(reasonCodes, "field.choice.invalid").optional()),
});
export type InterestStepInput = z.output<typeof interestStepInput>;

export const assignInput = z.object({
  version: z.coerce.number("form.invalid").int().positive("form.invalid"),
  broker: z.uuid("field.choice.invalid"),
});
export const lookupInput = z.object({
  code: z.string("field.required").trim().toLowerCase().min(1, "field.required").max(40, "field.too_long"),
});
