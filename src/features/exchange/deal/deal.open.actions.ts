import { type Actor, can } from "../../../kernel/actor.ts";
import { localDay } from "../../../kernel/clock.ts";
import { newId } from "../../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../../kernel/outcome.ts";
import { nextCode } from "../../../platform/counter.ts";
import { inTransaction, type Tx } from "../../../platform/database/database.ts";
import { recordEvent } from "../../../platform/events.ts";
import { markDealOpened } from "../interest/interest.actions.ts";
import { lockInterest } from "../interest/interest.queries.ts";
import { type Interest, sideOf, sidesOf, verbsFor } from "../interest/interest.rules.ts";
import type { DealDeps } from "./deal.contract.actions.ts";
import type { OpenInput } from "./deal.input.ts";
import { countriesOf, statedOrigin } from "./deal.party.queries.ts";
import { dealById } from "./deal.queries.ts";
import type { Deal } from "./deal.rules.ts";
import { insertDeal, insertSuppliers } from "./deal.write.queries.ts";

/** What a deal opened from an interest begins with; undefined for whoever may not open it. */
export function openableBy(actor: Actor, interest: Interest | undefined): interest is Interest {
  const side = interest && sideOf(actor, interest);
  return (
    interest !== undefined && (side === "SENDER" || side === "OWNER") && verbsFor(actor, interest).includes("open_deal")
  );
}

/** An accepted interest becomes a deal: parties and listing are taken over, the asked supplier holds all shares until the contract says otherwise. */
export function openDeal(deps: DealDeps, actor: Actor, input: OpenInput): Promise<Outcome<Deal>> {
  return inTransaction(deps.db, async (tx) => {
    const interest = await lockInterest(tx, input.interest);
    if (!interest || sideOf(actor, interest) === undefined) return refuse("deal.interest.missing");
    const sides = sidesOf(interest);
    if (!sides || !openableBy(actor, interest))
      return refuse(interest.state === "ACCEPTED" ? "deal.interest.guest" : "deal.interest.not_accepted");
    const id = newId();
    const now = deps.clock.now();
    const code = await nextCode(tx, "GD", Number(localDay(now).slice(0, 4)));
    const places = await placesOf(tx, deps, sides, interest.listing.id);
    const acting = [sides.buyerId, sides.supplierId].find((one) => can(actor, "deal.write", one));
    const moved = await markDealOpened(tx, actor, interest);
    if (!moved.ok) return moved;
    await insertDeal(tx, {
      id,
      code,
      title: input.title,
      request_text: input.requestText,
      buyer_organisation_id: sides.buyerId,
      broker_organisation_id: interest.brokerId ?? null,
      interest_id: interest.id,
      listing_id: interest.listing.id,
      entered_by: actor.personId,
      entered_organisation_id: acting ?? null,
      created_at: now,
      ...places,
    });
    await insertSuppliers(tx, id, [{ organisationId: sides.supplierId, shareBp: 10_000 }]);
    await recordEvent(tx, {
      actorId: actor.personId,
      organisationId: acting,
      subject: "deal",
      subjectId: id,
      verb: "open",
      detail: { code, interestCode: interest.code, listingId: interest.listing.id },
    });
    return done(await dealById(tx, id, localDay(now)));
  });
}

/** A first guess from where the parties are and what the listing says; the contract decides. */
async function placesOf(tx: Tx, deps: DealDeps, sides: { buyerId: string; supplierId: string }, listingId: string) {
  const home = deps.pack.province.domesticCountry;
  const countries = await countriesOf(tx, [sides.buyerId, sides.supplierId]);
  const countryOf = (id: string) => countries.get(id) ?? home;
  const [buyer, supplier] = [countryOf(sides.buyerId), countryOf(sides.supplierId)];
  const flow = supplier !== home ? "INBOUND" : buyer !== home ? "OUTBOUND" : "DOMESTIC";
  return {
    flow,
    counterparty_country: flow === "INBOUND" ? supplier : flow === "OUTBOUND" ? buyer : home,
    origin_country: (await statedOrigin(tx, listingId)) ?? supplier,
  };
}
