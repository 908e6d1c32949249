import type { PoolClient } from "pg";

/**
 * What the database would stamp with the moment of the load is stamped with the time of the step instead: `now()` in a change, and every
 * column whose default reads the time and that an insert leaves out.
 */
export type Stamp = (text: string, values: readonly unknown[]) => { text: string; values: unknown[] };

export async function stampingOf(client: PoolClient, now: () => Date): Promise<Stamp> {
  const { rows } = await client.query<{ table: string; columns: string[] }>(
    `select table_name as "table", array_agg(column_name::text order by ordinal_position) as columns from information_schema.columns
     where table_schema = 'public' and column_default ~ '\\mnow\\(\\)' group by 1`,
  );
  const stamped = new Map(rows.map((row) => [row.table, row.columns]));
  const rewritten = new Map<string, string>();
  return (text, values) => {
    if (!/^(?:insert into|update) "/.test(text)) return { text, values: [...values] };
    const known = rewritten.get(text) ?? withStamp(text, stamped, values.length + 1);
    rewritten.set(text, known);
    return { text: known, values: known === text ? [...values] : [...values, now()] };
  };
}

function withStamp(text: string, stamped: ReadonlyMap<string, readonly string[]>, index: number): string {
  const at = `$${index}::timestamptz`;
  const insert = /^insert into "(\w+)" \(([^)]*)\) values /.exec(text);
  if (!insert) return text.replaceAll("now()", at);
  const [head, table = "", columns = ""] = insert;
  const left = (stamped.get(table) ?? []).filter((column) => !columns.includes(`"${column}"`));
  const rest = text.slice(head.length).replaceAll("now()", at);
  if (left.length === 0) return head + rest;
  const names = left.map((column) => `, "${column}"`).join("");
  return `insert into "${table}" (${columns}${names}) values ${widened(rest, `, ${left.map(() => at).join(", ")}`)}`;
}

/** The tuples after `values`, each with one more part at its end. */
function widened(tuples: string, part: string): string {
  let depth = 0;
  let isInTuples = true;
  let out = "";
  for (const [index, letter] of [...tuples].entries()) {
    if (letter === "(") depth++;
    if (letter === ")" && --depth === 0 && isInTuples) {
      out += part;
      isInTuples = tuples.startsWith("), (", index);
    }
    out += letter;
  }
  return out;
}
