import { expect, test } from "vitest";
import { codeIn, givenListing, givenMarket } from "../../../../test/support/deal.ts";
import { openWorld } from "../../../../test/support/world.ts";
import { stoppedClock } from "../../../kernel/clock.ts";
import { nextStep } from "../../../kernel/steps.ts";
import { followUpInterests } from "./interest.jobs.ts";
import { interestByCode } from "./interest.queries.ts";
import { interestStates, interestSteps, interestVerbs } from "./interest.rules.ts";

const questions = {
  cooperation: "Mua máy sấy",
  missingInformation: "Giá trọn gói",
  about: "Hợp tác xã 40 hộ trồng dừa",
};
const why = async (response: Response) => [...(await response.text()).matchAll(/data-why="([^"]+)"/g)].map((m) => m[1]);

const expected: Record<string, string> = {
  "NEW screen": "SCREENED",
  "NEW decline": "DECLINED",
  "SCREENED forward": "FORWARDED",
  "SCREENED decline": "DECLINED",
  "FORWARDED accept": "ACCEPTED",
  "FORWARDED decline": "DECLINED",
  "FORWARDED expire": "NO_ANSWER",
  "ACCEPTED open_deal": "DEAL_OPENED",
};
for (const state of interestStates)
  for (const verb of interestVerbs)
    test(`interest: ${state} + ${verb}`, () =>
      expect(nextStep(interestSteps, state, verb)).toBe(expected[`${state} ${verb}`]));

test("a guest asks by phone, the office screens, the supplier agrees and only then sees the number", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const operator = await world.makeActor(market.office, "EXCHANGE_OPERATOR");
  const listing = await givenListing(world, { organisation: market.seller, actor: market.sells });
  expect((await world.as(undefined).get(`/quan-tam/moi?tin=${listing.shortCode}`)).status).toBe(200);
  const dialled = `09${String(Math.random()).slice(2, 10).padEnd(8, "1")}`;
  const phone = `+84${dialled.slice(1)}`;
  const guest = {
    tin: listing.shortCode,
    ...questions,
    name: "Bà Sáu",
    phone: `${dialled.slice(0, 4)} ${dialled.slice(4)}`,
    organisation: "Hộ bà Sáu",
  };
  expect(await why(await world.as(undefined).post("/quan-tam/moi", guest))).toContain("interest.consent.missing");
  const asked = await world.as(undefined).post("/quan-tam/moi", { ...guest, consent: "yes" });
  expect([asked.status, asked.headers.get("location")]).toEqual([303, "/quan-tam/tra-cuu"]);
  const cookie = (asked.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const lookupCode = cookie.split("=")[1] ?? "";
  const shown = await world.as(undefined).get("/quan-tam/tra-cuu", { cookie });
  expect(await shown.text()).toContain(lookupCode);
  expect(shown.headers.get("set-cookie")).toContain("Max-Age=0");
  const row = await world.db
    .selectFrom("interest")
    .select("code")
    .where("guest_phone", "=", phone)
    .executeTakeFirstOrThrow();
  for (const same of [guest.phone, phone, dialled.replace(/^0/, "84")])
    expect(
      await why(await world.as(undefined).post("/quan-tam/moi", { ...guest, phone: same, consent: "yes" })),
    ).toContain("interest.open_already");

  expect((await world.as(market.sells).get(`/khong-gian/quan-tam/${row.code}`)).status).toBe(404);
  expect(await (await world.as(operator).get(`/van-phong/quan-tam/${row.code}`)).text()).toContain(phone);
  for (const [verb, version] of [
    ["screen", "1"],
    ["forward", "2"],
  ])
    expect(
      (
        await world
          .as(operator)
          .post(`/van-phong/quan-tam/${row.code}`, { verb: verb ?? "", version: version ?? "", note: "Đã gọi lại" })
      ).status,
    ).toBe(303);
  const before = await (await world.as(market.sells).get(`/khong-gian/quan-tam/${row.code}`)).text();
  expect(before).not.toContain(phone);
  expect(before).not.toContain("Bà Sáu,");
  expect(
    (await world.as(market.sells).post(`/khong-gian/quan-tam/${row.code}`, { verb: "accept", version: "3" })).status,
  ).toBe(303);
  expect(await (await world.as(market.sells).get(`/khong-gian/quan-tam/${row.code}`)).text()).toContain(phone);
  expect(
    await (await world.as(undefined).post("/quan-tam/tra-cuu", { code: lookupCode.toUpperCase() })).text(),
  ).toContain("Đồng ý trao đổi");
  expect(await why(await world.as(undefined).post("/quan-tam/tra-cuu", { code: "khong-co" }))).toContain(
    "interest.lookup.missing",
  );
  const messages = world.db.selectFrom("outgoing_message").select("body").where("recipient", "=", phone);
  const sms = await messages.orderBy("id").execute();
  expect(sms.map((one) => one.body.includes(lookupCode))).toEqual([true, false]);
});

