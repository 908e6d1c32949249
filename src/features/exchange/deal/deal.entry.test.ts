import { expect, test } from "vitest";
import { contractForm, why } from "../../../../test/support/deal.door.ts";
import {
  codeIn,
  contractOf,
  freshDeal,
  givenEntered,
  givenEvidence,
  givenFile,
  givenMarket,
  type Market,
  pdf,
} from "../../../../test/support/deal.ts";
import { openWorld, type World } from "../../../../test/support/world.ts";
import { newId } from "../../../kernel/id.ts";
import { type DealEntry, enterDeal } from "./deal.office.actions.ts";
import { stepDeal } from "./deal.step.actions.ts";

/** Deals that an office enters: by its form, and by a file that it sends again. */

const entryOf = (market: Market, source: string, over: Partial<DealEntry> = {}): DealEntry => ({
  title: "Mua máy sấy dừa",
  buyer: { organisationId: market.buyer.id },
  contract: contractOf([[market.seller, 10_000]]),
  source: { name: source, id: "1" },
  ...over,
});
const entered = async (world: World, market: Market, entry: DealEntry) => {
  const read = await enterDeal(world.deps, market.enterer, entry);
  if (!read.ok) throw new Error(JSON.stringify(read.why));
  return read.value;
};

test("another office's file with the same source and id makes a deal of its own", async () => {
  const world = await openWorld();
  const [here, there] = [await givenMarket(world), await givenMarket(world)];
  const source = `SO-${newId()}`;
  const first = await entered(world, here, entryOf(here, source));
  const second = await entered(world, there, entryOf(there, source, { title: "Hợp đồng của cơ quan khác" }));
  expect([second.entry, second.deal.code === first.deal.code]).toEqual(["CREATED", false]);
  expect((await freshDeal(world, first.deal.code)).title).toBe("Mua máy sấy dừa");
});

test("a second identical run is unchanged, also of a deal that waits for registration and of every field", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const source = `NGUON-${newId()}`;
  const entry = entryOf(market, source, {
    requestText: "Chuyển giao dây chuyền",
    acceptedOn: "2019-05-01",
    claimed: { evidenceLevel: 3, note: "Hồ sơ giấy" },
    contract: contractOf([[market.seller, 10_000]], {
      lines: [{ goodsKind: "TECHNOLOGY", description: "Quy trình", amount: "100.50" }],
      currency: "USD",
      rate: "25430.50",
      rateOn: "2019-03-01",
      flow: "INBOUND",
      counterpartyCountry: "JP",
      originCountry: "JP",
      paymentMode: "ROYALTY_NET_REVENUE",
      effectiveOn: "2019-04-01",
    }),
  });
  const first = await entered(world, market, entry);
  expect(first.deal).toMatchObject({ state: "CONTRACT_SIGNED", acceptedOn: "2019-05-01" });
  expect((await entered(world, market, entry)).entry).toBe("UNCHANGED");
  for (const change of [
    { requestText: "Chuyển giao dây chuyền khác" },
    { acceptedOn: "2019-05-02" },
    { contract: { ...entry.contract, effectiveOn: "2019-04-02" } },
    { contract: { ...entry.contract, registrationException: "RESTRICTED_LICENSED" as const } },
  ]) {
    expect([Object.keys(change), (await entered(world, market, { ...entry, ...change })).entry]).toEqual([
      Object.keys(change),
      "UPDATED",
    ]);
    expect((await entered(world, market, { ...entry, ...change })).entry).toBe("UNCHANGED");
  }
});

test("a second run changes figures and never throws a deal back from where its own steps brought it", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const source = `NGUON-${newId()}`;
  let { deal } = await entered(world, market, entryOf(market, source));
  const step = async (verb: "effect" | "dispute") => {
    const moved = await stepDeal(world.deps, market.enterer, deal.code, {
      verb,
      version: deal.version,
      acceptedOn: undefined,
    });
    if (!moved.ok) throw new Error(moved.why);
    deal = await freshDeal(world, deal.code);
  };
  const again = async (amount: string, over: Partial<DealEntry> = {}) => {
    const contract = contractOf([[market.seller, 10_000]], {
      lines: [{ goodsKind: "EQUIPMENT", description: "Máy sấy", amount }],
    });
    const run = await entered(world, market, entryOf(market, source, { contract, ...over }));
    deal = await freshDeal(world, deal.code);
    return [run.entry, deal.state, deal.valueVnd];
  };
  await step("effect");
  expect(await again("900000000")).toEqual(["UPDATED", "EFFECTIVE", 900_000_000n]);
  await step("dispute");
  expect(await again("800000000", { acceptedOn: "2019-06-01" })).toEqual(["UPDATED", "DISPUTED", 800_000_000n]);
  expect(await again("800000000")).toEqual(["UNCHANGED", "DISPUTED", 800_000_000n]);
  const other = await entered(world, market, entryOf(market, `${source}-2`));
  const accepted = await entered(world, market, entryOf(market, `${source}-2`, { acceptedOn: "2019-06-01" }));
  expect([other.deal.state, accepted.entry, accepted.deal.state]).toEqual(["CONTRACT_SIGNED", "UPDATED", "ACCEPTED"]);
});

