/** Exact arithmetic over đồng: no figure of the province passes through a float before it is rounded. */

const floorDiv = (a: bigint, b: bigint): bigint => {
  const q = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? q - 1n : q;
};
const ceilDiv = (a: bigint, b: bigint): bigint => -floorDiv(-a, b);
/** a / b to the nearest whole, halves up; b > 0. */
const nearest = (a: bigint, b: bigint): bigint => floorDiv(2n * a + b, 2n * b);

const scaleOf = (decimals: number): bigint => 10n ** BigInt(decimals);

/** numerator / denominator in percent; null when there is nothing to divide by (design.md §4.4). */
export function percent(numerator: bigint, denominator: bigint, decimals: number): number | null {
  if (denominator <= 0n) return null;
  const scale = scaleOf(decimals);
  return Number(nearest(numerator * 100n * scale, denominator)) / Number(scale);
}

/** The change from `before` to `now` in percent; null without a value before. */
export const change = (now: bigint, before: bigint, decimals: number): number | null =>
  before <= 0n ? null : percent(now - before, before, decimals);

/**
 * Average growth a year in percent, ((now / before)^(1/years) − 1) · 100, rounded half up. Exact: the answer t (in units of the last
 * decimal) is the largest whole number with (2t − 1)^years · before ≤ (2 · unit)^years · now, found by halving.
 */
export function averageGrowth(now: bigint, before: bigint, years: number, decimals: number): number | null {
  if (before <= 0n || now < 0n || years < 1) return null;
  const unit = 100n * scaleOf(decimals);
  const n = BigInt(years);
  const right = (2n * unit) ** n * now;
  const fits = (t: bigint) => t <= 0n || (2n * t - 1n) ** n * before <= right;
  let low = 0n;
  let high = unit;
  while (fits(high)) high *= 2n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return Number(low - unit) / Number(scaleOf(decimals));
}

const hundredths = (value: number): bigint => BigInt(Math.round(value * 100));

/** What more of the numerator makes (n + x) / (d + x) reach the share: x enters both. Null for a share of 100 % and above. */
export function missingForShare(numerator: bigint, denominator: bigint, targetPercent: number): bigint | null {
  const target = hundredths(targetPercent);
  if (denominator <= 0n || target >= 10_000n) return null;
  const missing = ceilDiv(target * denominator - 10_000n * numerator, 10_000n - target);
  return missing > 0n ? missing : 0n;
}

/** What more value makes the average growth since the baseline reach the target. */
export function missingForGrowth(now: bigint, before: bigint, years: number, targetPercent: number): bigint | null {
  if (before <= 0n || years < 1) return null;
  const n = BigInt(years);
  const missing = ceilDiv(before * (10_000n + hundredths(targetPercent)) ** n, 10_000n ** n) - now;
  return missing > 0n ? missing : 0n;
}