test("declining needs a reason code; the asker reads it", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const listing = await givenListing(world, { organisation: market.seller, actor: market.sells });
  const code = codeIn(await world.as(market.buys).post("/quan-tam/moi", { tin: listing.shortCode, ...questions }));
  const bare = await world.as(market.sells).post(`/khong-gian/quan-tam/${code}`, { verb: "decline", version: "1" });
  expect([bare.status, (await why(bare)).includes("interest.reason.missing")]).toEqual([422, true]);
  expect(
    (
      await world.as(market.sells).post(`/khong-gian/quan-tam/${code}`, {
        verb: "decline",
        version: "1",
        reasonCode: "PRICE",
        note: "Giá dưới mức sàn",
      })
    ).status,
  ).toBe(303);
  const page = await (await world.as(market.buys).get(`/khong-gian/quan-tam/${code}`)).text();
  for (const text of ["Giá không phù hợp", "Giá dưới mức sàn"]) expect(page).toContain(text);
});

test("nobody asks about their own listing, and one organisation has one open interest in a listing", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const listing = await givenListing(world, { organisation: market.seller, actor: market.sells });
  expect(
    await why(await world.as(market.sells).post("/quan-tam/moi", { tin: listing.shortCode, ...questions })),
  ).toContain("interest.own_listing");
  const both = await Promise.all(
    [1, 2].map(() => world.as(market.buys).post("/quan-tam/moi", { tin: listing.shortCode, ...questions })),
  );
  expect(both.map((one) => one.status).sort()).toEqual([303, 422]);
  expect((await world.as(market.buys).get("/quan-tam/moi?tin=khongco1")).status).toBe(404);
});

test("an anonymous owner stays hidden and its interest is screened; strangers and other brokers see nothing", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const other = await givenMarket(world);
  const house = await world.makeOrganisation({ orgType: "INTERMEDIARY" });
  const broker = await world.makeActor(house, "BROKER");
  const operator = await world.makeActor(market.office, "EXCHANGE_OPERATOR");
  const listing = await givenListing(
    world,
    { organisation: market.seller, actor: market.sells },
    { policy: "ANONYMOUS" },
  );
  const code = codeIn(await world.as(market.buys).post("/quan-tam/moi", { tin: listing.shortCode, ...questions }));
  expect(await (await world.as(market.buys).get(`/khong-gian/quan-tam/${code}`)).text()).not.toContain(
    market.seller.name,
  );
  expect((await world.as(other.buys).get(`/khong-gian/quan-tam/${code}`)).status).toBe(404);
  expect((await world.as(broker).get(`/van-phong/quan-tam/${code}`)).status).toBe(404);
  expect(
    (await world.as(operator).post(`/van-phong/quan-tam/${code}/moi-gioi`, { version: "1", broker: house.id })).status,
  ).toBe(303);
  expect(await (await world.as(broker).get("/van-phong/quan-tam")).text()).toContain(code);
  for (const [verb, version] of [
    ["screen", "2"],
    ["forward", "3"],
  ])
    expect(
      (await world.as(broker).post(`/van-phong/quan-tam/${code}`, { verb: verb ?? "", version: version ?? "" })).status,
    ).toBe(303);
  expect(
    (await world.as(market.sells).post(`/khong-gian/quan-tam/${code}`, { verb: "accept", version: "4" })).status,
  ).toBe(303);
  expect(await (await world.as(market.buys).get(`/khong-gian/quan-tam/${code}`)).text()).toContain(market.seller.name);
  const opened = await world.as(market.sells).post("/khong-gian/giao-dich/moi", {
    interest: code,
    title: "Mua máy sấy",
    requestText: "Theo trao đổi ngày hôm nay",
  });
  expect(await (await world.as(broker).get(`/giao-dich/${codeIn(opened)}`)).text()).toContain(house.name);
});

test("who answers a need is the prospective supplier", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const need = await givenListing(world, { organisation: market.buyer, actor: market.buys }, { kind: "REQUEST" });
  const code = codeIn(await world.as(market.sells).post("/quan-tam/moi", { tin: need.shortCode, ...questions }));
  await world.as(market.buys).post(`/khong-gian/quan-tam/${code}`, { verb: "accept", version: "1" });
  const deal = codeIn(
    await world.as(market.buys).post("/khong-gian/giao-dich/moi", {
      interest: code,
      title: "Mua máy sấy",
      requestText: "Theo trao đổi ngày hôm nay",
    }),
  );
  const row = await world.db
    .selectFrom("deal")
    .select("buyer_organisation_id")
    .where("code", "=", deal)
    .executeTakeFirstOrThrow();
  expect(row.buyer_organisation_id).toBe(market.buyer.id);
});

