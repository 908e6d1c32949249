import { type Actor, can } from "../../../kernel/actor.ts";
import { type Day, localDay } from "../../../kernel/clock.ts";
import type { Why } from "../../../kernel/form.ts";
import { newId } from "../../../kernel/id.ts";
import { refuse } from "../../../kernel/outcome.ts";
import { nextCode } from "../../../platform/counter.ts";
import { inTransaction, type Tx } from "../../../platform/database/database.ts";
import { recordEvent } from "../../../platform/events.ts";
import {
  asForm,
  type DealDeps,
  enterParty,
  type FormOutcome,
  lacksCertificate,
  prepareContract,
  registrationOf,
} from "./deal.contract.actions.ts";
import { type ContractInput, contractProblems } from "./deal.contract.rules.ts";
import { carriedTo, type DealEntry, overEarlier, saysTheSame } from "./deal.entry.rules.ts";
import { addEvidenceIn } from "./deal.evidence.actions.ts";
import { findParty } from "./deal.party.queries.ts";
import { findDeal, holdId, lockDeal, lockImported } from "./deal.queries.ts";
import { areFiguresOpen, type Deal, firstDay, mayCorrect, signedStates } from "./deal.rules.ts";
import { settleDeal } from "./deal.settle.ts";
import { shownOf } from "./deal.shown.rules.ts";
import {
  type ContractToWrite,
  contractColumns,
  dropConfirmations,
  insertWhole,
  writeContract,
} from "./deal.write.queries.ts";

/** Deals made outside the platform, entered by the office or an import; and corrections of what was counted. */

export type { DealEntry } from "./deal.entry.rules.ts";
export type EnteredDeal = { deal: Deal; entry: "CREATED" | "UPDATED" | "UNCHANGED" };

/** What is found wrong after the first write takes the whole entry back and comes to the form as its refusal. */
class EntryRefused extends Error {
  constructor(readonly why: string) {
    super(why);
  }
}

export async function enterDeal(deps: DealDeps, actor: Actor, entry: DealEntry): Promise<FormOutcome<EnteredDeal>> {
  try {
    return await inTransaction(deps.db, (tx) => enterDealIn(tx, deps, actor, entry));
  } catch (error) {
    if (error instanceof EntryRefused) return { ok: false, why: { file: error.why } };
    throw error;
  }
}

/** The same inside a caller's transaction. A refusal has written nothing; anything found wrong later throws. */
export async function enterDealIn(
  tx: Tx,
  deps: DealDeps,
  actor: Actor,
  given: DealEntry,
): Promise<FormOutcome<EnteredDeal>> {
  if (!can(actor, "deal.enter_off_platform") && !can(actor, "import.deals"))
    return asForm(refuse("action.not_allowed"));
  const today = localDay(deps.clock.now());
  if (given.id) {
    await holdId(tx, given.id);
    const there = await findDeal(tx, given.id, today);
    if (there)
      return there.enteredBy === actor.personId
        ? { ok: true, value: { deal: there, entry: "UNCHANGED" } }
        : asForm(refuse("form.invalid"));
  }
  const buyerId = await findParty(tx, given.buyer);
  const entersBuyer = !buyerId && given.buyer.name && given.buyer.orgType;
  if (!buyerId && !entersBuyer) return asForm(refuse("deal.organisation.unknown", "buyer"));
  const earlier = given.source && (await lockImported(tx, actor.organisationId, given.source, today));
  const entry = earlier ? overEarlier(given, earlier) : given;
  if (earlier && saysTheSame(earlier, entry, { buyerId, suppliers: await suppliersFound(tx, entry) }))
    return { ok: true, value: { deal: earlier, entry: "UNCHANGED" } };
  const against = problemOf(deps, entry, earlier, today);
  if (against) return asForm(against);
  const prepared = await prepareContract(tx, deps, actor, entry.contract, {
    ...(buyerId && { buyerId }),
    mayEnter: true,
  });
  if (!prepared.ok) return prepared;
  const buyer = buyerId ?? (await enterParty(tx, deps, actor, entry.buyer));
  const deal = await (earlier
    ? rewrite(tx, deps, actor, earlier, entry, buyer, prepared.value)
    : enter(tx, deps, actor, entry, buyer, prepared.value));
  return { ok: true, value: { deal, entry: earlier ? "UPDATED" : "CREATED" } };
}

async function suppliersFound(tx: Tx, entry: DealEntry): Promise<{ id: string | undefined; shareBp: number }[]> {
  const found: { id: string | undefined; shareBp: number }[] = [];
  for (const { party, shareBp } of entry.contract.suppliers) found.push({ id: await findParty(tx, party), shareBp });
  return found;
}

