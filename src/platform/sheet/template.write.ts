import { type CellValue as HucreValue, writeXlsx } from "hucre/xlsx";
import { cellText, columnLetters, requiredMark } from "./cells.ts";
import { sheetLimits } from "./sheet.types.ts";
import { sheetWords } from "./sheet.words.ts";
import { sheetName } from "./sheet.write.ts";

export type TemplateColumn = {
  header: string;
  /** How to fill the column in, shown beside its cells and in the instructions; one or two sentences. */
  note: string;
  required: boolean;
  /** The only values allowed, as a drop-down list. */
  choices?: readonly string[];
  example: string;
};
export type TemplateOptions = {
  columns: readonly TemplateColumn[];
  sheetTitle: string;
  /** Lines above the table of the instructions sheet. */
  instructions?: readonly string[];
  /** Words of the instructions sheet; Vietnamese when left out. */
  words?: (typeof sheetWords)["vi"];
};

const listsName = "_lists";
/** Rows set to text format: the library cannot set it for a whole column, and blank cells cost some 3 bytes each. */
const preparedRows = 1_000;
/** Excel's limits for what a cell's prompt may say. */
const promptTitle = 32;
const promptText = 255;
const head = {
  font: { bold: true, color: { rgb: "FFFFFF" } },
  fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "1F4E79" } },
  alignment: { wrapText: true, vertical: "center" },
  numFmt: "@",
} as const;
const requiredHead = { ...head, fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "9C1C1C" } } } as const;
const wrapped = { alignment: { wrapText: true, vertical: "top" }, numFmt: "@" } as const;

/** A drop-down from a hidden sheet for columns with choices, a prompt for the others; both say the note beside the cell. */
function validations(options: TemplateOptions, words: (typeof sheetWords)["vi"]) {
  return options.columns.map((column, index) => {
    const letters = columnLetters(index);
    const count = column.choices?.length ?? 0;
    const shared = {
      range: `${letters}2:${letters}${sheetLimits.rows + 1}`,
      allowBlank: true,
      showInputMessage: true,
      inputTitle: cellText(column.header).slice(0, promptTitle),
      inputMessage: cellText(column.note).slice(0, promptText),
    };
    // A text's length is checked where there is no list: a prompt needs some rule, and this one no honest cell breaks.
    if (count === 0)
      return {
        ...shared,
        type: "textLength",
        operator: "lessThanOrEqual",
        formula1: String(sheetLimits.cellLength),
      } as const;
    return {
      ...shared,
      type: "list",
      formula1: `${listsName}!$${letters}$1:$${letters}$${count}`,
      showErrorMessage: true,
      errorStyle: "stop",
      errorTitle: cellText(column.header).slice(0, promptTitle),
      errorMessage: words.pickFromList,
    } as const;
  });
}

const cellsOf = (rows: number, styleOf: (row: number, column: number) => object, columns: number) => {
  const cells = new Map<string, { style: object }>();
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) cells.set(`${row},${column}`, { style: styleOf(row, column) });
  return cells;
};

function instructionsSheet(options: TemplateOptions, words: (typeof sheetWords)["vi"]) {
  const lines = (options.instructions ?? []).map((line) => [cellText(line)]);
  const rows = [
    ...lines,
    [...words.columnHeads],
    ...options.columns.map((column) => [
      cellText(column.header),
      column.required ? words.yes : words.no,
      cellText(column.choices ? `${column.note} ${words.pickFromList}` : column.note),
      cellText(column.example),
    ]),
  ];
  return {
    name: sheetName(words.instructions),
    rows,
    columns: [30, 12, 70, 40].map((width) => ({ width })),
    merges: lines.map((_, row) => ({ startRow: row, startCol: 0, endRow: row, endCol: 3 })),
    cells: cellsOf(rows.length, (row) => (row === lines.length ? head : wrapped), 4),
  };
}

/** The choices, one column each in a hidden sheet: longer lists than the 255 characters that fit into the rule itself. */
function listsSheet(columns: readonly TemplateColumn[]) {
  const longest = Math.max(1, ...columns.map((column) => column.choices?.length ?? 0));
  const rows: HucreValue[][] = Array.from({ length: longest }, (_, row) =>
    columns.map((column) => (column.choices?.[row] === undefined ? null : cellText(column.choices[row]))),
  );
  return { name: listsName, rows, veryHidden: true };
}

/**
 * An empty .xlsx to fill in: the data sheet first, then the instructions with examples, then the hidden lists of the drop-downs.
 * Compulsory headers are red and marked "(*)", a mark that `readSheet` takes off. The first 1,000 rows are in text format, so that tax
 * codes keep their zeros and days stay as typed (31/12/2025); drop-downs reach to the last row that an import takes.
 */
export async function writeTemplate(options: TemplateOptions): Promise<Uint8Array> {
  const words = options.words ?? sheetWords.vi;
  const { columns } = options;
  const headers = columns.map((column) => cellText(column.header) + (column.required ? requiredMark : ""));
  const styleOf = (row: number, column: number) =>
    row > 0 ? { numFmt: "@" } : columns[column]?.required ? requiredHead : head;
  const data = {
    name: sheetName(options.sheetTitle),
    rows: [headers],
    columns: columns.map((column) => ({ width: Math.min(50, Math.max(16, column.header.length + 6)), numFmt: "@" })),
    cells: cellsOf(1 + preparedRows, styleOf, columns.length),
    freezePane: { rows: 1 },
    dataValidations: validations(options, words),
  };
  const lists = columns.some((column) => column.choices?.length) ? [listsSheet(columns)] : [];
  return writeXlsx({ sheets: [data, instructionsSheet(options, words), ...lists] });
}
