import { expect, test } from "vitest";
import { openWorld } from "../../../../test/support/world.ts";
import { administrativeYear } from "../../../kernel/period.ts";
import { developedListAt, indicatorOf } from "../../../province/index.ts";
import type { Reading } from "./indicator.readings.ts";
import { showDevelopedList, showFigure, showFormula, showGap, showTarget, verdictOf } from "./indicator.show.ts";

/** A reading as the engine answers it, with what a sentence needs. */
async function readingOf(key: string, over: Partial<Reading>): Promise<Reading> {
  const { pack } = (await openWorld()).deps;
  const indicator = indicatorOf(pack, key);
  const [definition] = indicator?.definitions ?? [];
  const target = pack.plan.targets.find((one) => one.indicator === key && one.scope === "ALL");
  if (!indicator || !definition) throw new Error(key);
  return {
    indicator,
    definition,
    target,
    period: administrativeYear(2025),
    scope: "ALL",
    cutOff: "2025-06-01",
    dealCount: 3,
    developedList: undefined,
    toward: false,
    value: 3,
    unknown: undefined,
    numerator: 3n,
    denominator: 100n,
    lineCount: 4,
    met: false,
    exceeded: false,
    gap: undefined,
    ...over,
  };
}
const gap = { kind: "VALUE", vnd: 3_200_000_000n } as const;

test("what is missing is said as officials say it, by the time of the period", async () => {
  const reading = await readingOf("SHARE_IP", { gap });
  expect(showGap("vi", reading, "2025-06-01")).toBe(
    "Cần thêm 3,2 tỷ đồng giá trị giao dịch tài sản trí tuệ đến hết ngày 14/12/2025",
  );
  expect(showGap("vi", reading, "2025-12-15")).toBe(
    "Kỳ kết thúc ngày 14/12/2025 còn thiếu 3,2 tỷ đồng giá trị giao dịch tài sản trí tuệ",
  );
  const short = async (vnd: bigint) =>
    showGap("vi", await readingOf("SHARE_IP", { gap: { kind: "VALUE", vnd } }), "2025-06-01");
  expect(await short(10_818_000_000n), "never less than what is needed").toContain("Cần thêm 10,82 tỷ đồng");
  expect(await short(999_999_999n)).toContain("Cần thêm 1 tỷ đồng");
  expect(await short(1_230_001n)).toContain("Cần thêm 1,24 triệu đồng");
  expect(showGap("vi", { ...reading, toward: true }, "2025-06-01")).toContain("cần thêm 3,2 tỷ đồng");
  expect(
    showGap("vi", await readingOf("INTERMEDIARIES", { gap: { kind: "RECORDS", count: 1 } }), "2025-06-01"),
  ).toContain("Cần thêm 1 tổ chức trung gian");
  expect(showGap("vi", await readingOf("SHARE_IP", {}), "2025-06-01")).toBeUndefined();
});

test("a formula shows its numbers, and an unknown figure says so", async () => {
  expect(showFormula("vi", await readingOf("SHARE_IP", {}))).toBe("3 đồng ÷ 100 đồng × 100 = 3,00%");
  expect(
    showFormula("vi", await readingOf("GROWTH_VALUE", { value: 10, numerator: 14641n, denominator: 10000n })),
  ).toBe("((14.641 đồng ÷ 10.000 đồng)^(1/4) − 1) × 100 = 10,00% mỗi năm");
  expect(showFigure("vi", await readingOf("SHARE_IP", {}), null)).toBe("chưa có số liệu");
  expect(showFigure("vi", await readingOf("EXCHANGE_EST", { denominator: 5n }), 2)).toBe("2/5 bước");
});

test("a target is said as a number of its own, before the plan's sentence", async () => {
  const of = async (key: string, over: object = {}) => {
    const reading = await readingOf(key, {});
    return showTarget("vi", { ...reading, target: reading.target && { ...reading.target, ...over } });
  };
  expect(await of("GROWTH_VALUE", { kind: "POINT", min: 15, max: 15 })).toBe("15%/năm");
  expect(await of("SHARE_IMPORT_DEV", { kind: "RANGE", min: 10, max: 15 })).toBe("10–15%");
  expect(await of("SHARE_IP", { kind: "MIN", min: 10, max: null })).toBe("từ 10%");
  expect(await of("INTERMEDIARIES", { kind: "COUNT", min: 2, max: 2 })).toBe("2 tổ chức");
  expect(await of("EXCHANGE_EST", { kind: "MILESTONE", min: null, max: null })).toBe("đủ 5 bước");
  expect(await of("SHARE_IP", { kind: "NONE" })).toBeUndefined();
});

test("the list of developed countries is named in the reader's language", async () => {
  const { pack } = (await openWorld()).deps;
  const reading = await readingOf("SHARE_IMPORT_DEV", {
    developedList: developedListAt(pack, undefined, "2025-06-01"),
  });
  expect(showDevelopedList("vi", pack, reading)).toContain("41 nền kinh tế");
  expect(showDevelopedList("en", pack, reading)).toContain("41 economies");
});

test("a verdict is met, not met, not compared, or on the way to a later year", async () => {
  const tone = async (over: Partial<Reading>) => verdictOf("vi", await readingOf("SHARE_IP", over)).text;
  expect([await tone({ met: true }), await tone({}), await tone({ met: null }), await tone({ toward: true })]).toEqual([
    "Đạt",
    "Chưa đạt",
    "Không so sánh",
    "Chưa đến mức mục tiêu",
  ]);
});
