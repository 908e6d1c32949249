import { readCsv } from "./csv.read.ts";
import { readJsonl } from "./jsonl.read.ts";
import { FaultOfFile, type SheetItem, type SheetLimits, type SheetOptions, sheetLimits } from "./sheet.types.ts";
import type { SheetSource } from "./source.ts";
import { readXlsx } from "./xlsx.read.ts";

export * from "./sheet.types.ts";
export { sheetWords } from "./sheet.words.ts";
export { type ReportRow, type WriteOptions, writeSheet } from "./sheet.write.ts";
export type { SheetSource } from "./source.ts";
export { type TemplateColumn, type TemplateOptions, writeTemplate } from "./template.write.ts";

const readers = { xlsx: readXlsx, csv: readCsv, jsonl: readJsonl };

/**
 * Streams the rows of a file: `{ number, cells, faults }` each, and as last item `{ fault, detail }` when the whole file is refused, which
 * voids the rows given before it (stage them where nothing is visible, decisions.md 20). Bad files never throw; a missing path or a
 * broken stream does. Leaving the loop early closes files and removes temporary ones.
 */
export async function* readSheet(source: SheetSource, options: SheetOptions): AsyncGenerator<SheetItem> {
  const limits: SheetLimits = { ...sheetLimits, ...options.limits };
  try {
    yield* readers[options.format](source, limits, options);
  } catch (error) {
    if (!(error instanceof FaultOfFile)) throw error;
    yield error.item;
  }
}
