import type { Actor } from "../../../kernel/actor.ts";
import { localDay } from "../../../kernel/clock.ts";
import { done, type Outcome, refuse } from "../../../kernel/outcome.ts";
import { inTransaction, type Tx } from "../../../platform/database/database.ts";
import { recordEvent } from "../../../platform/events.ts";
import type { DealDeps } from "./deal.contract.actions.ts";
import type { StepInput } from "./deal.input.ts";
import { lockDeal } from "./deal.queries.ts";
import { agreeableBy, type Deal, reachOf, step } from "./deal.rules.ts";
import { settleDeal } from "./deal.settle.ts";
import { insertConfirmation, patchDeal } from "./deal.write.queries.ts";

/** One step of a deal. What was counted of a deal that the office annuls is taken back by entries in the same transaction. */
export function stepDeal(deps: DealDeps, actor: Actor, code: string, input: StepInput): Promise<Outcome<Deal>> {
  return inTransaction(deps.db, async (tx) => {
    const deal = await lockDeal(tx, code, localDay(deps.clock.now()));
    if (!deal || reachOf(actor, deal) === undefined) return refuse("deal.missing");
    if (deal.version !== input.version) return refuse("record.stale");
    const today = localDay(deps.clock.now());
    const moved = step(actor, deal, input.verb, { today, acceptedOn: input.acceptedOn, reason: input.reason });
    if (!moved.ok) return moved;
    if (input.verb === "agree") await noteAgreement(tx, deps, actor, deal);
    const isEnd = moved.value === "CANCELLED";
    // A contract that must be registered takes effect on the day of its certificate (domain.md §2.3).
    const effectiveOn = deal.registration.required
      ? deal.registration.certifiedOn
      : (deal.effectiveOn ?? deal.signedOn);
    await patchDeal(tx, deal.id, {
      state: moved.value,
      state_before_dispute: moved.value === "DISPUTED" ? deal.state : null,
      ...(input.verb === "effect" && { effective_on: effectiveOn ?? null }),
      ...(input.verb === "accept" && { accepted_on: input.acceptedOn ?? null }),
      ...(isEnd && { cancelled_on: today, cancel_reason: input.reason ?? null }),
    });
    await recordEvent(tx, {
      actorId: actor.personId,
      organisationId: actor.organisationId,
      subject: "deal",
      subjectId: deal.id,
      // One side's word alone leaves the deal where it is.
      verb: input.verb === "agree" && moved.value === deal.state ? "agree_side" : input.verb,
      detail: { code, from: deal.state, to: moved.value },
    });
    return done(await settleDeal(tx, deps, deal.id, actor.personId, isEnd ? (input.reason ?? "CANCELLED") : undefined));
  });
}

/** A side says for itself that it agrees; never for the other. */
async function noteAgreement(tx: Tx, deps: DealDeps, actor: Actor, deal: Deal): Promise<void> {
  for (const organisationId of agreeableBy(actor, deal))
    await insertConfirmation(tx, {
      dealId: deal.id,
      organisationId,
      subject: "AGREEMENT",
      personId: actor.personId,
      dealVersion: deal.version,
      at: deps.clock.now(),
    });
}
