import { languages } from "../../../kernel/language.ts";
import { type FileFault, isFileFault, readSheet } from "../../../platform/sheet/index.ts";
import type { Batch } from "./import.batch.ts";
import { type ColumnKey, columnsOf, headerOf } from "./import.columns.ts";
import type { Mapping } from "./import.mapping.ts";
import { headersLacking, matchHeaders } from "./import.match.ts";
import { commandBytesMax } from "./import.rules.ts";

/** How the columns of a file are to be read, told from its headers. */

export function addAll(headers: Set<string>, names: Iterable<string>): void {
  for (const name of names) headers.add(name);
}

type Peek = { headers: string[]; fault: FileFault | undefined };
/** The headers of a file without reading on; of a .jsonl those of its first lines. */
export async function peekHeaders(source: AsyncIterable<Uint8Array> | string, format: Batch["format"]): Promise<Peek> {
  const headers = new Set<string>();
  let rows = 0;
  const seen = (names: readonly string[]) => addAll(headers, names);
  for await (const item of readSheet(source, {
    format,
    limits: { fileBytes: commandBytesMax },
    columns: { required: [], seen },
  })) {
    if (isFileFault(item)) return { headers: [...headers], fault: item };
    if (format === "jsonl") addAll(headers, Object.keys(item.cells));
    if (format !== "jsonl" || ++rows >= 200) break;
  }
  return { headers: [...headers], fault: undefined };
}

export type Columns =
  | { mapping: Mapping; isOurs: boolean; headers: string[] }
  | { mapping: undefined; headers: string[]; fault: FileFault; asks: boolean };
/** How to read a file's columns: ours, as last time for this source, or somebody must say. */
export async function findColumns(
  peek: Peek,
  of: Pick<Batch, "kind" | "format" | "source">,
  last: Mapping | undefined,
): Promise<Columns> {
  const { headers } = peek;
  if (peek.fault) return { mapping: undefined, headers, fault: peek.fault, asks: false };
  const match = matchHeaders(of.kind, of.source, headers);
  if (match.missing.length === 0 && match.unknown.length === 0) {
    if (of.format !== "jsonl") return { mapping: match.mapping, isOurs: true, headers };
    const names = (key: ColumnKey) => [
      ...new Set([match.mapping.columns[key]?.from ?? key, key, ...languages.map((l) => headerOf(key, l))].flat()),
    ];
    const columns = Object.fromEntries(columnsOf(of.kind).map(({ key }) => [key, { from: names(key) }]));
    return { mapping: { source: of.source, columns }, isOurs: true, headers };
  }
  if (last && headersLacking(of.kind, last, headers).length === 0) return { mapping: last, isOurs: false, headers };
  const fault: FileFault =
    match.missing.length > 0
      ? {
          fault: "sheet.missing_columns",
          detail: match.missing
            .map((key) => headerOf(key, "vi"))
            .join(", ")
            .slice(0, 200),
        }
      : { fault: "sheet.unknown_columns", detail: match.unknown.join(", ").slice(0, 200) };
  return { mapping: undefined, headers, fault, asks: true };
}
