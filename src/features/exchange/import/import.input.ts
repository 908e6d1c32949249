import { z } from "zod";
import { type ColumnKey, columnsOf } from "./import.columns.ts";
import { type ImportKind, importKinds, sourcePattern } from "./import.rules.ts";

/** What the forms of imports may send. */

export const startInput = z.object({
  kind: z.enum(importKinds, "field.choice.invalid"),
  organisationId: z
    .uuid("import.organisation.missing")
    .or(z.literal("").transform(() => undefined))
    .optional(),
  /** An operator's word for somebody else's organisation. */
  organisation: z.string().max(200, "import.organisation.unknown").optional(),
  publish: z.literal("yes", "form.invalid").optional(),
  source: z.string("import.source.invalid").regex(sourcePattern, "import.source.invalid"),
});

export const decisions = ["accept-all", "accept-valid", "publish-all", "publish-valid", "cancel", "retry"] as const;
export const decideInput = z.object({ decision: z.enum(decisions, "form.invalid") });

/** `column3=title`: the file's fourth column is our title; blank ones are left out. */
export function readChosen(
  kind: ImportKind,
  headers: readonly string[],
  fields: Readonly<Record<string, unknown>>,
): { header: string; key: ColumnKey }[] | undefined {
  const chosen: { header: string; key: ColumnKey }[] = [];
  for (const [index, header] of headers.entries()) {
    const typed = fields[`column${index}`];
    if (typeof typed !== "string" || typed === "") continue;
    const column = columnsOf(kind).find(({ key }) => key === typed);
    if (!column) return undefined;
    chosen.push({ header, key: column.key });
  }
  return chosen;
}

/** Kinds as they stand in addresses of templates. */
export const kindOfAddress = (text: string): ImportKind | undefined =>
  importKinds.find((kind) => addressOfKind[kind] === text);
export const addressOfKind: Readonly<Record<ImportKind, string>> = {
  OFFERS: "chao-ban",
  REQUESTS: "nhu-cau",
  DEALS: "giao-dich",
};