test("an unanswered interest is reminded after 7 days and closed after 14, each once", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const start = Date.parse("2026-11-01T02:00:00Z");
  const after = (days: number) => world.at(stoppedClock(new Date(start + days * 86_400_000).toISOString()));
  await world.db
    .updateTable("organisation")
    .set({ email: `ban@${market.seller.slug}.example` })
    .where("id", "=", market.seller.id)
    .execute();
  const listing = await givenListing(world, { organisation: market.seller, actor: market.sells });
  const code = codeIn(
    await after(0)
      .as(market.buys)
      .post("/quan-tam/moi", { tin: listing.shortCode, ...questions }),
  );
  const verbs = async () => {
    const found = await interestByCode(world.db, code);
    const events = await world.db
      .selectFrom("event")
      .select("verb")
      .where("subject_id", "=", found?.id ?? "")
      .orderBy("id")
      .execute();
    return [found?.state, ...events.map((e) => e.verb)];
  };
  await followUpInterests(after(6).deps);
  expect(await verbs()).toEqual(["FORWARDED", "ask"]);
  for (const day of [7, 8]) await followUpInterests(after(day).deps);
  expect(await verbs()).toEqual(["FORWARDED", "ask", "remind"]);
  for (const day of [14, 15]) await followUpInterests(after(day).deps);
  expect(await verbs()).toEqual(["NO_ANSWER", "ask", "remind", "expire"]);
});

test("lists page by key and show each interest once", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const codes: string[] = [];
  for (let i = 0; i < 23; i++) {
    const listing = await givenListing(world, { organisation: market.seller, actor: market.sells });
    codes.push(codeIn(await world.as(market.buys).post("/quan-tam/moi", { tin: listing.shortCode, ...questions })));
  }
  const first = await (await world.as(market.sells).get("/khong-gian/quan-tam")).text();
  const next = /href="([^"]*sau=[^"]*)"/.exec(first)?.[1] ?? "";
  const second = await (await world.as(market.sells).get(next)).text();
  const seen = [...`${first}${second}`.matchAll(/quan-tam\/(QT-\d{4}-\d+)"/g)].map((m) => m[1]);
  expect(seen.sort()).toEqual(codes.sort());
});

test("a restricted listing is nobody's to ask about but its own people's, a members' one no guest's", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const listing = await givenListing(world, { organisation: market.seller, actor: market.sells });
  const show = (visibility: string) =>
    world.db.updateTable("published_listing").set({ visibility }).where("listing_id", "=", listing.id).execute();
  const path = `/quan-tam/moi?tin=${listing.shortCode}`;
  const statuses = async () =>
    [
      (await world.as(undefined).get(path)).status,
      (await world.as(market.buys).get(path)).status,
      (await world.as(market.buys).post("/quan-tam/moi", { tin: listing.shortCode })).status,
    ].join();
  await show("RESTRICTED");
  expect(await statuses()).toBe("404,404,404");
  await show("MEMBERS");
  expect(await statuses()).toBe("404,200,422");
});

test("an interest is given to a verified intermediary with a broker of today", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const operator = await world.makeActor(market.office, "EXCHANGE_OPERATOR");
  const unverified = await world.makeOrganisation({ orgType: "INTERMEDIARY", verified: false });
  const left = await world.makeOrganisation({ orgType: "INTERMEDIARY" });
  await world.makeActor(unverified, "BROKER");
  const gone = await world.makeActor(left, "BROKER");
  await world.db
    .updateTable("membership")
    .set({ valid_to: "2021-01-01" })
    .where("person_id", "=", gone.personId)
    .execute();
  const policy = { policy: "ANONYMOUS" as const };
  const listing = await givenListing(world, { organisation: market.seller, actor: market.sells }, policy);
  const code = codeIn(await world.as(market.buys).post("/quan-tam/moi", { tin: listing.shortCode, ...questions }));
  for (const broker of [unverified, left]) {
    expect(await (await world.as(operator).get(`/van-phong/quan-tam/${code}`)).text()).not.toContain(
      `>${broker.name}<`,
    );
    const given = await world
      .as(operator)
      .post(`/van-phong/quan-tam/${code}/moi-gioi`, { version: "1", broker: broker.id });
    expect([given.status, (await why(given)).includes("field.choice.invalid")]).toEqual([422, true]);
  }
});

test("a notice speaks the language of whom it goes to, where the person is known", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  await world.db.updateTable("person").set({ language: "km" }).where("id", "=", market.sells.personId).execute();
  const email = `ban@${market.seller.slug}.example`;
  await world.db.updateTable("organisation").set({ email }).where("id", "=", market.seller.id).execute();
  const listing = await givenListing(world, { organisation: market.seller, actor: market.sells });
  await world.as(market.buys).post("/quan-tam/moi", { tin: listing.shortCode, ...questions });
  const sent = await world.db.selectFrom("outgoing_message").select("body").where("recipient", "=", email).execute();
  expect(sent[0]?.body).toContain("/km/khong-gian/quan-tam/");
});
