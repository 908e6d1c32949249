/** What a spreadsheet gives and how it fails; shared by the readers of .xlsx, .csv and .jsonl. */

export const sheetFormats = ["xlsx", "csv", "jsonl"] as const;
export type SheetFormat = (typeof sheetFormats)[number];

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
/**
 * Text for .xlsx and .csv: NFC, trimmed; days `YYYY-MM-DD`, moments `YYYY-MM-DDTHH:MM:SS` without a zone, times `HH:MM:SS`, numbers as
 * their exact decimal text (`.` before decimals, no exponent), booleans `TRUE` or `FALSE`. For .jsonl the JSON value, but a number that
 * stands directly in a column is text too, so that one parser serves the three formats. An empty cell is absent, never "".
 */
export type CellValue = JsonValue;

/** A fault of one cell or line; the other rows stay acceptable (decisions.md 20). */
export type RowFaultKey =
  | "sheet.formula"
  | "sheet.error_value"
  | "sheet.bad_date"
  | "sheet.cell_too_long"
  | "sheet.cell_without_header"
  | "sheet.unknown_field"
  | "sheet.bad_json"
  | "sheet.line_too_long";
/** `column` is the header, or the letters of a column that has none; `detail` is short technical text (a formula, a limit), at most 200 characters. */
export type RowFault = { fault: RowFaultKey; column?: string; detail: string };

/** `number` is the 1-based row (for .jsonl the line) as the person sees it in the file. Cells at fault are left out of `cells`. */
export type SheetRow = { number: number; cells: Record<string, CellValue>; faults: RowFault[] };

/** A fault of the whole file: it is the last item, and nothing read before it may be accepted. */
export type FileFaultKey =
  | "sheet.too_many_rows"
  | "sheet.too_many_columns"
  | "sheet.too_large"
  | "sheet.zip_bomb"
  | "sheet.not_a_spreadsheet"
  | "sheet.old_or_encrypted"
  | "sheet.has_macros"
  | "sheet.damaged"
  | "sheet.bad_encoding"
  | "sheet.no_header"
  | "sheet.no_rows"
  | "sheet.duplicate_header"
  | "sheet.missing_columns"
  | "sheet.unknown_columns"
  | "sheet.merged_cells"
  | "sheet.sheet_missing";
/** `detail` names the limit, the column, the part of the file or the row, at most 200 characters, for the sentence shown. */
/** `inflatedBytes`: of a zip bomb, how much had been inflated when it was stopped. */
export type FileFault = { fault: FileFaultKey; detail: string; inflatedBytes?: number };

export type SheetItem = SheetRow | FileFault;
export const isFileFault = (item: SheetItem): item is FileFault => "fault" in item;

export type SheetLimits = {
  /** Rows with content below the header. */
  rows: number;
  columns: number;
  /** UTF-16 units in one cell; 32,767 is Excel's own. */
  cellLength: number;
  /** Bytes of the file as it came. */
  fileBytes: number;
  /** Bytes of all parts read from an .xlsx together, counted while inflating. */
  inflatedBytes: number;
  /** Inflated over compressed bytes of one part, judged beyond the first `ratioFreeBytes` of it. */
  ratio: number;
  ratioFreeBytes: number;
  /** UTF-16 units of the shared texts of an .xlsx, the only part held in memory. */
  sharedText: number;
};

/** Bounds of decisions.md 20. An honest sheet of 150,000 rows and 12 columns is 10 MB and inflates to 114 MB, 12 : 1. */
export const sheetLimits: SheetLimits = {
  rows: 150_000,
  columns: 200,
  cellLength: 32_767,
  fileBytes: 256 * 1024 * 1024,
  inflatedBytes: 768 * 1024 * 1024,
  ratio: 100,
  ratioFreeBytes: 8 * 1024 * 1024,
  sharedText: 64 * 1024 * 1024,
};

export type SheetOptions = {
  format: SheetFormat;
  limits?: Partial<SheetLimits>;
  /** Name of the sheet of an .xlsx; without it the first one that is not hidden. */
  sheet?: string;
  /** Folder for the temporary copy of an .xlsx that comes as a stream; the system's when left out. */
  scratch?: string;
  /** Headers that must stand, and all that may (without `allowed` any). Compared without regard to case. */
  columns?: {
    required: readonly string[];
    allowed?: readonly string[];
    /** Told the headers of an .xlsx or .csv in their order as soon as they are read, also when they are then refused. */
    seen?: (headers: readonly string[]) => void;
  };
};

/** Stops a reader from any depth; turned into the last item by `readSheet`, never seen outside. */
export class FaultOfFile extends Error {
  readonly item: FileFault;
  constructor(fault: FileFaultKey, detail: string | number = "", inflatedBytes?: number) {
    super(fault);
    const known = { fault, detail: String(detail).slice(0, 200) };
    this.item = inflatedBytes === undefined ? known : { ...known, inflatedBytes };
  }
}
