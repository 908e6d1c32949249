import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flows, goodsKinds, orgTypes } from "../kernel/codes.ts";
import type { Definition, Predicate, PredicateLine } from "./index.ts";
import * as province from "./index.ts";

const read = province.loadPack(path.resolve(import.meta.dirname, "../../provinces/tra-vinh"));
if (!read.ok) throw new Error(read.faults.map(province.faultText).join("\n"));
const { pack } = read;

describe("Trà Vinh and those who came after", () => {
  it.each([
    ["PLANNING_INVEST", "2023-06-01", "Sở Kế hoạch và Đầu tư tỉnh Trà Vinh"],
    ["PLANNING_INVEST", "2025-02-28", "Sở Kế hoạch và Đầu tư tỉnh Trà Vinh"],
    ["PLANNING_INVEST", "2025-03-01", "Sở Tài chính tỉnh Trà Vinh"],
    ["PLANNING_INVEST", "2026-11-23", "Sở Tài chính tỉnh Vĩnh Long"],
    ["LEAD", "2025-06-30", "Sở Khoa học và Công nghệ tỉnh Trà Vinh"],
    ["LEAD", "2025-12-15", "Sở Khoa học và Công nghệ tỉnh Vĩnh Long"],
    ["FINANCE", "2024-01-01", "Sở Tài chính tỉnh Trà Vinh"],
    ["MEDIA", "2026-01-01", "Báo và Phát thanh, Truyền hình Vĩnh Long"],
  ] as const)("%s on %s is borne by %s", (duty, day, name) => {
    const agency = province.dutyAt(pack, duty, day);
    expect(agency && province.agencyNameAt(pack, agency.key, day, "vi")).toBe(name);
  });

  it("has somebody for every duty on any day of the plan, in three languages", () => {
    fc.assert(
      fc.property(fc.constantFrom(...province.duties), fc.integer({ min: 0, max: 4200 }), (duty, days) => {
        const day = new Date(Date.UTC(2021, 0, 1) + days * 86_400_000).toISOString().slice(0, 10);
        const holders = province.dutyHoldersAt(pack, duty, day);
        expect(holders.length).toBeGreaterThan(0);
        for (const lang of ["vi", "en", "km"] as const) {
          for (const holder of holders) expect(province.agencyNameAt(pack, holder.key, day, lang)).toBeTruthy();
        }
      }),
    );
  });

  it("had a newspaper and a broadcaster before the merger", () => {
    expect(province.dutyHoldersAt(pack, "MEDIA", "2024-05-01").map((a) => a.key)).toEqual([
      "bao-tra-vinh",
      "dai-ptth-tra-vinh",
    ]);
  });

  it("is called Vĩnh Long from 1 July 2025", () => {
    expect(province.provinceNameAt(pack, "2025-06-30", "vi")).toBe("Trà Vinh");
    expect(province.provinceNameAt(pack, "2025-07-01", "vi")).toBe("Vĩnh Long");
    expect(province.isSucceededAt(pack, "2025-06-30")).toBe(false);
    expect(province.isSucceededAt(pack, "2025-07-01")).toBe(true);
  });

  it("follows an agency through both mergers", () => {
    const heirs = (day: string) =>
      province.successorsAt(pack, "so-khdt-tra-vinh", day, "PLANNING_INVEST").map((a) => a.key);
    expect(heirs("2024-01-01")).toEqual(["so-khdt-tra-vinh"]);
    expect(heirs("2025-05-01")).toEqual(["so-tai-chinh-tra-vinh"]);
    expect(heirs("2026-01-01")).toEqual(["so-tai-chinh-vinh-long"]);
  });

  it("sends its reports to the ministry and the People's Committee of the day", () => {
    expect(province.reportReceiversAt(pack, "2024-12-20")).toEqual(["bo-khcn", "ubnd-tra-vinh"]);
    expect(province.reportReceiversAt(pack, "2025-12-20")).toEqual(["bo-khcn", "ubnd-vinh-long"]);
  });

  it("has districts until the merger and communes after it", () => {
    const kinds = (day: string) => new Set(province.territoriesAt(pack, day).map((t) => t.kind));
    expect(kinds("2025-06-30")).toEqual(new Set(["PROVINCE", "CITY", "TOWN", "DISTRICT"]));
    expect(kinds("2025-07-01")).toEqual(new Set(["PROVINCE", "WARD", "COMMUNE"]));
  });
});

