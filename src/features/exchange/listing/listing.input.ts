import { z } from "zod";
import { goodsKinds } from "../../../kernel/codes.ts";
import { listOf, type Typed, textOf, type Why } from "../../../kernel/form.ts";
import { parseVnd } from "../../../kernel/money.ts";
import { readDay } from "../../../ui/format.ts";
import { type ListingDocument, listingDocument, listingKinds, listingText } from "./listing.document.ts";
import type { Field, Part } from "./listing.fields.ts";
import { decisions, listingVerbs, reviewItems } from "./listing.rules.ts";

/** What forms may send. A step of the draft keeps what parses and names what does not. */

export const version = z.coerce.number("form.invalid").int("form.invalid").min(1, "form.invalid");
const choice = <const T extends readonly [string, ...string[]]>(of: T) => z.enum(of, "field.choice.invalid");

export const newListingInput = z.object({
  id: z.uuid("form.invalid"),
  kind: choice(listingKinds),
  goodsKind: choice(goodsKinds),
  organisationId: z
    .uuid("field.choice.invalid")
    .or(z.literal("").transform(() => undefined))
    .optional(),
  /** An operator's word for somebody else's house: its name or tax code. */
  organisation: listingText(200).optional(),
  title: listingText(150).min(10, "listing.title.too_short"),
});
export const verbInput = z.object({ verb: choice(listingVerbs), version });
export const decisionInput = z.object({
  verb: choice([...decisions, "TAKE", "SUSPEND", "RESTORE"]),
  version,
  reason: listingText(2_000).optional(),
  checklist: z.array(choice(reviewItems)).default([]),
});
export const fileInput = z.object({
  /** Told from the file where nobody chose. */
  kind: choice(["PICTURE", "ATTACHMENT"])
    .or(z.literal("").transform(() => undefined))
    .optional(),
  visibility: choice(["PUBLIC", "MEMBERS", "RESTRICTED"]),
  alt: listingText(300).optional(),
});

/** What a step changes: fields to set, fields to empty, and what could not be read. */
export type StepRead = { set: ListingDocument; clear: (keyof ListingDocument)[]; why: Why };

export function readStep(fields: readonly Field[], typed: Typed): StepRead {
  const read: StepRead = { set: {}, clear: [], why: {} };
  for (const field of fields) readField(field, typed, read);
  turnAway(read);
  return read;
}

/** What parses and still may not stand: it is said at its field, and the rest is kept. */
function turnAway({ set, why }: StepRead): void {
  if (set.techClass === "PROHIBITED") {
    delete set.techClass;
    why.techClass = "listing.prohibited";
  }
  for (const name of ["price", "budget"] as const) {
    const { from, to } = set[name] ?? {};
    if (from === undefined || to === undefined || BigInt(from) <= BigInt(to)) continue;
    delete set[name];
    why[`${name}.to`] = "listing.price.order";
  }
}

function readField(field: Field, typed: Typed, read: StepRead): void {
  const raw = rawOf(field, typed);
  if (raw === untouched) return;
  if (raw === undefined) {
    read.clear.push(field.name);
    return;
  }
  if (field.as === "rows") {
    readRows(field, raw as NumberedRow[], read);
    return;
  }
  const parsed = schemaOf(field.name).safeParse(raw);
  if (parsed.success) Object.assign(read.set, { [field.name]: parsed.data });
  else for (const issue of parsed.error.issues) note(read.why, nameOf(field, issue.path), issue.message);
}

/** Rows are kept one by one, so that one bad row does not lose the others. */
function readRows(field: Field, rows: NumberedRow[], read: StepRead): void {
  const kept: unknown[] = [];
  for (const { at, value } of rows) {
    const parsed = schemaOf(field.name).safeParse([value]);
    if (parsed.success) kept.push((parsed.data as unknown[])[0]);
    else
      for (const issue of parsed.error.issues)
        note(read.why, [field.name, at, ...issue.path.slice(1)].join("."), issue.message);
  }
  Object.assign(read.set, { [field.name]: kept });
}

const schemaOf = (name: keyof ListingDocument): z.ZodType => listingDocument.shape[name].unwrap();
const nameOf = (field: Field, path: PropertyKey[]): string =>
  field.as === "group" && path.length ? [field.name, ...path.map(String)].join(".") : field.name;
