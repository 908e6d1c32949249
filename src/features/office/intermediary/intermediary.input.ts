import { z } from "zod";
import { isDay } from "../../../kernel/clock.ts";
import { readDay } from "../../../ui/format.ts";
import { intermediaryKinds } from "./intermediary.rules.ts";

const day = z.string().min(1, "field.required").transform(readDay).refine(isDay, "field.day.invalid");

export const intermediaryInput = z.object({
  organisation: z.string().min(1, "field.required").max(200, "field.too_long"),
  kind: z.enum(intermediaryKinds, "field.choice.invalid"),
  formedOn: day,
});
export type IntermediaryInput = z.output<typeof intermediaryInput>;

export const connectionInput = z.object({
  version: z.coerce.number().int().positive(),
  connectedOn: day,
  documentTitle: z.string().min(1, "field.required").max(300, "field.too_long"),
  documentNumber: z
    .string()
    .max(100, "field.too_long")
    .default("")
    .transform((text) => text || undefined),
});
export type ConnectionInput = z.output<typeof connectionInput>;

export const withdrawInput = z.object({
  version: z.coerce.number().int().positive(),
  reason: z.string().min(5, "field.too_short").max(500, "field.too_long"),
});
export type WithdrawInput = z.output<typeof withdrawInput>;
