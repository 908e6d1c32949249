import type { Language } from "../../../kernel/language.ts";
import type { ProvincePack } from "../../../province/index.ts";
import { codesAt } from "../../../province/index.ts";
import type { Choice } from "../../../ui/form.tsx";
import { codeWords } from "./listing.codes.words.ts";
import type { ChoiceList } from "./listing.fields.ts";

/** What each list of the form offers: from the province pack where it holds the list, else from our own words. */

const named = (words: Readonly<Record<string, string>>): Choice[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }));
const currencies = ["VND", "USD", "EUR", "JPY", "KRW", "CNY"];
/** Offices that grant rights for many countries (WIPO ST.3). */
const offices = ["EP", "WO"];

const collators = {
  vi: new Intl.Collator("vi"),
  en: new Intl.Collator("en"),
  km: new Intl.Collator("km"),
} as const;

export function choicesOf(pack: ProvincePack, language: Language, list: ChoiceList, day: string): Choice[] {
  const words = codeWords[language];
  switch (list) {
    case "sectors":
      return pack.sectors.sectors.map((one) => ({ value: one.key, label: one.name[language] }));
    case "fields":
      return pack.fields.fields.flatMap((one) =>
        one.children.map((child) => ({ value: child.code, label: `${child.code} ${child.name[language]}` })),
      );
    case "trl":
      return pack.trl.levels.map((one) => ({
        value: String(one.level),
        label: `${one.level} – ${one.name[language]}`,
      }));
    case "countries": {
      const home = pack.province.domesticCountry;
      const all = pack.countries.countries
        .map((one) => ({ value: one.code, label: one.name[language] }))
        .sort((a, b) => collators[language].compare(a.label, b.label));
      return [
        ...all.filter((one) => one.value === home),
        ...all.filter((one) => one.value !== home),
        ...offices.map((value) => ({ value, label: value })),
      ];
    }
    case "techClasses":
      return pack.goods.techClasses.map((one) => ({ value: one.key, label: one.name[language] }));
    case "techObjects":
      return pack.goods.techObjects.map((one) => ({ value: one.key, label: one.name[language] }));
    case "ocopGroups":
      return codesAt(pack.goods.ocopGroups, day).map((one) => ({ value: one.key, label: one.name[language] }));
    case "stars":
      return [1, 2, 3, 4, 5].map((n) => ({ value: String(n), label: "★".repeat(n) }));
    case "currencies":
      return currencies.map((value) => ({ value, label: value }));
    default:
      return named(words[list]);
  }
}
