import { unguarded } from "./cells.ts";
import { type RawCell, type RawRow, SheetTable } from "./sheet.table.ts";
import { FaultOfFile, type SheetLimits, type SheetOptions, type SheetRow } from "./sheet.types.ts";
import { type SheetSource, textOf } from "./source.ts";

const separators = [";", ",", "\t"] as const;

/** The separator that stands most often outside quotes in the first line; `;` when none does. */
export function separatorOf(line: string): string {
  const outside = line.replace(/"[^"]*("|$)/g, "");
  const count = (separator: string) => outside.split(separator).length - 1;
  return separators.reduce((best, each) => (count(each) > count(best) ? each : best));
}

/** Cells of a row beyond this are not stored; a line with so many is no table. */
const maxCells = 16_384;

/** RFC 4180 by states, fed in pieces; quotes inside a bare cell are plain text. */
class CsvParser {
  rows: RawRow[] = [];
  readonly #separator: string;
  readonly #maxLength: number;
  #number = 0;
  #cells: RawCell[] = [];
  #cell = "";
  #state: "start" | "bare" | "quoted" | "quote" = "start";
  #afterReturn = false;

  constructor(separator: string, maxLength: number) {
    this.#separator = separator;
    this.#maxLength = maxLength;
  }

  write(text: string): void {
    let at = 0;
    while (at < text.length) {
      if (this.#state === "bare" || this.#state === "quoted") {
        const end = this.#plainEnd(text, at);
        this.#append(text.slice(at, end));
        at = end;
        if (at >= text.length) return;
      }
      this.#step(text[at] ?? "");
      at++;
    }
  }

  end(): void {
    if (this.#state === "quoted") throw new FaultOfFile("sheet.damaged", `" ${this.#number + 1}`);
    if (this.#state !== "start" || this.#cells.length > 0) this.#endRow();
  }

  #plainEnd(text: string, from: number): number {
    if (this.#state === "quoted") {
      const quote = text.indexOf('"', from);
      return quote < 0 ? text.length : quote;
    }
    let at = from;
    while (at < text.length && text[at] !== this.#separator && text[at] !== "\n" && text[at] !== "\r") at++;
    return at;
  }

  #step(char: string): void {
    const afterReturn = this.#afterReturn;
    this.#afterReturn = false;
    if (this.#state === "quoted")
      this.#state = "quote"; // only quotes stop a quoted run
    else if (this.#state === "quote" && char === '"') {
      this.#append('"');
      this.#state = "quoted";
    } else if (char === this.#separator) this.#endCell();
    else if (char === "\n" && afterReturn) return;
    else if (char === "\n" || char === "\r") {
      this.#afterReturn = char === "\r";
      this.#endRow();
    } else if (this.#state === "start" && char === '"') this.#state = "quoted";
    else {
      this.#append(char);
      this.#state = "bare";
    }
  }

  /** Keeps a little more than a cell may hold, so that it shows as too long without filling the memory. */
  #append(text: string): void {
    if (this.#cell.length <= this.#maxLength) this.#cell += text.slice(0, this.#maxLength + 1);
  }

  #endCell(): void {
    if (this.#cells.length >= maxCells) throw new FaultOfFile("sheet.too_many_columns", maxCells);
    const text = this.#cell;
    const formula = text.trimStart().startsWith("=");
    this.#cells.push(formula ? { fault: "sheet.formula", detail: text } : { text: unguarded(text) });
    this.#cell = "";
    this.#state = "start";
  }

  #endRow(): void {
    this.#endCell();
    this.rows.push({ number: ++this.#number, cells: new Map(this.#cells.entries()) });
    this.#cells = [];
  }
}

/** Leaves out the first line `sep=;` by which some programs name the separator; it still counts as row 1. */
const isSeparatorLine = (row: RawRow): boolean => {
  const first = row.cells.get(0);
  return row.number === 1 && first !== undefined && "text" in first && /^sep=.?$/i.test(first.text);
};

/** Rows of a .csv in flat memory: UTF-8 with or without BOM, separated by `;`, `,` or tab; throws `FaultOfFile`. */
export async function* readCsv(
  source: SheetSource,
  limits: SheetLimits,
  options: SheetOptions,
): AsyncGenerator<SheetRow> {
  const table = new SheetTable(limits, options.columns);
  let parser: CsvParser | undefined;
  let head = "";
  const drain = function* (from: CsvParser) {
    for (const raw of from.rows) {
      const row = isSeparatorLine(raw) ? undefined : table.add(raw);
      if (row) yield row;
    }
    from.rows = [];
  };
  const start = (text: string): CsvParser => {
    const named = /^sep=([;,\t])[\r\n]/i.exec(text)?.[1];
    const line = text.split(/[\r\n]/).find((each) => each.trim() !== "") ?? "";
    const made = new CsvParser(named ?? separatorOf(line), limits.cellLength);
    made.write(text);
    return made;
  };
  for await (const text of textOf(source, limits)) {
    if (parser) parser.write(text);
    else {
      head += text;
      if (!holdsLine(head) && head.length < 65_536) continue;
      parser = start(head);
    }
    yield* drain(parser);
  }
  parser ??= start(head);
  parser.end();
  yield* drain(parser);
  table.end();
}

/** Whether a line that is not blank has come to its end; by search, because a regular expression for it costs the square of the length. */
function holdsLine(head: string): boolean {
  const first = head.search(/\S/);
  return first >= 0 && (head.indexOf("\n", first) >= 0 || head.indexOf("\r", first) >= 0);
}
