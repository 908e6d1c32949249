import type { SearchShape } from "./search.types.ts";
import { compact, emptyIndex, type Postings, type SearchIndex } from "./store.ts";

/** Bumped whenever the bytes or the making of terms change: an older snapshot is then built anew. */
export const schemaVersion = 1;

type Header = {
  schema: number;
  shape: SearchShape;
  ids: string[];
  terms: string[];
  sizes: number[];
  values: Record<string, string[]>;
};

const align = (length: number): number => (length + 7) & ~7;

/** The index as bytes: a JSON header, then the number columns, each on a boundary of eight. */
export function encode(index: SearchIndex): Uint8Array {
  compact(index);
  const postings = [...index.terms.values()];
  const columns = [...index.facets.values()];
  const count = postings.reduce((sum, p) => sum + p.size, 0);
  const documents = new Uint32Array(count);
  const weights = new Uint16Array(count);
  let at = 0;
  for (const p of postings) {
    documents.set(p.documents.subarray(0, p.size), at);
    weights.set(p.weights.subarray(0, p.size), at);
    at += p.size;
  }
  const header: Header = {
    schema: schemaVersion,
    shape: index.shape,
    ids: index.ids,
    terms: [...index.terms.keys()],
    sizes: postings.map((p) => p.size),
    values: Object.fromEntries([...index.facets].map(([name, column]) => [name, column.values])),
  };
  const parts = [
    index.times.slice(0, index.size),
    index.lengths.slice(0, index.size),
    documents,
    weights,
    ...columns.flatMap((c) => {
      const offsets = c.offsets.slice(0, index.size + 1);
      return [offsets, c.codes.slice(0, offsets[index.size] ?? 0)];
    }),
  ];
  return glue(new TextEncoder().encode(JSON.stringify(header)), parts);
}

function glue(header: Uint8Array, parts: readonly ArrayBufferView[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + align(part.byteLength), 8 + align(header.length)));
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  bytes.set(header, 8);
  let at = 8 + align(header.length);
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += align(part.byteLength);
  }
  return bytes;
}

/** The index again; undefined for bytes of another schema. */
export function decode(given: Uint8Array): SearchIndex | undefined {
  const bytes = given.byteOffset % 8 === 0 ? given : given.slice();
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Header;
  if (header.schema !== schemaVersion) return undefined;
  let at = bytes.byteOffset + 8 + align(length);
  const take = <T extends ArrayBufferView>(
    kind: new (buffer: ArrayBufferLike, offset: number, length: number) => T,
    unit: number,
    size: number,
  ): T => {
    const view = new kind(bytes.buffer, at, size);
    at += align(size * unit);
    return view;
  };
  const index = emptyIndex(header.shape);
  const size = header.ids.length;
  index.size = size;
  index.live = size;
  index.ids = header.ids;
  index.rows = new Map(header.ids.map((id, row) => [id, row]));
  index.alive = new Uint8Array(size).fill(1);
  index.times = take(Float64Array, 8, size);
  index.lengths = take(Uint32Array, 4, size);
  index.totalLength = index.lengths.reduce((sum, one) => sum + one, 0);
  const count = header.sizes.reduce((sum, one) => sum + one, 0);
  readPostings(index, header, take(Uint32Array, 4, count), take(Uint16Array, 2, count));
  for (const [name, column] of index.facets) {
    column.values = header.values[name] ?? [];
    column.codeOf = new Map(column.values.map((value, code) => [value, code]));
    column.offsets = take(Uint32Array, 4, size + 1);
    column.codes = take(Uint32Array, 4, column.offsets[size] ?? 0);
  }
  return index;
}

function readPostings(index: SearchIndex, header: Header, documents: Uint32Array, weights: Uint16Array): void {
  index.termsOf = header.ids.map(() => []);
  let at = 0;
  header.terms.forEach((term, n) => {
    const size = header.sizes[n] ?? 0;
    const postings: Postings = {
      documents: documents.slice(at, at + size),
      weights: weights.slice(at, at + size),
      size,
      live: size,
    };
    at += size;
    index.terms.set(term, postings);
    for (const row of postings.documents) index.termsOf[row]?.push(postings);
  });
}
