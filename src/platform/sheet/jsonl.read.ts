import { cellText, headerKey } from "./cells.ts";
import { isFaultColumn } from "./sheet.table.ts";
import {
  type CellValue,
  FaultOfFile,
  type JsonValue,
  type RowFault,
  type SheetLimits,
  type SheetOptions,
  type SheetRow,
} from "./sheet.types.ts";
import { type SheetSource, textOf } from "./source.ts";

/** UTF-16 units of one line. */
const maxLine = 1024 * 1024;

/** Tidies texts and keeps numbers that a double cannot hold as their own text (`12345678901234567890`). */
function tidied(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value === "string") return cellText(value);
  if (typeof value !== "number" || context?.source === undefined) return value;
  return Number.isFinite(value) && (/^-?\d{1,15}$/.test(context.source) || String(value) === context.source)
    ? value
    : context.source;
}

/** One line as an object; undefined when it is none, or nested beyond what the parser can follow. */
function objectOf(line: string): Record<string, JsonValue> | undefined {
  try {
    const value: unknown = JSON.parse(line, tidied);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, JsonValue>)
      : undefined;
  } catch {
    return undefined;
  }
}

const isEmpty = (value: JsonValue): boolean => value === null || value === "";

/** Lines of a .jsonl; each is its own record, so unknown fields are faults of the row. */
class LineReader {
  readonly #limits: SheetLimits;
  readonly #known: Map<string, string> | undefined;
  #number = 0;
  #rows = 0;

  constructor(limits: SheetLimits, columns: SheetOptions["columns"]) {
    this.#limits = limits;
    const names = columns?.allowed && [...columns.required, ...columns.allowed];
    this.#known = names && new Map(names.map((name) => [headerKey(name), name]));
  }

  /** A record for a line; `tooLong` when its text was cut off. Undefined for blank lines. */
  add(line: string, tooLong: boolean): SheetRow | undefined {
    const number = ++this.#number;
    if (!tooLong && line.trim() === "") return undefined;
    if (++this.#rows > this.#limits.rows) throw new FaultOfFile("sheet.too_many_rows", this.#limits.rows);
    if (tooLong) return { number, cells: {}, faults: [{ fault: "sheet.line_too_long", detail: String(maxLine) }] };
    const object = objectOf(line);
    if (!object) return { number, cells: {}, faults: [{ fault: "sheet.bad_json", detail: line.slice(0, 200) }] };
    return this.#record(number, object);
  }

  end(): void {
    if (this.#rows === 0) throw new FaultOfFile("sheet.no_rows");
  }

  #record(number: number, object: Record<string, JsonValue>): SheetRow {
    const cells: [string, CellValue][] = [];
    const faults: RowFault[] = [];
    for (const [name, value] of Object.entries(object)) {
      if (faults.length > this.#limits.columns) break;
      const column = cellText(name);
      if (isFaultColumn(column) || isEmpty(value)) continue;
      const header = this.#known ? this.#known.get(headerKey(column)) : column;
      if (header === undefined) faults.push({ fault: "sheet.unknown_field", column: column.slice(0, 200), detail: "" });
      else if (typeof value === "string" && value.length > this.#limits.cellLength)
        faults.push({ fault: "sheet.cell_too_long", column, detail: String(this.#limits.cellLength) });
      else cells.push([header, typeof value === "number" ? String(value) : value]);
    }
    return { number, cells: Object.fromEntries(cells), faults };
  }
}

/** Rows of a .jsonl in flat memory; throws `FaultOfFile`. A required field that a line lacks is for the caller's own check of the row. */
export async function* readJsonl(
  source: SheetSource,
  limits: SheetLimits,
  options: SheetOptions,
): AsyncGenerator<SheetRow> {
  const reader = new LineReader(limits, options.columns);
  let line = "";
  let tooLong = false;
  const append = (text: string) => {
    tooLong ||= line.length + text.length > maxLine;
    line = tooLong ? "" : line + text;
  };
  for await (const text of textOf(source, limits)) {
    const pieces = text.split("\n");
    const last = pieces.pop() ?? "";
    for (const piece of pieces) {
      append(piece);
      const row = reader.add(line, tooLong);
      line = "";
      tooLong = false;
      if (row) yield row;
    }
    append(last);
  }
  const row = reader.add(line, tooLong);
  if (row) yield row;
  reader.end();
}
