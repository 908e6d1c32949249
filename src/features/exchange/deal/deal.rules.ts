import { type Actor, can, canApart, isMember } from "../../../kernel/actor.ts";
import type { Day } from "../../../kernel/clock.ts";
import type { Flow, GoodsKind, OrgType } from "../../../kernel/codes.ts";
import { done, type Outcome, refuse } from "../../../kernel/outcome.ts";
import { verbsFrom } from "../../../kernel/steps.ts";
import { type DealState, type DealVerb, type Disputable, dealSteps, nextOf, signedStates } from "./deal.steps.rules.ts";

/** What is true of deals: states, who may do what, when one counts. No I/O. */

export {
  type DealState,
  type DealVerb,
  dealStates,
  dealSteps,
  dealVerbs,
  signedStates,
} from "./deal.steps.rules.ts";

/** No deal of this market is older: an earlier day is a slip of the keys. */
export const firstDay: Day = "1990-01-01";
export const evidenceKinds = ["CONTRACT", "INVOICE", "PAYMENT", "ACCEPTANCE_MINUTES", "CERTIFICATE", "OTHER"] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

export type Party = {
  id: string;
  name: string;
  orgType: OrgType;
  country: string;
  taxCode: string | undefined;
  hasMembers: boolean;
  isVerified: boolean;
};
export type DealLine = {
  id: string;
  position: number;
  goodsKind: GoodsKind;
  description: string;
  amount: string;
  valueVnd: bigint;
};
export type DealEvidence = {
  id: string;
  kind: EvidenceKind;
  fileId: string;
  fileName: string;
  documentNumber: string | undefined;
  documentOn: Day | undefined;
  addedBy: string;
  addedAt: Date;
  decision: "CONFIRMED" | "REFUSED" | undefined;
  decidedAt: Date | undefined;
  reason: string | undefined;
};
export type Registration = {
  required: boolean;
  reason: string | undefined;
  exception: string | undefined;
  law: string | undefined;
  number: string | undefined;
  certifiedOn: Day | undefined;
};
export type Deal = {
  id: string;
  code: string;
  title: string;
  state: DealState;
  stateBeforeDispute: Disputable | undefined;
  version: number;
  requestText: string;
  createdAt: Date;
  buyer: Party;
  suppliers: readonly (Party & { shareBp: number })[];
  broker: Party | undefined;
  interestId: string | undefined;
  listingId: string | undefined;
  offPlatform: boolean;
  enteredBy: string;
  figuresBy: string | undefined;
  flow: Flow;
  originCountry: string;
  counterpartyCountry: string;
  currency: string;
  contractAmount: string | undefined;
  rate: string | undefined;
  rateOn: Day | undefined;
  valueVnd: bigint;
  paymentMode: string | undefined;
  isRoyaltyEstimate: boolean;
  usesStateFunds: boolean;
  sector: string | undefined;
  stField: string | undefined;
  territory: string | undefined;
  signedOn: Day | undefined;
  effectiveOn: Day | undefined;
  acceptedOn: Day | undefined;
  cancelledOn: Day | undefined;
  cancelReason: string | undefined;
  registration: Registration;
  evidenceLevel: number;
  recognisedOn: Day | undefined;
  claimedEvidenceLevel: number | undefined;
  claimedEvidenceNote: string | undefined;
  lines: readonly DealLine[];
  evidence: readonly DealEvidence[];
  confirmedBy: readonly string[];
  agreedBy: readonly string[];
};

/** How far somebody sees: parties and the named broker all of it, who entered it likewise, an officer the counted fields, an auditor all, logged. */
export type Reach = "PARTY" | "BROKER" | "ENTERER" | "AUDITOR" | "OFFICER";
type Side = { id: string; isVerified: boolean };
type Sides = { buyer: Side; suppliers: readonly Side[]; offPlatform: boolean };
export type Parties = Sides & { broker: Side | undefined; enteredBy: string };

/** The office names parties that nobody asked: whoever only says to be one (not verified) has no part in its deals. */
const stands = (deal: Sides, side: Side): boolean => !deal.offPlatform || side.isVerified;
const partyIds = (deal: Sides): string[] =>
  [deal.buyer, ...deal.suppliers].filter((side) => stands(deal, side)).map((side) => side.id);
