import { createListing } from "../../src/features/exchange/listing/listing.actions.ts";
import type { ListingDocument, ListingKind } from "../../src/features/exchange/listing/listing.document.ts";
import { publishListing } from "../../src/features/exchange/listing/listing.review.actions.ts";
import type { Listing } from "../../src/features/exchange/listing/listing.rules.ts";
import { submitListing } from "../../src/features/exchange/listing/listing.submit.actions.ts";
import type { Actor } from "../../src/kernel/actor.ts";
import type { GoodsKind } from "../../src/kernel/codes.ts";
import type { Outcome } from "../../src/kernel/outcome.ts";
import type { World } from "./world.ts";

/** What tests of listings begin with: a market of two, an offer that lacks nothing, and listings on their way. */

export const must = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(`refused: ${outcome.why} ${outcome.field ?? ""}`);
  return outcome.value;
};

/** An offer that lacks nothing. */
export const offer: ListingDocument = {
  summaryPublic: "Máy sấy dùng năng lượng mặt trời cho hợp tác xã.",
  description: "Buồng sấy phủ tấm polycarbonate, quạt chạy pin mặt trời.",
  confidentialDetail: "Bí quyết điều khiển ẩm độ: CONFIDENTIAL-MARK",
  problemSolved: "Phơi ngoài trời mất vệ sinh và phụ thuộc thời tiết.",
  advantagesVsExisting: "Rút ngắn một nửa thời gian so với phơi sân.",
  economicComparison: "Hoàn vốn sau 18 tháng với 2 tấn mỗi tháng.",
  stField: ["211"],
  sectors: ["COCONUT"],
  trl: 8,
  trlEvidence: "Đang chạy tại ba hợp tác xã.",
  originCountry: "VN",
  ownershipDeclared: true,
  rightsOffered: ["USE_NON_EXCLUSIVE"],
  price: { kind: "INDICATIVE", from: "180000000", currency: "VND" },
};

export type Market = { seller: Actor; reviewer: Actor; organisationId: string };
export async function givenMarket(world: World, over: Parameters<World["makeOrganisation"]>[0] = {}): Promise<Market> {
  const house = await world.makeOrganisation(over);
  const office = await world.makeOrganisation({ orgType: "STATE_AGENCY" });
  return {
    seller: await world.makeActor(house, "MEMBER_SELLER"),
    reviewer: await world.makeActor(office, "REVIEWER"),
    organisationId: house.id,
  };
}

type Given = { title: string; kind?: ListingKind; goodsKind?: GoodsKind; document?: ListingDocument };
export async function givenDraft(world: World, market: Market, given: Given): Promise<Listing> {
  const { title, kind = "OFFER", goodsKind = "TECHNOLOGY", document = {} } = given;
  const { organisationId, seller } = market;
  return must(
    await createListing(world.deps, seller, {
      kind,
      goodsKind,
      organisationId,
      title,
      document: { ...offer, ...document },
    }),
  );
}
export async function givenSubmitted(world: World, market: Market, given: Given): Promise<Listing> {
  const draft = await givenDraft(world, market, given);
  return must(await submitListing(world.deps, market.seller, draft.code, { version: draft.version }));
}
export async function givenPublished(world: World, market: Market, given: Given): Promise<Listing> {
  const sent = await givenSubmitted(world, market, given);
  return must(
    await publishListing({ ...world.deps, catalogue: world.catalogue }, market.reviewer, sent.code, {
      version: sent.version,
    }),
  );
}
