import type { Changes, SearchDocument, SearchShape } from "./search.types.ts";
import { termsIn } from "./words.ts";

/** Where a term stands: documents in growing order, with the term's weighted count in each. */
export type Postings = { documents: Uint32Array; weights: Uint16Array; size: number; live: number };
/** A facet's values as small numbers, those of document d at codes[offsets[d]…offsets[d + 1]]. */
export type FacetColumn = { values: string[]; codeOf: Map<string, number>; offsets: Uint32Array; codes: Uint32Array };

/** An index in memory. Documents only append; one that is taken out stays as a dead row until the index is compacted. */
export type SearchIndex = {
  shape: SearchShape;
  size: number;
  live: number;
  ids: string[];
  rows: Map<string, number>;
  alive: Uint8Array;
  times: Float64Array;
  lengths: Uint32Array;
  totalLength: number;
  terms: Map<string, Postings>;
  /** The postings each document is in, to keep document counts right when it goes. */
  termsOf: Postings[][];
  facets: Map<string, FacetColumn>;
};

export function emptyIndex(shape: SearchShape): SearchIndex {
  return {
    shape,
    size: 0,
    live: 0,
    ids: [],
    rows: new Map(),
    alive: new Uint8Array(64),
    times: new Float64Array(64),
    lengths: new Uint32Array(64),
    totalLength: 0,
    terms: new Map(),
    termsOf: [],
    facets: new Map(
      shape.facets.map((name) => [
        name,
        { values: [], codeOf: new Map(), offsets: new Uint32Array(64), codes: new Uint32Array(64) },
      ]),
    ),
  };
}

/** The same array, or one of twice the room. */
export function room<T extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(array: T, size: number): T {
  if (size <= array.length) return array;
  const wider = new (array.constructor as new (length: number) => T)(Math.max(size, array.length * 2));
  wider.set(array as never);
  return wider;
}

/** Builds an index of all documents at once. */
export function build(shape: SearchShape, documents: Iterable<SearchDocument>): SearchIndex {
  const index = emptyIndex(shape);
  for (const document of documents) put(index, document);
  return index;
}

/** Brings changes into an index; a document put again replaces its former self. */
export function apply(index: SearchIndex, changes: Changes): void {
  for (const id of changes.remove ?? []) remove(index, id);
  for (const document of changes.put ?? []) put(index, document);
  if (index.size > 2_000 && index.live < index.size / 2) compact(index);
}

function remove(index: SearchIndex, id: string): void {
  const row = index.rows.get(id);
  if (row === undefined) return;
  index.rows.delete(id);
  index.alive[row] = 0;
  index.live--;
  index.totalLength -= index.lengths[row] ?? 0;
  for (const postings of index.termsOf[row] ?? []) postings.live--;
  index.termsOf[row] = [];
}

function put(index: SearchIndex, document: SearchDocument): void {
  remove(index, document.id);
  const row = index.size++;
  index.alive = room(index.alive, index.size);
  index.times = room(index.times, index.size);
  index.lengths = room(index.lengths, index.size);
  const { postings, length } = post(index, row, document);
  index.ids.push(document.id);
  index.rows.set(document.id, row);
  index.alive[row] = 1;
  index.times[row] = document.time;
  index.lengths[row] = length;
  index.live++;
  index.totalLength += length;
  index.termsOf.push(postings);
  for (const [name, column] of index.facets) enter(column, row, document.facets[name] ?? []);
}

/** Enters a document under each of its terms with its count, weighted by the fields it stands in: one look-up a word, nothing kept aside. */
function post(index: SearchIndex, row: number, document: SearchDocument): { postings: Postings[]; length: number } {
  const postings: Postings[] = [];
  let length = 0;
  for (const [field, weight] of Object.entries(index.shape.fields)) {
    const text = document.fields[field];
    if (!text) continue;
    for (const term of termsIn(text)) {
      length += weight;
      const of = postingsOf(index, term);
      const last = of.size - 1;
      if (last >= 0 && of.documents[last] === row)
        of.weights[last] = Math.min(65_535, (of.weights[last] ?? 0) + weight);
      else {
        postings.push(of);
        append(of, row, weight);
      }
    }
  }
  return { postings, length };
}

function postingsOf(index: SearchIndex, term: string): Postings {
  const known = index.terms.get(term);
  if (known) return known;
  const made = { documents: new Uint32Array(2), weights: new Uint16Array(2), size: 0, live: 0 };
  index.terms.set(term, made);
  return made;
}

function append(postings: Postings, row: number, weight: number): void {
  postings.documents = room(postings.documents, postings.size + 1);
  postings.weights = room(postings.weights, postings.size + 1);
  postings.documents[postings.size] = row;
  postings.weights[postings.size] = Math.min(65_535, weight);
  postings.size++;
  postings.live++;
}

function enter(column: FacetColumn, row: number, values: readonly string[]): void {
  const start = column.offsets[row] ?? 0;
  const distinct = [...new Set(values)];
  column.codes = room(column.codes, start + distinct.length);
  distinct.forEach((value, at) => {
    let code = column.codeOf.get(value);
    if (code === undefined) {
      code = column.values.push(value) - 1;
      column.codeOf.set(value, code);
    }
    column.codes[start + at] = code;
  });
  column.offsets = room(column.offsets, row + 2);
  column.offsets[row + 1] = start + distinct.length;
}

/** Drops dead rows: what is left keeps its order. */
export function compact(index: SearchIndex): void {
  if (index.live === index.size) return;
  const kept: number[] = [];
  const moved = new Int32Array(index.size).fill(-1);
  for (let row = 0; row < index.size; row++) if (index.alive[row]) moved[row] = kept.push(row) - 1;
  const termsOf: Postings[][] = kept.map(() => []);
  for (const [term, postings] of index.terms) {
    squeeze(postings, moved, termsOf);
    if (postings.size === 0) index.terms.delete(term);
  }
  for (const column of index.facets.values()) {
    const rows = kept.map((row) => [...column.codes.subarray(column.offsets[row], column.offsets[row + 1])]);
    column.offsets = new Uint32Array(kept.length + 1);
    rows.forEach((codes, row) => {
      column.offsets[row + 1] = (column.offsets[row] ?? 0) + codes.length;
    });
    column.codes = Uint32Array.from(rows.flat());
  }
  index.ids = kept.map((row) => index.ids[row] ?? "");
  index.rows = new Map(index.ids.map((id, row) => [id, row]));
  index.times = Float64Array.from(kept, (row) => index.times[row] ?? 0);
  index.lengths = Uint32Array.from(kept, (row) => index.lengths[row] ?? 0);
  index.alive = new Uint8Array(kept.length).fill(1);
  index.size = kept.length;
  index.termsOf = termsOf;
}

function squeeze(postings: Postings, moved: Int32Array, termsOf: Postings[][]): void {
  let size = 0;
  for (let at = 0; at < postings.size; at++) {
    const row = moved[postings.documents[at] ?? 0] ?? -1;
    if (row < 0) continue;
    postings.documents[size] = row;
    postings.weights[size] = postings.weights[at] ?? 0;
    termsOf[row]?.push(postings);
    size++;
  }
  postings.size = size;
  postings.live = size;
}
