import { expect, test } from "vitest";
import { givenOpened, givenSigned, givenUploaded, version, why } from "../../../../test/support/deal.door.ts";
import { freshDeal, givenEntered, givenEvidence, givenMarket } from "../../../../test/support/deal.ts";
import { openWorld } from "../../../../test/support/world.ts";
import { dealFileReader } from "./deal.files.ts";

/** Who is shown what of a deal, through the door (decisions.md 13). */

test("an officer meets names only where documents wait for their decision, and never what the parties wrote", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const code = await givenSigned(world, market);
  const read = async (path: string) => (await world.as(market.officer).get(path)).text();
  const row = async () => {
    const list = await read("/van-phong/giao-dich?muc=ALL");
    return list.slice(list.indexOf(code), list.indexOf("</tr>", list.indexOf(code)));
  };
  for (const text of [await row(), await read(`/van-phong/giao-dich/${code}`), await read(`/giao-dich/${code}`)]) {
    expect(text).toContain(code);
    for (const hidden of [market.buyer.name, market.seller.name, "Mua máy sấy dừa", "2 tấn mỗi ngày", "Máy sấy dừa"])
      expect(text.includes(`>${hidden}<`) || text.includes(`${hidden} (`)).toBe(false);
  }
  await givenUploaded(world, market, code);
  expect(await row()).toContain("Mua máy sấy dừa");
  const page = await read(`/van-phong/giao-dich/${code}`);
  for (const text of ["Mua máy sấy dừa", market.buyer.name, market.seller.name, "Mức minh chứng"])
    expect(page).toContain(text);
  expect(page).not.toContain("2 tấn mỗi ngày");
  const history = page.slice(page.lastIndexOf("Diễn biến"));
  expect(history).not.toContain(market.buyer.name);
  expect((await world.as(market.buys).get(`/van-phong/giao-dich/${code}`)).status).not.toBe(200);
});

test("an officer opens the files of deals that are theirs to decide, and corrects nothing without a document", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const bare = await givenEntered(world, market);
  const path = `/van-phong/giao-dich/${bare.code}/dieu-chinh`;
  expect(await why(await world.as(market.officer).get(path))).toContain("deal.correct.nothing");
  const deal = await givenEvidence(world, bare.code, { adds: market.enterer, confirms: market.officer }, "CONTRACT");
  expect(await dealFileReader(world.db, market.officer, deal.evidence[0]?.fileId ?? "")).toBe(true);
  expect((await world.as(market.officer).get(path)).status).toBe(200);
});

test("an auditor's look at a page and through a list leaves its mark", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const auditor = await world.makeActor(market.office, "AUDITOR");
  const deal = await givenEntered(world, market);
  await world.as(auditor).get("/van-phong/giao-dich?muc=ALL");
  await world.as(auditor).get(`/van-phong/giao-dich/${deal.code}`);
  const events = await world.db
    .selectFrom("event")
    .select(["subject", "detail"])
    .where("actor_id", "=", auditor.personId)
    .where("verb", "=", "look")
    .orderBy("id")
    .execute();
  expect(events.map((e) => e.subject)).toEqual(["deal_list", "deal"]);
  expect(JSON.stringify(events[0]?.detail)).toContain(deal.code);
});

test("a party reads what still stands between its deal and the figures", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const page = async (code: string) => (await world.as(market.sells).get(`/giao-dich/${code}`)).text();
  const open = await givenOpened(world, market);
  expect(await page(open)).toContain("hợp đồng chưa ký");
  const code = await givenSigned(world, market);
  expect(await page(code)).toContain("chưa có bản hợp đồng đã ký");
  const decide = await givenUploaded(world, market, code);
  expect(await page(code)).toContain("còn chờ cơ quan quản lý xác nhận hợp đồng đã ký");
  await world.as(market.officer).post(decide, { version: await version(world, code), decision: "CONFIRMED" });
  expect(await page(code)).not.toContain("Chưa tính vào chỉ tiêu");
});

test("a refused step, document or decision comes back with what was typed", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const code = await givenSigned(world, market);
  const step = await world
    .as(market.buys)
    .post(`/giao-dich/${code}/buoc`, { verb: "cancel", version: "1", reason: "Bên mua rút lui" });
  const stepped = await step.text();
  expect([step.status, stepped.includes('value="Bên mua rút lui"')]).toEqual([422, true]);
  const form = {
    version: await version(world, code),
    kind: "CERTIFICATE",
    documentNumber: "",
    documentOn: "05/03/2019",
  };
  const refused = await world.as(market.sells).post(`/giao-dich/${code}/minh-chung`, form);
  const text = await refused.clone().text();
  expect([refused.status, (await why(refused)).sort()]).toEqual([422, ["field.required", "file.missing"]]);
  expect(text).toContain('value="05/03/2019"');
  const decide = await givenUploaded(world, market, code);
  const stale = await world
    .as(market.officer)
    .post(decide, { version: "1", decision: "REFUSED", reason: "Thiếu trang cuối" });
  expect([stale.status, (await stale.text()).includes('value="Thiếu trang cuối"')]).toEqual([422, true]);
  expect((await freshDeal(world, code)).evidence[0]?.decision).toBeUndefined();
});
