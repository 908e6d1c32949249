import { cellText, columnLetters, headerKey, headerText } from "./cells.ts";
import {
  type CellValue,
  FaultOfFile,
  type RowFault,
  type SheetLimits,
  type SheetOptions,
  type SheetRow,
} from "./sheet.types.ts";
import { sheetWords } from "./sheet.words.ts";

/** A cell as a reader found it: text, or why it cannot be trusted. */
export type RawCell = { text: string } | { fault: RowFault["fault"]; detail: string };
/** `cells` by 0-based column; blank cells may be absent. */
export type RawRow = { number: number; cells: Map<number, RawCell> };

/** Columns of the report of bad rows, in any of our languages: ignored when the mended file comes back. */
const ignored = new Set(Object.values(sheetWords).map((words) => headerKey(words.faultColumn)));
export const isFaultColumn = (header: string): boolean => ignored.has(headerKey(header));

/** Checks a header row against the wanted columns; throws the fault of the file. */
export function checkColumns(headers: readonly string[], columns: SheetOptions["columns"]): void {
  if (!columns) return;
  const have = new Set(headers.map(headerKey));
  const missing = columns.required.filter((header) => !have.has(headerKey(header)));
  if (missing.length > 0) throw new FaultOfFile("sheet.missing_columns", missing.join(", "));
  if (!columns.allowed) return;
  const known = new Set([...columns.required, ...columns.allowed].map(headerKey));
  const unknown = headers.filter((header) => !known.has(headerKey(header)) && !isFaultColumn(header));
  if (unknown.length > 0) throw new FaultOfFile("sheet.unknown_columns", unknown.join(", "));
}

/** The headers as the caller wrote them where they differ in case only, so that its code finds its keys. */
const spelling = (columns: SheetOptions["columns"]): Map<string, string> =>
  new Map([...(columns?.required ?? []), ...(columns?.allowed ?? [])].map((header) => [headerKey(header), header]));

/** Turns the rows of a grid into records: the first row with content is the header, blank rows are passed over. */
export class SheetTable {
  readonly #limits: SheetLimits;
  readonly #columns: SheetOptions["columns"];
  #headers: Map<number, string> | undefined;
  #rows = 0;
  /** The file's row of the header, once read. */
  headerNumber = 0;

  constructor(limits: SheetLimits, columns: SheetOptions["columns"]) {
    this.#limits = limits;
    this.#columns = columns;
  }

  /** A record for a row below the header; undefined for blank rows and the header itself. Throws faults of the file. */
  add(row: RawRow): SheetRow | undefined {
    for (const [index, cell] of row.cells) {
      if (!("text" in cell)) continue;
      cell.text = cellText(cell.text);
      if (cell.text === "") row.cells.delete(index);
    }
    if (row.cells.size === 0) return undefined;
    if (!this.#headers) {
      this.#headers = this.#readHeaders(row);
      this.headerNumber = row.number;
      return undefined;
    }
    const record = this.#record(row, this.#headers);
    const blank = record.faults.length === 0 && Object.keys(record.cells).length === 0;
    if (blank) return undefined;
    this.#rows++;
    if (this.#rows > this.#limits.rows) throw new FaultOfFile("sheet.too_many_rows", this.#limits.rows);
    return record;
  }

  /** To be called after the last row. */
  end(): void {
    if (!this.#headers) throw new FaultOfFile("sheet.no_header");
    if (this.#rows === 0) throw new FaultOfFile("sheet.no_rows");
  }

  #readHeaders(row: RawRow): Map<number, string> {
    const headers = new Map<number, string>();
    const seen = new Set<string>();
    const spelled = spelling(this.#columns);
    for (const [index, cell] of row.cells) {
      if (index >= this.#limits.columns) throw new FaultOfFile("sheet.too_many_columns", this.#limits.columns);
      if ("fault" in cell) throw new FaultOfFile("sheet.no_header", `${columnLetters(index)}${row.number}`);
      const header = headerText(cell.text);
      if (header === "") continue;
      if (header.length > 200) throw new FaultOfFile("sheet.no_header", `${columnLetters(index)}${row.number}`);
      if (seen.has(headerKey(header))) throw new FaultOfFile("sheet.duplicate_header", header);
      seen.add(headerKey(header));
      headers.set(index, spelled.get(headerKey(header)) ?? header);
    }
    if (headers.size === 0) throw new FaultOfFile("sheet.no_header");
    this.#columns?.seen?.([...headers.values()].filter((header) => !isFaultColumn(header)));
    checkColumns([...headers.values()], this.#columns);
    return headers;
  }

  #record(row: RawRow, headers: Map<number, string>): SheetRow {
    const cells: [string, CellValue][] = [];
    const faults: RowFault[] = [];
    for (const [index, cell] of row.cells) {
      const header = headers.get(index);
      if (header !== undefined && isFaultColumn(header)) continue;
      const column = header ?? columnLetters(index);
      if ("fault" in cell) faults.push({ fault: cell.fault, column, detail: cell.detail.slice(0, 200) });
      else if (header === undefined) faults.push({ fault: "sheet.cell_without_header", column, detail: "" });
      else if (cell.text.length > this.#limits.cellLength)
        faults.push({ fault: "sheet.cell_too_long", column, detail: String(this.#limits.cellLength) });
      else cells.push([header, cell.text]);
      if (faults.length > this.#limits.columns) break;
    }
    return { number: row.number, cells: Object.fromEntries(cells), faults };
  }
}
