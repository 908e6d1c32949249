import { type RawBuilder, sql } from "kysely";
import type { Conditions, Fold, Range } from "../../../engine/indicators/index.ts";
import { addDays, type Day } from "../../../kernel/clock.ts";

/** Pieces of SQL that several queries of figures share. Column names come from here, values go as parameters. */

export const keyColumns = {
  goodsKind: "goods_kind",
  flow: "flow",
  originCountry: "origin_country",
  supplierOrgType: "supplier_org_type",
  sector: "sector",
  territory: "territory",
  evidenceLevel: "evidence_level",
} as const;

const among = (column: string, values: readonly (string | number)[]): RawBuilder<boolean> =>
  column === "evidence_level"
    ? sql<boolean>`${sql.ref(column)} = any(${[...values]}::int[])`
    : sql<boolean>`${sql.ref(column)} = any(${[...values]}::text[])`;

/** Whether a row of counted_line satisfies the tests; its day is the caller's. */
export function conditionsSql(conditions: Conditions): RawBuilder<boolean> {
  const parts = conditions.tests.map((test) => {
    if (test.op === "MIN") return sql<boolean>`evidence_level >= ${test.min}::int`;
    const inside = among(keyColumns[test.key], test.values);
    return test.op === "IN" ? inside : sql<boolean>`not (${inside})`;
  });
  return parts.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(parts, sql` and `)})`;
}

/** A key's value, or what stands for its class; a key that no test reads is left out of the grouping. */
export function foldSql(column: string, fold: Fold | undefined): RawBuilder<unknown> {
  const isNumber = column === "evidence_level";
  if (!fold) return isNumber ? sql`0` : sql`''::text`;
  const one = (value: string | number) => (isNumber ? sql`${value}::int` : sql`${value}::text`);
  if (fold.classes.length === 0) return one(fold.rest);
  const cases = fold.classes.map((c) => sql`when ${among(column, c.values)} then ${one(c.stands)}`);
  return sql`case ${sql.join(cases, sql` `)} else ${one(fold.rest)} end`;
}

/** The first instant after a day in Viet Nam. */
export const endOf = (day: Day): Date => new Date(`${addDays(day, 1)}T00:00:00+07:00`);

export const spanIn = (spans: readonly Range[]): RawBuilder<boolean> =>
  sql<boolean>`(${sql.join(
    spans.map((span) => sql`(span_from = ${span.from}::date and span_to = ${span.to}::date)`),
    sql` or `,
  )})`;
export const daysIn = (column: string, ranges: readonly Range[]): RawBuilder<boolean> =>
  sql<boolean>`(${sql.join(
    ranges.map((range) => sql`${sql.ref(column)} between ${range.from}::date and ${range.to}::date`),
    sql` or `,
  )})`;
