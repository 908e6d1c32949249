import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { countLines, plainLine, type TestLine } from "../../../../test/support/figures.ts";
import { openWorld, type World } from "../../../../test/support/world.ts";
import type { Flow, GoodsKind, OrgType } from "../../../kernel/codes.ts";
import { administrativeYear, calendarYear, type Period } from "../../../kernel/period.ts";
import { keySectorsAt, type Predicate, predicateHolds } from "../../../province/index.ts";
import { prepareFigures } from "./indicator.folds.queries.ts";
import type { ReadingJson } from "./indicator.json.ts";
import { countingDifferences } from "./indicator.recount.queries.ts";

/** Figures are the whole province's, so each test has a far year of its own; the oracle reads every counted line and sums it in TypeScript. */
let world: World;
beforeAll(async () => {
  world = await openWorld();
  await prepareFigures(world.db, world.deps.pack);
});

const json = async (query: string): Promise<ReadingJson[]> =>
  (await world.as(undefined).get(`/chi-tieu.json?${query}`)).json() as Promise<ReadingJson[]>;
const by = (readings: ReadingJson[], key: string): ReadingJson => {
  const found = readings.find((one) => one.key === key);
  if (!found) throw new Error(`no ${key}`);
  return found;
};

type Row = {
  deal_id: string;
  recognised_on: string;
  goods_kind: string;
  flow: string;
  origin_country: string;
  supplier_org_type: string;
  sector: string;
  territory: string;
  evidence_level: number;
  value_vnd: string;
};
async function bruteForce(period: Period, sectors: readonly string[] | undefined) {
  const { pack } = world.deps;
  const rows: Row[] = await world.db.selectFrom("counted_line").selectAll().execute();
  const sum = (from: string, to: string, predicates: Predicate[]) => {
    const chosen = rows.filter(
      (r) =>
        r.recognised_on >= from &&
        r.recognised_on <= to &&
        (!sectors || sectors.includes(r.sector)) &&
        predicates.every((p) =>
          predicateHolds(pack, p, {
            day: r.recognised_on,
            goodsKind: r.goods_kind as GoodsKind,
            flow: r.flow as Flow,
            originCountry: r.origin_country,
            supplierOrgType: r.supplier_org_type as OrgType,
            sector: r.sector,
            territory: r.territory,
            evidenceLevel: r.evidence_level,
          }),
        ),
    );
    return {
      value: chosen.reduce((total, r) => total + BigInt(r.value_vnd), 0n),
      deals: new Set(chosen.map((r) => r.deal_id)).size,
    };
  };
  return pack.indicators.indicators.flatMap(({ key, definitions }) => {
    const [definition] = definitions;
    if (definition?.kind === "SHARE") {
      const whole = sum(period.from, period.to, [definition.of]);
      return [
        {
          key,
          numerator: String(sum(period.from, period.to, [definition.of, definition.part]).value),
          denominator: String(whole.value),
          dealCount: whole.deals,
        },
      ];
    }
    if (definition?.kind !== "GROWTH") return [];
    const now = sum(period.from, period.to, [definition.of]);
    const moved = (day: string) =>
      `${Number(day.slice(0, 4)) + definition.baselineYear - Number(period.to.slice(0, 4))}${day.slice(4)}`;
    return [
      {
        key,
        numerator: String(now.value),
        denominator: String(sum(moved(period.from), moved(period.to), [definition.of]).value),
        dealCount: now.deals,
      },
    ];
  });
}

const someLine = (year: number): fc.Arbitrary<TestLine> =>
  fc.record({
    deal: fc.constantFrom("a", "b", "c", "d", "e", "f", "g"),
    day: fc.constantFrom(
      `${year - 1}-12-14`,
      `${year - 1}-12-15`,
      `${year - 1}-12-31`,
      `${year}-01-01`,
      `${year}-02-28`,
      `${year}-06-14`,
      `${year}-06-15`,
      `${year}-12-14`,
      `${year}-12-15`,
      `${year}-12-31`,
    ),
    goodsKind: fc.constantFrom("TECHNOLOGY", "EQUIPMENT", "IP_ASSET", "RESEARCH_RESULT", "ST_SERVICE", "OCOP_PRODUCT"),
    flow: fc.constantFrom("DOMESTIC", "INBOUND", "OUTBOUND"),
    originCountry: fc.constantFrom("VN", "KR", "CN", "HR", "AD", "LA"),
    supplierOrgType: fc.constantFrom("ENTERPRISE", "UNIVERSITY", "COLLEGE", "FOREIGN"),
    sector: fc.constantFrom("", "COCONUT", "RICE", "ICT"),
    territory: fc.constantFrom("", "cang-long"),
    evidenceLevel: fc.constantFrom(2, 3, 4),
    value: fc.bigInt({ min: 1n, max: 10n ** 13n }),
  });
/** A deal has one day, flow, origin, sector, territory and level. */
const asDeals = (lines: TestLine[]): TestLine[] =>
  lines.map((line) => {
    const first = lines.find((one) => one.deal === line.deal) ?? line;
    return { ...first, goodsKind: line.goodsKind, supplierOrgType: line.supplierOrgType, value: line.value };
  });

