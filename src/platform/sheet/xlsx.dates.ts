/** Days and times of .xlsx: a number with a date format. */

const builtInDates = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58]);
const builtInTimes = new Set([18, 19, 20, 21, 32, 33, 45, 46, 47]);

/** True when a number format shows a day or a time: `dd/mm/yyyy` does, `#,##0 "đồng"` and `[Red]0` do not. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return builtInDates.has(id) || builtInTimes.has(id);
  const [shown = ""] = code.replace(/"[^"]*"|\\.|_.|\*./g, "").split(";");
  const bare = shown.replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, "").replace(/general/gi, "");
  return /[dmyhs]/i.test(bare);
}

const dayMs = 86_400_000;
const two = (n: number) => String(n).padStart(2, "0");

/**
 * A serial as `YYYY-MM-DD`, with a time as `YYYY-MM-DDTHH:MM:SS`, below one day as `HH:MM:SS` (whole seconds). Undefined outside
 * 1900-01-01 … 9999-12-31 and for 1900-02-29, a day that Excel believes in and that never was.
 */
export function serialDate(serial: number, from1904: boolean): string | undefined {
  if (!Number.isFinite(serial) || serial < 0) return undefined;
  const seconds = Math.round((serial % 1) * 86_400);
  const whole = Math.floor(serial) + (seconds === 86_400 ? 1 : 0);
  const rest = seconds % 86_400;
  const time = `${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`;
  if (whole === 0 && !from1904) return time;
  if (!from1904 && whole === 60) return undefined;
  const offset = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, whole < 60 ? 31 : 30);
  const at = new Date(offset + whole * dayMs);
  if (Number.isNaN(at.getTime()) || at.getUTCFullYear() > 9999) return undefined;
  const day = at.toISOString().slice(0, 10);
  return rest === 0 ? day : `${day}T${time}`;
}

/** An ISO day or moment as `t="d"` cells hold it; midnight is dropped. */
export function isoDate(text: string): string | undefined {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z?)?$/.exec(text.trim());
  const [, day = "", time = "00:00:00"] = parts ?? [];
  const at = new Date(`${day}T${time}Z`);
  if (!parts || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== day) return undefined;
  return time === "00:00:00" ? day : `${day}T${time}`;
}
