import type { ComponentChildren } from "preact";

/** Records as terms with values, and as tables that fold on a phone. */

/** Terms with their values, side by side where there is room; entries whose value is empty are left out. */
export const Facts = ({ of }: { of: readonly (readonly [term: string, value: ComponentChildren])[] }) => (
  <div class="@container">
    <dl class="grid gap-x-6 gap-y-2 @lg:grid-cols-[minmax(9rem,14rem)_1fr]">
      {of
        .filter(([, value]) => value !== undefined && value !== null && value !== "" && value !== false)
        .map(([term, value]) => (
          <div key={term} class="contents">
            <dt class="text-muted">{term}</dt>
            <dd class="mb-2 min-w-0 break-words whitespace-pre-line @lg:mb-0">{value}</dd>
          </div>
        ))}
    </dl>
  </div>
);

export type Column<T> = {
  head: string;
  cell: (row: T) => ComponentChildren;
  number?: boolean /** Codes that must not break at their hyphens. */;
  nowrap?: boolean;
};
/** A table that folds into cards on a phone: each cell repeats its heading there. */
export function Table<T>({
  columns,
  rows,
  caption,
  keyOf,
}: {
  columns: readonly Column<T>[];
  rows: readonly T[];
  caption: string;
  keyOf: (row: T) => string;
}) {
  return (
    <div class="bg-base-100 border-base-300 rounded-box mb-4 border">
      <table class="w-full text-left">
        <caption class="sr-only">{caption}</caption>
        <thead class="border-base-300 hidden border-b md:table-header-group">
          <tr>
            {columns.map((column) => (
              <th
                key={column.head}
                scope="col"
                class={`p-3 align-bottom font-semibold ${column.number ? "text-right" : ""}`}
              >
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} class="border-base-300 block border-b p-2 last:border-b-0 md:table-row md:p-0">
              {columns.map((column) => (
                <td
                  key={column.head}
                  class={`flex flex-wrap justify-between gap-x-4 px-2 py-1 align-top md:table-cell md:p-3 ${column.number ? "tabular-nums md:text-right" : ""} ${column.number || column.nowrap ? "md:whitespace-nowrap" : ""}`}
                >
                  <span class="text-muted md:hidden" aria-hidden="true">
                    {column.head}
                  </span>
                  <span class="min-w-0 break-words">{column.cell(row)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
