import { z } from "zod";
import { isDay } from "../../../kernel/clock.ts";
import { flows, goodsKinds, paymentModes } from "../../../kernel/codes.ts";
import type { Why } from "../../../kernel/form.ts";
import { readDay } from "../../../ui/format.ts";
import { registrationExceptions } from "../registration/registration.rules.ts";
import { type ContractInput, lineSlots, supplierSlots } from "./deal.contract.rules.ts";
import { readDecimal } from "./deal.money.rules.ts";
import { dealVerbs, evidenceKinds } from "./deal.rules.ts";

/** What forms about deals may send; nothing else gets in. */

export const optionalDay = z
  .string()
  .optional()
  .transform((text) => (text ? readDay(text) : undefined))
  .refine((day) => day === undefined || isDay(day), "field.day.invalid");
const version = z.coerce.number("form.invalid").int("form.invalid").positive("form.invalid");
const reason = z.string().trim().max(2_000, "field.too_long").optional();
const title = z.string("field.required").trim().min(5, "field.too_short").max(200, "field.too_long");

export const openInput = z.object({
  interest: z.string("form.invalid"),
  title,
  requestText: z.string("field.required").trim().min(10, "field.too_short").max(5_000, "field.too_long"),
});
export type OpenInput = z.output<typeof openInput>;

export const stepInput = z.object({
  verb: z.enum(dealVerbs, "form.invalid"),
  version,
  acceptedOn: optionalDay,
  reason,
});
export type StepInput = z.output<typeof stepInput>;

export const confirmInput = z.object({ version });

export const evidenceInput = z
  .object({
    version,
    kind: z.enum(evidenceKinds, "field.choice.invalid"),
    documentNumber: z.string().trim().max(80, "field.too_long").optional(),
    documentOn: optionalDay,
  })
  .superRefine((value, ctx) => {
    if (value.kind !== "CERTIFICATE") return;
    if (!value.documentNumber) ctx.addIssue({ code: "custom", message: "field.required", path: ["documentNumber"] });
    if (!value.documentOn) ctx.addIssue({ code: "custom", message: "field.required", path: ["documentOn"] });
  });
export type EvidenceInput = z.output<typeof evidenceInput>;

export const decisionInput = z
  .object({ version, decision: z.enum(["CONFIRMED", "REFUSED"], "form.invalid"), reason })
  .refine((value) => value.decision === "CONFIRMED" || (value.reason ?? "").length > 0, {
    message: "deal.reason.missing",
    path: ["reason"],
  });
export type DecisionInput = z.output<typeof decisionInput>;

export const correctionInput = z.object({
  version,
  reason: z.string("deal.reason.missing").trim().min(10, "deal.reason.short").max(2_000, "field.too_long"),
});

/** What the office looks at: documents to decide, deals that wait for a certificate, all. */
export const officeBoxes = ["EVIDENCE", "CERTIFICATE", "ALL"] as const;
export type OfficeBox = (typeof officeBoxes)[number];

type Fields = Record<string, unknown>;
const textOf = (fields: Fields, name: string): string =>
  typeof fields[name] === "string" ? (fields[name] as string).trim() : "";
const chosen = <T extends string>(values: readonly T[], text: string): T | undefined =>
  values.find((value) => value === text);

function readLines(fields: Fields, why: Why): ContractInput["lines"] {
  const lines: ContractInput["lines"][number][] = [];
  for (let n = 1; n <= lineSlots; n++) {
    const [kind, description, typed] = ["Kind", "Description", "Amount"].map((part) =>
      textOf(fields, `line${n}${part}`),
    ) as [string, string, string];
    if (!kind && !description && !typed) continue;
    const goodsKind = chosen(goodsKinds, kind);
    const amount = readDecimal(typed);
    if (!goodsKind) why[`line${n}Kind`] = "field.choice.invalid";
    if (!description) why[`line${n}Description`] = "field.required";
    if (description.length > 500) why[`line${n}Description`] = "field.too_long";
    if (amount === undefined || amount === "0") why[`line${n}Amount`] = "field.money.invalid";
    if (goodsKind && amount) lines.push({ goodsKind, description, amount });
  }
  return lines;
}

function readSuppliers(fields: Fields, why: Why): ContractInput["suppliers"] {
  const suppliers: ContractInput["suppliers"][number][] = [];
  for (let n = 1; n <= supplierSlots; n++) {
    const [who, share] = [textOf(fields, `supplier${n}`), textOf(fields, `supplier${n}Share`)];
    if (!who && !share) continue;
    const percent = readDecimal(share.replace(/\s*%$/, ""), 2);
    const shareBp = percent === undefined ? 0 : Math.round(Number(percent) * 100);
    if (!who) why[`supplier${n}`] = "field.required";
    if (shareBp < 1 || shareBp > 10_000) why[`supplier${n}Share`] = "deal.share.invalid";
    else suppliers.push({ party: partyOf(who), shareBp });
  }
  return suppliers;
}
/** What people type for an organisation: its tax code, or its name as registered. */
export const partyOf = (text: string) => (/^\d{10}(-\d{3})?$|^\d{12}$/.test(text) ? { taxCode: text } : { name: text });

function readDays(fields: Fields, why: Why) {
  const day = (name: string) => {
    const text = textOf(fields, name);
    if (!text) return undefined;
    const read = readDay(text);
    if (isDay(read)) return read;
    why[name] = "field.day.invalid";
    return undefined;
  };
  return { rateOn: day("rateOn"), signedOn: day("signedOn"), effectiveOn: day("effectiveOn") };
}

/** Reads a contract form; problems of reading by field, to be joined with those of `contractProblems`. */
export function readContract(fields: Fields): { contract: ContractInput; why: Why } {
  const why: Why = {};
  const flow = chosen(flows, textOf(fields, "flow"));
  if (!flow) why.flow = "field.choice.invalid";
  const currency = textOf(fields, "currency") || "VND";
  if (!/^[A-Z]{3}$/.test(currency)) why.currency = "field.choice.invalid";
  const typedRate = textOf(fields, "rate");
  const rate = currency === "VND" || !typedRate ? undefined : readDecimal(typedRate, 6);
  if (currency !== "VND" && typedRate && (rate === undefined || Number(rate) <= 0)) why.rate = "deal.rate.invalid";
  const mode = textOf(fields, "paymentMode");
  const paymentMode = chosen(paymentModes, mode);
  if (mode && !paymentMode) why.paymentMode = "field.choice.invalid";
  const days = readDays(fields, why);
  const contract: ContractInput = {
    lines: readLines(fields, why),
    suppliers: readSuppliers(fields, why),
    currency,
    rate,
    ...days,
    rateOn: currency === "VND" ? undefined : days.rateOn,
    flow: flow ?? "DOMESTIC",
    originCountry: textOf(fields, "originCountry"),
    counterpartyCountry: textOf(fields, "counterpartyCountry"),
    paymentMode,
    isRoyaltyEstimate: textOf(fields, "isRoyaltyEstimate") === "yes",
    usesStateFunds: textOf(fields, "usesStateFunds") === "yes",
    registrationException: chosen(registrationExceptions, textOf(fields, "registrationException")),
    sector: textOf(fields, "sector") || undefined,
    stField: textOf(fields, "stField") || undefined,
    territory: textOf(fields, "territory") || undefined,
  };
  return { contract, why };
}
