import { expect, test } from "vitest";
import {
  contractOf,
  countedOf,
  differencesOf,
  freshDeal,
  givenEntered,
  givenEvidence,
  givenFile,
  givenMarket,
} from "../../../../test/support/deal.ts";
import { openWorld } from "../../../../test/support/world.ts";
import { stoppedClock } from "../../../kernel/clock.ts";
import { inTransaction } from "../../../platform/database/database.ts";
import { addEvidence, confirmEvidence } from "./deal.evidence.actions.ts";
import { dealsBehind } from "./deal.list.queries.ts";
import { enterDeal } from "./deal.office.actions.ts";
import { rebuildRollups } from "./deal.rollup.queries.ts";
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

test("a signed contract confirmed by another officer counts on its signing day", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const entered = await givenEntered(world, market);
  expect([entered.state, entered.evidenceLevel, entered.recognisedOn]).toEqual(["CONTRACT_SIGNED", 1, undefined]);
  const deal = await givenEvidence(world, entered.code, by(market), "CONTRACT");
  expect([deal.evidenceLevel, deal.recognisedOn]).toEqual([2, "2019-03-01"]);
  expect(await countedOf(world, deal)).toBe(1_200_000_000n);
  expect(await differencesOf(world)).toEqual([]);
});

test("two suppliers share a line exactly to the đồng", async () => {
  const world = await openWorld();
  const market = await givenMarket(world, { sellerType: "UNIVERSITY" });
  const second = await world.makeOrganisation();
  const entered = await givenEntered(world, market, {
    ...contractOf([
      [market.seller, 3_333],
      [second, 6_667],
    ]),
    lines: [{ goodsKind: "EQUIPMENT", description: "Máy", amount: "1000000001" }],
  });
  const deal = await givenEvidence(world, entered.code, by(market), "CONTRACT");
  const lines = await linesOf(world, deal.id);
  expect(lines.map((l) => [l.supplier_org_type, BigInt(l.value_vnd)]).sort()).toEqual([
    ["ENTERPRISE", 666_700_001n],
    ["UNIVERSITY", 333_300_000n],
  ]);
});

test("a contract in dollars counts in đồng at its rate; Chinese and Korean origins stay apart from the counterparty's country", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  for (const origin of ["CN", "KR"]) {
    const entered = await givenEntered(world, market, {
      lines: [{ goodsKind: "EQUIPMENT", description: "Dây chuyền", amount: "10000.55" }],
      currency: "USD",
      rate: "25430.5",
      rateOn: "2019-03-01",
      originCountry: origin,
      flow: "INBOUND",
      counterpartyCountry: "SG",
    });
    expect(entered.registration).toMatchObject({ required: false, reason: "NOT_TRANSFER" });
    const deal = await givenEvidence(world, entered.code, by(market), "CONTRACT");
    expect(deal.valueVnd).toBe(254_318_987n);
    const [line] = await linesOf(world, deal.id);
    expect([line?.origin_country, line?.flow, line?.value_vnd]).toEqual([origin, "INBOUND", "254318987"]);
  }
});

test("royalties only: the value is flagged as a declared estimate", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const deal = await givenEntered(world, market, { paymentMode: "ROYALTY_NET_REVENUE" });
  expect(deal.isRoyaltyEstimate).toBe(true);
});

test("an OCOP line stands in the contract and is not counted", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const entered = await givenEntered(world, market, {
    lines: [
      { goodsKind: "OCOP_PRODUCT", description: "Kẹo dừa", amount: "5000000" },
      { goodsKind: "EQUIPMENT", description: "Máy gọt", amount: "70000000" },
    ],
  });
  const deal = await givenEvidence(world, entered.code, by(market), "CONTRACT");
  expect(deal.valueVnd).toBe(75_000_000n);
  expect(await countedOf(world, deal)).toBe(70_000_000n);
});

test("a deal that must be registered waits for its certificate and counts on the certificate's day, in the next report year", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const entered = await givenEntered(world, market, {
    lines: [{ goodsKind: "TECHNOLOGY", description: "Quy trình sấy", amount: "800000000" }],
    flow: "INBOUND",
    counterpartyCountry: "JP",
    originCountry: "JP",
    signedOn: "2024-12-10",
  });
  expect(entered.registration).toMatchObject({ required: true, reason: "INBOUND" });
  const signed = await givenEvidence(world, entered.code, by(market), "CONTRACT");
  expect([signed.evidenceLevel, signed.recognisedOn, await countedOf(world, signed)]).toEqual([2, undefined, 0n]);
  expect(
    await stepDeal(world.deps, market.enterer, signed.code, {
      verb: "effect",
      version: signed.version,
      acceptedOn: undefined,
    }),
  ).toMatchObject({ why: "deal.registration.waiting" });
  const certified = await givenEvidence(world, entered.code, by(market), "CERTIFICATE", {
    number: "12/GCN-CGCN",
    on: "2024-12-20",
  });
  expect([certified.evidenceLevel, certified.recognisedOn, certified.registration.number]).toEqual([
    2,
    "2024-12-20",
    "12/GCN-CGCN",
  ]);
  expect(await countedOf(world, certified)).toBe(800_000_000n);
  await expect(
    world.db.updateTable("deal").set({ recognised_on: "2024-12-10" }).where("id", "=", certified.id).execute(),
  ).rejects.toThrow(/set once/);
});

