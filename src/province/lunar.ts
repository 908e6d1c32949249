import type { Day } from "../kernel/clock.ts";

/**
 * The Vietnamese lunar calendar (UTC+7), by Hồ Ngọc Đức's published algorithm after Meeus. `Intl`'s "chinese" calendar is not it:
 * it reckons in UTC+8, and the two part company now and then (Tết 2030 is 02/02 here, 03/02 there).
 */
const { floor, sin, PI } = Math;
const timeZone = 7;

const julianOf = (day: Day): number => floor(Date.parse(`${day}T00:00:00Z`) / 86_400_000) + 2_440_588;
const dayOf = (julian: number): Day => new Date((julian - 2_440_588) * 86_400_000).toISOString().slice(0, 10);

/** The local day of the k-th new moon since 1900. */
function newMoon(k: number): number {
  const t = k / 1236.85;
  const t2 = t * t;
  const t3 = t2 * t;
  const dr = PI / 180;
  const mean =
    2_415_020.75933 +
    29.53058868 * k +
    0.0001178 * t2 -
    0.000000155 * t3 +
    0.00033 * sin((166.56 + 132.87 * t - 0.009173 * t2) * dr);
  const m = 359.2242 + 29.10535608 * k - 0.0000333 * t2 - 0.00000347 * t3;
  const mp = 306.0253 + 385.81691806 * k + 0.0107306 * t2 + 0.00001236 * t3;
  const f = 21.2964 + 390.67050646 * k - 0.0016528 * t2 - 0.00000239 * t3;
  const correction =
    (0.1734 - 0.000393 * t) * sin(m * dr) +
    0.0021 * sin(2 * dr * m) -
    0.4068 * sin(mp * dr) +
    0.0161 * sin(dr * 2 * mp) -
    0.0004 * sin(dr * 3 * mp) +
    0.0104 * sin(dr * 2 * f) -
    0.0051 * sin(dr * (m + mp)) -
    0.0074 * sin(dr * (m - mp)) +
    0.0004 * sin(dr * (2 * f + m)) -
    0.0004 * sin(dr * (2 * f - m)) -
    0.0006 * sin(dr * (2 * f + mp)) +
    0.001 * sin(dr * (2 * f - mp)) +
    0.0005 * sin(dr * (2 * mp + m));
  const delta =
    t < -11
      ? 0.001 + 0.000839 * t + 0.0002261 * t2 - 0.00000845 * t3 - 0.000000081 * t * t3
      : -0.000278 + 0.000265 * t + 0.000262 * t2;
  return floor(mean + correction - delta + 0.5 + timeZone / 24);
}

/** In which of the twelve signs the sun stands at the start of a local day (0 = from the March equinox). */
function sunSign(julian: number): number {
  const t = (julian - 0.5 - timeZone / 24 - 2_451_545) / 36_525;
  const t2 = t * t;
  const dr = PI / 180;
  const m = 357.5291 + 35999.0503 * t - 0.0001559 * t2 - 0.00000048 * t * t2;
  const drift =
    (1.9146 - 0.004817 * t - 0.000014 * t2) * sin(dr * m) +
    (0.019993 - 0.000101 * t) * sin(dr * 2 * m) +
    0.00029 * sin(dr * 3 * m);
  const longitude = (280.46645 + 36000.76983 * t + 0.0003032 * t2 + drift) * dr;
  return floor(((longitude - 2 * PI * floor(longitude / (2 * PI))) / PI) * 6);
}

/** First day of the eleventh lunar month, the one with the winter solstice. */
function eleventhMonth(year: number): number {
  const k = floor((julianOf(`${year}-12-31`) - 2_415_021) / 29.530588853);
  const start = newMoon(k);
  return sunSign(start) >= 9 ? newMoon(k - 1) : start;
}

/** How many months after the eleventh the leap month comes (13-month years only). */
function leapOffset(start: number): number {
  const k = floor((start - 2_415_021.076998695) / 29.530588853 + 0.5);
  let last: number;
  let i = 1;
  let sign = sunSign(newMoon(k + i));
  do {
    last = sign;
    i += 1;
    sign = sunSign(newMoon(k + i));
  } while (sign !== last && i < 14);
  return i - 1;
}

/** The day of a lunar date (of an ordinary, not a leap month): `lunarToDay(1, 1, 2026)` is Tết, 2026-02-17. */
export function lunarToDay(day: number, month: number, year: number): Day {
  const early = month < 11;
  const from = eleventhMonth(early ? year - 1 : year);
  const to = eleventhMonth(early ? year : year + 1);
  const k = floor(0.5 + (from - 2_415_021.076998695) / 29.530588853);
  let offset = (month + 1) % 12; // months after the eleventh
  if (to - from > 365 && offset >= leapOffset(from)) offset += 1;
  return dayOf(newMoon(k + offset) + day - 1);
}
