/** Vietnamese text helpers that know no domain. */

/** Control characters but line ends and tabs, and marks that turn the direction of writing; zero-width spaces stay, Khmer needs them. */
const unwanted = /(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069\ufeff]/gu;
/** Blank at the ends, zero-width spaces and joiners among it: a text of nothing else is empty. */
const ends = /^[\s\u200b-\u200d\u2060]+|[\s\u200b-\u200d\u2060]+$/g;

/** NFC, well-formed, no-break spaces to spaces, without unwanted characters, ends trimmed: what every door does to typed text. */
export const tidyText = (text: string): string =>
  text
    .toWellFormed()
    .normalize("NFC")
    .replaceAll("\r\n", "\n")
    .replace(/\u00a0/g, " ")
    .replace(unwanted, "")
    .replace(ends, "");

/** Without diacritics, lower case, đ → d: "Dừa sáp" → "dua sap". */
export const foldVietnamese = (text: string): string =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();

/** A readable address: "Quy trình nhân giống dừa sáp" → "quy-trinh-nhan-giong-dua-sap"; at most 80 characters. */
export function slugOf(text: string): string {
  const slug = foldVietnamese(text)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return slug.length <= 80 ? slug : slug.slice(0, 80).replace(/-[^-]*$/, "");
}

const letters = "abcdefghjkmnpqrstuvwxyz23456789"; // no look-alikes
/** A short code of random letters from bytes, e.g. for addresses: 8 letters ≈ 40 bits. */
export const codeFrom = (bytes: Uint8Array): string => Array.from(bytes, (b) => letters[b % letters.length]).join("");