describe("the plan", () => {
  it("has seven task groups and the targets of the announcement", () => {
    expect(pack.plan.taskGroups.map((g) => g.key)).toEqual([
      "POLICY",
      "DEMAND",
      "SUPPLY",
      "INTERMEDIARY",
      "PROMOTION",
      "HR_COMM_INTL",
      "INFRA",
    ]);
    const said = pack.plan.targets.map((t) => `${t.indicator} ${t.year} ${t.scope} ${t.kind} ${t.min}–${t.max}`);
    expect(said).toEqual([
      "GROWTH_VALUE 2025 ALL APPROX 10–10",
      "GROWTH_VALUE 2025 KEY_SECTORS NONE null–null",
      "SHARE_IP 2025 ALL POINT 5–5",
      "SHARE_IMPORT_DEV 2025 ALL RANGE 5–10",
      "SHARE_DOM_RESEARCH 2025 ALL RANGE 5–10",
      "INTERMEDIARIES 2025 ALL COUNT 1–null",
      "GROWTH_VALUE 2030 ALL POINT 15–15",
      "SHARE_IP 2030 ALL POINT 10–10",
      "SHARE_IMPORT_DEV 2030 ALL RANGE 10–15",
      "SHARE_DOM_RESEARCH 2030 ALL RANGE 10–20",
      "INTERMEDIARIES 2030 ALL NONE null–null",
      "EXCHANGE_EST 2030 ALL MILESTONE null–null",
    ]);
    expect(province.targetsOf(pack, "SHARE_IP", 2030)).toHaveLength(1);
  });

  it("never prints an invented number", () => {
    expect(province.planNumber(pack)).toBe("Số …/KH-UBND (chưa có số)");
  });

  it("has a definition for each indicator on any day, and five steps to an exchange", () => {
    for (const { key } of pack.indicators.indicators)
      expect(province.indicatorDefinitionAt(pack, key, "2024-06-01")?.version).toBe(1);
    const milestone = province.indicatorDefinitionAt(pack, "EXCHANGE_EST", "2024-06-01");
    expect(milestone?.kind === "MILESTONE" && milestone.steps.map((s) => s.key)).toEqual([
      "SCHEME",
      "DECISION",
      "REGULATION",
      "ECOMMERCE",
      "OPENING",
    ]);
  });

  it("counts Korea, Singapore and Taiwan as developed, China never, Andorra from April 2021", () => {
    const codes = (day: string, key?: string) => province.developedListAt(pack, key, day)?.codes ?? [];
    expect(codes("2025-01-01")).toEqual(expect.arrayContaining(["KR", "SG", "TW", "AD", "HR"]));
    expect(codes("2025-01-01")).not.toContain("CN");
    expect(codes("2021-03-31")).toHaveLength(39);
    expect(codes("2021-04-01")).toHaveLength(40);
    expect(codes("2023-04-01")).toHaveLength(41);
    expect(codes("2021-12-31", "un-m49-developed")).not.toContain("KR");
    expect(province.countryName(pack, "TW", "vi")).toBe("Đài Loan (Trung Quốc)");
    expect(pack.countries.countries).toHaveLength(250);
  });
});

const codes = ["VN", "KR", "CN", "DE", "TH"];
const sectors = pack.sectors.sectors.map((s) => s.key);
const days = fc
  .integer({ min: 0, max: 3650 })
  .map((n) => new Date(Date.UTC(2021, 0, 1) + n * 86_400_000).toISOString().slice(0, 10));
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const lines: fc.Arbitrary<PredicateLine> = fc.record({
  day: days,
  goodsKind: fc.constantFrom(...goodsKinds),
  flow: fc.constantFrom(...flows),
  originCountry: orNull(fc.constantFrom(...codes)),
  supplierOrgType: orNull(fc.constantFrom(...orgTypes)),
  sector: orNull(fc.constantFrom(...sectors)),
  territory: orNull(fc.constantFrom("huyen-cau-ke", "tp-tra-vinh")),
  evidenceLevel: fc.integer({ min: 0, max: 4 }),
});
const listed = <T>(values: readonly T[]) =>
  fc
    .tuple(fc.boolean(), fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 }))
    .map(([yes, some]) => (yes ? { in: some } : { notIn: some }));
