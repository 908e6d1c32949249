import { expect, test } from "vitest";
import { contractForm, givenOpened, version, why } from "../../../../test/support/deal.door.ts";
import { codeIn, contractOf, freshDeal, givenMarket, type Market, pdf } from "../../../../test/support/deal.ts";
import { openWorld, type TestOrganisation, type World } from "../../../../test/support/world.ts";
import { newId } from "../../../kernel/id.ts";
import { enterDeal } from "./deal.office.actions.ts";

/** Whom an office means when it names a party: never somebody who only says to be it. */

let next = 0;
const freshTaxCode = () => String(5_100_000_000 + ((Date.now() + 7_919 * next++) % 899_999_999));
const patch = (world: World, of: TestOrganisation, row: { tax_code?: string; trade_name?: string }) =>
  world.db.updateTable("organisation").set(row).where("id", "=", of.id).execute();
/** Declared by its own first member, verified by nobody. */
async function givenImpostor(world: World, name: string, row: { tax_code?: string; trade_name?: string } = {}) {
  const organisation = await world.makeOrganisation({ name, verified: false });
  if (Object.keys(row).length > 0) await patch(world, organisation, row);
  return { organisation, actor: await world.makeActor(organisation, "MEMBER_BUYER", "MEMBER_SELLER") };
}
const enter = (world: World, market: Market, over: Record<string, string | File>) =>
  world
    .as(market.enterer)
    .post("/van-phong/giao-dich/moi", { title: "Mua máy ngoài sàn", ...contractForm(market.seller.name), ...over });

test("an unverified organisation with a guessed tax code or name is not a party of an entered deal", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const [taxCode, name] = [freshTaxCode(), `Công ty dừa ${newId()}`];
  const impostor = await givenImpostor(world, name, { tax_code: taxCode });
  for (const buyer of [taxCode, name]) {
    const refused = await enter(world, market, { buyer });
    expect([refused.status, await why(refused)]).toEqual([422, ["deal.organisation.unknown"]]);
  }
  const imported = await enterDeal(world.deps, market.enterer, {
    title: "Mua máy sấy dừa",
    buyer: { taxCode, name, orgType: "ENTERPRISE" },
    contract: contractOf([[market.seller, 10_000]]),
    source: { name: newId(), id: "1" },
  });
  if (!imported.ok) throw new Error(JSON.stringify(imported.why));
  expect(imported.value.deal.buyer).toMatchObject({ name, hasMembers: false });
  expect(imported.value.deal.buyer.id).not.toBe(impostor.organisation.id);
  expect((await world.as(impostor.actor).get(`/giao-dich/${imported.value.deal.code}`)).status).toBe(404);
  // The one that the office entered is meant from now on.
  const again = await enter(world, market, { buyer: name });
  expect((await freshDeal(world, codeIn(again))).buyer.id).toBe(imported.value.deal.buyer.id);
});

test("a verified university is entered by its own name though somebody squats it as name or trade name", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const name = `Trường Đại học ${newId()}`;
  const university = await world.makeOrganisation({ name, orgType: "UNIVERSITY" });
  await givenImpostor(world, `Công ty ${newId()}`, { trade_name: name });
  await givenImpostor(world, name);
  const verified = await world.makeOrganisation({ name: `Doanh nghiệp ${newId()}` });
  await patch(world, verified, { trade_name: name });
  const entered = await enter(world, market, { buyer: market.buyer.name, supplier1: name });
  expect([entered.status, await why(entered)]).toEqual([303, []]);
  expect((await freshDeal(world, codeIn(entered))).suppliers[0]?.id).toBe(university.id);
});

test("members of an organisation that is no longer verified reach no off-platform deal; parties cannot cancel one", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const entered = await enter(world, market, { buyer: market.buyer.name, file: pdf() });
  const code = codeIn(entered);
  const cancel = async () =>
    world.as(market.buys).post(`/giao-dich/${code}/buoc`, {
      verb: "cancel",
      reason: "Không mua nữa",
      version: await version(world, code),
    });
  const page = await world.as(market.buys).get(`/giao-dich/${code}`);
  expect([page.status, (await page.text()).includes('value="cancel"')]).toEqual([200, false]);
  const refused = await cancel();
  expect([refused.status, await why(refused)]).toEqual([422, ["action.not_allowed"]]);
  await world.db
    .updateTable("organisation")
    .set({ verification_state: "UNVERIFIED" })
    .where("id", "=", market.buyer.id)
    .execute();
  expect((await world.as(market.buys).get(`/giao-dich/${code}`)).status).toBe(404);
  expect((await cancel()).status).toBe(404);
  expect(await (await world.as(market.buys).get("/khong-gian/giao-dich")).text()).not.toContain(code);
});

