import path from "node:path";
import { describe, expect, it } from "vitest";
import {
  addWorkingDays,
  holidaysIn,
  isWorkingDay,
  isYearSettled,
  loadPack,
  lunarToDay,
  workingDayFrom,
} from "./index.ts";

const read = loadPack(path.resolve(import.meta.dirname, "../../provinces/tra-vinh"));
if (!read.ok) throw new Error("the pack of Trà Vinh does not load");
const { pack } = read;

describe("the lunar calendar of Viet Nam", () => {
  it.each([
    [1, 1, 1968, "1968-01-29"], // a day before China's
    [1, 1, 1985, "1985-01-21"], // a month before China's
    [1, 1, 2007, "2007-02-17"], // a day before China's
    [1, 1, 2025, "2025-01-29"],
    [1, 1, 2026, "2026-02-17"],
    [1, 1, 2030, "2030-02-02"], // a day before China's
    [10, 3, 2025, "2025-04-07"],
    [10, 3, 2026, "2026-04-26"],
    [15, 8, 2025, "2025-10-06"], // after the leap sixth month
  ])("%i/%i of %i is %s", (day, month, year, solar) => {
    expect(lunarToDay(day, month, year)).toBe(solar);
  });
});

describe("holidays", () => {
  it("has each year from 2021 to 2030, with five days of Tết and two of Quốc khánh", () => {
    for (let year = 2021; year <= 2030; year++) {
      const days = holidaysIn(pack, year).filter((d) => d.kind === "STATUTORY");
      expect(
        days.filter((d) => d.holiday === "TET"),
        `Tết ${year}`,
      ).toHaveLength(5);
      expect(
        days.filter((d) => d.holiday === "NATIONAL"),
        `Quốc khánh ${year}`,
      ).toHaveLength(2);
      expect(days, String(year)).toHaveLength(year < 2026 ? 11 : 12);
      expect(days.find((d) => d.holiday === "TET" && d.lunar?.day === 1)?.day).toBe(lunarToDay(1, 1, year));
      expect(days.find((d) => d.holiday === "HUNG_KINGS")?.day).toBe(lunarToDay(10, 3, year));
    }
  });

  it.each([
    ["2025-01-29", false], // Tết
    ["2025-04-07", false], // Giỗ Tổ
    ["2025-04-26", true], // a Saturday worked for 2 May
    ["2025-05-02", false],
    ["2026-02-16", false],
    ["2026-02-23", true],
    ["2026-04-27", false], // Giỗ Tổ fell on Sunday
    ["2026-08-22", true], // a Saturday worked for 31 August
    ["2026-08-31", false],
    ["2025-11-24", true],
    ["2026-11-23", true],
    ["2026-11-24", false], // Ngày Văn hóa Việt Nam, since 2026
    ["2026-11-28", false], // a Saturday
  ])("%s is worked: %s", (day, worked) => {
    expect(isWorkingDay(pack, day)).toBe(worked);
  });

  it("counts working days over Tết and back", () => {
    expect(addWorkingDays(pack, "2026-02-13", 1)).toBe("2026-02-23");
    expect(addWorkingDays(pack, "2026-02-23", -1)).toBe("2026-02-13");
    expect(addWorkingDays(pack, "2025-12-31", 1)).toBe("2026-01-05");
    expect(workingDayFrom(pack, "2026-11-24")).toBe("2026-11-25");
  });

  it("says that a year without its notice is not settled", () => {
    expect(isYearSettled(pack, 2026)).toBe(true);
    expect(isYearSettled(pack, 2027)).toBe(false);
    expect(isYearSettled(pack, 2035)).toBe(false);
  });
});
