import type { Deps } from "../../../deps.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { localDay } from "../../../kernel/clock.ts";
import type { Why } from "../../../kernel/form.ts";
import { done, type Outcome, refuse } from "../../../kernel/outcome.ts";
import { inTransaction, type Tx } from "../../../platform/database/database.ts";
import { recordEvent } from "../../../platform/events.ts";
import { createOrganisation, keptCode } from "../../accounts/index.ts";
import { decideRegistration, type RegistrationDecision } from "../registration/registration.rules.ts";
import { type ContractInput, contractProblems, type PartyRef } from "./deal.contract.rules.ts";
import { contractMoney } from "./deal.money.rules.ts";
import { findParty, isTaxCodeBorne } from "./deal.party.queries.ts";
import { lockDeal } from "./deal.queries.ts";
import {
  confirmableBy,
  type Deal,
  isContractWhole,
  mayEditFigures,
  type Party,
  reachOf,
  signedStates,
} from "./deal.rules.ts";
import { settleDeal } from "./deal.settle.ts";
import {
  type ContractToWrite,
  dropConfirmations,
  insertConfirmation,
  patchDeal,
  writeContract,
} from "./deal.write.queries.ts";

/** The contract's figures: written by the parties, confirmed by both sides. */

export type DealDeps = Pick<Deps, "db" | "clock" | "pack" | "secret">;
/** A refusal of a whole form: every problem by field. */
export type FormOutcome<T> = { ok: true; value: T } | { ok: false; why: Why };
export const asForm = (refusal: { why: string; field?: string }): { ok: false; why: Why } => ({
  ok: false,
  why: { [refusal.field ?? ""]: refusal.why },
});

export const registrationOf = (deps: Pick<Deps, "pack">, c: ContractInput): RegistrationDecision =>
  c.signedOn === undefined
    ? { required: false, reason: "VOLUNTARY", law: undefined, basis: undefined, verifiedOn: null }
    : decideRegistration(deps.pack, {
        flow: c.flow,
        usesStateFunds: c.usesStateFunds,
        exception: c.registrationException,
        kinds: c.lines.map((line) => line.goodsKind),
        signedOn: c.signedOn,
      });

/** A deal past its signing cannot become one that had to be registered first. */
export const lacksCertificate = (deal: Deal, now: Pick<RegistrationDecision, "required">): boolean =>
  now.required &&
  deal.registration.certifiedOn === undefined &&
  ["EFFECTIVE", "IN_PERFORMANCE", "ACCEPTED", "LIQUIDATED", "DISPUTED"].includes(deal.state);

/** Enters an organisation the market does not know yet, unverified and without members; without its tax code where somebody unverified claims that. */
export const enterParty = async (
  tx: Tx,
  deps: Pick<DealDeps, "clock" | "secret">,
  actor: Actor,
  party: PartyRef,
): Promise<string> => {
  const isBorne = party.taxCode !== undefined && (await isTaxCodeBorne(tx, party.taxCode));
  const made = await createOrganisation(tx, deps.clock, {
    legalName: party.name ?? "",
    orgType: party.orgType ?? "ENTERPRISE",
    ...keptCode(deps.secret, isBorne ? undefined : party.taxCode), // a household's is its owner's citizen id: sealed
    country: party.country ?? "VN",
    createdBy: actor.personId,
  });
  return made.id;
};

/** Finds the suppliers (and enters those that may be entered); nothing is written when a problem is answered. */
export async function prepareContract(
  tx: Tx,
  deps: DealDeps,
  actor: Actor,
  contract: ContractInput,
  over: { buyerId?: string; mayEnter?: boolean; known?: readonly Party[] } = {},
): Promise<FormOutcome<Omit<ContractToWrite, "registration">>> {
  const today = localDay(deps.clock.now());
  const why = contractProblems(contract, deps.pack, today);
  const money = contractMoney(
    contract.lines.map((line) => line.amount),
    contract.currency,
    contract.rate,
  );
  const found: (string | undefined)[] = [];
  for (const [index, { party }] of contract.suppliers.entries()) {
    // A supplier already of this deal is meant by its name or code, even where others bear the same and while it is not verified.
    const isMeant = (k: Party) => (party.taxCode ? k.taxCode === party.taxCode : k.name === party.name);
    const id = (!party.organisationId && over.known?.find(isMeant)?.id) || (await findParty(tx, party));
    const enters = over.mayEnter && party.name && party.orgType;
    if (!id && !enters) why[`supplier${index + 1}`] ??= "deal.organisation.unknown";
    if (id && (id === over.buyerId || found.includes(id)))
      why[`supplier${index + 1}`] ??= id === over.buyerId ? "deal.supplier.is_buyer" : "deal.supplier.twice";
    found.push(id);
  }
  if (Object.keys(why).length > 0 || !money.ok) return { ok: false, why };
  const suppliers: { organisationId: string; shareBp: number }[] = [];
  for (const [index, { party, shareBp }] of contract.suppliers.entries()) {
    const organisationId = found[index] ?? (await enterParty(tx, deps, actor, party));
    suppliers.push({ organisationId, shareBp });
  }
  return {
    ok: true,
    value: { contract, money: money.value, suppliers, figuresBy: actor.personId, at: deps.clock.now() },
  };
}

