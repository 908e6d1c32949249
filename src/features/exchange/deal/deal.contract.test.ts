import { expect, test } from "vitest";
import { contractForm, givenSigned, givenUploaded, version, why } from "../../../../test/support/deal.door.ts";
import { countedOf, differencesOf, freshDeal, givenMarket } from "../../../../test/support/deal.ts";
import { openWorld } from "../../../../test/support/world.ts";

/** Through the door: the contract and its corrections. */

test("changing the figures drops the confirmations; a refused form comes back whole with every problem", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const code = await givenSigned(world, market);
  const path = `/giao-dich/${code}/hop-dong`;
  const again = await world.as(market.sells).post(path, {
    version: await version(world, code),
    ...contractForm(market.seller.name, { line1Amount: "1.300.000.000" }),
  });
  expect(again.status).toBe(303);
  expect(await freshDeal(world, code)).toMatchObject({ confirmedBy: [], evidenceLevel: 0, valueVnd: 1_300_000_000n });
  const wrong = contractForm(market.seller.name, {
    supplier1Share: "60",
    signedOn: "01/03/2099",
    currency: "USD",
    counterpartyCountry: "JP",
  });
  const bad = await world.as(market.sells).post(path, { version: await version(world, code), ...wrong });
  const text = await bad.text();
  expect(bad.status).toBe(422);
  for (const key of ["deal.shares.sum", "deal.day.future", "field.required", "deal.flow.country"])
    expect(text).toContain(`data-why="${key}"`);
  expect(text).toContain('value="1.200.000.000"');
  const stale = await world.as(market.sells).post(path, { version: "1", ...contractForm(market.seller.name) });
  expect([stale.status, (await why(stale)).includes("record.stale")]).toEqual([422, true]);
});

test("a confirmed document freezes the figures; the office corrects and annuls through its own pages", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const code = await givenSigned(world, market);
  const decide = await givenUploaded(world, market, code);
  await world.as(market.officer).post(decide, { version: await version(world, code), decision: "CONFIRMED" });
  const closed = await world
    .as(market.sells)
    .post(`/giao-dich/${code}/hop-dong`, { version: await version(world, code), ...contractForm(market.seller.name) });
  expect((await why(closed)).includes("deal.figures.closed")).toBe(true);
  const path = `/van-phong/giao-dich/${code}/dieu-chinh`;
  expect((await world.as(market.officer).get(path)).status).toBe(200);
  const form = {
    version: await version(world, code),
    ...contractForm(market.seller.name, { line1Amount: "1.000.000.000" }),
  };
  expect(await why(await world.as(market.officer).post(path, { ...form, reason: "Sai" }))).toContain(
    "deal.reason.short",
  );
  expect((await world.as(market.officer).post(path, { ...form, reason: "Theo phụ lục số 01" })).status).toBe(303);
  expect(await countedOf(world, await freshDeal(world, code))).toBe(1_000_000_000n);
  expect(await (await world.as(market.officer).get(`/van-phong/giao-dich/${code}`)).text()).toContain(
    "Theo phụ lục số 01",
  );
  const annulled = await world.as(market.officer).post(`/van-phong/giao-dich/${code}/huy`, {
    version: await version(world, code),
    reason: "Hợp đồng bị tuyên vô hiệu",
  });
  expect(annulled.status).toBe(303);
  expect(await countedOf(world, await freshDeal(world, code))).toBe(0n);
  expect(await differencesOf(world)).toEqual([]);
});

test("a contract for technology from abroad shows its legal basis and waits for its certificate", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const code = await givenSigned(world, market);
  const abroad = contractForm(market.seller.name, {
    line1Kind: "TECHNOLOGY",
    flow: "INBOUND",
    counterpartyCountry: "JP",
    originCountry: "JP",
  });
  expect(
    (
      await world
        .as(market.sells)
        .post(`/giao-dich/${code}/hop-dong`, { version: await version(world, code), ...abroad })
    ).status,
  ).toBe(303);
  const page = await (await world.as(market.buys).get(`/giao-dich/${code}`)).text();
  for (const text of ["Chờ đăng ký, chưa tính", "Căn cứ", "Điều 31"]) expect(page).toContain(text);
  const early = await world
    .as(market.buys)
    .post(`/giao-dich/${code}/buoc`, { version: await version(world, code), verb: "effect" });
  expect([early.status, await why(early)]).toEqual([422, ["deal.registration.waiting"]]);
});
