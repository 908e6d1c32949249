/** Money is whole đồng in a bigint (style R12); in JSON it is a decimal string (decisions.md 3). */
export type Vnd = bigint;

/** Reads what people type for đồng: "1.200.000.000", "1 200 000", "450000 đ". Undefined when it is no whole amount. */
export function parseVnd(text: string): Vnd | undefined {
  const bare = text
    .normalize("NFC")
    .trim()
    .replace(/\s*(đồng|đ|vnđ|vnd|₫)$/iu, "");
  if (!/^-?\d{1,3}([.\s,]\d{3})+$|^-?\d+$/.test(bare)) return undefined;
  const digits = bare.replace(/[.\s,]/g, "");
  return digits.length > 18 ? undefined : BigInt(digits);
}

/** Splits an amount by weights so that the parts add up exactly: largest remainders first, earlier first among equals. */
export function splitByWeights(value: Vnd, weights: readonly bigint[]): Vnd[] {
  const total = weights.reduce((a, b) => a + b, 0n);
  if (total === 0n) return weights.map(() => 0n);
  const sign = value < 0n ? -1n : 1n;
  const size = value * sign;
  const parts = weights.map((weight) => (size * weight) / total);
  let left = size - parts.reduce((a, b) => a + b, 0n);
  const order = weights
    .map((weight, index) => ({ index, rest: (size * weight) % total }))
    .sort((a, b) => (b.rest > a.rest ? 1 : b.rest < a.rest ? -1 : a.index - b.index));
  for (const { index } of order) {
    if (left === 0n) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return parts.map((part) => part * sign);
}

/** The same by shares in basis points (sum 10000). */
export const splitByShares = (value: Vnd, sharesBp: readonly number[]): Vnd[] =>
  splitByWeights(value, sharesBp.map(BigInt));
