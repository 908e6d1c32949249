/** Search in memory: pure functions over an index that the caller holds (design §5, decisions.md 21). */
export { decode, encode } from "./codec.ts";
export { query } from "./query.ts";
export type * from "./search.types.ts";
export { markersOf, type Snippet, snippet } from "./snippet.ts";
export { apply, build, type SearchIndex } from "./store.ts";