/** On the platform somebody was asked and agreed: of the suppliers at least one stays. */
const keepsItsSide = (deal: Deal, suppliers: readonly { organisationId: string }[]): boolean =>
  deal.offPlatform || suppliers.some((s) => deal.suppliers.some((earlier) => earlier.id === s.organisationId));

export function saveContract(
  deps: DealDeps,
  actor: Actor,
  code: string,
  version: number,
  contract: ContractInput,
): Promise<FormOutcome<Deal>> {
  return inTransaction(deps.db, async (tx) => {
    const deal = await lockDeal(tx, code, localDay(deps.clock.now()));
    const reach = deal && reachOf(actor, deal);
    if (!deal || !reach || reach === "OFFICER") return asForm(refuse("deal.missing"));
    if (!mayEditFigures(actor, deal))
      return asForm(refuse(reach === "AUDITOR" ? "action.not_allowed" : "deal.figures.closed"));
    if (deal.version !== version) return asForm(refuse("record.stale"));
    if (signedStates.includes(deal.state) && !contract.signedOn) return asForm(refuse("field.required", "signedOn"));
    const prepared = await prepareContract(tx, deps, actor, contract, {
      buyerId: deal.buyer.id,
      known: deal.suppliers,
    });
    if (!prepared.ok) return prepared;
    if (!keepsItsSide(deal, prepared.value.suppliers))
      return asForm(refuse("deal.supplier.missing_asked", "supplier1"));
    const registration = registrationOf(deps, contract);
    if (lacksCertificate(deal, registration)) return asForm(refuse("deal.registration.waiting", "flow"));
    await writeContract(tx, deal, { ...prepared.value, registration });
    const dropped = await dropConfirmations(tx, deal.id);
    await recordEvent(tx, {
      actorId: actor.personId,
      organisationId: actor.organisationId,
      subject: "deal",
      subjectId: deal.id,
      verb: "write_contract",
      detail: {
        code,
        valueVnd: prepared.value.money.valueVnd.toString(),
        lines: contract.lines.length,
        suppliers: contract.suppliers.length,
        confirmationsDropped: dropped,
        registrationRequired: registration.required,
      },
    });
    return { ok: true, value: await settleDeal(tx, deps, deal.id, actor.personId) };
  });
}

/** A party's own word that the figures are the contract's. The other side's word and this one make evidence level 1. */
export function confirmContract(deps: DealDeps, actor: Actor, code: string, version: number): Promise<Outcome<Deal>> {
  return inTransaction(deps.db, async (tx) => {
    const deal = await lockDeal(tx, code, localDay(deps.clock.now()));
    if (!deal || reachOf(actor, deal) === undefined || reachOf(actor, deal) === "OFFICER")
      return refuse("deal.missing");
    const organisations = confirmableBy(actor, deal);
    if (organisations.length === 0)
      return deal.confirmedBy.some((id) => actor.memberships.some((m) => m.organisationId === id))
        ? done(deal)
        : refuse("action.not_allowed");
    if (deal.version !== version) return refuse("record.stale");
    if (!isContractWhole(deal)) return refuse("deal.contract.missing");
    for (const organisationId of organisations) {
      await insertConfirmation(tx, {
        dealId: deal.id,
        organisationId,
        subject: "CONTRACT",
        personId: actor.personId,
        dealVersion: deal.version,
        at: deps.clock.now(),
      });
      await recordEvent(tx, {
        actorId: actor.personId,
        organisationId,
        subject: "deal",
        subjectId: deal.id,
        verb: "confirm_contract",
        detail: { code, version: deal.version },
      });
    }
    await patchDeal(tx, deal.id, {});
    return done(await settleDeal(tx, deps, deal.id, actor.personId));
  });
}
