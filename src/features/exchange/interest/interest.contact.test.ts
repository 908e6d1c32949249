import { expect, test } from "vitest";
import { codeIn, givenListing, givenMarket } from "../../../../test/support/deal.ts";
import { openWorld } from "../../../../test/support/world.ts";

/** Whom the sides may call, and what the office must not forget. */

const questions = { cooperation: "Mua máy sấy", missingInformation: "Giá trọn gói", about: "Hợp tác xã 40 hộ" };

test("once they agree to talk both sides read each other's contact; before that neither does", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const [mail, phone] = [`ban-${market.seller.id}@example.vn`, `09${market.buyer.id.replace(/\D/g, "").slice(-8)}`];
  await world.db.updateTable("organisation").set({ email: mail }).where("id", "=", market.seller.id).execute();
  await world.db.updateTable("person").set({ phone }).where("id", "=", market.buys.personId).execute();
  const listing = await givenListing(world, { organisation: market.seller, actor: market.sells });
  const code = codeIn(await world.as(market.buys).post("/quan-tam/moi", { tin: listing.shortCode, ...questions }));
  const see = async (actor: typeof market.buys) => (await world.as(actor).get(`/khong-gian/quan-tam/${code}`)).text();
  expect([(await see(market.buys)).includes(mail), (await see(market.sells)).includes(phone)]).toEqual([false, false]);
  await world.as(market.sells).post(`/khong-gian/quan-tam/${code}`, { verb: "accept", version: "1" });
  for (const text of [mail, market.sells.name, "một trong hai bên lập hồ sơ giao dịch"])
    expect(await see(market.buys)).toContain(text);
  for (const text of [phone, market.buys.name]) expect(await see(market.sells)).toContain(text);
});

test("a guest finds the code filled in and, once agreed, the owner's contact; the office is told to forward", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const operator = await world.makeActor(market.office, "EXCHANGE_OPERATOR");
  const mail = `ban-${market.seller.id}@example.vn`;
  await world.db.updateTable("organisation").set({ email: mail }).where("id", "=", market.seller.id).execute();
  const listing = await givenListing(world, { organisation: market.seller, actor: market.sells });
  const phone = `09${market.seller.id.replace(/\D/g, "").slice(-8)}`;
  const asked = await world
    .as(undefined)
    .post("/quan-tam/moi", { tin: listing.shortCode, ...questions, name: "Bà Sáu", phone, consent: "yes" });
  const cookie = (asked.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const lookup = cookie.split("=")[1] ?? "";
  const shown = await (await world.as(undefined).get("/quan-tam/tra-cuu", { cookie })).text();
  expect(shown).toContain(`value="${lookup}"`);
  const { code } = await world.db
    .selectFrom("interest")
    .select("code")
    .where("listing_id", "=", listing.id)
    .executeTakeFirstOrThrow();
  const screen = (verb: string, version: string) =>
    world.as(operator).post(`/van-phong/quan-tam/${code}`, { verb, version });
  await screen("screen", "1");
  const waits = await (await world.as(operator).get(`/van-phong/quan-tam/${code}`)).text();
  expect(waits).toContain("chưa chuyển: bên nhận chưa thấy gì");
  expect(waits).toContain('value="forward"');
  await screen("forward", "2");
  const follow = async () => (await world.as(undefined).post("/quan-tam/tra-cuu", { code: lookup })).text();
  expect(await follow()).not.toContain(mail);
  await world.as(market.sells).post(`/khong-gian/quan-tam/${code}`, { verb: "accept", version: "3" });
  expect(await follow()).toContain(mail);
});

test("without a listing the page says to choose one; an unknown listing stays unknown", async () => {
  const world = await openWorld();
  const bare = await world.as(undefined).get("/quan-tam/moi");
  const text = await bare.text();
  expect(bare.status).toBe(200);
  for (const part of ['action="/san"', 'name="tu-khoa"', 'href="/nhu-cau"']) expect(text).toContain(part);
  expect((await world.as(undefined).get("/quan-tam/moi?tin=khong-co")).status).toBe(404);
});
