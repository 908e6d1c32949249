import { type Actor, can } from "../../../kernel/actor.ts";
import { localDay } from "../../../kernel/clock.ts";
import { newId } from "../../../kernel/id.ts";
import { refuse } from "../../../kernel/outcome.ts";
import { nextCode } from "../../../platform/counter.ts";
import { inTransaction, type Tx } from "../../../platform/database/database.ts";
import { recordEvent } from "../../../platform/events.ts";
import { asForm, type DealDeps, type FormOutcome, prepareContract, registrationOf } from "./deal.contract.actions.ts";
import type { ContractInput, PartyRef } from "./deal.contract.rules.ts";
import { dealById, lockDeal } from "./deal.queries.ts";
import { areFiguresOpen, type Deal, mayCorrect, reachOf } from "./deal.rules.ts";
import { settleDeal } from "./deal.settle.ts";
import {
  type ContractToWrite,
  dropConfirmations,
  enterParty,
  findParty,
  insertDeal,
  patchDeal,
  writeContract,
} from "./deal.write.queries.ts";

/** Deals made outside the platform, entered by the office or an import; and corrections of what was counted. */

export type DealEntry = {
  title: string;
  requestText?: string | undefined;
  buyer: PartyRef;
  contract: ContractInput;
  brokerOrganisationId?: string | undefined;
  listingId?: string | undefined;
  acceptedOn?: string | undefined;
  /** What a file claims without documents: shown, never counted. */
  claimed?: { evidenceLevel: number; note: string } | undefined;
  /** Identity of an imported deal: the second run updates it. */
  source?: { name: string; id: string } | undefined;
};
export type EnteredDeal = { deal: Deal; entry: "CREATED" | "UPDATED" | "UNCHANGED" };

export const enterDeal = (deps: DealDeps, actor: Actor, entry: DealEntry): Promise<FormOutcome<EnteredDeal>> =>
  inTransaction(deps.db, (tx) => enterDealIn(tx, deps, actor, entry));

/** The same inside a caller's transaction. A refusal has written nothing; anything found wrong later throws. */
export async function enterDealIn(
  tx: Tx,
  deps: DealDeps,
  actor: Actor,
  entry: DealEntry,
): Promise<FormOutcome<EnteredDeal>> {
  if (!can(actor, "deal.enter_off_platform") && !can(actor, "import.deals"))
    return asForm(refuse("action.not_allowed"));
  const today = localDay(deps.clock.now());
  const buyerId = await findParty(tx, entry.buyer);
  const entersBuyer = !buyerId && entry.buyer.name && entry.buyer.orgType;
  if (!buyerId && !entersBuyer) return asForm(refuse("deal.organisation.unknown", "buyer"));
  if (entry.acceptedOn && (entry.acceptedOn > today || entry.acceptedOn < (entry.contract.signedOn ?? "9999")))
    return asForm(refuse(entry.acceptedOn > today ? "deal.day.future" : "deal.day.before_signing", "acceptedOn"));
  const earlier = entry.source && (await importedDeal(tx, entry.source));
  if (earlier && (await saysTheSame(tx, earlier, entry, buyerId)))
    return { ok: true, value: { deal: earlier, entry: "UNCHANGED" } };
  if (earlier && !areFiguresOpen(earlier)) return asForm(refuse("deal.figures.closed"));
  const prepared = await prepareContract(tx, deps, actor, entry.contract, {
    ...(buyerId && { buyerId }),
    mayEnter: true,
  });
  if (!prepared.ok) return prepared;
  const buyer =
    buyerId ??
    (await enterParty(tx, {
      name: entry.buyer.name ?? "",
      orgType: entry.buyer.orgType ?? "ENTERPRISE",
      taxCode: entry.buyer.taxCode,
      country: entry.buyer.country ?? "VN",
      createdBy: actor.personId,
      year: Number(today.slice(0, 4)),
    }));
  return earlier
    ? {
        ok: true,
        value: { deal: await rewrite(tx, deps, actor, earlier, entry, buyer, prepared.value), entry: "UPDATED" },
      }
    : { ok: true, value: { deal: await enter(tx, deps, actor, entry, buyer, prepared.value), entry: "CREATED" } };
}

