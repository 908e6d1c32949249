import type { z } from "zod";
import { tidyText } from "./text.ts";

/** What was typed, kept as text so that a refused form comes back whole (style R5). */
export type Typed = Record<string, string | string[]>;
/** Message key by field; "" holds what belongs to no field. */
export type Why = Record<string, string>;
export type FormRead<T> = { ok: true; value: T; typed: Typed } | { ok: false; typed: Typed; why: Why };

/** The text fields of a form body (from `parseBody({ all: true })`), tidied; files are left out. Names ending in [] are lists. */
export function typedOf(body: Record<string, unknown>): Typed {
  const typed: Typed = {};
  for (const [name, value] of Object.entries(body)) {
    if (Array.isArray(value)) typed[name] = value.filter((v) => typeof v === "string").map(tidyText);
    else if (typeof value === "string") typed[name] = name.endsWith("[]") ? [tidyText(value)] : tidyText(value);
  }
  return typed;
}

/** Reads typed text by a Zod schema whose messages are message keys; every problem at once, the first per field. */
export function readForm<S extends z.ZodType>(schema: S, body: Record<string, unknown>): FormRead<z.output<S>> {
  const typed = typedOf(body);
  const plain = Object.fromEntries(Object.entries(typed).map(([name, value]) => [name.replace(/\[\]$/, ""), value]));
  const read = schema.safeParse(plain);
  if (read.success) return { ok: true, value: read.data, typed };
  const why: Why = {};
  for (const issue of read.error.issues) {
    const field = issue.path.map(String).join(".");
    why[field] ??= /^[a-z0-9_]+(\.[a-z0-9_]+)+$/.test(issue.message) ? issue.message : "field.invalid";
  }
  return { ok: false, typed, why };
}

/** One typed text, for a field's `value`. */
export const textOf = (typed: Typed, name: string): string => {
  const value = typed[name];
  return Array.isArray(value) ? (value[0] ?? "") : (value ?? "");
};
/** All typed texts of a list field. */
export const listOf = (typed: Typed, name: string): string[] => {
  const value = typed[name] ?? typed[`${name}[]`];
  return value === undefined ? [] : Array.isArray(value) ? value : value === "" ? [] : [value];
};