const note = (why: Why, name: string, message: string): void => {
  why[name] ??= /^[a-z]+\.[a-z_.]+$/.test(message) ? message : "field.invalid";
};

/** What is ticked, also where the choices stand in groups (`stField.4[]`). */
export const ticksOf = (typed: Typed, name: string): string[] => [
  ...listOf(typed, name),
  ...Object.keys(typed).flatMap((key) =>
    key.startsWith(`${name}.`) && key.endsWith("[]") ? listOf(typed, key.slice(0, -2)) : [],
  ),
];

const untouched = Symbol("not sent");
type NumberedRow = { at: number; value: Record<string, unknown> };

/** The typed text as the document would hold it; undefined when it was emptied, `untouched` when it was not sent at all. */
function rawOf(field: Field, typed: Typed): unknown {
  switch (field.as) {
    case "tick":
      return textOf(typed, field.name) === "yes" ? true : undefined;
    case "checks": {
      const values = ticksOf(typed, field.name);
      return values.length ? values : undefined;
    }
    case "rows":
      return rowsOf(field.name, field.parts, typed);
    case "group": {
      if (!field.parts.some((part) => typed[`${field.name}.${part.name}`] !== undefined)) return untouched;
      const value = partsOf(field.name, field.parts, typed);
      return Object.keys(value).some((key) => key !== "currency") ? value : undefined;
    }
    default: {
      if (typed[field.name] === undefined) return untouched;
      const text = textOf(typed, field.name);
      if (text === "") return undefined;
      if (field.as === "list")
        return text
          .split(/[,;\n]/)
          .map((one) => one.trim())
          .filter(Boolean);
      return field.as === "number" ? Number(text) : field.as === "day" ? readDay(text) : text;
    }
  }
}

function rowsOf(name: string, parts: readonly Part[], typed: Typed): unknown {
  const numbers = Object.keys(typed).flatMap((key) => {
    const found = key.startsWith(`${name}.`) ? /^\d{1,3}/.exec(key.slice(name.length + 1)) : null;
    return found ? [Number(found[0])] : [];
  });
  if (numbers.length === 0) return untouched;
  const rows = [...new Set(numbers)]
    .sort((a, b) => a - b)
    .slice(0, 100)
    .map((at): NumberedRow => ({ at, value: partsOf(`${name}.${at}`, parts, typed) }))
    .filter(({ value }) => Object.keys(value).length > 0);
  return rows.length ? rows : undefined;
}

function partsOf(prefix: string, parts: readonly Part[], typed: Typed): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const part of parts) {
    const text = textOf(typed, `${prefix}.${part.name}`);
    if (text !== "") value[part.name] = partValue(part, text);
  }
  return value;
}

function partValue(part: Part, text: string): unknown {
  if (part.as === "money") return parseVnd(text)?.toString() ?? text;
  if (part.as === "day") return readDay(text);
  if (part.as === "percent" || part.as === "number") return Number(text.replace(",", ".").replace(/\s*%$/, ""));
  return text;
}

/** A saved document as it would have been typed: what the form shows when it opens. */
export function typedOfDocument(fields: readonly Field[], document: ListingDocument): Typed {
  const typed: Typed = {};
  for (const field of fields) {
    const value: unknown = document[field.name];
    if (value === undefined) continue;
    if (field.as === "tick") typed[field.name] = value === true ? "yes" : "";
    else if (field.as === "checks") typed[field.name] = (value as string[]).map(String);
    else if (field.as === "list") typed[field.name] = (value as string[]).join(", ");
    else if (field.as === "rows")
      for (const [at, row] of (value as object[]).entries()) typeParts(typed, `${field.name}.${at}`, field.parts, row);
    else if (field.as === "group") typeParts(typed, field.name, field.parts, value as object);
    else typed[field.name] = field.as === "day" ? shownDay(String(value)) : String(value);
  }
  return typed;
}

const shownDay = (day: string): string => day.split("-").reverse().join("/");
function typeParts(typed: Typed, prefix: string, parts: readonly Part[], of: object): void {
  for (const part of parts) {
    const value = (of as Record<string, unknown>)[part.name];
    if (value === undefined) continue;
    const text = String(value);
    typed[`${prefix}.${part.name}`] =
      part.as === "day"
        ? shownDay(text)
        : part.as === "money"
          ? text.replace(/\B(?=(\d{3})+$)/g, ".")
          : part.as === "percent"
            ? text.replace(".", ",")
            : text;
  }
}
