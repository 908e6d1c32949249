import { isMap, isScalar, LineCounter, type Node, parseDocument } from "yaml";
import { z } from "zod";
import type { CellValue } from "../../../platform/sheet/index.ts";
import { type ColumnKey, columnsOf } from "./import.columns.ts";
import { type ImportKind, sourcePattern } from "./import.rules.ts";

/**
 * What a source's columns mean in ours. One rule per column of ours, worked in this order: `const`, else `template`, else `from` (several
 * headers: joined by `join`, else the first that holds something) → `split` → `map` → `date` → `default` → `take` → `max`.
 */

const header = z.string().trim().min(1).max(200);
const rule = z
  .strictObject({
    from: z.union([header, z.array(header).min(1).max(10)]).optional(),
    /** Text with headers in braces: "{name} (NASA {center})". Without any of them filled in it gives nothing. */
    template: z.string().min(1).max(500).optional(),
    const: z.union([z.string().min(1).max(500), z.number(), z.boolean()]).optional(),
    /** Puts the values of several headers, or of a list, into one text. */
    join: z.string().max(20).optional(),
    /** Cuts a text into a list. */
    split: z.string().min(1).max(5).optional(),
    /** Value by value as found in the file (case does not matter); others stay as they are, "*" stands for all others. */
    map: z.record(z.string(), z.string()).optional(),
    /** How days are written, of dd, MM and yyyy: "MM/dd/yyyy". Without it dd/MM/yyyy and yyyy-MM-dd are read. */
    date: z
      .string()
      .regex(/^(?=.*dd)(?=.*MM)(?=.*yyyy)[dMy./ -]{8,12}$/, "must hold dd, MM and yyyy")
      .optional(),
    default: z.union([z.string().min(1).max(500), z.number()]).optional(),
    /** The first so many of a list. */
    take: z.int().min(1).max(100).optional(),
    /** The longest text, or the longest item of a list; more is cut and ends in "…". */
    max: z.int().min(2).max(32_767).optional(),
  })
  .refine(
    (one) => [one.from, one.template, one.const].filter((value) => value !== undefined).length === 1,
    "needs exactly one of from, template, const",
  );
export type ColumnRule = z.output<typeof rule>;

export type Mapping = { source: string; columns: Partial<Record<ColumnKey, ColumnRule>> };

const kindNames = { offers: "OFFERS", requests: "REQUESTS", deals: "DEALS" } as const satisfies Record<
  string,
  ImportKind
>;
const mapFile = z
  .strictObject({
    source: z.string().regex(sourcePattern, "is 1 to 60 letters, digits, spaces and . _ & ( ) / -"),
    kind: z.enum(["offers", "requests", "deals"]),
    columns: z.record(z.string(), rule),
  })
  .superRefine((file, ctx) => {
    const columns = columnsOf(kindNames[file.kind]);
    for (const key of Object.keys(file.columns))
      if (!columns.some((column) => column.key === key))
        ctx.addIssue({ code: "custom", path: ["columns", key], message: `is no column of ${file.kind}` });
    for (const column of columns)
      if (column.required && !file.columns[column.key])
        ctx.addIssue({ code: "custom", path: ["columns"], message: `lacks ${column.key}` });
  });

export type MapRead = { ok: true; kind: ImportKind; mapping: Mapping } | { ok: false; faults: string[] };

/** Reads MAP.yaml; every fault names its line. */
export function readMapFile(text: string): MapRead {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  if (doc.errors.length)
    return { ok: false, faults: doc.errors.map((e) => `line ${lineAt(e.pos[0])}: ${e.message.split("\n")[0]}`) };
  const parsed = mapFile.safeParse(doc.toJS({ maxAliasCount: 20 }));
  if (parsed.success)
    return {
      ok: true,
      kind: kindNames[parsed.data.kind],
      mapping: { source: parsed.data.source, columns: parsed.data.columns },
    };
  const offsetOf = (path: readonly PropertyKey[]): number => {
    let node: unknown = doc.contents;
    let offset = 0;
    for (const key of path) {
      const pair = isMap(node)
        ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
        : undefined;
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    }
    return offset;
  };
  return {
    ok: false,
    faults: parsed.error.issues.map(
      (issue) => `line ${lineAt(offsetOf(issue.path))}: ${issue.path.join(".") || "file"}: ${issue.message}`,
    ),
  };
}

