import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  apply,
  build,
  decode,
  encode,
  markersOf,
  query,
  type SearchDocument,
  type SearchQuery,
  snippet,
} from "./index.ts";
import { wordsNeeded } from "./query.ts";
import { wordsIn } from "./words.ts";

const shape = { fields: { title: 6, body: 1 }, facets: ["kind", "field"] };
const doc = (id: string, title: string, over: Partial<SearchDocument> = {}): SearchDocument => ({
  id,
  time: 0,
  fields: { title },
  facets: {},
  ...over,
});
const ids = (documents: SearchDocument[], text: string) =>
  query(build(shape, documents), { text, limit: 20 }).hits.map((h) => h.id);

describe("words", () => {
  test("what is typed without diacritics finds Vietnamese; exact spelling ranks first", () => {
    const documents = [doc("a", "Cây dưa sập giá"), doc("b", "Nhân giống cây dừa sáp"), doc("c", "Máy sấy lúa")];
    expect(ids(documents, "dua sap").sort()).toEqual(["a", "b"]);
    expect(ids(documents, "dừa sáp")[0]).toBe("b");
    expect(ids(documents, "dưa sập")[0]).toBe("a");
  });
  test("đ is d, and decomposed text is the same text", () => {
    expect(ids([doc("a", "Đèn điện")], "den dien")).toEqual(["a"]);
    expect(ids([doc("a", "dừa sáp".normalize("NFD"))], "dừa sáp")).toEqual(["a"]);
  });
  test("English plurals meet their singulars", () => {
    expect(ids([doc("a", "Shrimp feeding machines")], "machine")).toEqual(["a"]);
    expect(ids([doc("a", "Battery storage")], "batteries")).toEqual(["a"]);
  });
  test("a Khmer word is found inside a sentence written without spaces", () => {
    expect(ids([doc("a", "បច្ចេកវិទ្យាដាំដូង"), doc("b", "ម៉ាស៊ីន")], "បច្ចេកវិទ្យា")).toEqual(["a"]);
  });
  test("snippets mark what was searched for, with or without diacritics", () => {
    const text = `${"Mở đầu dài dòng. ".repeat(20)}Quy trình nhân giống dừa sáp đã thử nghiệm. ${"Kết thúc. ".repeat(20)}`;
    const piece = snippet(text, markersOf("dua sap"), 120);
    expect(piece.ranges.map(([from, to]) => piece.text.slice(from, to))).toEqual(["dừa sáp"]);
    expect(piece.text.length).toBeLessThanOrEqual(126);
  });
});

const syllables = ["dừa", "dưa", "sáp", "sap", "máy", "may", "sấy", "lúa", "tôm", "pump", "pumps"];
const arbitraryText = fc.array(fc.constantFrom(...syllables), { maxLength: 6 }).map((words) => words.join(" "));
const values = (...all: string[]) => fc.uniqueArray(fc.constantFrom(...all), { maxLength: 2 });
const arbitraryDocument = fc.record({
  id: fc.integer({ min: 0, max: 30 }).map((n) => `d${String(n).padStart(2, "0")}`),
  time: fc.integer({ min: 0, max: 5 }),
  fields: fc.record({ title: arbitraryText, body: arbitraryText }),
  facets: fc.record({ kind: values("A", "B", "C"), field: values("1", "2") }),
});
const arbitraryQuery: fc.Arbitrary<SearchQuery> = fc.record({
  text: fc.option(
    arbitraryText.filter((t) => t !== ""),
    { nil: undefined },
  ),
  filters: fc.record({ kind: values("A", "B", "Z"), field: values("1", "2") }),
  facets: fc.constant(["kind", "field"]),
  sort: fc.constantFrom("relevance" as const, "newest" as const),
  limit: fc.integer({ min: 1, max: 7 }),
});