/** Everything that stands against a form's entry, at once: its days, its contract and the parties that nobody knows. */
export function entryProblems(deps: DealDeps, entry: DealEntry): Promise<Why> {
  return inTransaction(deps.db, async (tx) => {
    const today = localDay(deps.clock.now());
    const why = contractProblems(entry.contract, deps.pack, today);
    const against = problemOf(deps, entry, undefined, today);
    if (against) why[against.field ?? ""] ??= against.why;
    if (Object.values(entry.buyer).some(Boolean) && !(await findParty(tx, entry.buyer)))
      why.buyer ??= "deal.organisation.unknown";
    for (const [index, { id }] of (await suppliersFound(tx, entry)).entries())
      if (!id) why[`supplier${index + 1}`] ??= "deal.organisation.unknown";
    return why;
  });
}

/** What stands against an entry, before anything of it is written. */
function problemOf(deps: DealDeps, entry: DealEntry, earlier: Deal | undefined, today: Day) {
  const { signedOn } = entry.contract;
  if (entry.acceptedOn && entry.acceptedOn > today) return refuse("deal.day.future", "acceptedOn");
  if (entry.acceptedOn && entry.acceptedOn < (signedOn ?? "9999"))
    return refuse("deal.day.before_signing", "acceptedOn");
  if (entry.acceptedOn && entry.acceptedOn < firstDay) return refuse("deal.day.too_early", "acceptedOn");
  if (!earlier) return undefined;
  if (!areFiguresOpen(earlier)) return refuse("deal.figures.closed");
  if (signedStates.includes(earlier.state) && !signedOn) return refuse("field.required", "signedOn");
  return lacksCertificate(earlier, registrationOf(deps, entry.contract))
    ? refuse("deal.registration.waiting", "flow")
    : undefined;
}

type Prepared = Omit<ContractToWrite, "registration">;

/** What an entry says beside its contract; an entered deal stands as far as its facts reach. */
function columnsOf(of: ContractToWrite, entry: DealEntry, buyerId: string, earlier?: Deal) {
  const waits = of.registration?.required === true && earlier?.registration.certifiedOn === undefined;
  return {
    title: entry.title,
    request_text: entry.requestText ?? "",
    buyer_organisation_id: buyerId,
    broker_organisation_id: entry.brokerOrganisationId ?? null,
    listing_id: entry.listingId ?? null,
    accepted_on: entry.acceptedOn ?? null,
    claimed_evidence_level: entry.claimed?.evidenceLevel ?? null,
    claimed_evidence_note: entry.claimed?.note ?? null,
    state: carriedTo(earlier?.state ?? "OPEN", {
      isSigned: entry.contract.signedOn !== undefined,
      isAccepted: entry.acceptedOn !== undefined && !waits,
    }),
  };
}

async function enter(
  tx: Tx,
  deps: DealDeps,
  actor: Actor,
  entry: DealEntry,
  buyerId: string,
  prepared: Prepared,
): Promise<Deal> {
  const id = entry.id ?? newId();
  const now = deps.clock.now();
  const code = await nextCode(tx, "GD", Number(localDay(now).slice(0, 4)));
  const of = { ...prepared, registration: registrationOf(deps, entry.contract) };
  const row = {
    ...contractColumns(of),
    ...columnsOf(of, entry, buyerId),
    id,
    code,
    off_platform: true,
    entered_by: actor.personId,
    entered_organisation_id: actor.organisationId ?? null,
    source: entry.source?.name ?? null,
    source_id: entry.source?.id ?? null,
    created_at: now,
  };
  await insertWhole(tx, row, of);
  await recordEvent(tx, {
    actorId: actor.personId,
    organisationId: actor.organisationId,
    subject: "deal",
    subjectId: id,
    verb: "enter",
    detail: { code, valueVnd: prepared.money.valueVnd.toString(), imported: entry.source !== undefined },
  });
  if (!entry.contractFileId) return settleDeal(tx, deps, id, actor.personId);
  const added = await addEvidenceIn(tx, deps, actor, code, {
    kind: "CONTRACT",
    fileId: entry.contractFileId,
    documentNumber: undefined,
    documentOn: entry.contract.signedOn,
  });
  if (!added.ok) throw new EntryRefused(added.why);
  return added.value.deal;
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
  const of = { ...prepared, registration: registrationOf(deps, entry.contract) };
  await writeContract(tx, deal, of, columnsOf(of, entry, buyerId, deal));
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
    const deal = await lockDeal(tx, code, localDay(deps.clock.now()));
    if (!deal || !shownOf(actor, deal)) return asForm(refuse("deal.missing"));
    if (!mayCorrect(actor, deal)) return asForm(refuse("deal.correct.not_separate"));
    if (!shownOf(actor, deal)?.names) return asForm(refuse("deal.correct.nothing"));
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
    if (registration && lacksCertificate(deal, registration))
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
