import { columnOf, exactNumber } from "./cells.ts";
import { type RawCell, type RawRow, SheetTable } from "./sheet.table.ts";
import { FaultOfFile, type SheetLimits, type SheetOptions, type SheetRow } from "./sheet.types.ts";
import { pathOf, type SheetSource } from "./source.ts";
import { isoDate, serialDate } from "./xlsx.dates.ts";
import { openWorkbook, TextGatherer, type Workbook } from "./xlsx.parts.ts";
import { parseXml, type XmlAttributes, type XmlHandler } from "./xlsx.xml.ts";
import { XlsxZip } from "./xlsx.zip.ts";

const excelRows = 1_048_576;
const excelColumns = 16_384;

/** Gathers the rows of one worksheet from its tags; `rows` is emptied by the reader after each chunk. */
class WorksheetHandler implements XmlHandler {
  rows: RawRow[] = [];
  merged: string[] = [];
  readonly #book: Workbook;
  #row: RawRow = { number: 0, cells: new Map() };
  #column = -1;
  #type = "n";
  #style = 0;
  #formula: string | undefined;
  #value = "";
  #into: "value" | "formula" | undefined;
  readonly #inline = new TextGatherer();
  #inData = false;

  constructor(book: Workbook) {
    this.#book = book;
  }

  open(name: string, attributes: XmlAttributes): void {
    if (name === "sheetData") this.#inData = true;
    else if (name === "mergeCell") this.merged.push(attributes.ref ?? "");
    if (!this.#inData) return;
    if (name === "row") this.#startRow(attributes);
    else if (name === "c") this.#startCell(attributes);
    else if (name === "v") this.#into = "value";
    else if (name === "f") {
      this.#into = "formula";
      this.#formula ??= "=";
    } else this.#inline.open(name);
  }

  text(text: string): void {
    if (this.#into === "value") this.#value += text;
    else if (this.#into === "formula") this.#formula += text;
    else if (this.#inData) this.#inline.add(text);
  }

  close(name: string): void {
    this.#into = undefined;
    if (name === "sheetData") this.#inData = false;
    if (!this.#inData) return;
    if (name === "c") this.#endCell();
    else if (name === "row") this.rows.push(this.#row);
    else this.#inline.close(name);
  }

  #startRow({ r }: XmlAttributes): void {
    const number = r === undefined ? this.#row.number + 1 : Number(r);
    if (!Number.isInteger(number) || number <= this.#row.number || number > excelRows)
      throw new FaultOfFile("sheet.damaged", `row ${r ?? number}`);
    this.#row = { number, cells: new Map() };
    this.#column = -1;
  }

  #startCell({ r, t, s }: XmlAttributes): void {
    const column = r === undefined ? this.#column + 1 : columnOf(r);
    if (column === undefined || column >= excelColumns) throw new FaultOfFile("sheet.damaged", `cell ${r ?? column}`);
    this.#column = column;
    this.#type = t ?? "n";
    this.#style = Number(s ?? 0);
    this.#formula = undefined;
    this.#value = "";
    this.#inline.take();
  }

  #endCell(): void {
    const cell =
      this.#formula === undefined ? this.#cell() : ({ fault: "sheet.formula", detail: this.#formula } as const);
    if (cell) this.#row.cells.set(this.#column, cell);
  }

  #cell(): RawCell | undefined {
    if (this.#type === "inlineStr") return this.#textCell(this.#inline.take());
    const value = this.#value;
    if (value === "") return undefined;
    switch (this.#type) {
      case "s":
        return this.#textCell(this.#sharedText(value));
      case "str":
        return this.#textCell(value);
      case "b":
        return { text: value === "1" || value === "true" ? "TRUE" : "FALSE" };
      case "e":
        return { fault: "sheet.error_value", detail: value };
      case "d":
        return this.#dateCell(isoDate(value), value);
      default:
        return this.#numberCell(value);
    }
  }

  #textCell(text: string): RawCell | undefined {
    return text === "" ? undefined : { text };
  }

  #sharedText(index: string): string {
    const text = /^\s*\d+\s*$/.test(index) ? this.#book.shared[Number(index)] : undefined;
    if (text === undefined) throw new FaultOfFile("sheet.damaged", `shared text ${index}`);
    return text;
  }

  #numberCell(value: string): RawCell {
    const number = exactNumber(value);
    if (number === undefined) return { fault: "sheet.error_value", detail: value };
    if (!this.#book.dateStyles[this.#style]) return { text: number };
    return this.#dateCell(serialDate(Number(number), this.#book.from1904), number);
  }

  #dateCell(day: string | undefined, value: string): RawCell {
    return day === undefined ? { fault: "sheet.bad_date", detail: value } : { text: day };
  }
}

/** Merged cells hide values of the rows they cover, so one from the header row on refuses the file. Merged titles above are harmless. */
function checkMerged(ranges: string[], headerNumber: number): void {
  for (const range of ranges) {
    const last = Number(/(\d+)$/.exec(range)?.[1] ?? 0);
    if (headerNumber > 0 && last >= headerNumber) throw new FaultOfFile("sheet.merged_cells", range);
  }
}

/** Rows of an .xlsx in flat memory (but for its shared texts); throws `FaultOfFile`. */
export async function* readXlsx(
  source: SheetSource,
  limits: SheetLimits,
  options: SheetOptions,
): AsyncGenerator<SheetRow> {
  const { path, release } = await pathOf(source, limits, options.scratch);
  let zip: XlsxZip | undefined;
  try {
    zip = await XlsxZip.open(path, limits);
    const book = await openWorkbook(zip, limits, options.sheet);
    const handler = new WorksheetHandler(book);
    const table = new SheetTable(limits, options.columns);
    for await (const _ of parseXml(zip.part(book.sheetPart), book.sheetPart, handler)) {
      for (const raw of handler.rows) {
        const row = table.add(raw);
        if (row) yield row;
      }
      handler.rows = [];
      checkMerged(handler.merged, table.headerNumber);
      handler.merged = [];
    }
    table.end();
  } finally {
    zip?.close();
    await release();
  }
}
