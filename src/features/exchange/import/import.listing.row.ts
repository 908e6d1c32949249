import { z } from "zod";
import type { GoodsKind } from "../../../kernel/codes.ts";
import { type ListingDocument, listingDocument } from "../listing/listing.document.ts";
import type { ReadRow, RowReader, Values } from "./import.row.ts";

/** A row of offers or needs as the document of a draft, held against the same Zod as the form. */
export type ListingRow = { goodsKind: GoodsKind; document: ListingDocument };

const gathered = new Set([
  "sourceId",
  "goodsKind",
  "priceKind",
  "priceFrom",
  "priceTo",
  "priceCurrency",
  "priceUnit",
  "budgetFrom",
  "budgetTo",
  "budgetCurrency",
  "ipType",
  "ipStatus",
  "ipNumber",
  "ownershipParty",
]);

/** Columns that are parts of one thing in the document. */
function documentOf(values: Values): Record<string, unknown> {
  const document: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(values)) if (!gathered.has(key)) document[key] = value;
  const given = (of: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined));
  const price = given({
    kind: values.priceKind,
    from: values.priceFrom,
    to: values.priceTo,
    currency: values.priceCurrency,
    unit: values.priceUnit,
  });
  if (price.kind !== undefined || price.from !== undefined || price.to !== undefined)
    document.price = { kind: "INDICATIVE", ...price };
  const budget = given({ from: values.budgetFrom, to: values.budgetTo, currency: values.budgetCurrency });
  if (budget.from !== undefined || budget.to !== undefined) document.budget = budget;
  const right = given({ type: values.ipType, status: values.ipStatus, number: values.ipNumber });
  if (Object.keys(right).length > 0) document.ipRights = [right];
  if (values.ownershipParty !== undefined) document.ownership = [{ party: values.ownershipParty, sharePercent: 100 }];
  return document;
}

const columnOfPath: Record<string, string> = {
  "price.kind": "priceKind",
  "price.from": "priceFrom",
  "price.to": "priceTo",
  "price.currency": "priceCurrency",
  "price.unit": "priceUnit",
  "budget.from": "budgetFrom",
  "budget.to": "budgetTo",
  "budget.currency": "budgetCurrency",
  "ipRights.0.type": "ipType",
  "ipRights.0.status": "ipStatus",
  "ipRights.0.number": "ipNumber",
  "ownership.0.party": "ownershipParty",
};
const isMessageKey = (text: string): boolean => /^[a-z0-9_]+(\.[a-z0-9_]+)+$/.test(text);

const valueAt = (document: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (at, key) => (typeof at === "object" && at !== null ? (at as Record<string, unknown>)[key] : undefined),
    document,
  );

/** "1|9|12": least, most, what the file says; put into words where it is read (import.report.ts). */
function rangeOf(issue: z.core.$ZodIssue, value: unknown): string | undefined {
  const [name] = issue.path;
  const schema = issue.path.length === 1 ? listingDocument.shape[name as keyof ListingDocument]?.unwrap() : undefined;
  return schema instanceof z.ZodNumber ? `${schema.minValue}|${schema.maxValue}|${value}` : undefined;
}

function reasonOf(issue: z.core.$ZodIssue, value: unknown): { why: string; detail?: string } {
  if (value === undefined) return { why: "field.required" };
  if (isMessageKey(issue.message)) return { why: issue.message };
  const range = issue.code === "too_big" || issue.code === "too_small" ? rangeOf(issue, value) : undefined;
  if (range !== undefined) return { why: "import.value.range", detail: range };
  if (issue.code === "too_big") return { why: "import.value.range", detail: `≤ ${issue.maximum}` };
  if (issue.code === "too_small") return { why: "import.value.range", detail: `≥ ${issue.minimum}` };
  return { why: "field.invalid" };
}

/** The fields of the document that a mapping governs: an update replaces these and leaves what the owner added. */
export function governedFields(columns: readonly string[]): string[] {
  const roots = Object.entries(columnOfPath).map(([path, column]) => [column, path.split(".")[0] ?? path]);
  const rootOf = new Map(roots as [string, string][]);
  return [
    ...new Set(columns.filter((key) => key !== "sourceId" && key !== "goodsKind").map((key) => rootOf.get(key) ?? key)),
  ];
}

/** The draft that a row makes; undefined, with the row's problems filled in, when it makes none. */
export function listingRowOf(row: ReadRow, reader: RowReader): ListingRow | undefined {
  const document = documentOf(row.values);
  const read = listingDocument.safeParse(document);
  if (!read.success)
    for (const issue of read.error.issues) {
      const path = issue.path.map(String);
      const key = columnOfPath[path.join(".")] ?? path[0] ?? "";
      row.problems.push({ column: reader.headerOf(key), ...reasonOf(issue, valueAt(document, path)) });
    }
  const { title } = row.values;
  if (typeof title === "string" && title.length < 10)
    row.problems.push({ column: reader.headerOf("title"), why: "listing.title.too_short" });
  for (const [from, to] of [
    ["priceFrom", "priceTo"],
    ["budgetFrom", "budgetTo"],
  ] as const) {
    const [low, high] = [row.values[from], row.values[to]];
    if (typeof low === "string" && typeof high === "string" && BigInt(low) > BigInt(high))
      row.problems.push({ column: reader.headerOf(to), why: "listing.price.order" });
  }
  if (!read.success || row.problems.length > 0) return undefined;
  return { goodsKind: row.values.goodsKind as GoodsKind, document: read.data };
}

/** What a draft says where neither the file nor the owner says otherwise: as the form begins. */
export const draftDefaults: ListingDocument = { contactPolicy: "DIRECT", visibility: "PUBLIC", techClass: "NORMAL" };
