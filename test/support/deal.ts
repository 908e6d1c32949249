import type { ContractInput } from "../../src/features/exchange/deal/deal.contract.rules.ts";
import { addEvidence, confirmEvidence } from "../../src/features/exchange/deal/deal.evidence.actions.ts";
import { type DealEntry, enterDeal } from "../../src/features/exchange/deal/deal.office.actions.ts";
import { dealByCode } from "../../src/features/exchange/deal/deal.queries.ts";
import { rollupDifferences } from "../../src/features/exchange/deal/deal.rollup.queries.ts";
import type { Deal, EvidenceKind } from "../../src/features/exchange/deal/deal.rules.ts";
import type { Actor } from "../../src/kernel/actor.ts";
import { localDay } from "../../src/kernel/clock.ts";
import { newId } from "../../src/kernel/id.ts";
import { codeFrom } from "../../src/kernel/text.ts";
import type { TestOrganisation, World } from "./world.ts";

/** What tests of interests and deals begin with. */

export type Market = {
  seller: TestOrganisation;
  buyer: TestOrganisation;
  office: TestOrganisation;
  sells: Actor;
  buys: Actor;
  officer: Actor;
  enterer: Actor;
};
export async function givenMarket(
  world: World,
  over: { sellerType?: "ENTERPRISE" | "UNIVERSITY" | "INSTITUTE" } = {},
): Promise<Market> {
  const seller = await world.makeOrganisation({ orgType: over.sellerType ?? "ENTERPRISE" });
  const buyer = await world.makeOrganisation();
  const office = await world.makeOrganisation({ orgType: "STATE_AGENCY" });
  return {
    seller,
    buyer,
    office,
    sells: await world.makeActor(seller, "MEMBER_SELLER"),
    buys: await world.makeActor(buyer, "MEMBER_BUYER"),
    officer: await world.makeActor(office, "PROGRAMME_OFFICER"),
    enterer: await world.makeActor(office, "PROGRAMME_OFFICER"),
  };
}

export async function givenListing(
  world: World,
  owner: { organisation: TestOrganisation; actor: Actor },
  over: { kind?: "OFFER" | "REQUEST"; policy?: "DIRECT" | "VIA_BROKER" | "ANONYMOUS"; title?: string } = {},
): Promise<{ id: string; shortCode: string; title: string }> {
  const id = newId();
  const kind = over.kind ?? "OFFER";
  const title = over.title ?? "Máy sấy dừa năng lượng mặt trời";
  const shortCode = codeFrom(crypto.getRandomValues(new Uint8Array(8)));
  await world.db
    .insertInto("listing")
    .values({
      id,
      code: `TD-T-${id.slice(-12)}`,
      kind,
      goods_kind: "EQUIPMENT",
      organisation_id: owner.organisation.id,
      created_by: owner.actor.personId,
      state: "PUBLISHED",
    })
    .execute();
  const now = world.deps.clock.now();
  await world.db
    .insertInto("published_listing")
    .values({
      listing_id: id,
      short_code: shortCode,
      slug: "may-say-dua",
      version: 1,
      kind,
      goods_kind: "EQUIPMENT",
      organisation_id: owner.organisation.id,
      title,
      document: JSON.stringify({ title, contactPolicy: over.policy ?? "DIRECT", originCountry: "VN" }),
      visibility: "PUBLIC",
      state: "PUBLISHED",
      published_at: now,
      first_published_at: now,
      expires_on: "2030-12-31",
    })
    .execute();
  return { id, shortCode, title };
}

export const contractOf = (
  suppliers: readonly (readonly [TestOrganisation, number])[],
  over: Partial<ContractInput> = {},
): ContractInput => ({
  lines: [{ goodsKind: "EQUIPMENT", description: "Máy sấy", amount: "1200000000" }],
  suppliers: suppliers.map(([organisation, shareBp]) => ({ party: { organisationId: organisation.id }, shareBp })),
  currency: "VND",
  flow: "DOMESTIC",
  originCountry: "VN",
  counterpartyCountry: "VN",
  isRoyaltyEstimate: false,
  usesStateFunds: false,
  signedOn: "2019-03-01",
  ...over,
});

/** An off-platform deal as the office enters it. */
export async function givenEntered(
  world: World,
  market: Market,
  over: Partial<ContractInput> = {},
  entry: Partial<DealEntry> = {},
): Promise<Deal> {
  const entered = await enterDeal(world.deps, market.enterer, {
    title: "Mua máy sấy dừa",
    buyer: { organisationId: market.buyer.id },
    contract: contractOf([[market.seller, 10_000]], over),
    ...entry,
  });
  if (!entered.ok) throw new Error(JSON.stringify(entered.why));
  return entered.value.deal;
}

export async function givenFile(world: World, by: Actor): Promise<string> {
  const id = newId();
  await world.db
    .insertInto("file")
    .values({
      id,
      sha256: "0".repeat(64),
      size_bytes: 10,
      media_type: "application/pdf",
      name: "hop-dong.pdf",
      visibility: "RESTRICTED",
      uploaded_by: by.personId,
      state: "READY",
    })
    .execute();
  return id;
}

/** A document added by one and confirmed by another. */
export async function givenEvidence(
  world: World,
  code: string,
  by: { adds: Actor; confirms: Actor },
  kind: EvidenceKind,
  document: { number?: string; on?: string } = {},
): Promise<Deal> {
  const added = await addEvidence(world.deps, by.adds, code, {
    kind,
    fileId: await givenFile(world, by.adds),
    documentNumber: document.number,
    documentOn: document.on,
  });
  if (!added.ok) throw new Error(added.why);
  const confirmed = await confirmEvidence(world.deps, by.confirms, {
    code,
    evidenceId: added.value.evidenceId,
    decision: "CONFIRMED",
  });
  if (!confirmed.ok) throw new Error(confirmed.why);
  return freshDeal(world, code);
}
export async function freshDeal(world: World, code: string): Promise<Deal> {
  const deal = await dealByCode(world.db, code, localDay(world.deps.clock.now()));
  if (!deal) throw new Error(`${code} is missing`);
  return deal;
}

/** What stands counted of a deal. */
export async function countedOf(world: World, deal: Pick<Deal, "id">): Promise<bigint> {
  const { total } = await world.db
    .selectFrom("counted_line")
    .select((eb) => eb.fn.sum<string | null>("value_vnd").as("total"))
    .where("deal_id", "=", deal.id)
    .executeTakeFirstOrThrow();
  return BigInt(total ?? 0);
}
/** Where roll-ups differ from a recount, among the days on which these tests sign (the database is shared with other tests). */
export const differencesOf = async (world: World) =>
  (await rollupDifferences(world.db, 10_000)).filter(
    (d) => d.key.startsWith("2019-") || d.key.startsWith("2024-12-20"),
  );
export const codeIn = (response: Response, pattern = /(?:GD|QT)-\d{4}-\d{4,}/): string =>
  pattern.exec(response.headers.get("location") ?? "")?.[0] ?? `no code in ${response.status}`;
export const pdf = (name = "hop-dong.pdf"): File =>
  new File(["%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"], name, {
    type: "application/pdf",
  });