test("days before 1990 and values above a hundred thousand billion đồng are refused", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const refused = await enter(world, market, {
    buyer: market.buyer.name,
    signedOn: "01/03/0219",
    effectiveOn: "01/03/0219",
    line1Amount: "100.000.000.000.001",
  });
  expect([refused.status, (await why(refused)).sort()]).toEqual([422, ["deal.day.too_early", "deal.value.too_large"]]);
});

test("signing waits for the figures, then for both sides' word or the paper, and the page says which", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const code = await givenOpened(world, market);
  const see = async () => (await world.as(market.sells).get(`/giao-dich/${code}`)).text();
  const step = async (verb: string) => {
    const answer = await world
      .as(market.sells)
      .post(`/giao-dich/${code}/buoc`, { verb, version: await version(world, code) });
    return [answer.status, ...(await why(answer))];
  };
  expect(await see()).not.toContain('value="sign"');
  expect(await step("agree")).toEqual([303]);
  expect([(await freshDeal(world, code)).state, await step("agree")]).toEqual(["OPEN", [422, "action.not_allowed"]]);
  expect(await see()).toContain(`Đã đồng ý: ${market.seller.name}.`);
  await world
    .as(market.sells)
    .post(`/giao-dich/${code}/hop-dong`, { version: await version(world, code), ...contractForm(market.seller.name) });
  expect(await see()).not.toContain('value="sign"');
  expect(await see()).toContain("Cần hai bên xác nhận số liệu trong hệ thống");
  expect(await step("sign")).toEqual([422, "deal.sign.unproven"]);
  for (const actor of [market.sells, market.buys])
    await world.as(actor).post(`/giao-dich/${code}/xac-nhan`, { version: await version(world, code) });
  const agrees = { verb: "agree", version: await version(world, code) };
  expect((await world.as(market.buys).post(`/giao-dich/${code}/buoc`, agrees)).status).toBe(303);
  expect((await freshDeal(world, code)).state).toBe("AGREED");
  expect(await step("sign")).toEqual([303]);
});

test("the form tells every problem at once: buyer, supplier, shares, rate and day", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const over = {
    title: "",
    buyer: `Không ai biết ${newId()}`,
    supplier1: `Cũng không ${newId()}`,
    supplier1Share: "90",
    currency: "USD",
    rate: "",
    signedOn: "01/01/2999",
  };
  const text = await (await enter(world, market, { ...over })).text();
  const found = [...text.matchAll(/data-why="([^"]+)"/g)].map((m) => m[1]);
  expect([...new Set(found)].sort()).toEqual([
    "deal.day.future",
    "deal.organisation.unknown",
    "deal.shares.sum",
    "field.required",
  ]);
  expect(found.filter((one) => one === "deal.organisation.unknown").length).toBeGreaterThan(1);
  expect(text).not.toContain("Bước 2 trong 3");
});

test("an office tells its own people apart in the history; money of other lands is written as people read it", async () => {
  const world = await openWorld();
  const market = await givenMarket(world);
  const money = { currency: "USD", line1Amount: "10000", rate: "26000", rateOn: "01/03/2019" };
  const code = codeIn(await enter(world, market, { buyer: market.buyer.name, ...money, file: pdf() }));
  const page = await (await world.as(market.officer).get(`/van-phong/giao-dich/${code}`)).text();
  for (const part of ["10.000 USD", "26.000 đồng", market.enterer.name]) expect(page).toContain(part);
  const elsewhere = await world.makeActor(await world.makeOrganisation(), "PROGRAMME_OFFICER");
  expect(await (await world.as(elsewhere).get(`/van-phong/giao-dich/${code}`)).text()).not.toContain(
    market.enterer.name,
  );
});
