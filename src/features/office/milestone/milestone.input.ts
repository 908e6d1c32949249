import { z } from "zod";
import { isDay } from "../../../kernel/clock.ts";
import { readDay } from "../../../ui/format.ts";

export const stepInput = z.object({
  milestone: z.string().min(1, "field.required").max(60),
  step: z.string().min(1, "field.choice.invalid").max(60),
  doneOn: z.string().min(1, "field.required").transform(readDay).refine(isDay, "field.day.invalid"),
  documentTitle: z.string().min(1, "field.required").max(300, "field.too_long"),
  /** Empty prints "chưa có số": a number is never invented. */
  documentNumber: z
    .string()
    .max(100, "field.too_long")
    .default("")
    .transform((text) => text || undefined),
});
export type StepInput = z.output<typeof stepInput>;

export const stepWithdrawInput = z.object({ reason: z.string().min(5, "field.too_short").max(500, "field.too_long") });
