/** Time comes in by argument (style R16), so that a test can stop it. */
export type Clock = { now(): Date };
export const systemClock: Clock = { now: () => new Date() };
export const stoppedClock = (iso: string): Clock => ({ now: () => new Date(iso) });

/** A calendar day in Viet Nam, `YYYY-MM-DD`. */
export type Day = string;

const dayFormat = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Ho_Chi_Minh" });
/** The day in Asia/Ho_Chi_Minh: 18:30Z on 31 March is 1 April. */
export const localDay = (at: Date): Day => dayFormat.format(at);

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
/** True for a day that exists: 2025-02-29 is none. */
export function isDay(text: string): text is Day {
  if (!dayPattern.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}

/** Adds whole days; negative counts go back. */
export function addDays(day: Day, count: number): Day {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + count);
  return at.toISOString().slice(0, 10);
}
