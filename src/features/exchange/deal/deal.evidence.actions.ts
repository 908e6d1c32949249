import type { Actor } from "../../../kernel/actor.ts";
import { type Day, localDay } from "../../../kernel/clock.ts";
import { done, type Outcome, refuse } from "../../../kernel/outcome.ts";
import { inTransaction, type Tx } from "../../../platform/database/database.ts";
import { recordEvent } from "../../../platform/events.ts";
import type { DealDeps } from "./deal.contract.actions.ts";
import type { DecisionInput, EvidenceInput } from "./deal.input.ts";
import { lockDeal } from "./deal.queries.ts";
import {
  type Deal,
  type DealEvidence,
  firstDay,
  mayAddEvidence,
  mayDecide,
  reachOf,
  signedStates,
} from "./deal.rules.ts";
import { settleDeal } from "./deal.settle.ts";
import { decideEvidenceRow, insertEvidence, patchDeal } from "./deal.write.queries.ts";

/** Documents behind a deal: added by those who made it, confirmed or refused by an officer who did not. */

export type AddEvidence = Omit<EvidenceInput, "version"> & { version?: number; fileId: string };

export const addEvidence = (
  deps: DealDeps,
  actor: Actor,
  code: string,
  input: AddEvidence,
): Promise<Outcome<{ deal: Deal; evidenceId: string }>> =>
  inTransaction(deps.db, (tx) => addEvidenceIn(tx, deps, actor, code, input));

/** What stands against adding a document; asked before its file is stored, and again under the lock. */
export function evidenceProblem(
  actor: Actor,
  deal: Deal,
  input: { version?: number; documentOn: Day | undefined },
  today: Day,
) {
  if (!mayAddEvidence(actor, deal)) return refuse("action.not_allowed");
  if (input.version !== undefined && deal.version !== input.version) return refuse("record.stale");
  if (input.documentOn && input.documentOn < firstDay) return refuse("deal.day.too_early", "documentOn");
  return input.documentOn && input.documentOn > today ? refuse("deal.day.future", "documentOn") : undefined;
}

/** The same inside a caller's transaction; a refusal has written nothing. */
export async function addEvidenceIn(
  tx: Tx,
  deps: DealDeps,
  actor: Actor,
  code: string,
  input: AddEvidence,
): Promise<Outcome<{ deal: Deal; evidenceId: string }>> {
  const deal = await lockDeal(tx, code, localDay(deps.clock.now()));
  if (!deal || reachOf(actor, deal) === undefined) return refuse("deal.missing");
  const problem = evidenceProblem(actor, deal, input, localDay(deps.clock.now()));
  if (problem) return problem;
  const evidenceId = await insertEvidence(tx, {
    dealId: deal.id,
    kind: input.kind,
    fileId: input.fileId,
    documentNumber: input.documentNumber || undefined,
    documentOn: input.documentOn,
    addedBy: actor.personId,
    at: deps.clock.now(),
  });
  await patchDeal(tx, deal.id, {});
  await recordEvent(tx, {
    actorId: actor.personId,
    organisationId: actor.organisationId,
    subject: "deal",
    subjectId: deal.id,
    verb: "add_evidence",
    detail: { code, evidenceId, kind: input.kind, fileId: input.fileId },
  });
  return done({ deal: await settleDeal(tx, deps, deal.id, actor.personId), evidenceId });
}

/** What stands against confirming a document now. */
function problemOf(deal: Deal, evidence: DealEvidence, today: string): string | undefined {
  if (deal.state === "CANCELLED") return "deal.evidence.cancelled";
  if (!signedStates.includes(deal.state)) return "deal.evidence.not_signed";
  if (evidence.kind !== "CERTIFICATE") return undefined;
  if (!evidence.documentNumber || !evidence.documentOn) return "deal.certificate.incomplete";
  if (evidence.documentOn > today) return "deal.day.future";
  return evidence.documentOn < (deal.signedOn ?? "") ? "deal.day.before_signing" : undefined;
}

/** An officer's decision. Sending the same decision twice is one decision; the deal counts from the confirmation that completes it. */
export function confirmEvidence(
  deps: DealDeps,
  actor: Actor,
  input: Omit<DecisionInput, "version"> & { code: string; evidenceId: string; version?: number },
): Promise<Outcome<Deal>> {
  return inTransaction(deps.db, async (tx) => {
    const deal = await lockDeal(tx, input.code, localDay(deps.clock.now()));
    const evidence = deal?.evidence.find((e) => e.id === input.evidenceId);
    if (!deal || !evidence || reachOf(actor, deal) === undefined) return refuse("deal.missing");
    if (!mayDecide(actor, deal, evidence)) return refuse("deal.evidence.not_separate");
    if (evidence.decision) return evidence.decision === input.decision ? done(deal) : refuse("deal.evidence.decided");
    if (input.version !== undefined && deal.version !== input.version) return refuse("record.stale");
    if (input.decision === "CONFIRMED") {
      const problem = problemOf(deal, evidence, localDay(deps.clock.now()));
      if (problem) return refuse(problem);
    } else if (!input.reason) return refuse("deal.reason.missing", "reason");
    await decideEvidenceRow(tx, {
      id: evidence.id,
      decision: input.decision,
      decidedBy: actor.personId,
      at: deps.clock.now(),
      reason: input.reason,
    });
    const certifies =
      input.decision === "CONFIRMED" && evidence.kind === "CERTIFICATE" && deal.registration.certifiedOn === undefined;
    await patchDeal(
      tx,
      deal.id,
      certifies
        ? {
            registration_number: evidence.documentNumber ?? null,
            registration_certified_on: evidence.documentOn ?? null,
          }
        : {},
    );
    await recordEvent(tx, {
      actorId: actor.personId,
      organisationId: actor.organisationId,
      subject: "deal",
      subjectId: deal.id,
      verb: input.decision === "CONFIRMED" ? "confirm_evidence" : "refuse_evidence",
      detail: { code: deal.code, evidenceId: evidence.id, kind: evidence.kind },
    });
    return done(await settleDeal(tx, deps, deal.id, actor.personId));
  });
}