/** Trusts nothing that comes back from a JSON column. */
export const storedMapping = z.object({ source: z.string(), columns: z.record(z.string(), rule) });

const placeholders = /\{([^{}]{1,200})\}/g;
/** The headers a rule reads, for checking a file and for naming the column of a fault. */
export function headersRead(one: ColumnRule): readonly string[] {
  const known = read.get(one);
  if (known) return known;
  const names =
    one.from !== undefined
      ? [one.from].flat()
      : [...(one.template ?? "").matchAll(placeholders)].map((found) => found[1] ?? "");
  read.set(one, names);
  return names;
}
const read = new WeakMap<ColumnRule, readonly string[]>(); // asked for every cell of every row

const isBlank = (value: CellValue | undefined): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
const plain = (value: CellValue | undefined): string =>
  isBlank(value)
    ? ""
    : Array.isArray(value)
      ? value.map((one) => plain(one)).join(", ")
      : typeof value === "object"
        ? JSON.stringify(value)
        : String(value);

/** Cuts a text at a whole character and says so by "…". */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text
    .slice(0, max - 1)
    .toWellFormed()
    .replace(/\ufffd$/, "")
    .trimEnd()}…`;
}

function startOf(one: ColumnRule, cells: Readonly<Record<string, CellValue>>): CellValue | undefined {
  if (one.const !== undefined) return typeof one.const === "number" ? String(one.const) : one.const;
  if (one.template !== undefined) {
    if (headersRead(one).length > 0 && headersRead(one).every((name) => isBlank(cells[name]))) return undefined;
    return one.template
      .replace(placeholders, (_, name: string) => plain(cells[name]))
      .replace(/ {2,}/g, " ")
      .trim();
  }
  const values = headersRead(one)
    .map((name) => cells[name])
    .filter((value) => !isBlank(value));
  if (one.join === undefined) return values[0];
  return (
    values
      .flat()
      .map((value) => plain(value))
      .filter((text) => text !== "")
      .join(one.join) || undefined
  );
}

function dayBy(format: string, text: string): string {
  const parts: string[] = [];
  const pattern = format.replace(/[.\-/ ]/g, "\\$&").replace(/dd|MM|yyyy/g, (part) => {
    parts.push(part);
    return part === "yyyy" ? "(\\d{4})" : "(\\d{1,2})";
  });
  const found = new RegExp(`^${pattern}`).exec(text);
  if (!found) return text;
  const part = (name: string) => (found[parts.indexOf(name) + 1] ?? "").padStart(2, "0");
  return `${part("yyyy")}-${part("MM")}-${part("dd")}`;
}

/** The value that a rule gives for a row; undefined when it gives nothing. */
export function applyRule(one: ColumnRule, cells: Readonly<Record<string, CellValue>>): CellValue | undefined {
  let value = startOf(one, cells);
  if (typeof value === "string" && one.split !== undefined)
    value = value
      .split(one.split)
      .map((part) => part.trim())
      .filter(Boolean);
  const each = (work: (text: string) => string) => {
    if (typeof value === "string") value = work(value);
    else if (Array.isArray(value)) value = value.map((item) => (typeof item === "string" ? work(item) : item));
  };
  if (one.map) {
    const known = new Map(Object.entries(one.map).map(([from, to]) => [from.toLowerCase(), to]));
    each((text) => known.get(text.toLowerCase()) ?? known.get("*") ?? text);
  }
  if (one.date !== undefined) each((text) => dayBy(one.date ?? "", text));
  if (isBlank(value) && one.default !== undefined) value = String(one.default);
  if (Array.isArray(value)) value = value.filter((item) => !isBlank(item));
  if (one.take !== undefined && Array.isArray(value)) value = value.slice(0, one.take);
  if (one.max !== undefined) each((text) => cut(text, one.max ?? text.length));
  return isBlank(value) ? undefined : value;
}