async function importedDeal(tx: Tx, source: { name: string; id: string }): Promise<Deal | undefined> {
  const row = await tx
    .selectFrom("deal")
    .select("id")
    .where("source", "=", source.name)
    .where("source_id", "=", source.id)
    .forUpdate()
    .executeTakeFirst();
  return row && dealById(tx, row.id);
}

type Prepared = Omit<ContractToWrite, "registration">;

async function enter(
  tx: Tx,
  deps: DealDeps,
  actor: Actor,
  entry: DealEntry,
  buyerId: string,
  prepared: Prepared,
): Promise<Deal> {
  const id = newId();
  const now = deps.clock.now();
  const c = entry.contract;
  const code = await nextCode(tx, "GD", Number(localDay(now).slice(0, 4)));
  await insertDeal(tx, {
    id,
    code,
    title: entry.title,
    request_text: entry.requestText ?? "",
    buyer_organisation_id: buyerId,
    broker_organisation_id: entry.brokerOrganisationId ?? null,
    listing_id: entry.listingId ?? null,
    off_platform: true,
    entered_by: actor.personId,
    entered_organisation_id: actor.organisationId ?? null,
    flow: c.flow,
    origin_country: c.originCountry,
    counterparty_country: c.counterpartyCountry,
    claimed_evidence_level: entry.claimed?.evidenceLevel ?? null,
    claimed_evidence_note: entry.claimed?.note ?? null,
    source: entry.source?.name ?? null,
    source_id: entry.source?.id ?? null,
    created_at: now,
  });
  await writeEntered(tx, deps, id, entry, prepared);
  await recordEvent(tx, {
    actorId: actor.personId,
    organisationId: actor.organisationId,
    subject: "deal",
    subjectId: id,
    verb: "enter",
    detail: { code, valueVnd: prepared.money.valueVnd.toString(), imported: entry.source !== undefined },
  });
  return settleDeal(tx, deps, id, actor.personId);
}

async function rewrite(
  tx: Tx,
  deps: DealDeps,
  actor: Actor,
  deal: Deal,
  entry: DealEntry,
  buyerId: string,
  prepared: Prepared,
): Promise<Deal> {
  await patchDeal(tx, deal.id, {
    title: entry.title,
    request_text: entry.requestText ?? "",
    buyer_organisation_id: buyerId,
    claimed_evidence_level: entry.claimed?.evidenceLevel ?? null,
    claimed_evidence_note: entry.claimed?.note ?? null,
  });
  await writeEntered(tx, deps, deal.id, entry, prepared);
  await recordEvent(tx, {
    actorId: actor.personId,
    organisationId: actor.organisationId,
    subject: "deal",
    subjectId: deal.id,
    verb: "enter_again",
    detail: { code: deal.code, valueVnd: prepared.money.valueVnd.toString() },
  });
  return settleDeal(tx, deps, deal.id, actor.personId);
}

/** An entered deal stands as far as its facts reach: signed by its signing day, accepted by its acceptance day where no certificate is awaited. */
async function writeEntered(tx: Tx, deps: DealDeps, id: string, entry: DealEntry, prepared: Prepared): Promise<void> {
  const registration = registrationOf(deps, entry.contract);
  await writeContract(tx, { id }, { ...prepared, registration });
  if (!entry.contract.signedOn) return;
  const isAccepted = entry.acceptedOn !== undefined && !registration.required;
  await patchDeal(
    tx,
    id,
    isAccepted ? { state: "ACCEPTED", accepted_on: entry.acceptedOn ?? null } : { state: "CONTRACT_SIGNED" },
  );
}