test("the form sent twice makes one deal with one document", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const page = await (await world.as(market.enterer).get("/van-phong/giao-dich/moi")).text();
  const id = /name="id" value="([^"]+)"/.exec(page)?.[1] ?? "";
  const form = { id, title: "Mua máy ngoài sàn", buyer: market.buyer.name, ...contractForm(market.seller.name) };
  const sent = [1, 2].map(() => world.as(market.enterer).post("/van-phong/giao-dich/moi", { ...form, file: pdf() }));
  const both = await Promise.all(sent);
  both.push(await world.as(market.enterer).post("/van-phong/giao-dich/moi", { ...form, file: pdf() }));
  expect(both.map((one) => one.status)).toEqual([303, 303, 303]);
  expect(new Set(both.map((one) => codeIn(one))).size).toBe(1);
  const deal = await freshDeal(world, codeIn(both[0] as Response));
  expect([deal.id, deal.evidence.map((e) => e.kind)]).toEqual([id, ["CONTRACT"]]);
  const stranger = await world
    .as(market.officer)
    .post("/van-phong/giao-dich/moi", { ...form, title: "Của người khác" });
  expect([stranger.status, await why(stranger)]).toEqual([422, ["form.invalid"]]);
  expect((await freshDeal(world, deal.code)).title).toBe("Mua máy ngoài sàn");
});

test("an organisation entered along with a deal leaves its event", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const name = `Công ty mới ${newId()}`;
  const { deal } = await entered(world, market, entryOf(market, newId(), { buyer: { name, orgType: "ENTERPRISE" } }));
  const events = await world.db
    .selectFrom("event")
    .select(["verb", "actor_id"])
    .where("subject", "=", "organisation")
    .where("subject_id", "=", deal.buyer.id)
    .execute();
  expect(events).toEqual([{ verb: "create", actor_id: market.enterer.personId }]);
});

test("a disputed deal goes on where the dispute found it", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  let deal = await givenEntered(world, market, {}, { acceptedOn: "2019-05-01" });
  for (const [verb, state] of [
    ["dispute", "DISPUTED"],
    ["resume", "ACCEPTED"],
  ] as const) {
    const moved = await stepDeal(world.deps, market.enterer, deal.code, {
      verb,
      version: deal.version,
      acceptedOn: undefined,
    });
    deal = await freshDeal(world, deal.code);
    expect([verb, moved.ok, deal.state]).toEqual([verb, true, state]);
  }
});

test("only members of today make a supplier that must confirm", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const gone = await world.makeOrganisation();
  const person = await world.makeActor(gone, "MEMBER_SELLER");
  const end = (day: string) =>
    world.db.updateTable("membership").set({ valid_to: day }).where("person_id", "=", person.personId).execute();
  const deal = await givenEntered(world, market, { ...contractOf([[gone, 10_000]]) });
  expect((await freshDeal(world, deal.code)).suppliers[0]?.hasMembers).toBe(true);
  await end("2020-12-31");
  expect((await freshDeal(world, deal.code)).suppliers[0]?.hasMembers).toBe(false);
});

test("the whole deal is read as it was written: đồng, decimals, instants", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const amount = "99999999999999";
  const entered = await givenEntered(world, market, {
    lines: [{ goodsKind: "EQUIPMENT", description: "Máy", amount }],
  });
  const deal = await givenEvidence(
    world,
    entered.code,
    { adds: market.enterer, confirms: market.officer },
    "CONTRACT",
    { number: "01/HĐ", on: "2019-03-01" },
  );
  expect(deal.lines[0]).toMatchObject({ amount, valueVnd: BigInt(amount) });
  expect(deal.evidence[0]).toMatchObject({ documentNumber: "01/HĐ", documentOn: "2019-03-01", decision: "CONFIRMED" });
  expect(deal.evidence[0]?.addedAt.getTime()).toBeGreaterThan(Date.now() - 600_000);
  expect(await givenFile(world, market.enterer)).toBeTruthy();
});
