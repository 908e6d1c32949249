import type { Language } from "../../../kernel/language.ts";
import {
  type CellValue,
  type SheetFormat,
  sheetWords,
  writeSheet,
  writeTemplate,
} from "../../../platform/sheet/index.ts";
import type { ProvincePack } from "../../../province/index.ts";
import { sayWhy } from "../../../ui/words.ts";
import { dealWords } from "../deal/deal.words.ts";
import { listingWords } from "../listing/listing.words.ts";
import { choicesOf } from "./import.choices.ts";
import { columnsOf, headerOf, noteOf } from "./import.columns.ts";
import type { ImportKind, RowProblem } from "./import.rules.ts";
import { importWhyWords } from "./import.why.words.ts";
import { importWords } from "./import.words.ts";

/** What an import says to people: sentences for faults, the file of rows to mend, the templates to fill in. */

export const whyWords = (language: Language): Readonly<Record<string, string>> => ({
  ...dealWords[language].why,
  ...listingWords[language].why,
  ...importWhyWords[language],
});

/** A fault of the file or of one cell as a sentence. */
export function sayFault(language: Language, why: string, detail = ""): string {
  const sheet = (sheetWords[language].why as Record<string, (detail: string) => string>)[why.replace(/^sheet\./, "")];
  if (why.startsWith("sheet.") && sheet)
    return sheet(detail) + (detail !== "" && why === "sheet.formula" ? ` (${detail})` : "");
  const [least, most, given] = why === "import.value.range" ? detail.split("|") : [];
  if (least !== undefined && most !== undefined && given !== undefined)
    return importWords[language].outOfRange(least, most, given);
  const sentence = sayWhy(language, whyWords(language), why);
  if (detail === "") return /[.!?)\u17d4]$/.test(sentence) ? sentence : `${sentence}.`;
  return why.startsWith("import.row.")
    ? `${sentence.replace(/\.$/, "")} ${detail}.`
    : `${sentence.replace(/\.$/, "")}: ${detail}.`;
}
export const sayProblem = (language: Language, { column, why, detail }: RowProblem): string =>
  column === undefined
    ? sayFault(language, why, detail)
    : importWords[language].faultLine(column, sayFault(language, why, detail));

export type ReportedRow = { raw: Record<string, CellValue>; problems: readonly RowProblem[] };
/** The rows at fault in the format they came in, with a last column that says what to mend; it can be mended and sent again. */
export const badRowsFile = (
  rows: AsyncIterable<ReportedRow>,
  of: { format: SheetFormat; headers: readonly string[]; language: Language },
): AsyncGenerator<Uint8Array> => {
  const reported = async function* () {
    for await (const { raw, problems } of rows)
      yield { cells: raw, faults: problems.map((problem) => sayProblem(of.language, problem)) };
  };
  return writeSheet(reported(), {
    format: of.format,
    headers: of.headers,
    sheetTitle: importWords[of.language].badRows,
    faultColumn: sheetWords[of.language].faultColumn,
  });
};

/** A template with drop-down lists, from the same columns that read the rows. */
export function templateOf(kind: ImportKind, pack: ProvincePack, language: Language): Promise<Uint8Array> {
  const t = importWords[language];
  return writeTemplate({
    sheetTitle: t.kind[kind],
    instructions: t.templateLines,
    words: sheetWords[language],
    columns: columnsOf(kind).map((column) => ({
      header: headerOf(column.key, language),
      note: noteOf(column.key, language),
      required: column.required ?? false,
      example: column.example,
      ...(column.as === "CHOICE" &&
        column.of && { choices: choicesOf(pack, column.of).map((choice) => choice.labels[language]) }),
    })),
  });
}