/** True when a second run of an import brings nothing new. */
async function saysTheSame(tx: Tx, deal: Deal, entry: DealEntry, buyerId: string | undefined): Promise<boolean> {
  const c = entry.contract;
  const suppliers: [string | undefined, number][] = [];
  for (const { party, shareBp } of c.suppliers) suppliers.push([await findParty(tx, party), shareBp]);
  const lines = (of: readonly { goodsKind: string; description: string; amount: string }[]) =>
    of.map((l) => [l.goodsKind, l.description, l.amount]);
  const shares = (of: [string | undefined, number][]) => of.map((s) => s.join(":")).sort();
  const now = [
    deal.title,
    deal.buyer.id,
    deal.acceptedOn,
    lines(deal.lines),
    shares(deal.suppliers.map((s) => [s.id, s.shareBp])),
    deal.currency,
    deal.rate,
    deal.rateOn,
    deal.flow,
    deal.originCountry,
    deal.counterpartyCountry,
    deal.paymentMode,
    deal.usesStateFunds,
    deal.sector,
    deal.stField,
    deal.territory,
    deal.signedOn,
    deal.claimedEvidenceLevel,
    deal.claimedEvidenceNote,
  ];
  const then = [
    entry.title,
    buyerId,
    entry.acceptedOn,
    lines(c.lines),
    shares(suppliers),
    c.currency,
    c.rate,
    c.rateOn,
    c.flow,
    c.originCountry,
    c.counterpartyCountry,
    c.paymentMode,
    c.usesStateFunds,
    c.sector,
    c.stField,
    c.territory,
    c.signedOn,
    entry.claimed?.evidenceLevel,
    entry.claimed?.note,
  ];
  return JSON.stringify(now) === JSON.stringify(then);
}

/**
 * The office corrects figures that the parties can no longer change. A counted deal keeps its recognition day and the registration it was
 * recognised by; entries with the reason bring what stands counted to the corrected figures, nothing is edited.
 */
export function correctDeal(
  deps: DealDeps,
  actor: Actor,
  code: string,
  input: { version: number; reason: string; contract: ContractInput },
): Promise<FormOutcome<Deal>> {
  return inTransaction(deps.db, async (tx) => {
    const deal = await lockDeal(tx, code);
    if (!deal || reachOf(actor, deal) === undefined) return asForm(refuse("deal.missing"));
    if (!mayCorrect(actor, deal)) return asForm(refuse("deal.correct.not_separate"));
    if (deal.state === "CANCELLED") return asForm(refuse("deal.correct.cancelled"));
    if (deal.version !== input.version) return asForm(refuse("record.stale"));
    if (deal.signedOn && !input.contract.signedOn) return asForm(refuse("field.required", "signedOn"));
    const prepared = await prepareContract(tx, deps, actor, input.contract, {
      buyerId: deal.buyer.id,
      known: deal.suppliers,
    });
    if (!prepared.ok) return prepared;
    const isCounted = deal.recognisedOn !== undefined;
    const registration = isCounted ? undefined : registrationOf(deps, input.contract);
    if (
      registration?.required &&
      !deal.registration.certifiedOn &&
      ["EFFECTIVE", "IN_PERFORMANCE", "ACCEPTED", "LIQUIDATED"].includes(deal.state)
    )
      return asForm(refuse("deal.registration.waiting", "flow"));
    await writeContract(tx, deal, { ...prepared.value, registration });
    if (!isCounted) await dropConfirmations(tx, deal.id);
    await recordEvent(tx, {
      actorId: actor.personId,
      organisationId: actor.organisationId,
      subject: "deal",
      subjectId: deal.id,
      verb: "correct",
      detail: {
        code,
        fromVnd: deal.valueVnd.toString(),
        toVnd: prepared.value.money.valueVnd.toString(),
        counted: isCounted,
      },
    });
    return { ok: true, value: await settleDeal(tx, deps, deal.id, actor.personId, input.reason) };
  });
}
