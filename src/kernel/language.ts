/** The three languages of the province; Vietnamese has no prefix in addresses (decisions.md 10). */
export const languages = ["vi", "en", "km"] as const;
export type Language = (typeof languages)[number];

export const isLanguage = (text: string): text is Language => (languages as readonly string[]).includes(text);

/** Words of one noun in all languages: English and Khmer must have exactly the keys and shapes of Vietnamese. */
export type Words<T> = Record<Language, T>;

type Loose<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : { readonly [K in keyof T]: Loose<T[K]> };

/** Declares a noun's words: `defineWords({ vi: {...}, en: {...}, km: {...} })`; a missing key is a compile error. */
export const defineWords = <const T>(words: { vi: T; en: Loose<NoInfer<T>>; km: Loose<NoInfer<T>> }): Words<Loose<T>> =>
  words as unknown as Words<Loose<T>>;

/** Takes `/en` or `/km` off an address: `/en/san` → { language: "en", path: "/san" }. */
export function splitLanguage(path: string): { language: Language; path: string } {
  const [, first = ""] = path.split("/", 2);
  if (first !== "en" && first !== "km") return { language: "vi", path };
  return { language: first, path: path.slice(first.length + 1) || "/" };
}

/** Puts a language's prefix before an address of ours. */
export const inLanguage = (language: Language, path: string): string =>
  language === "vi" ? path : `/${language}${path === "/" ? "" : path}`;
