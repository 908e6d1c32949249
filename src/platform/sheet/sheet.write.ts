import { writeXlsxStream } from "hucre/xlsx";
import { cellText, guarded } from "./cells.ts";
import { type CellValue, type SheetFormat, sheetLimits } from "./sheet.types.ts";
import { sheetWords } from "./sheet.words.ts";

/** A row to write: values by header and, in a report of bad rows, the sentences that say what to mend. */
export type ReportRow = { cells: Record<string, CellValue>; faults?: readonly string[] };
export type WriteOptions = {
  format: SheetFormat;
  /** The original columns in their order; other keys of a row are not written. */
  headers: readonly string[];
  sheetTitle: string;
  /** Header of the last column, for reports of bad rows; one of `sheetWords.*.faultColumn`, which `readSheet` passes over. */
  faultColumn?: string;
};

const asText = (value: CellValue | undefined): string => {
  if (value === undefined || value === null) return "";
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};

const faultHeaders = Object.values(sheetWords).map((words) => words.faultColumn);

/** The headers written: the original ones without an older column of faults, then the column of faults if wanted. */
function headersOf(options: WriteOptions): string[] {
  const own = options.headers.filter((header) => !faultHeaders.includes(header));
  return options.faultColumn === undefined ? own : [...own, options.faultColumn];
}

const writtenValue = (row: ReportRow, header: string, options: WriteOptions): CellValue | undefined => {
  if (header === options.faultColumn) return (row.faults ?? []).join(" ");
  return Object.hasOwn(row.cells, header) ? row.cells[header] : undefined;
};

/** A sheet's name as Excel allows it: at most 31 characters, none of []:*?/\ and no apostrophe at its ends. */
export const sheetName = (title: string): string =>
  cellText(title)
    .replace(/[[\]:*?/\\\n\t]/g, " ")
    .slice(0, 31)
    .trim()
    .replace(/^'+|'+$/g, "") || "Sheet1";

/** Excel reads `_x0041_` as A; the library does not guard against it. */
const unescapable = (text: string): string => text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_");

/** Every cell is text, its format "@": nothing in it can run, even when a person opens and leaves the cell, and numbers stay exact. */
async function* xlsx(
  rows: AsyncIterable<ReportRow> | Iterable<ReportRow>,
  options: WriteOptions,
): AsyncGenerator<Uint8Array> {
  const headers = headersOf(options);
  const columns = headers.map((header) => ({ header, numFmt: "@", width: header === options.faultColumn ? 60 : 24 }));
  const lines = async function* () {
    for await (const row of rows)
      yield headers.map((header) => {
        const text = cellText(asText(writtenValue(row, header, options)));
        return text === "" ? null : unescapable(text.slice(0, sheetLimits.cellLength));
      });
  };
  const freezePane = { rows: 1 };
  yield* writeXlsxStream(lines(), { name: sheetName(options.sheetTitle), columns, freezePane });
}

const csvCell = (text: string): string => {
  const safe = guarded(text);
  return /[";,\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** BOM, `;` and CRLF: what a Vietnamese Excel opens with a double click. */
async function* csv(
  rows: AsyncIterable<ReportRow> | Iterable<ReportRow>,
  options: WriteOptions,
): AsyncGenerator<string> {
  const headers = headersOf(options);
  yield `\ufeff${headers.map(csvCell).join(";")}\r\n`;
  for await (const row of rows)
    yield `${headers.map((header) => csvCell(cellText(asText(writtenValue(row, header, options))))).join(";")}\r\n`;
}

async function* jsonl(
  rows: AsyncIterable<ReportRow> | Iterable<ReportRow>,
  options: WriteOptions,
): AsyncGenerator<string> {
  const headers = headersOf(options);
  for await (const row of rows) {
    const values = headers.map((header) => [header, writtenValue(row, header, options)]);
    yield `${JSON.stringify(Object.fromEntries(values))}\n`;
  }
}

async function* inBlocks(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let block = "";
  for await (const piece of pieces) {
    block += piece;
    if (block.length < 65_536) continue;
    yield Buffer.from(block);
    block = "";
  }
  if (block !== "") yield Buffer.from(block);
}

/**
 * Streams rows as a file in flat memory, pulled as the receiver reads (`Readable.from(writeSheet(…))` for an answer). Texts that a
 * spreadsheet program could run are made harmless; `readSheet` gives them back as they were. Blank texts come back as absent.
 */
export function writeSheet(
  rows: AsyncIterable<ReportRow> | Iterable<ReportRow>,
  options: WriteOptions,
): AsyncGenerator<Uint8Array> {
  if (options.format === "xlsx") return xlsx(rows, options);
  return inBlocks(options.format === "csv" ? csv(rows, options) : jsonl(rows, options));
}
