import { expect } from "vitest";
import { codeIn, freshDeal, givenListing, type Market, pdf } from "./deal.ts";
import type { World } from "./world.ts";

/** Deals made through the door, step by step. */

const questions = { cooperation: "Mua máy", missingInformation: "Giá trọn gói", about: "Hợp tác xã dừa" };
export const contractForm = (seller: string, over: Record<string, string> = {}) => ({
  line1Kind: "EQUIPMENT",
  line1Description: "Máy sấy dừa",
  line1Amount: "1.200.000.000",
  supplier1: seller,
  supplier1Share: "100",
  currency: "VND",
  flow: "DOMESTIC",
  originCountry: "VN",
  counterpartyCountry: "VN",
  paymentMode: "LUMP_SUM",
  signedOn: "01/03/2019",
  ...over,
});
export const why = async (response: Response) => [
  ...new Set([...(await response.text()).matchAll(/data-why="([^"]+)"/g)].map((m) => m[1])),
];
export const version = async (world: World, code: string): Promise<string> =>
  String((await freshDeal(world, code)).version);

export async function givenOpened(world: World, market: Market): Promise<string> {
  const listing = await givenListing(world, { organisation: market.seller, actor: market.sells });
  const interest = codeIn(await world.as(market.buys).post("/quan-tam/moi", { tin: listing.shortCode, ...questions }));
  expect(
    (await world.as(market.sells).post(`/khong-gian/quan-tam/${interest}`, { verb: "accept", version: "1" })).status,
  ).toBe(303);
  const opened = await world.as(market.buys).post("/khong-gian/giao-dich/moi", {
    interest,
    title: "Mua máy sấy dừa",
    requestText: "Một dây chuyền sấy dừa 2 tấn mỗi ngày",
  });
  return codeIn(opened);
}
export async function givenSigned(world: World, market: Market): Promise<string> {
  const code = await givenOpened(world, market);
  const written = await world
    .as(market.sells)
    .post(`/giao-dich/${code}/hop-dong`, { version: await version(world, code), ...contractForm(market.seller.name) });
  expect([written.status, await why(written)]).toEqual([303, []]);
  for (const actor of [market.buys, market.sells])
    expect(
      (await world.as(actor).post(`/giao-dich/${code}/xac-nhan`, { version: await version(world, code) })).status,
    ).toBe(303);
  expect(
    (await world.as(market.buys).post(`/giao-dich/${code}/buoc`, { version: await version(world, code), verb: "sign" }))
      .status,
  ).toBe(303);
  return code;
}
export async function givenUploaded(world: World, market: Market, code: string, kind = "CONTRACT"): Promise<string> {
  const uploaded = await world.as(market.sells).post(`/giao-dich/${code}/minh-chung`, {
    version: await version(world, code),
    kind,
    documentNumber: "01/HĐ",
    documentOn: "01/03/2019",
    file: pdf(),
  });
  expect([uploaded.status, await why(uploaded)]).toEqual([303, []]);
  const deal = await freshDeal(world, code);
  return `/van-phong/giao-dich/${code}/minh-chung/${deal.evidence.at(-1)?.id}`;
}
