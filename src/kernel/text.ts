/** Vietnamese text helpers that know no domain. */

/** NFC, no-break spaces to spaces, ends trimmed: what every door does to typed text. */
export const tidyText = (text: string): string =>
  text
    .normalize("NFC")
    .replace(/\u00a0/g, " ")
    .trim();

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
