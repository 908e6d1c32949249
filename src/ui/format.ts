import { type Day, localDay } from "../kernel/clock.ts";
import type { Language } from "../kernel/language.ts";

/** How days, times and numbers are written: dd/MM/yyyy and 1.234.567,89 in Vietnamese and Khmer pages, 1,234,567.89 in English. */

/** `2025-12-31` → `31/12/2025`. */
export const showDay = (day: Day): string => day.split("-").reverse().join("/");

const clockFormat = new Intl.DateTimeFormat("vi-VN", {
  timeZone: "Asia/Ho_Chi_Minh",
  hour: "2-digit",
  minute: "2-digit",
  hour12: false,
});
/** `31/12/2025 14:05`, Viet Nam's time. */
export const showInstant = (at: Date): string => `${showDay(localDay(at))} ${clockFormat.format(at)}`;

const numbers = {
  vi: new Intl.NumberFormat("vi-VN"),
  en: new Intl.NumberFormat("en-GB"),
  km: new Intl.NumberFormat("vi-VN"),
};
export const showNumber = (language: Language, value: number | bigint): string => numbers[language].format(value);

const decimals = {
  vi: new Intl.NumberFormat("vi-VN", { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
  en: new Intl.NumberFormat("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
  km: new Intl.NumberFormat("vi-VN", { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
};
/** A percentage with two decimals: `5,25%`. */
export const showPercent = (language: Language, value: number): string => `${decimals[language].format(value)}%`;

const dong = { vi: "đồng", en: "VND", km: "ដុង" };
/** `1.234.567 đồng`. */
export const showVnd = (language: Language, value: bigint): string =>
  `${showNumber(language, value)} ${dong[language]}`;

const large = { vi: ["tỷ đồng", "triệu đồng"], en: ["billion VND", "million VND"], km: ["ពាន់លានដុង", "លានដុង"] } as const;
const short = {
  vi: new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 2 }),
  en: new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 }),
  km: new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 2 }),
};
/** `3,2 tỷ đồng`, `450 triệu đồng`; exact below a million. */
export function showVndShort(language: Language, value: bigint): string {
  const size = value < 0n ? -value : value;
  if (size >= 1_000_000_000n)
    return `${short[language].format(Number(value / 10_000_000n) / 100)} ${large[language][0]}`;
  if (size >= 1_000_000n) return `${short[language].format(Number(value / 10_000n) / 100)} ${large[language][1]}`;
  return showVnd(language, value);
}

const monthFirst = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/;
/** Reads a day as people type it, `31/12/2025` or `2025-12-31`; the text itself when it is neither, so that Zod can refuse it. */
export function readDay(text: string): string {
  const found = monthFirst.exec(text.trim());
  return found ? `${found[3]}-${found[2]?.padStart(2, "0")}-${found[1]?.padStart(2, "0")}` : text.trim();
}
