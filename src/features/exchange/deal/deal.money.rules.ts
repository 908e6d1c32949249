import { splitByWeights } from "../../../kernel/money.ts";
import { done, type Outcome, refuse } from "../../../kernel/outcome.ts";

/**
 * Contract money. Lines are given in the contract's currency; đồng lines are whole. A contract in other money is converted once, as a
 * whole: value = amount × rate, rounded half up to the đồng; the lines share that value by largest remainders, so they add up exactly.
 */

const amountDigits = 4;
const rateDigits = 6;

/** Reads a decimal as typed in Viet Nam ("1.234,56") or plain ("1234.56"); a dot before exactly three digits groups thousands. */
export function readDecimal(text: string, digits = amountDigits): string | undefined {
  const bare = text.replace(/\s/g, "");
  const grouped = /^\d{1,3}(\.\d{3})+(,\d+)?$|^\d+(,\d+)?$/.test(bare);
  const plain = grouped ? bare.replace(/\./g, "").replace(",", ".") : bare;
  if (!/^\d{1,18}(\.\d+)?$/.test(plain)) return undefined;
  const [whole = "", fraction = ""] = plain.split(".");
  const tail = fraction.replace(/0+$/, "");
  return tail.length > digits ? undefined : `${BigInt(whole)}${tail ? `.${tail}` : ""}`;
}

/** A plain decimal as a whole number of 10^-digits. */
export function scaled(text: string, digits = amountDigits): bigint {
  const [whole = "0", fraction = ""] = text.split(".");
  return BigInt(whole + fraction.slice(0, digits).padEnd(digits, "0"));
}
export const unscaled = (value: bigint, digits = amountDigits): string => {
  const text = value.toString().padStart(digits + 1, "0");
  const tail = text.slice(-digits).replace(/0+$/, "");
  return `${text.slice(0, -digits)}${tail ? `.${tail}` : ""}`;
};

export type ContractMoney = { contractAmount: string; valueVnd: bigint; lineValues: bigint[] };
const valueMax = 10n ** 17n;

/** The contract's value in đồng and that of each line. `rate` is đồng for one unit; both are plain decimals. */
export function contractMoney(
  amounts: readonly string[],
  currency: string,
  rate: string | undefined,
): Outcome<ContractMoney> {
  const units = amounts.map((amount) => scaled(amount));
  const total = units.reduce((a, b) => a + b, 0n);
  const one = 10n ** BigInt(amountDigits);
  if (currency === "VND") {
    const odd = units.findIndex((unit) => unit % one !== 0n);
    if (odd >= 0) return refuse("field.money.invalid", `line${odd + 1}Amount`);
    if (total / one > valueMax) return refuse("deal.amount.too_large", "line1Amount");
    return done({
      contractAmount: unscaled(total),
      valueVnd: total / one,
      lineValues: units.map((unit) => unit / one),
    });
  }
  if (!rate) return refuse("field.required", "rate");
  const scale = one * 10n ** BigInt(rateDigits);
  const valueVnd = (total * scaled(rate, rateDigits) + scale / 2n) / scale;
  if (valueVnd > valueMax) return refuse("deal.amount.too_large", "rate");
  const lineValues = splitByWeights(valueVnd, units);
  const empty = lineValues.indexOf(0n);
  return empty >= 0
    ? refuse("deal.amount.too_small", `line${empty + 1}Amount`)
    : done({ contractAmount: unscaled(total), valueVnd, lineValues });
}
