import fc from "fast-check";
import { expect, test } from "vitest";
import {
  countedOf,
  differencesOf,
  freshDeal,
  givenEntered,
  givenFile,
  givenMarket,
  type Market,
} from "../../../../test/support/deal.ts";
import { openWorld, type TestOrganisation, type World } from "../../../../test/support/world.ts";
import { goodsKinds } from "../../../kernel/codes.ts";
import type { ContractInput } from "./deal.contract.rules.ts";
import { entersValue } from "./deal.count.ts";
import { addEvidence, confirmEvidence } from "./deal.evidence.actions.ts";
import { correctDeal } from "./deal.office.actions.ts";
import type { Deal, EvidenceKind } from "./deal.rules.ts";
import { stepDeal } from "./deal.step.actions.ts";

/**
 * Any sequence of commands, sensible or not (most are refused somewhere), leaves the roll-ups equal to a recount, and what stands counted
 * of each deal equal to the value of its lines, or to nothing where it is cancelled or not recognised.
 */

const line = fc.record({
  goodsKind: fc.constantFrom(...goodsKinds),
  description: fc.constant("Hàng"),
  amount: fc.bigInt({ min: 1n, max: 10n ** 9n }).map(String),
});
const contract = fc.record({
  lines: fc.array(line, { minLength: 1, maxLength: 3 }),
  share: fc.integer({ min: 1, max: 10_000 }),
  origin: fc.constantFrom("VN", "CN", "KR"),
  dollars: fc.boolean(),
  day: fc.constantFrom("2019-07-01", "2019-07-02"),
});
type Drawn = typeof contract extends fc.Arbitrary<infer T> ? T : never;
const command = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant("enter" as const), contract }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("evidence" as const),
      at: fc.nat(3),
      kind: fc.constantFrom<EvidenceKind>("CONTRACT", "CONTRACT", "INVOICE", "CERTIFICATE"),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("correct" as const), at: fc.nat(3), contract }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("annul" as const), at: fc.nat(3) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("step" as const),
      at: fc.nat(3),
      verb: fc.constantFrom("effect" as const, "cancel" as const, "dispute" as const),
    }),
  },
);

const contractFrom = (drawn: Drawn, suppliers: readonly TestOrganisation[]): ContractInput => ({
  lines: drawn.lines,
  suppliers: suppliers
    .map((s, i) => ({ party: { organisationId: s.id }, shareBp: i === 0 ? drawn.share : 10_000 - drawn.share }))
    .filter((s) => s.shareBp > 0),
  ...(drawn.dollars ? { currency: "USD", rate: "25430.5", rateOn: drawn.day } : { currency: "VND" }),
  flow: drawn.origin === "VN" ? "DOMESTIC" : "INBOUND",
  originCountry: drawn.origin,
  counterpartyCountry: drawn.origin,
  isRoyaltyEstimate: false,
  usesStateFunds: false,
  signedOn: drawn.day,
});

async function obey(
  world: World,
  market: Market,
  suppliers: readonly TestOrganisation[],
  codes: string[],
  one: typeof command extends fc.Arbitrary<infer T> ? T : never,
) {
  if (one.do === "enter") {
    codes.push((await givenEntered(world, market, contractFrom(one.contract, suppliers))).code);
    return;
  }
  const code = codes[one.at % Math.max(codes.length, 1)];
  if (!code) return;
  const { version } = await freshDeal(world, code);
  if (one.do === "evidence") {
    const added = await addEvidence(world.deps, market.enterer, code, {
      kind: one.kind,
      fileId: await givenFile(world, market.enterer),
      documentNumber: "1/GCN",
      documentOn: "2019-07-05",
    });
    const confirmer =
      (await freshDeal(world, code)).figuresBy === market.officer.personId ? market.buys : market.officer;
    if (added.ok)
      await confirmEvidence(world.deps, confirmer, { code, evidenceId: added.value.evidenceId, decision: "CONFIRMED" });
  }
  if (one.do === "correct")
    await correctDeal(world.deps, market.officer, code, {
      version,
      reason: "Theo phụ lục hợp đồng",
      contract: contractFrom(one.contract, suppliers),
    });
  if (one.do === "annul")
    await stepDeal(world.deps, market.officer, code, {
      verb: "annul",
      version,
      reason: "Hợp đồng vô hiệu",
      acceptedOn: undefined,
    });
  if (one.do === "step")
    await stepDeal(world.deps, market.enterer, code, {
      verb: one.verb,
      version,
      reason: "Không thực hiện nữa",
      acceptedOn: undefined,
    });
}

const shouldStand = (world: World, deal: Deal): bigint =>
  deal.recognisedOn === undefined || deal.state === "CANCELLED"
    ? 0n
    : deal.lines.filter((l) => entersValue(world.deps.pack, l.goodsKind)).reduce((sum, l) => sum + l.valueVnd, 0n);

test("after any sequence of commands the roll-ups equal a recount and each deal's entries its lines", async () => {
  const world = await openWorld();
  const market = await givenMarket(world, { sellerType: "UNIVERSITY" });
  // A second officer may confirm after the first has corrected: separations are by person.
  market.buys = await world.makeActor(market.office, "PROGRAMME_OFFICER");
  const suppliers = [market.seller, await world.makeOrganisation({ orgType: "INSTITUTE" })];
  let counted = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 4, maxLength: 14 }), async (commands) => {
      const codes: string[] = [];
      for (const one of [
        { do: "enter" as const, contract: fc.sample(contract, { numRuns: 1, seed: commands.length })[0] as Drawn },
        ...commands,
      ])
        await obey(world, market, suppliers, codes, one);
      for (const code of codes) {
        const deal = await freshDeal(world, code);
        expect([code, await countedOf(world, deal)]).toEqual([code, shouldStand(world, deal)]);
        if (deal.recognisedOn) counted++;
      }
      expect(await differencesOf(world)).toEqual([]);
    }),
    { numRuns: 25 },
  );
  expect(counted).toBeGreaterThan(0);
}, 60_000);
