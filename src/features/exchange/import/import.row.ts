import type { CellValue, SheetRow } from "../../../platform/sheet/index.ts";
import type { Choices } from "./import.choices.ts";
import { type ColumnKey, columnsOf, type ImportColumn, identityOf } from "./import.columns.ts";
import { applyRule, type ColumnRule, headersRead, type Mapping } from "./import.mapping.ts";
import type { ImportKind, RowProblem } from "./import.rules.ts";
import { readValue, type Value } from "./import.values.ts";

/** A row of the file as values of ours, with every fault named by the header that the sender knows. */
export type Values = Partial<Record<ColumnKey, Value>>;
export type ReadRow = {
  number: number;
  raw: Record<string, CellValue>;
  sourceId: string | undefined;
  values: Values;
  problems: RowProblem[];
};

type Bound = { column: ImportColumn; rule: ColumnRule; header: string };

export class RowReader {
  readonly #bound: Bound[];
  readonly #headers: Map<string, string>;
  readonly #choices: Choices;
  readonly #identity: ColumnKey;

  constructor(kind: ImportKind, mapping: Mapping, choices: Choices) {
    this.#choices = choices;
    this.#identity = identityOf(kind);
    this.#bound = columnsOf(kind).flatMap((column) => {
      const rule = mapping.columns[column.key];
      return rule ? [{ column, rule, header: headersRead(rule)[0] ?? column.key }] : [];
    });
    this.#headers = new Map(this.#bound.map(({ column, header }) => [column.key, header]));
  }

  /** The file's header behind a column of ours. */
  headerOf(key: string): string {
    return this.#headers.get(key) ?? key;
  }

  read(row: SheetRow): ReadRow {
    const problems: RowProblem[] = row.faults.map(({ fault, column, detail }) => ({
      why: fault,
      ...(column && { column }),
      ...(detail && { detail }),
    }));
    const atFault = new Set(row.faults.map((fault) => fault.column));
    const values: Values = {};
    if (row.faults.every((fault) => fault.column !== undefined))
      for (const { column, rule, header } of this.#bound) {
        const value = applyRule(rule, row.cells);
        if (value === undefined) {
          if (column.required && !headersRead(rule).some((name) => atFault.has(name)))
            problems.push({ column: header, why: "field.required" });
          continue;
        }
        const read = readValue(column, value, this.#choices);
        if (read.ok) values[column.key] = read.value;
        else problems.push({ column: header, why: read.why, detail: read.detail });
      }
    const id = values[this.#identity];
    const sourceId = typeof id === "string" ? id : undefined;
    if (sourceId !== undefined && sourceId.length > 200)
      problems.push({ column: this.headerOf(this.#identity), why: "field.too_long" });
    return { number: row.number, raw: row.cells, sourceId: sourceId?.slice(0, 200), values, problems };
  }
}
