import fc from "fast-check";
import { expect, test } from "vitest";
import { splitByWeights } from "../../../kernel/money.ts";
import { nextStep } from "../../../kernel/steps.ts";
import { contractMoney, readDecimal, scaled } from "./deal.money.rules.ts";
import { dealStates, dealSteps, dealVerbs, evidenceKinds, evidenceLevelOf, recognitionOf } from "./deal.rules.ts";

const expected: Record<string, string> = {
  "OPEN agree": "AGREED",
  "OPEN sign": "CONTRACT_SIGNED",
  "OPEN cancel": "CANCELLED",
  "AGREED sign": "CONTRACT_SIGNED",
  "AGREED cancel": "CANCELLED",
  "CONTRACT_SIGNED effect": "EFFECTIVE",
  "CONTRACT_SIGNED cancel": "CANCELLED",
  "CONTRACT_SIGNED annul": "CANCELLED",
  "EFFECTIVE perform": "IN_PERFORMANCE",
  "EFFECTIVE accept": "ACCEPTED",
  "EFFECTIVE dispute": "DISPUTED",
  "EFFECTIVE cancel": "CANCELLED",
  "EFFECTIVE annul": "CANCELLED",
  "IN_PERFORMANCE accept": "ACCEPTED",
  "IN_PERFORMANCE dispute": "DISPUTED",
  "IN_PERFORMANCE cancel": "CANCELLED",
  "IN_PERFORMANCE annul": "CANCELLED",
  "ACCEPTED liquidate": "LIQUIDATED",
  "ACCEPTED dispute": "DISPUTED",
  "ACCEPTED annul": "CANCELLED",
  "LIQUIDATED annul": "CANCELLED",
  "DISPUTED resume": "IN_PERFORMANCE",
  "DISPUTED cancel": "CANCELLED",
  "DISPUTED annul": "CANCELLED",
};
for (const state of dealStates)
  for (const verb of dealVerbs)
    test(`deal: ${state} + ${verb}`, () => expect(nextStep(dealSteps, state, verb)).toBe(expected[`${state} ${verb}`]));

test("one more confirmed document never lowers the evidence level, and no level comes without its documents", () => {
  const kinds = fc.array(fc.constantFrom(...evidenceKinds), { maxLength: 6 });
  fc.assert(
    fc.property(fc.boolean(), kinds, fc.constantFrom(...evidenceKinds), (vouched, confirmed, more) => {
      const level = evidenceLevelOf({ vouched, confirmed });
      expect(evidenceLevelOf({ vouched, confirmed: [...confirmed, more] })).toBeGreaterThanOrEqual(level);
      expect(evidenceLevelOf({ vouched: true, confirmed })).toBeGreaterThanOrEqual(level);
      if (level === 1) expect(vouched).toBe(true);
      if (level >= 2) expect(confirmed).toContain("CONTRACT");
      if (level === 4)
        expect(confirmed.some((k) => k === "INVOICE" || k === "PAYMENT" || k === "ACCEPTANCE_MINUTES")).toBe(true);
    }),
  );
});

test("a recognition day once set is kept, whatever is said later", () => {
  const registration = {
    required: true,
    certifiedOn: "2025-02-02",
    reason: undefined,
    exception: undefined,
    law: undefined,
    number: undefined,
  };
  expect(
    recognitionOf({ state: "CANCELLED", signedOn: "2024-01-01", registration, recognisedOn: "2023-05-05" }, 0),
  ).toBe("2023-05-05");
  expect(
    recognitionOf({ state: "CONTRACT_SIGNED", signedOn: "2024-01-01", registration, recognisedOn: undefined }, 2),
  ).toBe("2025-02-02");
  expect(
    recognitionOf(
      {
        state: "CONTRACT_SIGNED",
        signedOn: "2024-01-01",
        registration: { ...registration, certifiedOn: undefined },
        recognisedOn: undefined,
      },
      4,
    ),
  ).toBeUndefined();
  expect(
    recognitionOf({ state: "CANCELLED", signedOn: "2024-01-01", registration, recognisedOn: undefined }, 4),
  ).toBeUndefined();
});

test("amounts are read as people type them", () => {
  expect(readDecimal("1.200.000.000")).toBe("1200000000");
  expect(readDecimal("25.430,5", 6)).toBe("25430.5");
  expect(readDecimal("12345.67")).toBe("12345.67");
  expect(readDecimal("33,33", 2)).toBe("33.33");
  expect(readDecimal("1,2,3")).toBeUndefined();
  expect(readDecimal("-5")).toBeUndefined();
});

test("parts by weights add up to the đồng", () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10n ** 17n }),
      fc.array(fc.bigInt({ min: 1n, max: 10n ** 20n }), { minLength: 1, maxLength: 6 }),
      (value, weights) => {
        expect(splitByWeights(value, weights).reduce((a, b) => a + b, 0n)).toBe(value);
      },
    ),
  );
});

test("foreign money is converted as a whole, half up, and shared among the lines exactly", () => {
  expect(contractMoney(["0.5", "0.5"], "USD", "25001")).toEqual({
    ok: true,
    value: { contractAmount: "1", valueVnd: 25001n, lineValues: [12501n, 12500n] },
  });
  expect(contractMoney(["1"], "USD", "0.5")).toMatchObject({ value: { valueVnd: 1n } });
  expect(contractMoney(["1.5"], "VND", undefined)).toMatchObject({
    ok: false,
    why: "field.money.invalid",
    field: "line1Amount",
  });
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 10 ** 8 }), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 10_000, max: 99_999_999 }),
      (amounts, rate) => {
        const read = contractMoney(amounts.map(String), "USD", `${rate}.25`);
        if (!read.ok) throw new Error(read.why);
        expect(read.value.lineValues.reduce((a, b) => a + b, 0n)).toBe(read.value.valueVnd);
        expect(read.value.valueVnd).toBe(
          (BigInt(amounts.reduce((a, b) => a + b, 0)) * scaled(`${rate}.25`, 2) + 50n) / 100n,
        );
      },
    ),
  );
});