test("figures from the roll-up equal a sum over every line, for any year, days and scope, folded or not", async () => {
  const buyer = await world.makeOrganisation();
  const [folded] = await world.db.selectFrom("figure_fold_state").selectAll().execute();
  let year = 2110;
  await fc.assert(
    fc.asyncProperty(fc.array(someLine(0), { minLength: 1, maxLength: 25 }), fc.boolean(), async (shapes, fits) => {
      year++;
      const shift = (day: string) => day.replace(/^-?\d+/, (text) => String(Number(text) + year).padStart(4, "0"));
      await countLines(
        world,
        buyer,
        asDeals(shapes).map((line) => ({ ...line, day: shift(line.day) })),
      );
      await world.db
        .updateTable("figure_fold_state")
        .set({ hash: fits ? (folded?.hash ?? "") : "of another pack" })
        .execute();
      const keySectors = keySectorsAt(world.deps.pack, `${year}-12-31`);
      const custom: Period = { from: `${year - 1}-12-31`, to: `${year}-06-14`, regime: "CUSTOM" };
      for (const [query, period] of [
        [`nam=${year}`, administrativeYear(year)],
        [`nam=${year}&che-do=duong-lich`, calendarYear(year)],
        [`tu=${custom.from}&den=${custom.to}`, custom],
      ] as const)
        for (const scope of ["", "&pham-vi=chu-luc"]) {
          const answer = await json(query + scope);
          for (const expected of await bruteForce(period, scope ? keySectors : undefined))
            expect(by(answer, expected.key)).toMatchObject(expected);
        }
    }),
    { numRuns: 8 },
  );
  await world.db
    .updateTable("figure_fold_state")
    .set({ hash: folded?.hash ?? "" })
    .execute();
  expect(await countingDifferences(world.db)).toEqual([]);
}, 60_000);

test("the answer has exactly the members that the office's machines read", async () => {
  const answer = await json("nam=2025");
  expect(answer.map((one) => one.key)).toEqual([
    "GROWTH_VALUE",
    "SHARE_IP",
    "SHARE_IMPORT_DEV",
    "SHARE_DOM_RESEARCH",
    "INTERMEDIARIES",
    "EXCHANGE_EST",
  ]);
  const ip = by(answer, "SHARE_IP");
  expect(Object.keys(ip).slice(0, 9)).toEqual([
    "key",
    "value",
    "unit",
    "numerator",
    "denominator",
    "definitionVersion",
    "dealCount",
    "target",
    "met",
  ]);
  expect(ip.target).toEqual({
    year: 2025,
    kind: "POINT",
    min: 5,
    max: 5,
    verbatim: "tỷ trọng giao dịch tài sản trí tuệ đạt 5%",
  });
  expect(ip.period).toEqual({ from: "2024-12-15", to: "2025-12-14", regime: "ADMINISTRATIVE" });
  expect(typeof ip.numerator).toBe("string");
  expect(by(answer, "GROWTH_VALUE")).toMatchObject({ baselineYear: 2021, unit: "PERCENT_PER_YEAR" });
  expect(by(await json("nam=2027"), "SHARE_IP").target?.year).toBe(2030);
  expect(by(await json("nam=2025&pham-vi=chu-luc"), "GROWTH_VALUE").target?.kind).toBe("NONE");
});

test("a year without deals has no figures: null with no verdict, and the page says so", async () => {
  const answer = await json("nam=2102");
  for (const key of ["GROWTH_VALUE", "SHARE_IP", "SHARE_IMPORT_DEV", "SHARE_DOM_RESEARCH"])
    expect(by(answer, key)).toMatchObject({
      value: null,
      met: null,
      numerator: "0",
      dealCount: 0,
      unknown: "NO_LINES",
    });
  const html = await (await world.as(undefined).get("/chi-tieu?nam=2102")).text();
  expect(html).toContain("chưa có số liệu");
  expect(html).not.toContain("NaN");
});

test("a figure can be told as it was known on a day, before later lines and corrections", async () => {
  const buyer = await world.makeOrganisation();
  const at = { ...plainLine, day: "2103-05-05" };
  await countLines(world, buyer, [
    { ...at, deal: "x", value: 900n, recordedAt: "2103-06-01T00:00:00Z" },
    { ...at, deal: "y", line: "ip", goodsKind: "IP_ASSET", value: 100n, recordedAt: "2103-06-01T00:00:00Z" },
    { ...at, deal: "y", line: "ip", goodsKind: "IP_ASSET", value: -100n, recordedAt: "2103-07-01T16:59:00Z" }, // 23:59 on 1 July in Viet Nam
    { ...at, deal: "z", goodsKind: "IP_ASSET", value: 300n, recordedAt: "2103-08-01T00:00:00Z" },
  ]);
  const known = async (day: string) => by(await json(`nam=2103${day && `&biet-den=${day}`}`), "SHARE_IP");
  expect(await known("2103-05-31")).toMatchObject({ value: null, dealCount: 0 });
  expect(await known("2103-06-30")).toMatchObject({
    numerator: "100",
    denominator: "1000",
    value: 10,
    dealCount: 2,
    cutOff: "2103-06-30",
  });
  expect(await known("2103-07-01")).toMatchObject({ numerator: "0", denominator: "900", value: 0, dealCount: 1 });
  expect(await known("2103-08-01")).toMatchObject({ numerator: "300", denominator: "1200", value: 25, dealCount: 2 });
  expect(await known("")).toMatchObject({ numerator: "300", denominator: "1200", value: 25, dealCount: 2 });
});