const belongs = (actor: Actor, deal: Sides) => partyIds(deal).some((id) => isMember(actor, id));

export function reachOf(actor: Actor | undefined, deal: Parties): Reach | undefined {
  if (!actor) return undefined;
  if (belongs(actor, deal)) return "PARTY";
  if (deal.broker && stands(deal, deal.broker) && can(actor, "deal.write", deal.broker.id)) return "BROKER";
  if (isEnterer(actor, deal)) return "ENTERER";
  if (can(actor, "deal.read_any")) return "AUDITOR";
  return can(actor, "deal.read_counted") ? "OFFICER" : undefined;
}
const isEnterer = (actor: Actor, deal: Parties): boolean =>
  deal.offPlatform && deal.enteredBy === actor.personId && can(actor, "deal.enter_off_platform");

/** Organisations of the deal for which somebody may write. */
export const partiesWrittenBy = (actor: Actor, deal: Sides): string[] =>
  partyIds(deal).filter((id) => can(actor, "deal.write", id));

const writesFor = (actor: Actor, deal: Parties) =>
  reachOf(actor, deal) === "ENTERER" || partiesWrittenBy(actor, deal).length > 0;

/** Who made the deal: an officer among them decides nothing about it (separations in kernel/actor.ts). */
const makersOf = (deal: Parties, ...people: (string | undefined)[]) => ({
  organisations: [deal.buyer.id, ...deal.suppliers.map((s) => s.id), deal.broker?.id],
  people: [deal.enteredBy, ...people],
});
export const mayCorrect = (actor: Actor, deal: Parties): boolean => canApart(actor, "deal.correct", makersOf(deal));
export const mayDecide = (
  actor: Actor,
  deal: Parties & Pick<Deal, "figuresBy">,
  evidence: Pick<DealEvidence, "addedBy">,
): boolean => canApart(actor, "deal.confirm_evidence", makersOf(deal, deal.figuresBy, evidence.addedBy));

/** Figures stand once a document about them is confirmed: from then on only the office corrects them. */
export const areFiguresOpen = (deal: Pick<Deal, "state" | "recognisedOn" | "evidence">): boolean =>
  deal.state !== "CANCELLED" &&
  deal.state !== "LIQUIDATED" &&
  deal.recognisedOn === undefined &&
  !deal.evidence.some((e) => e.decision === "CONFIRMED");
export const mayEditFigures = (actor: Actor, deal: Deal): boolean => {
  const reach = reachOf(actor, deal);
  return areFiguresOpen(deal) && (reach === "BROKER" || writesFor(actor, deal));
};
export const mayAddEvidence = (actor: Actor, deal: Deal): boolean => {
  if (deal.state === "CANCELLED") return false;
  const reach = reachOf(actor, deal);
  const ofOffice = deal.offPlatform && (reach === "OFFICER" || isEnterer(actor, deal));
  return reach === "BROKER" || writesFor(actor, deal) || ofOffice;
};
/** The organisations for which the actor may still confirm the contract's figures. */
export const confirmableBy = (actor: Actor, deal: Deal): string[] =>
  deal.offPlatform || deal.state === "CANCELLED" || deal.lines.length === 0
    ? []
    : partiesWrittenBy(actor, deal).filter((id) => !deal.confirmedBy.includes(id));

export function verbsFor(actor: Actor, deal: Deal): DealVerb[] {
  return verbsFrom(dealSteps, deal.state).filter((verb) => {
    if (verb === "annul") return mayCorrect(actor, deal);
    if (verb === "cancel" && (deal.recognisedOn !== undefined || (deal.offPlatform && !isEnterer(actor, deal))))
      return false;
    if (!writesFor(actor, deal) || (verb === "sign" && signingLacks(deal).length > 0)) return false;
    if (verb === "agree" && !deal.offPlatform && agreeableBy(actor, deal).length === 0) return false;
    return verb !== "accept" || deal.offPlatform || can(actor, "deal.write", deal.buyer.id);
  });
}

export type StepFacts = { today: Day; acceptedOn?: Day | undefined; reason?: string | undefined };
export const isContractWhole = (deal: Deal): boolean =>
  deal.signedOn !== undefined &&
  deal.valueVnd > 0n &&
  deal.lines.length > 0 &&
  deal.suppliers.reduce((sum, s) => sum + s.shareBp, 0) === 10_000;
