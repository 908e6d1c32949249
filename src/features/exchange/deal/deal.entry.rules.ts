import { isDeepStrictEqual } from "node:util";
import { nextStep } from "../../../kernel/steps.ts";
import { type ContractInput, isEstimate, type PartyRef } from "./deal.contract.rules.ts";
import { scaled, unscaled } from "./deal.money.rules.ts";
import { type Deal, type DealState, type DealVerb, dealSteps } from "./deal.rules.ts";

/** A deal entered whole, by the office or an import: what it says, and what a second saying of it changes. */

export type DealEntry = {
  /** Given by a form, so that the same form sent twice makes one deal. */
  id?: string | undefined;
  title: string;
  requestText?: string | undefined;
  buyer: PartyRef;
  contract: ContractInput;
  brokerOrganisationId?: string | undefined;
  listingId?: string | undefined;
  acceptedOn?: string | undefined;
  /** The signed contract that comes along, stored already. */
  contractFileId?: string | undefined;
  /** What a file claims without documents: shown, never counted. */
  claimed?: { evidenceLevel: number; note: string } | undefined;
  /** Identity of an imported deal within its office: the second run updates it. */
  source?: { name: string; id: string } | undefined;
};

/** What a later run says nothing of stays as it is: days that steps have written, the broker, the listing, the request. */
export function overEarlier(entry: DealEntry, earlier: Deal): DealEntry {
  const { signedOn, effectiveOn = earlier.effectiveOn } = entry.contract;
  const keepsEffect = effectiveOn !== undefined && effectiveOn >= (signedOn ?? "");
  return {
    ...entry,
    requestText: entry.requestText ?? earlier.requestText,
    brokerOrganisationId: entry.brokerOrganisationId ?? earlier.broker?.id,
    listingId: entry.listingId ?? earlier.listingId,
    acceptedOn: entry.acceptedOn ?? earlier.acceptedOn,
    contract: { ...entry.contract, effectiveOn: keepsEffect ? effectiveOn : entry.contract.effectiveOn },
  };
}

const plain = (decimal: string | undefined, digits: number) =>
  decimal === undefined ? undefined : unscaled(scaled(decimal, digits), digits);
const linesOf = (lines: readonly { goodsKind: string; description: string; amount: string }[]) =>
  lines.map((l) => ({ goodsKind: l.goodsKind, description: l.description, amount: plain(l.amount, 4) }));
const sharesOf = (of: readonly { id: string | undefined; shareBp: number }[]) =>
  of.map((s) => `${s.id ?? "?"}:${s.shareBp}`).sort();
type Common = Pick<
  ContractInput,
  | "currency"
  | "rateOn"
  | "flow"
  | "originCountry"
  | "counterpartyCountry"
  | "paymentMode"
  | "usesStateFunds"
  | "sector"
  | "stField"
  | "territory"
  | "signedOn"
  | "effectiveOn"
>;
const commonOf = (c: Common) => ({
  currency: c.currency,
  rateOn: c.rateOn,
  flow: c.flow,
  originCountry: c.originCountry,
  counterpartyCountry: c.counterpartyCountry,
  paymentMode: c.paymentMode,
  usesStateFunds: c.usesStateFunds,
  sector: c.sector,
  stField: c.stField,
  territory: c.territory,
  signedOn: c.signedOn,
  effectiveOn: c.effectiveOn,
});

/** What a deal says, by name. */
export const factsOfDeal = (deal: Deal) => ({
  ...commonOf(deal),
  title: deal.title,
  requestText: deal.requestText,
  buyer: deal.buyer.id as string | undefined,
  broker: deal.broker?.id,
  listing: deal.listingId,
  acceptedOn: deal.acceptedOn,
  lines: linesOf(deal.lines),
  suppliers: sharesOf(deal.suppliers),
  rate: plain(deal.rate, 6),
  isEstimate: deal.isRoyaltyEstimate,
  exception: deal.registration.exception,
  claimedLevel: deal.claimedEvidenceLevel,
  claimedNote: deal.claimedEvidenceNote,
});
/** The same of an entry, whose parties were found (or not). */
export const factsOfEntry = (
  entry: DealEntry,
  found: { buyerId: string | undefined; suppliers: readonly { id: string | undefined; shareBp: number }[] },
): ReturnType<typeof factsOfDeal> => ({
  ...commonOf(entry.contract),
  title: entry.title,
  requestText: entry.requestText ?? "",
  buyer: found.buyerId,
  broker: entry.brokerOrganisationId,
  listing: entry.listingId,
  acceptedOn: entry.acceptedOn,
  lines: linesOf(entry.contract.lines),
  suppliers: sharesOf(found.suppliers),
  rate: plain(entry.contract.rate, 6),
  isEstimate: isEstimate(entry.contract),
  exception: entry.contract.registrationException,
  claimedLevel: entry.claimed?.evidenceLevel,
  claimedNote: entry.claimed?.note,
});
export const saysTheSame = (deal: Deal, entry: DealEntry, found: Parameters<typeof factsOfEntry>[1]): boolean =>
  isDeepStrictEqual(factsOfDeal(deal), factsOfEntry(entry, found));

/** How far an entry's facts carry a deal, step by step of the table. A deal past its signing goes on by its own steps only. */
export function carriedTo(state: DealState, facts: { isSigned: boolean; isAccepted: boolean }): DealState {
  if (state !== "OPEN" && state !== "AGREED" && state !== "CONTRACT_SIGNED") return state;
  const verbs: DealVerb[] = [...(facts.isSigned ? (["sign"] as const) : [])];
  if (facts.isSigned && facts.isAccepted) verbs.push("effect", "accept");
  return verbs.reduce<DealState>((at, verb) => nextStep(dealSteps, at, verb) ?? at, state);
}
