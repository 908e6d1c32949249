import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays } from "../../../kernel/clock.ts";
import { daysIn } from "../../../kernel/period.ts";
import { spansOf } from "./indicator.spans.ts";

test("spans cover a range exactly: each begins the day after the one before", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 1500 }), (start, length) => {
      const range = { from: addDays("2020-01-01", start), to: addDays("2020-01-01", start + length) };
      const spans = spansOf(range);
      expect(spans[0]?.from).toBe(range.from);
      expect(spans.at(-1)?.to).toBe(range.to);
      for (const [index, span] of spans.entries()) {
        expect(span.from <= span.to).toBe(true);
        const next = spans[index + 1];
        if (next) expect(next.from).toBe(addDays(span.to, 1));
      }
      expect(spans.reduce((sum, span) => sum + daysIn(span), 0)).toBe(length + 1);
    }),
    { numRuns: 60 },
  );
});

test("a year is one span, a quarter of the decree six, a custom range has single days at its edges only", () => {
  expect(spansOf({ from: "2024-12-15", to: "2025-12-14" })).toHaveLength(1);
  expect(spansOf({ from: "2025-01-01", to: "2025-12-31" })).toHaveLength(1);
  expect(spansOf({ from: "2024-12-15", to: "2025-03-14" })).toHaveLength(6);
  expect(spansOf({ from: "2025-01-13", to: "2025-03-02" })).toEqual([
    { from: "2025-01-13", to: "2025-01-13" },
    { from: "2025-01-14", to: "2025-01-14" },
    { from: "2025-01-15", to: "2025-01-31" },
    { from: "2025-02-01", to: "2025-02-14" },
    { from: "2025-02-15", to: "2025-02-28" },
    { from: "2025-03-01", to: "2025-03-01" },
    { from: "2025-03-02", to: "2025-03-02" },
  ]);
});
