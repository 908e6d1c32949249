/** Text to words: Vietnamese syllables with and without diacritics, Khmer by ICU, English lightly stemmed. */

export type Word = {
  /** Without diacritics, lower case, English endings cut: what everything is found by. */
  folded: string;
  /** As spelt, lower case; the same as `folded` where there are no diacritics. */
  exact: string;
  /** Short and of letters only, so that it may be half of a Vietnamese word. */
  isSyllable: boolean;
  start: number;
  end: number;
};

const runs = /[\p{L}\p{M}\p{N}]+/gu;
const khmer = /[\u1780-\u17ff]/;
const khmerWords = new Intl.Segmenter("km", { granularity: "word" });
const ascii = /^[a-z]{4,}$/;

/** Folded forms seen before: a catalogue repeats some thousand syllables. */
const foldedOf = new Map<string, string>();
const foldedMax = 50_000;

/** Lower case without Latin diacritics, đ → d; Khmer signs stay, they are letters there. */
export function fold(text: string): string {
  const known = foldedOf.get(text);
  if (known !== undefined) return known;
  const folded = text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replaceAll("đ", "d")
    .normalize("NFC");
  if (foldedOf.size >= foldedMax) foldedOf.clear();
  foldedOf.set(text, folded);
  return folded;
}

/** Cuts English plurals and -ing, -ed: no Vietnamese syllable ends so. */
export function stem(word: string): string {
  if (!ascii.test(word)) return word;
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
  if (word.endsWith("ing") && word.length > 6) return word.slice(0, -3);
  if (word.endsWith("ed") && word.length > 5) return word.slice(0, -2);
  if (word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us") && !word.endsWith("is"))
    return word.slice(0, -1);
  return word;
}

type Forms = Pick<Word, "folded" | "exact" | "isSyllable">;
const syllable = /^\p{L}{1,7}$/u;
/** Forms by spelling, seen before. */
const formsOf = new Map<string, Forms>();

function forms(text: string): Forms {
  const known = formsOf.get(text);
  if (known) return known;
  const exact = text.toLowerCase();
  const bare = fold(exact);
  const folded = stem(bare);
  const made = { folded, exact: bare === exact ? folded : exact, isSyllable: syllable.test(folded) };
  if (formsOf.size >= foldedMax) formsOf.clear();
  formsOf.set(text, made);
  return made;
}

function wordOf(text: string, start: number): Word {
  const { folded, exact, isSyllable } = forms(text);
  return { folded, exact, isSyllable, start, end: start + text.length };
}

/** The words of an NFC text with their places in it. */
export function wordsIn(text: string): Word[] {
  const words: Word[] = [];
  for (const found of text.matchAll(runs)) {
    const [run] = found;
    if (!khmer.test(run)) {
      words.push(wordOf(run, found.index));
      continue;
    }
    for (const part of khmerWords.segment(run)) words.push(wordOf(part.segment, found.index + part.index));
  }
  return words;
}

/** Two neighbouring syllables as one term, so that "dừa sáp" outranks "dừa … sáp". */
export const pairOf = (a: Word, b: Word): { folded: string; exact: string } | undefined =>
  a.isSyllable && b.isSyllable ? { folded: `${a.folded} ${b.folded}`, exact: `${a.exact} ${b.exact}` } : undefined;

/** Every term of a text: words and pairs, folded and (where it differs) as spelt. */
export function termsIn(text: string): string[] {
  const words = wordsIn(text.normalize("NFC"));
  const terms: string[] = [];
  words.forEach((word, at) => {
    terms.push(word.folded);
    if (word.exact !== word.folded) terms.push(word.exact);
    const next = words[at + 1];
    const pair = next && pairOf(word, next);
    if (!pair) return;
    terms.push(pair.folded);
    if (pair.exact !== pair.folded) terms.push(pair.exact);
  });
  return terms;
}
