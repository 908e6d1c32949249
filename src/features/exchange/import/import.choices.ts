import { flows, goodsKinds, orgTypes, techClasses, techObjects } from "../../../kernel/codes.ts";
import { type Language, languages } from "../../../kernel/language.ts";
import { foldVietnamese } from "../../../kernel/text.ts";
import { fieldsOf, label, type ProvincePack } from "../../../province/index.ts";
import { organisationWords } from "../../accounts/index.ts";
import { codeWords } from "../listing/listing.codes.words.ts";
import type { ChoiceName } from "./import.columns.ts";

/** The values a column may hold: the code's key, or its label in any language. */
export type Choice = { key: string; labels: Record<Language, string> };

type Named = { key: string; name: Record<Language, string> };
const named = (rows: readonly Named[], keys?: readonly string[]): Choice[] =>
  rows
    .filter((row) => keys === undefined || keys.includes(row.key))
    .map((row) => ({ key: row.key, labels: perLanguage((l) => label(row, l)) }));
const perLanguage = (textIn: (language: Language) => string): Record<Language, string> => ({
  vi: textIn("vi"),
  en: textIn("en"),
  km: textIn("km"),
});

type WordList = keyof typeof codeWords.vi;
const worded = (list: WordList): Choice[] =>
  Object.keys(codeWords.vi[list]).map((key) => ({
    key,
    labels: perLanguage((l) => (codeWords[l][list] as Record<string, string>)[key] ?? key),
  }));

export function choicesOf(pack: ProvincePack, name: ChoiceName): Choice[] {
  switch (name) {
    case "goodsKinds":
      return named(pack.goods.goodsKinds, goodsKinds);
    case "flows":
      return named(pack.goods.flows, flows);
    case "techClasses":
      return named(pack.goods.techClasses, techClasses);
    case "techObjects":
      return named(pack.goods.techObjects, techObjects);
    case "sectors":
      return named(pack.sectors.sectors);
    case "territories":
      return named(pack.territories.territories);
    case "fields":
      return named(fieldsOf(pack).map(({ code, name: names }) => ({ key: code, name: names })));
    case "countries":
      return named(pack.countries.countries.map(({ code, name: names }) => ({ key: code, name: names })));
    case "registrationExceptions": {
      const all = pack.legal.registration.flatMap((law) => law.exceptions);
      return named([...new Map(all.map((one) => [one.key, one])).values()]);
    }
    case "orgTypes":
      return orgTypes.map((key) => ({ key, labels: perLanguage((l) => organisationWords[l].orgTypes[key]) }));
    default:
      return worded(name);
  }
}

export type ChoiceIndex = ReadonlyMap<string, string>;
const folded = (text: string): string => foldVietnamese(text).replace(/\s+/g, " ").trim();

/** Folded key or label → key. Labels that two values share after folding are left out: they name neither. */
export function indexOf(choices: readonly Choice[]): ChoiceIndex {
  const index = new Map<string, string>();
  const shared = new Set<string>();
  for (const choice of choices)
    for (const language of languages) {
      const text = folded(choice.labels[language]);
      if (index.has(text) && index.get(text) !== choice.key) shared.add(text);
      index.set(text, choice.key);
    }
  for (const text of shared) index.delete(text);
  for (const choice of choices) index.set(folded(choice.key), choice.key);
  return index;
}
export const chosen = (index: ChoiceIndex, text: string): string | undefined => index.get(folded(text));

/** The lists of a pack, indexed once for a run. */
export class Choices {
  readonly #pack: ProvincePack;
  readonly #indexes = new Map<ChoiceName, ChoiceIndex>();
  constructor(pack: ProvincePack) {
    this.#pack = pack;
  }
  find(name: ChoiceName, text: string): string | undefined {
    let index = this.#indexes.get(name);
    if (!index) {
      index = indexOf(choicesOf(this.#pack, name));
      this.#indexes.set(name, index);
    }
    return chosen(index, text);
  }
}
