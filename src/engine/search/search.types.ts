/** What the search engine takes and answers. Pure data: no table, no request, no clock. */

/** A document to be found: texts by field, values by facet, and when it was published (for "newest"). */
export type SearchDocument = {
  id: string;
  time: number;
  fields: Readonly<Record<string, string>>;
  facets: Readonly<Record<string, readonly string[]>>;
};

/** The fields with their weights (small whole numbers) and the facets an index keeps. */
export type SearchShape = { fields: Readonly<Record<string, number>>; facets: readonly string[] };

/** What to bring into an index: documents to put (new or changed) and ids to take out. */
export type Changes = { put?: readonly SearchDocument[]; remove?: readonly string[] };

/** Where a page ended: the last hit's rank and id. Rank is its score, or its time when sorted by newest. */
export type SearchCursor = { rank: number; id: string };

export type SearchQuery = {
  text?: string | undefined;
  /** By facet: any of the values; between facets: all. */
  filters?: Readonly<Record<string, readonly string[]>>;
  /** The facets to count. Each is counted under the other facets' filters, not its own. */
  facets?: readonly string[];
  sort?: "relevance" | "newest";
  limit: number;
  after?: SearchCursor | undefined;
};

export type FacetCount = { value: string; count: number };
export type SearchResult = {
  hits: { id: string; score: number }[];
  total: number;
  facets: Record<string, FacetCount[]>;
  next?: SearchCursor;
  /** True when no document had enough of the words, so that fewer of them were asked for. */
  relaxed: boolean;
};
