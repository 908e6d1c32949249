import type { FacetCount, SearchCursor, SearchQuery, SearchResult } from "./search.types.ts";
import type { FacetColumn, SearchIndex } from "./store.ts";
import { pairOf, wordsIn } from "./words.ts";

/** BM25's usual constants: how fast repetition stops counting, how much length is held against a text. */
const k1 = 1.2;
const b = 0.6;
/** What spelling and neighbourhood add to the word itself. */
const share = { word: 1, exact: 0.6, pair: 0.7, exactPair: 0.5 };
const wordsMax = 32;

type Scores = { score: Float64Array; matched: Uint8Array; words: number };
type Filter = { column: FacetColumn; wanted: Uint8Array; name: string };

/** Finds, ranks, counts and pages. Ties fall by id, so the answer is the same every time. */
export function query(index: SearchIndex, asked: SearchQuery): SearchResult {
  const scores = asked.text ? scoreText(index, asked.text) : undefined;
  const need = scores ? wordsNeeded(scores.words) : 0;
  const strict = select(index, asked, scores, need);
  if (!scores || need <= 1 || strict.total > 0 || asked.text === undefined) return { ...strict, relaxed: false };
  for (let fewer = Math.ceil(need / 2); ; fewer = Math.floor(fewer / 2)) {
    const relaxed = select(index, asked, scores, Math.max(1, fewer));
    if (relaxed.total > 0 || fewer <= 1) return { ...relaxed, relaxed: relaxed.total > 0 };
  }
}

/** Up to two words must all be there; of more, three in four. */
export const wordsNeeded = (count: number): number => (count <= 2 ? count : Math.ceil(count * 0.75));

function scoreText(index: SearchIndex, text: string): Scores | undefined {
  const words = wordsIn(text.slice(0, 1_000).normalize("NFC")).slice(0, wordsMax);
  if (words.length === 0) return undefined;
  const scores: Scores = { score: new Float64Array(index.size), matched: new Uint8Array(index.size), words: 0 };
  const done = new Set<string>();
  const once = (term: string, part: number, counts: boolean) => {
    if (done.has(term)) return;
    done.add(term);
    if (counts) scores.words++;
    addTerm(index, term, part, counts, scores);
  };
  for (const word of words) once(word.folded, share.word, true);
  words.forEach((word, at) => {
    if (word.exact !== word.folded) once(word.exact, share.exact, false);
    const next = words[at + 1];
    const pair = next && pairOf(word, next);
    if (!pair) return;
    once(pair.folded, share.pair, false);
    if (pair.exact !== pair.folded) once(pair.exact, share.exactPair, false);
  });
  return scores;
}

function addTerm(index: SearchIndex, term: string, part: number, counts: boolean, into: Scores): void {
  const postings = index.terms.get(term);
  if (!postings || postings.live === 0) return;
  const idf = Math.log(1 + (index.live - postings.live + 0.5) / (postings.live + 0.5)) * part;
  const average = index.totalLength / Math.max(1, index.live) || 1;
  for (let at = 0; at < postings.size; at++) {
    const row = postings.documents[at] ?? 0;
    if (!index.alive[row]) continue;
    const weight = postings.weights[at] ?? 0;
    const long = 1 - b + (b * (index.lengths[row] ?? 0)) / average;
    into.score[row] = (into.score[row] ?? 0) + (idf * weight * (k1 + 1)) / (weight + k1 * long);
    if (counts) into.matched[row] = (into.matched[row] ?? 0) + 1;
  }
}

/** One pass over the rows: who passes all filters is a hit; who fails exactly one is still counted for that one's facet. */
function select(
  index: SearchIndex,
  asked: SearchQuery,
  scores: Scores | undefined,
  need: number,
): Omit<SearchResult, "relaxed"> {
  const filters = filtersOf(index, asked);
  const counters = (asked.facets ?? []).flatMap((name) => {
    const column = index.facets.get(name);
    return column ? [{ name, column, counts: new Uint32Array(column.values.length) }] : [];
  });
  const best = topRows(index, asked, scores && asked.sort !== "newest" ? scores.score : index.times);
  let total = 0;
  for (let row = 0; row < index.size; row++) {
    if (!index.alive[row] || (scores && (scores.matched[row] ?? 0) < need)) continue;
    let failed: Filter | undefined;
    let fails = 0;
    for (const filter of filters) {
      if (passes(filter, row)) continue;
      failed = filter;
      if (++fails > 1) break;
    }
    if (fails > 1) continue;
    for (const counter of counters)
      if (!failed || failed.name === counter.name) tally(counter.column, counter.counts, row);
    if (failed) continue;
    total++;
    best.offer(row);
  }
  const facets = Object.fromEntries(counters.map(({ name, column, counts }) => [name, listed(column, counts)]));
  return { ...best.page(), total, facets };
}

function filtersOf(index: SearchIndex, asked: SearchQuery): Filter[] {
  return Object.entries(asked.filters ?? {}).flatMap(([name, values]) => {
    const column = index.facets.get(name);
    if (!column || values.length === 0) return [];
    const wanted = new Uint8Array(column.values.length);
    for (const value of values) {
      const code = column.codeOf.get(value);
      if (code !== undefined) wanted[code] = 1;
    }
    return [{ name, column, wanted }];
  });
}

function passes({ column, wanted }: Filter, row: number): boolean {
  const end = column.offsets[row + 1] ?? 0;
  for (let at = column.offsets[row] ?? 0; at < end; at++) if (wanted[column.codes[at] ?? 0]) return true;
  return false;
}

function tally(column: FacetColumn, counts: Uint32Array, row: number): void {
  const end = column.offsets[row + 1] ?? 0;
  for (let at = column.offsets[row] ?? 0; at < end; at++) {
    const code = column.codes[at] ?? 0;
    counts[code] = (counts[code] ?? 0) + 1;
  }
}

const listed = (column: FacetColumn, counts: Uint32Array): FacetCount[] =>
  [...counts]
    .map((count, code) => ({ value: column.values[code] ?? "", count }))
    .filter(({ count }) => count > 0)
    .sort((x, y) => y.count - x.count || (x.value < y.value ? -1 : 1));

/** Keeps the best `limit + 1` rows after the cursor; the extra one only tells that there is more. */
function topRows(index: SearchIndex, asked: SearchQuery, rank: Float64Array) {
  const rows: number[] = [];
  const limit = asked.limit;
  const rankOf = (row: number) => rank[row] ?? 0;
  const idOf = (row: number) => index.ids[row] ?? "";
  const before = (x: number, y: number) => rankOf(x) > rankOf(y) || (rankOf(x) === rankOf(y) && idOf(x) < idOf(y));
  const behind = (row: number, after: SearchCursor) =>
    rankOf(row) < after.rank || (rankOf(row) === after.rank && idOf(row) > after.id);
  return {
    offer(row: number): void {
      if (asked.after && !behind(row, asked.after)) return;
      const worst = rows[limit];
      if (worst !== undefined && !before(row, worst)) return;
      let low = 0;
      let high = rows.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (before(rows[middle] ?? 0, row)) low = middle + 1;
        else high = middle;
      }
      rows.splice(low, 0, row);
      if (rows.length > limit + 1) rows.pop();
    },
    page(): Pick<SearchResult, "hits" | "next"> {
      const hits = rows.slice(0, limit).map((row) => ({ id: idOf(row), score: rankOf(row) }));
      const last = hits.at(-1);
      return rows.length > limit && last ? { hits, next: { rank: last.score, id: last.id } } : { hits };
    },
  };
}
