/** Pure helpers for cells: text, headers, column letters, exact numbers, and text that a spreadsheet program must not run. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufeff\ufffe\uffff]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const untidy = /[\u0000-\u0009\u000b-\u001f\u007f\u00a0\ufeff\ufffe\uffff\ud800-\udfff]/;
/** NFC, well-formed, line ends as \n, no-break spaces as spaces, without control characters, ends trimmed. */
export function cellText(text: string): string {
  // Most texts need none of the passes below; this is the reader's hottest line.
  if (!untidy.test(text)) return text.normalize("NFC").trim();
  return text
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(control, "")
    .replace(/\u00a0/g, " ")
    .normalize("NFC")
    .trim();
}

export const requiredMark = " (*)";
/** A header as key: one line, single spaces, without the mark "(*)" that templates put on compulsory columns. */
export const headerText = (text: string): string =>
  cellText(text)
    .replace(/\s+/g, " ")
    .replace(/(\s*\(\*\))+$/, "");
export const headerKey = (header: string): string => header.toLowerCase();

/** 0 → A, 25 → Z, 26 → AA. */
export function columnLetters(index: number): string {
  let letters = "";
  for (let n = index + 1; n > 0; n = Math.floor((n - 1) / 26))
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters;
  return letters;
}

/** The 0-based column of a reference such as `BC12`; undefined when there are no letters, or more than three. */
export function columnOf(reference: string): number | undefined {
  let index = 0;
  let at = 0;
  for (; at < reference.length; at++) {
    const code = reference.charCodeAt(at);
    if (code < 65 || code > 90) break;
    index = index * 26 + code - 64;
  }
  return at === 0 || at > 3 ? undefined : index - 1;
}

/** Writes 1.5E-7 or 1E+21 out as plain decimals, digit for digit. */
export function withoutExponent(text: string): string {
  const parts = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d{1,3})$/.exec(text);
  if (!parts) return text;
  const [, sign = "", whole = "", decimals = "", exponent = "0"] = parts;
  const digits = whole + decimals;
  const point = whole.length + Number(exponent);
  const padded = point <= 0 ? "0".repeat(1 - point) + digits : digits.padEnd(point, "0");
  const at = Math.max(point, 1);
  const left = padded.slice(0, at).replace(/^0+(?=\d)/, "");
  const right = padded.slice(at).replace(/0+$/, "");
  return sign + left + (right && `.${right}`);
}

/**
 * The number of a cell as exact text. Excel stores doubles with 17 digits, so 1.1 may stand as 1.1000000000000001: such a text becomes the
 * shortest one of the same double. Whole numbers and texts of up to 15 digits are kept as they stand. Undefined when it is no number.
 */
export function exactNumber(text: string): string | undefined {
  const bare = text.trim();
  if (/^-?\d{1,400}$/.test(bare)) return bare;
  if (!/^[+-]?(\d{1,400}(\.\d{0,400})?|\.\d{1,400})([eE][+-]?\d{1,3})?$/.test(bare)) return undefined;
  const plain = /^-?\d+\.\d+$/.test(bare) && bare.replace(/\D/g, "").length <= 15;
  if (plain) return bare;
  const value = Number(bare);
  return Number.isFinite(value) ? withoutExponent(String(value)) : undefined;
}

const running = /^'*[=+\-@\t\r|%]/;
/** A negative number starts with a dash and runs nothing. */
const harmless = /^-\d[\d.,]*$/;
/** Text for a .csv cell that a spreadsheet program shows and never runs: an apostrophe goes before = + - @ | %. */
export const guarded = (text: string): string => (running.test(text) && !harmless.test(text) ? `'${text}` : text);
/** Takes the apostrophe of `guarded` off again, so that a mended report reads as the original. */
export const unguarded = (text: string): string => (/^'+[=+\-@\t\r|%]/.test(text) ? text.slice(1) : text);