const predicates: fc.Arbitrary<Predicate> = fc.record(
  {
    day: fc.oneof(
      days.map((min) => ({ min })),
      days.map((max) => ({ max })),
    ),
    goodsKind: listed(goodsKinds),
    flow: listed(flows),
    originCountry: fc.oneof(
      listed(codes),
      fc.constant({ list: "developed" as const }),
      fc.boolean().map((domestic) => ({ domestic })),
    ),
    supplierOrgType: listed(orgTypes),
    sector: fc.oneof(listed(sectors), fc.constant({ list: "keySectors" as const })),
    territory: listed(["huyen-cau-ke", "tp-tra-vinh"]),
    evidenceLevel: fc.oneof(
      fc.integer({ min: 0, max: 4 }).map((min) => ({ min })),
      listed([0, 1, 2, 3, 4]),
    ),
  },
  { requiredKeys: [] },
);
const shareOf = (of: Predicate, part: Predicate): Definition => {
  const share = province.indicatorDefinitionAt(pack, "SHARE_IP", "2024-01-01");
  if (share?.kind !== "SHARE") throw new Error("SHARE_IP is a share");
  return { ...share, of, part };
};

describe("a share", () => {
  it("never has a line in its numerator that is not in its denominator, whatever its predicates", () => {
    fc.assert(
      fc.property(predicates, predicates, lines, (of, part, line) => {
        const fraction = province.fractionOf(shareOf(of, part));
        if (!fraction) throw new Error("a share is a fraction");
        const above = province.satisfiesAll(pack, fraction.numerator, line);
        expect(!above || province.satisfiesAll(pack, fraction.denominator, line)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  const line: PredicateLine = {
    day: "2024-05-01",
    goodsKind: "TECHNOLOGY",
    flow: "INBOUND",
    originCountry: "KR",
    supplierOrgType: "FOREIGN",
    sector: "RICE",
    territory: null,
    evidenceLevel: 2,
  };
  it.each([
    ["SHARE_IMPORT_DEV", line, true, true],
    ["SHARE_IMPORT_DEV", { ...line, originCountry: "CN" }, false, true],
    ["SHARE_IMPORT_DEV", { ...line, originCountry: null }, false, true],
    ["SHARE_IMPORT_DEV", { ...line, goodsKind: "EQUIPMENT" }, false, false],
    ["SHARE_IMPORT_DEV", { ...line, evidenceLevel: 1 }, false, false],
    ["SHARE_IP", { ...line, goodsKind: "IP_ASSET" }, true, true],
    ["SHARE_IP", { ...line, goodsKind: "EQUIPMENT" }, false, true],
    ["SHARE_IP", { ...line, goodsKind: "OCOP_PRODUCT" }, false, false],
    [
      "SHARE_DOM_RESEARCH",
      { ...line, originCountry: "VN", flow: "DOMESTIC", supplierOrgType: "UNIVERSITY" },
      true,
      true,
    ],
    [
      "SHARE_DOM_RESEARCH",
      { ...line, originCountry: "VN", flow: "DOMESTIC", supplierOrgType: "ENTERPRISE" },
      false,
      true,
    ],
    ["SHARE_DOM_RESEARCH", line, false, false],
  ] as const)("%s takes the line as it should (%#)", (key, of, above, below) => {
    const definition = province.indicatorDefinitionAt(pack, key, of.day);
    const fraction = definition && province.fractionOf(definition);
    expect(
      fraction && [
        province.satisfiesAll(pack, fraction.numerator, of),
        province.satisfiesAll(pack, fraction.denominator, of),
      ],
    ).toEqual([above, below]);
  });
});

describe("registration of a transfer contract", () => {
  it.each([
    [{ flow: "INBOUND", usesStateFunds: false }, "2024-03-01", true, "INBOUND"],
    [{ flow: "OUTBOUND", usesStateFunds: false }, "2024-03-01", true, "OUTBOUND"],
    [{ flow: "DOMESTIC", usesStateFunds: true }, "2026-06-01", true, "STATE_FUNDS"],
    [
      { flow: "DOMESTIC", usesStateFunds: true, taskResultsRegistered: true },
      "2024-03-01",
      false,
      "TASK_RESULTS_REGISTERED",
    ],
    [{ flow: "DOMESTIC", usesStateFunds: false }, "2024-03-01", false, "VOLUNTARY"],
    [{ flow: "INBOUND", usesStateFunds: false, restrictedLicensed: true }, "2024-03-01", false, "RESTRICTED_LICENSED"],
  ] as const)("%o on %s", (of, day, required, reason) => {
    expect(province.registrationRule(pack, of, day)).toMatchObject({
      required,
      reason,
      verifiedOn: null,
      law: { deadlineDays: 90 },
    });
  });
  it("names the amended law from April 2026", () => {
    const basis = (day: string) =>
      province.registrationRule(pack, { flow: "INBOUND", usesStateFunds: false }, day)?.basis ?? "";
    expect(basis("2026-03-31")).not.toContain("115/2025/QH15");
    expect(basis("2026-04-01")).toContain("115/2025/QH15");
  });
});
