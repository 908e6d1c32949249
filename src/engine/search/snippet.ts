import { fold, stem, wordsIn } from "./words.ts";

/** A piece of text with the places of what was searched for. */
export type Snippet = { text: string; ranges: [start: number, end: number][] };

/** The folded words of a query, for marking many texts by it. */
export const markersOf = (query: string): ReadonlySet<string> =>
  new Set(wordsIn(query.normalize("NFC")).map((word) => stem(fold(word.exact))));

/** At most `length` characters around the densest place of the searched words, each with its place marked. */
export function snippet(text: string, markers: ReadonlySet<string>, length: number): Snippet {
  const whole = text.normalize("NFC");
  const found = markers.size === 0 ? [] : wordsIn(whole).filter((word) => markers.has(word.folded));
  if (whole.length <= length) return { text: whole, ranges: joined(whole, found) };
  const start = startOf(whole, found, length);
  const cut = whole.slice(start, start + length);
  const end = start + (start + length < whole.length ? Math.max(cut.lastIndexOf(" "), length / 2) : cut.length);
  const before = start > 0 ? "… " : "";
  const body = whole.slice(start, end);
  const shift = before.length - start;
  const inside = found.filter((word) => word.start >= start && word.end <= end);
  const ranges = joined(whole, inside).map(([from, to]): [number, number] => [from + shift, to + shift]);
  return { text: `${before}${body}${end < whole.length ? " …" : ""}`, ranges };
}

/** The word boundary from which a window holds the most found words. */
function startOf(text: string, found: readonly { start: number; end: number }[], length: number): number {
  let best = 0;
  let most = 0;
  for (const first of found) {
    const count = found.filter((word) => word.start >= first.start && word.end <= first.start + length * 0.7).length;
    if (count > most) {
      most = count;
      best = first.start;
    }
  }
  if (best < length * 0.5) return 0;
  const space = text.lastIndexOf(" ", Math.max(0, best - 30));
  return space < 0 ? best : space + 1;
}

/** Neighbouring marked words become one mark. */
function joined(text: string, found: readonly { start: number; end: number }[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const word of found) {
    const last = ranges.at(-1);
    if (last && /^\s*$/.test(text.slice(last[1], word.start))) last[1] = word.end;
    else ranges.push([word.start, word.end]);
  }
  return ranges;
}