/** What stands between a deal and its signing. */
export const signingLacks = (deal: Deal): ("FIGURES" | "PROOF")[] => {
  if (!isContractWhole(deal)) return ["FIGURES"];
  const hasPaper = deal.evidence.some((e) => e.kind === "CONTRACT" && e.decision !== "REFUSED");
  return hasPaper || isVouched(deal) ? [] : ["PROOF"];
};
/** The organisations for which the actor may still say that they agree; the other sides' word is their own. */
export const agreeableBy = (actor: Actor, deal: Deal): string[] =>
  partiesWrittenBy(actor, deal).filter((id) => !deal.agreedBy.includes(id));

/** Whether the verb may be done now; answers the next state. */
export function step(actor: Actor, deal: Deal, verb: DealVerb, facts: StepFacts): Outcome<DealState> {
  const to = nextOf(deal, verb);
  if (!to) return refuse("deal.step.not_open");
  if (verb === "cancel" && deal.recognisedOn !== undefined) return refuse("deal.cancel.counted");
  if (verb === "sign" && writesFor(actor, deal)) {
    const [lack] = signingLacks(deal);
    if (lack) return refuse(lack === "FIGURES" ? "deal.contract.missing" : "deal.sign.unproven");
  }
  if (!verbsFor(actor, deal).includes(verb)) return refuse("action.not_allowed");
  if (verb === "effect" && isWaitingCertificate(deal)) return refuse("deal.registration.waiting");
  if ((verb === "cancel" || verb === "annul") && !facts.reason) return refuse("deal.reason.missing", "reason");
  if (verb === "agree" && !isVouched({ ...deal, confirmedBy: [...deal.agreedBy, ...agreeableBy(actor, deal)] }))
    return done(deal.state);
  if (verb !== "accept") return done(to);
  if (!facts.acceptedOn) return refuse("deal.accepted_on.missing", "acceptedOn");
  if (facts.acceptedOn > facts.today) return refuse("deal.day.future", "acceptedOn");
  if (facts.acceptedOn < firstDay) return refuse("deal.day.too_early", "acceptedOn");
  return facts.acceptedOn < (deal.signedOn ?? "") ? refuse("deal.day.before_signing", "acceptedOn") : done(to);
}

/**
 * The levels of domain.md §1.4. `vouched`: both sides confirmed in the system, or the office entered the deal; a signed contract carries
 * both sides' word itself, so it needs no click besides. Levels 3 and 4 need the one below.
 */
export function evidenceLevelOf(of: { vouched: boolean; confirmed: readonly EvidenceKind[] }): number {
  if (!of.confirmed.includes("CONTRACT")) return of.vouched ? 1 : 0;
  if (!of.confirmed.some((kind) => kind === "INVOICE" || kind === "PAYMENT" || kind === "ACCEPTANCE_MINUTES")) return 2;
  return of.confirmed.includes("CERTIFICATE") ? 4 : 3;
}

/** The buyer, and every supplier that somebody can speak for here; at least one supplier. */
export function isVouched(deal: Pick<Deal, "offPlatform" | "buyer" | "suppliers" | "confirmedBy">): boolean {
  if (deal.offPlatform) return true;
  const said = (party: Party) => deal.confirmedBy.includes(party.id);
  return said(deal.buyer) && deal.suppliers.some(said) && deal.suppliers.every((s) => said(s) || !s.hasMembers);
}
export const levelOf = (deal: Deal): number =>
  evidenceLevelOf({
    vouched: isVouched(deal),
    confirmed: deal.evidence.filter((e) => e.decision === "CONFIRMED").map((e) => e.kind),
  });

export const isWaitingCertificate = (deal: Pick<Deal, "registration">): boolean =>
  deal.registration.required && deal.registration.certifiedOn === undefined;

/** The day on which a deal counts, undefined while it does not (decisions.md 2). */
export function recognitionOf(
  deal: Pick<Deal, "state" | "signedOn" | "registration" | "recognisedOn">,
  level: number,
): Day | undefined {
  if (deal.recognisedOn !== undefined) return deal.recognisedOn;
  if (!signedStates.includes(deal.state) || level < 2) return undefined;
  return deal.registration.required ? deal.registration.certifiedOn : deal.signedOn;
}