test("more evidence moves what was counted to the higher level by reversal and re-entry", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const early = world.at(stoppedClock("2019-04-01T03:00:00Z"));
  const late = world.at(stoppedClock("2019-06-01T03:00:00Z"));
  const entered = await givenEntered(early, market, { signedOn: "2019-03-02" });
  await givenEvidence(early, entered.code, by(market), "CONTRACT");
  const deal = await givenEvidence(late, entered.code, by(market), "INVOICE");
  expect(deal.evidenceLevel).toBe(3);
  const entries = (await linesOf(world, deal.id)).map((l) => [
    l.entry,
    l.reason,
    l.evidence_level,
    BigInt(l.value_vnd),
  ]);
  expect(entries[0]).toEqual(["COUNT", null, 2, 1_200_000_000n]);
  expect(entries.slice(1)).toEqual(
    expect.arrayContaining([
      ["CORRECTION", "EVIDENCE_RAISED", 2, -1_200_000_000n],
      ["CORRECTION", "EVIDENCE_RAISED", 3, 1_200_000_000n],
    ]),
  );
  const span = { from: "2019-03-02", to: "2019-03-02", evidenceLevel: { min: 3 } };
  const behind = (asKnownOn?: string) => dealsBehind(world.db, { ...span, ...(asKnownOn && { asKnownOn }) });
  expect((await behind()).rows.find((d) => d.dealId === deal.id)).toMatchObject({
    valueVnd: 1_200_000_000n,
    lineCount: 1,
    evidence: [
      { kind: "CONTRACT", count: 1 },
      { kind: "INVOICE", count: 1 },
    ],
  });
  expect((await behind("2019-05-31")).rows.find((d) => d.dealId === deal.id)).toBeUndefined();
  expect(await differencesOf(world)).toEqual([]);
});

test("a double click on confirm counts once, also at the same moment", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const entered = await givenEntered(world, market);
  const added = await addEvidence(world.deps, market.enterer, entered.code, {
    kind: "CONTRACT",
    fileId: await givenFile(world, market.enterer),
    documentNumber: undefined,
    documentOn: undefined,
  });
  if (!added.ok) throw new Error(added.why);
  const confirm = () =>
    confirmEvidence(world.deps, market.officer, {
      code: entered.code,
      evidenceId: added.value.evidenceId,
      decision: "CONFIRMED" as const,
      version: added.value.deal.version,
    });
  const { version } = await freshDeal(world, entered.code);
  expect(version).toBeGreaterThan(0);
  const both = await Promise.all(
    [1, 2].map(() =>
      confirmEvidence(world.deps, market.officer, {
        code: entered.code,
        evidenceId: added.value.evidenceId,
        decision: "CONFIRMED",
        version,
      }),
    ),
  );
  expect(both.every((one) => one.ok)).toBe(true);
  expect((await confirm()).ok).toBe(true);
  expect(await linesOf(world, entered.id)).toHaveLength(1);
  expect(await countedOf(world, entered)).toBe(1_200_000_000n);
});

test("an imported deal without documents stays at level 1, and its second run changes nothing or updates it", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const source = { name: `sheet-${market.seller.id}`, id: "7" };
  const claimed = { evidenceLevel: 3, note: "Có hóa đơn theo báo cáo của huyện" };
  const first = await givenEntered(world, market, {}, { source, claimed });
  expect([first.evidenceLevel, first.claimedEvidenceLevel, await countedOf(world, first)]).toEqual([1, 3, 0n]);
  const again = (over: object) =>
    enterDeal(world.deps, market.enterer, {
      title: "Mua máy sấy dừa",
      buyer: { organisationId: market.buyer.id },
      contract: contractOf([[market.seller, 10_000]], over),
      source,
      claimed,
    });
  expect(await again({})).toMatchObject({ value: { entry: "UNCHANGED", deal: { code: first.code } } });
  expect(await again({ sector: undefined, originCountry: "KR" })).toMatchObject({
    value: { entry: "UPDATED", deal: { code: first.code, originCountry: "KR" } },
  });
  await givenEvidence(world, first.code, by(market), "CONTRACT");
  expect(await again({ originCountry: "JP" })).toMatchObject({ ok: false, why: { "": "deal.figures.closed" } });
  expect(await again({ originCountry: "KR" })).toMatchObject({ value: { entry: "UNCHANGED" } });
});

test("roll-ups that were spoilt are found and made anew", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const entered = await givenEntered(world, market, {
    sector: world.deps.pack.sectors.sectors[0]?.key,
    signedOn: "2019-03-03",
  });
  await givenEvidence(world, entered.code, by(market), "CONTRACT");
  await world.db.updateTable("counted_rollup").set({ value_vnd: 1n }).where("day", "=", "2019-03-03").execute();
  await world.db.updateTable("counted_deal_rollup").set({ deal_count: 9 }).where("day", "=", "2019-03-03").execute();
  const found = await differencesOf(world);
  expect(found.map((d) => [d.table, d.stored])).toEqual(
    expect.arrayContaining([
      ["counted_rollup", "1/1"],
      ["counted_deal_rollup", "9"],
    ]),
  );
  await inTransaction(world.db, rebuildRollups);
  expect(await differencesOf(world)).toEqual([]);
});
