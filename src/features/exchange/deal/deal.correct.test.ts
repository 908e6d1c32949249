import { expect, test } from "vitest";
import {
  contractOf,
  countedOf,
  differencesOf,
  freshDeal,
  givenEntered,
  givenEvidence,
  givenMarket,
} from "../../../../test/support/deal.ts";
import { openWorld } from "../../../../test/support/world.ts";
import { correctDeal } from "./deal.office.actions.ts";
import { stepDeal } from "./deal.step.actions.ts";

const by = (m: Awaited<ReturnType<typeof givenMarket>>) => ({ adds: m.enterer, confirms: m.officer });
const linesOf = async (world: Awaited<ReturnType<typeof openWorld>>, id: string) =>
  world.db
    .selectFrom("counted_line")
    .selectAll()
    .where("deal_id", "=", id)
    .orderBy("recorded_at")
    .orderBy("id")
    .execute();

test("annulled after counting, a deal nets to zero and its entries stay", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const entered = await givenEntered(world, market);
  const deal = await givenEvidence(world, entered.code, by(market), "CONTRACT");
  expect(
    await stepDeal(world.deps, market.enterer, deal.code, {
      verb: "cancel",
      version: deal.version,
      reason: "Hợp đồng chấm dứt",
      acceptedOn: undefined,
    }),
  ).toMatchObject({ why: "deal.cancel.counted" });
  const annulled = await stepDeal(world.deps, market.officer, deal.code, {
    verb: "annul",
    version: deal.version,
    reason: "Hợp đồng không có thật",
    acceptedOn: undefined,
  });
  expect(annulled).toMatchObject({ ok: true, value: { state: "CANCELLED", recognisedOn: "2019-03-01" } });
  expect(await countedOf(world, deal)).toBe(0n);
  expect(await linesOf(world, deal.id)).toHaveLength(2);
  expect(await differencesOf(world)).toEqual([]);
});

test("a correction after counting writes entries with its reason and leaves the recognition day", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const entered = await givenEntered(world, market);
  const deal = await givenEvidence(world, entered.code, by(market), "CONTRACT");
  const contract = contractOf([[market.seller, 10_000]], {
    lines: [
      { goodsKind: "IP_ASSET", description: "Nhãn hiệu", amount: "200000000" },
      { goodsKind: "EQUIPMENT", description: "Máy", amount: "900000000" },
    ],
    originCountry: "KR",
    signedOn: "2019-03-05",
  });
  const input = { version: deal.version, reason: "Phụ lục hợp đồng số 1", contract };
  expect(await correctDeal(world.deps, market.enterer, deal.code, input)).toMatchObject({
    ok: false,
    why: { "": "deal.correct.not_separate" },
  });
  expect(await correctDeal(world.deps, market.officer, deal.code, input)).toMatchObject({ ok: true });
  const after = await freshDeal(world, deal.code);
  expect([after.valueVnd, after.recognisedOn, after.signedOn]).toEqual([1_100_000_000n, "2019-03-01", "2019-03-05"]);
  expect(await countedOf(world, deal)).toBe(1_100_000_000n);
  const corrections = (await linesOf(world, deal.id)).filter((l) => l.entry === "CORRECTION");
  expect(corrections.map((l) => [l.reason, l.recognised_on, l.goods_kind, BigInt(l.value_vnd)])).toEqual(
    expect.arrayContaining([
      ["Phụ lục hợp đồng số 1", "2019-03-01", "EQUIPMENT", -1_200_000_000n],
      ["Phụ lục hợp đồng số 1", "2019-03-01", "IP_ASSET", 200_000_000n],
      ["Phụ lục hợp đồng số 1", "2019-03-01", "EQUIPMENT", 900_000_000n],
    ]),
  );
  expect(await correctDeal(world.deps, market.officer, deal.code, input)).toMatchObject({
    why: { "": "record.stale" },
  });
  await expect(
    world.db.updateTable("counted_line").set({ value_vnd: 1n }).where("deal_id", "=", deal.id).execute(),
  ).rejects.toThrow(/append-only/);
});

test("a supplier brought in by a correction keeps the kind it had then, whatever it becomes before the next", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const second = await world.makeOrganisation({ orgType: "INSTITUTE" });
  const entered = await givenEntered(world, market);
  await givenEvidence(world, entered.code, by(market), "CONTRACT");
  const correct = async (amount: string) => {
    const deal = await freshDeal(world, entered.code);
    const contract = contractOf(
      [
        [market.seller, 5_000],
        [second, 5_000],
      ],
      { lines: [{ goodsKind: "EQUIPMENT", description: "Máy", amount }] },
    );
    const input = { version: deal.version, reason: "Phụ lục hợp đồng", contract };
    expect(await correctDeal(world.deps, market.officer, deal.code, input)).toMatchObject({ ok: true });
  };
  await correct("1200000000");
  await world.db.updateTable("organisation").set({ org_type: "ENTERPRISE" }).where("id", "=", second.id).execute();
  await correct("1000000000");
  const kinds = (await linesOf(world, entered.id))
    .filter((l) => l.supplier_organisation_id === second.id)
    .map((l) => l.supplier_org_type);
  expect([kinds.length, new Set(kinds)]).toEqual([3, new Set(["INSTITUTE"])]);
  expect(await differencesOf(world)).toEqual([]);
});
