import type { SearchCursor } from "../../../engine/search/index.ts";
import { decodeCursor, encodeCursor } from "../../../kernel/paging.ts";
import { tidyText } from "../../../kernel/text.ts";
import { type ShownFacet, shownFacets } from "./catalogue.document.ts";

/** The catalogue's address: what is asked, read from and written to a query string. */
export type Asked = {
  text: string;
  filters: Partial<Record<ShownFacet, string[]>>;
  sort: "relevance" | "newest";
  after: SearchCursor | undefined;
};

const names: Record<ShownFacet, string> = {
  goodsKind: "loai",
  field: "linh-vuc",
  sector: "nganh",
  trl: "trl",
  origin: "xuat-xu",
  price: "gia",
  territory: "dia-ban",
};
const textMax = 200;
const valuesMax = 20;

export function readAsked(query: URLSearchParams): Asked {
  const filters: Asked["filters"] = {};
  for (const facet of shownFacets) {
    const values = query
      .getAll(names[facet])
      .filter((value) => /^[A-Za-z0-9_-]{1,60}$/.test(value))
      .slice(0, valuesMax);
    if (values.length) filters[facet] = [...new Set(values)];
  }
  const [rank, id] = decodeCursor(query.get("sau") ?? undefined, 2) ?? [];
  return {
    text: tidyText(query.get("tu-khoa") ?? "")
      .slice(0, textMax)
      .toWellFormed(),
    filters,
    sort: query.get("xep") === "moi-nhat" ? "newest" : "relevance",
    after: typeof rank === "number" && typeof id === "string" ? { rank, id } : undefined,
  };
}

/** The same asking as an address, with changes; a changed asking begins at its first page. */
export function addressOfAsked(path: string, asked: Asked, change: Partial<Asked> = {}): string {
  const to = { ...asked, after: undefined, ...change };
  const query = new URLSearchParams();
  if (to.text) query.set("tu-khoa", to.text);
  for (const facet of shownFacets) for (const value of to.filters[facet] ?? []) query.append(names[facet], value);
  if (to.sort === "newest") query.set("xep", "moi-nhat");
  if (to.after) query.set("sau", encodeCursor([to.after.rank, to.after.id]));
  return query.size ? `${path}?${query}` : path;
}

/** The filters with one value put in or taken out. */
export function toggled(asked: Asked, facet: ShownFacet, value: string): Asked["filters"] {
  const now = asked.filters[facet] ?? [];
  const next = now.includes(value) ? now.filter((one) => one !== value) : [...now, value];
  return { ...asked.filters, [facet]: next };
}

/** What a form must send along besides the text: filters and order. */
export const hiddenOfAsked = (asked: Asked): [string, string][] => [
  ...shownFacets.flatMap((facet) =>
    (asked.filters[facet] ?? []).map((value): [string, string] => [names[facet], value]),
  ),
  ...(asked.sort === "newest" ? ([["xep", "moi-nhat"]] as [string, string][]) : []),
];
