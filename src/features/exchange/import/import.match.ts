import { languages } from "../../../kernel/language.ts";
import { foldVietnamese } from "../../../kernel/text.ts";
import { type ColumnKey, columnsOf, headerOf } from "./import.columns.ts";
import { headersRead, type Mapping } from "./import.mapping.ts";
import type { ImportKind } from "./import.rules.ts";

/** Headers of a file against ours: by key, or by our header in any language. */

const bare = (text: string): string => foldVietnamese(text).replace(/[^\p{L}\p{N}]+/gu, "");

function namesOf(kind: ImportKind): Map<string, ColumnKey> {
  const names = new Map<string, ColumnKey>();
  for (const column of columnsOf(kind)) {
    names.set(bare(column.key), column.key);
    for (const language of languages) names.set(bare(headerOf(column.key, language)), column.key);
  }
  return names;
}

export type Match = { mapping: Mapping; unknown: string[]; missing: ColumnKey[] };

/** What can be told from the headers alone; whole when nothing is unknown and nothing required is missing. */
export function matchHeaders(kind: ImportKind, source: string, headers: readonly string[]): Match {
  const names = namesOf(kind);
  const columns: Mapping["columns"] = {};
  const unknown: string[] = [];
  for (const header of headers) {
    const key = names.get(bare(header));
    if (key && !columns[key]) columns[key] = { from: header };
    else unknown.push(header);
  }
  return { mapping: { source, columns }, unknown, missing: missingIn(kind, columns) };
}

export const missingIn = (kind: ImportKind, columns: Mapping["columns"]): ColumnKey[] =>
  columnsOf(kind)
    .filter((column) => column.required && !columns[column.key])
    .map((column) => column.key);

/** The headers that a mapping needs and a file lacks: those of required columns whose rule finds none of its headers. */
export function headersLacking(kind: ImportKind, mapping: Mapping, headers: readonly string[]): string[] {
  const there = new Set(headers);
  return columnsOf(kind).flatMap((column) => {
    const rule = mapping.columns[column.key];
    const wanted = rule ? headersRead(rule) : [];
    return column.required && wanted.length > 0 && !wanted.some((name) => there.has(name)) ? wanted : [];
  });
}
