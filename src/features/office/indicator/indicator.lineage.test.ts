import { beforeAll, expect, test } from "vitest";
import { countLines, plainLine, type TestLine } from "../../../../test/support/figures.ts";
import { openWorld, type World } from "../../../../test/support/world.ts";
import { administrativeYear } from "../../../kernel/period.ts";
import { prepareFigures } from "./indicator.folds.queries.ts";
import { dealsBehind } from "./indicator.lineage.queries.ts";
import { lineageOf } from "./indicator.lineage.rules.ts";
import { indicatorReadings } from "./indicator.readings.ts";

/** From figures to what is behind them, and the recount; each test has a far year of its own. */
let world: World;
beforeAll(async () => {
  world = await openWorld();
  await prepareFigures(world.db, world.deps.pack);
});

test("the deals behind a figure sum to its numerator and denominator, page after page", async () => {
  const buyer = await world.makeOrganisation();
  const lines = Array.from(
    { length: 23 },
    (_, n): TestLine => ({
      ...plainLine,
      deal: `d${n % 11}`,
      day: `2104-03-${String(1 + (n % 11)).padStart(2, "0")}`,
      goodsKind: n % 3 ? "EQUIPMENT" : "IP_ASSET",
      value: BigInt(n + 1) * 1000n,
    }),
  );
  await countLines(world, buyer, lines);
  const {
    db,
    deps: { pack },
  } = world;
  const ask = { period: administrativeYear(2104), scope: "ALL" as const };
  for (const reading of await indicatorReadings(db, pack, ask)) {
    const of = lineageOf(pack, reading.indicator, ask, "PERIOD");
    if (!of) continue;
    let [numerator, denominator, deals, after] = [0n, 0n, 0, "" as string | undefined];
    while (after !== undefined) {
      const page: Awaited<ReturnType<typeof dealsBehind>> = await dealsBehind(db, of, undefined, after || undefined, 4);
      for (const deal of page.rows)
        [numerator, denominator, deals] = [numerator + deal.numerator, denominator + deal.denominator, deals + 1];
      after = page.next;
    }
    const growth = reading.definition.kind === "GROWTH";
    expect([reading.indicator.key, numerator, deals]).toEqual([
      reading.indicator.key,
      reading.numerator,
      reading.dealCount,
    ]);
    expect(denominator).toBe(growth ? reading.numerator : reading.denominator);
  }
});

test("everybody sees the counted fields of the deals behind a figure, only its parties see what it is called", async () => {
  const buyer = await world.makeOrganisation();
  const deals = await countLines(world, buyer, [{ ...plainLine, deal: "x", day: "2105-04-01", goodsKind: "IP_ASSET" }]);
  const code = deals.get("x")?.code ?? "";
  const party = await world.makeActor(buyer, "MEMBER_BUYER");
  const stranger = await world.makeActor(await world.makeOrganisation(), "MEMBER_BUYER");
  const seen = async (actor: typeof party | undefined) =>
    (await world.as(actor).get("/chi-tieu/share-ip?nam=2105")).text();
  for (const actor of [undefined, stranger]) {
    expect(await seen(actor)).toContain(code);
    expect(await seen(actor)).not.toContain(`Giao dịch thử ${code}`);
  }
  expect(await seen(party)).toContain(`Giao dịch thử ${code}`);
});

test("from 2025 the figures are said to be of the old province, and the new one has none", async () => {
  const after = await (await world.as(undefined).get("/chi-tieu/share-ip?nam=2025")).text();
  expect(after).toContain("địa bàn tỉnh Trà Vinh (trước khi sắp xếp)");
  expect(after).toContain("Toàn tỉnh Vĩnh Long");
  const before = await (await world.as(undefined).get("/chi-tieu/share-ip?nam=2024")).text();
  expect(before).not.toContain("trước khi sắp xếp");
  expect(await (await world.as(undefined).get("/chi-tieu/share-import-dev?nam=2024")).text()).toContain(
    "41 nền kinh tế",
  );
});

test("addresses that ask for what cannot be are not found; a broken cursor is the first page", async () => {
  for (const path of [
    "/chi-tieu?nam=abc",
    "/chi-tieu?nam=1200",
    "/chi-tieu?tu=2025-02-30&den=2025-03-01",
    "/chi-tieu?tu=2025-04-01&den=2025-03-01",
    "/chi-tieu/khong-co",
    "/chi-tieu.json?biet-den=hom-nay",
  ])
    expect([path, (await world.as(undefined).get(path)).status]).toEqual([path, 404]);
  const cursor = Buffer.from(JSON.stringify(["x", "y"])).toString("base64url");
  expect((await world.as(undefined).get(`/chi-tieu/share-ip?nam=2025&sau=${cursor}`)).status).toBe(200);
  for (const language of ["/en", "/km"])
    expect((await world.as(undefined).get(`${language}/chi-tieu?nam=2025`)).status).toBe(200);
});

test("the recount proves the sums equal, and shows where somebody spoiled one", async () => {
  const officer = await world.makeActor(await world.makeOrganisation({ orgType: "STATE_AGENCY" }), "PROGRAMME_OFFICER");
  await countLines(world, await world.makeOrganisation(), [{ ...plainLine, day: "2106-04-01" }]);
  const recount = async () => {
    expect((await world.as(officer).post("/van-phong/chi-tieu/dem-lai", {})).status).toBe(303);
    return (await world.as(officer).get("/van-phong/chi-tieu")).text();
  };
  expect(await recount()).toContain('data-differences="0"');
  const spoil = (by: number) =>
    world.db
      .updateTable("figure_rollup")
      .set((eb) => ({ value_vnd: eb("value_vnd", "+", String(by)) }))
      .where("span_from", "=", "2106-04-01")
      .execute();
  await spoil(7);
  expect(await recount()).toContain("figure_rollup");
  await prepareFigures(world.db, world.deps.pack, { anew: true });
  // Looking counts nothing: the page says what was found when it was last counted.
  expect(await (await world.as(officer).get("/van-phong/chi-tieu")).text()).toContain("figure_rollup");
  expect(await recount()).toContain('data-differences="0"');
  expect(await (await world.as(officer).get("/van-phong/chi-tieu")).text()).not.toContain("figure_rollup");
  expect((await world.as(undefined).get("/van-phong/chi-tieu")).status).toBe(303);
});
