import { expect, test } from "vitest";
import { contractForm, givenSigned, givenUploaded, version, why } from "../../../../test/support/deal.door.ts";
import { codeIn, countedOf, differencesOf, freshDeal, givenMarket, pdf } from "../../../../test/support/deal.ts";
import { openWorld } from "../../../../test/support/world.ts";
import { dealFileReader } from "./deal.files.ts";

/** Through the door: what parties, brokers and officers meet. */

test("from interest to the province's figures: contract, both confirmations, document, officer, acceptance", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const code = await givenSigned(world, market);
  expect(await freshDeal(world, code)).toMatchObject({
    state: "CONTRACT_SIGNED",
    evidenceLevel: 1,
    recognisedOn: undefined,
    valueVnd: 1_200_000_000n,
  });
  const decide = await givenUploaded(world, market, code);
  expect(await (await world.as(market.officer).get("/van-phong/giao-dich")).text()).toContain(code);
  expect(
    (await world.as(market.officer).post(decide, { version: await version(world, code), decision: "CONFIRMED" }))
      .status,
  ).toBe(303);
  const counted = await freshDeal(world, code);
  expect(counted).toMatchObject({ evidenceLevel: 2, recognisedOn: "2019-03-01" });
  expect(await countedOf(world, counted)).toBe(1_200_000_000n);
  for (const fields of [{ verb: "effect" }, { verb: "perform" }, { verb: "accept", acceptedOn: "20/05/2019" }]) {
    const stepped = await world
      .as(market.buys)
      .post(`/giao-dich/${code}/buoc`, { version: await version(world, code), ...fields });
    expect([fields.verb, stepped.status]).toEqual([fields.verb, 303]);
  }
  const minutes = await givenUploaded(world, market, code, "ACCEPTANCE_MINUTES");
  expect(
    (await world.as(market.officer).post(minutes, { version: await version(world, code), decision: "CONFIRMED" }))
      .status,
  ).toBe(303);
  expect(await freshDeal(world, code)).toMatchObject({ state: "ACCEPTED", acceptedOn: "2019-05-20", evidenceLevel: 3 });
  expect(await differencesOf(world)).toEqual([]);
  const page = await (await world.as(market.buys).get(`/giao-dich/${code}`)).text();
  for (const text of ["Đã nghiệm thu", "1.200.000.000 đồng", "Đã tính vào chỉ tiêu, ngày ghi nhận 01/03/2019"])
    expect(page).toContain(text);
});

test("a deal opens to its parties only; an officer sees the counted fields, an auditor all of it and leaves a mark", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const other = await givenMarket(world);
  const code = await givenSigned(world, market);
  const deal = await freshDeal(world, code);
  await givenUploaded(world, market, code);
  for (const stranger of [other.sells, other.buys]) {
    expect((await world.as(stranger).get(`/giao-dich/${code}`)).status).toBe(404);
    expect((await world.as(stranger).get(`/giao-dich/${code}/hop-dong`)).status).toBe(404);
    expect(
      (
        await world
          .as(stranger)
          .post(`/giao-dich/${code}/buoc`, { verb: "cancel", version: "1", reason: "Không mua nữa" })
      ).status,
    ).toBe(404);
    expect((await world.as(stranger).post(`/giao-dich/${code}/xac-nhan`, { version: "1" })).status).toBe(404);
  }
  const officer = await (await world.as(market.officer).get(`/giao-dich/${code}`)).text();
  expect(officer).toContain("1.200.000.000 đồng");
  expect(officer).not.toContain("2 tấn mỗi ngày");
  expect((await world.as(market.officer).get(`/giao-dich/${code}/hop-dong`)).status).toBe(404);
  const auditor = await world.makeActor(market.office, "AUDITOR");
  expect(await (await world.as(auditor).get(`/giao-dich/${code}`)).text()).toContain("2 tấn mỗi ngày");
  const looks = await world.db
    .selectFrom("event")
    .select("id")
    .where("subject_id", "=", deal.id)
    .where("verb", "=", "look")
    .execute();
  expect(looks).toHaveLength(1);
  const fileId = (await freshDeal(world, code)).evidence[0]?.fileId ?? "";
  const reads: boolean[] = [];
  for (const actor of [market.buys, market.sells, market.officer, auditor, other.buys, other.sells])
    reads.push(await dealFileReader(world.db, actor, fileId));
  expect(reads).toEqual([true, true, true, true, false, false]);
});

test("an officer of a party and the officer who entered a deal are refused; a double click of another counts once", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const code = await givenSigned(world, market);
  const decide = await givenUploaded(world, market, code);
  const partisan = await world.makeActor(market.seller, "PROGRAMME_OFFICER");
  const refused = await world.as(partisan).post(decide, { version: await version(world, code), decision: "CONFIRMED" });
  expect(refused.status).toBe(404); // a party meets its deal on its own page only
  expect((await world.as(partisan).get(`/van-phong/giao-dich/${code}`)).status).toBe(404);

  const form = {
    title: "Mua máy ngoài sàn",
    buyer: market.buyer.name,
    ...contractForm(market.seller.name),
    file: pdf(),
  };
  const entered = await world.as(market.enterer).post("/van-phong/giao-dich/moi", form);
  expect([entered.status, await why(entered)]).toEqual([303, []]);
  const own = await freshDeal(world, codeIn(entered));
  const path = `/van-phong/giao-dich/${own.code}/minh-chung/${own.evidence[0]?.id}`;
  const self = await world.as(market.enterer).post(path, { version: String(own.version), decision: "CONFIRMED" });
  expect([self.status, await why(self)]).toEqual([422, ["deal.evidence.not_separate"]]);
  const both = await Promise.all(
    [1, 2].map(() => world.as(market.officer).post(path, { version: String(own.version), decision: "CONFIRMED" })),
  );
  expect(both.map((one) => one.status)).toEqual([303, 303]);
  expect(await countedOf(world, own)).toBe(1_200_000_000n);
});

test("a refused document needs a reason and leaves the deal uncounted", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const code = await givenSigned(world, market);
  const decide = await givenUploaded(world, market, code);
  const bare = await world
    .as(market.officer)
    .post(decide, { version: await version(world, code), decision: "REFUSED" });
  expect([bare.status, await why(bare)]).toEqual([422, ["deal.reason.missing"]]);
  expect(
    (
      await world
        .as(market.officer)
        .post(decide, { version: await version(world, code), decision: "REFUSED", reason: "Thiếu chữ ký bên mua" })
    ).status,
  ).toBe(303);
  expect(await freshDeal(world, code)).toMatchObject({ evidenceLevel: 1, recognisedOn: undefined });
});