/** What must be found, by the slow road: every document is held against every word and filter. */
function oracle(documents: Map<string, SearchDocument>, asked: SearchQuery) {
  const wanted = new Set(wordsIn(asked.text ?? "").map((w) => w.folded));
  const passes = (d: SearchDocument, except?: string) =>
    Object.entries(asked.filters ?? {}).every(
      ([name, all]) => name === except || all.length === 0 || all.some((v) => d.facets[name]?.includes(v)),
    );
  const countOf = (d: SearchDocument) => {
    const has = new Set(
      Object.values(d.fields)
        .flatMap((text) => wordsIn(text))
        .map((w) => w.folded),
    );
    return [...wanted].filter((w) => has.has(w)).length;
  };
  const found = (need: number, except?: string) =>
    [...documents.values()].filter((d) => countOf(d) >= need && passes(d, except));
  let need = wordsNeeded(wanted.size);
  if (need > 1 && found(need).length === 0) {
    need = Math.ceil(need / 2);
    while (need > 1 && found(need).length === 0) need = Math.floor(need / 2);
  }
  const counts = (name: string) => {
    const tally: Record<string, number> = {};
    for (const d of found(need, name)) for (const v of new Set(d.facets[name])) tally[v] = (tally[v] ?? 0) + 1;
    return tally;
  };
  return {
    ids: found(need)
      .map((d) => d.id)
      .sort(),
    facets: { kind: counts("kind"), field: counts("field") },
  };
}

describe("an index against the slow road", () => {
  test("filters, facet counts and paging agree, after any changes and after a journey through bytes", () => {
    fc.assert(
      fc.property(
        fc.array(arbitraryDocument, { maxLength: 25 }),
        fc.array(arbitraryDocument, { maxLength: 10 }),
        fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 8 }),
        arbitraryQuery,
        fc.boolean(),
        (first, later, gone, asked, throughBytes) => {
          const kept = new Map(first.map((d) => [d.id, d]));
          let index = build(shape, first);
          if (throughBytes) index = decode(encode(index)) ?? index;
          const remove = gone.map((n) => `d${String(n).padStart(2, "0")}`);
          apply(index, { remove, put: later });
          for (const id of remove) kept.delete(id);
          for (const d of later) kept.set(d.id, d);
          const want = oracle(kept, asked);
          const whole = query(index, { ...asked, limit: 100 });
          expect(whole.hits.map((h) => h.id).sort()).toEqual(want.ids);
          expect(whole.total).toBe(want.ids.length);
          for (const name of ["kind", "field"] as const)
            expect(Object.fromEntries((whole.facets[name] ?? []).map((f) => [f.value, f.count]))).toEqual(
              want.facets[name],
            );
          const paged: string[] = [];
          for (let page = query(index, asked); ; page = query(index, { ...asked, after: page.next })) {
            paged.push(...page.hits.map((h) => h.id));
            if (!page.next) break;
          }
          expect(paged).toEqual(whole.hits.map((h) => h.id));
        },
      ),
      { numRuns: 400 },
    );
  });
  test("bytes give back the same index: same hits, same scores, same facets", () => {
    fc.assert(
      fc.property(fc.array(arbitraryDocument, { maxLength: 25 }), arbitraryQuery, (documents, asked) => {
        const index = build(shape, documents);
        const again = decode(encode(index));
        expect(again && query(again, asked)).toEqual(query(index, asked));
      }),
      { numRuns: 100 },
    );
  });
  test("bytes of another schema are not read", () => {
    const bytes = encode(build(shape, [doc("a", "dừa")]));
    const text = new TextDecoder("latin1").decode(bytes).replace('"schema":1', '"schema":9');
    expect(decode(Uint8Array.from(text, (ch) => ch.charCodeAt(0)))).toBeUndefined();
  });
  test("dead rows are swept once they are the most", () => {
    const many = Array.from({ length: 2_100 }, (_, n) => doc(`d${n}`, `máy số ${n}`));
    const index = build(shape, many);
    apply(index, { remove: many.slice(0, 1_500).map((d) => d.id) });
    expect(index.size).toBe(600);
    expect(query(index, { text: "máy", limit: 5 }).total).toBe(600);
  });
});
