import type { Deps } from "../../../deps.ts";
import { type Actor, can } from "../../../kernel/actor.ts";
import { localDay } from "../../../kernel/clock.ts";
import { newId } from "../../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../../kernel/outcome.ts";
import { brokenConstraint, inTransaction } from "../../../platform/database/database.ts";
import { recordEvent } from "../../../platform/events.ts";
import { storeUpload } from "../../accounts/index.ts";
import type { StepInput } from "./milestone.input.ts";
import { closeStep, insertStep, stepDoneById, stepsDone } from "./milestone.queries.ts";
import { stepOf } from "./milestone.rules.ts";

type ActDeps = Pick<Deps, "db" | "clock" | "files" | "pack">;

/** A step is done by its document, which everybody may read. */
export async function recordStep(
  deps: ActDeps,
  actor: Actor,
  input: StepInput,
  upload: File | undefined,
): Promise<Outcome<string>> {
  if (!can(actor, "milestone.record")) return refuse("record.missing");
  if (!stepOf(deps.pack, input.milestone, input.step)) return refuse("field.choice.invalid", "step");
  if (input.doneOn > localDay(deps.clock.now())) return refuse("field.day.future", "doneOn");
  const already = (await stepsDone(deps.db)).some(
    (one) => one.milestoneKey === input.milestone && one.stepKey === input.step,
  );
  if (already) return refuse("milestone.done_already", "step");
  const stored = await storeUpload(deps, deps.db, actor, upload, {
    visibility: "PUBLIC",
    ownerOrganisationId: actor.organisationId,
  });
  if (!stored.ok) return refuse(stored.why, "file");
  try {
    return await inTransaction(deps.db, async (tx) => {
      const id = newId();
      await insertStep(tx, { ...input, id, fileId: stored.value.id }, actor.personId, deps.clock.now());
      await recordEvent(tx, {
        actorId: actor.personId,
        organisationId: actor.organisationId,
        subject: "milestone_step",
        subjectId: id,
        verb: "record",
        detail: { milestone: input.milestone, step: input.step, doneOn: input.doneOn, fileId: stored.value.id },
      });
      return done(id);
    });
  } catch (error) {
    if (brokenConstraint(error) === "milestone_step_once") return refuse("milestone.done_already", "step");
    throw error;
  }
}

/** What was recorded by mistake is withdrawn with its reason; the record of it stays. */
export function withdrawStep(deps: ActDeps, actor: Actor, id: string, reason: string): Promise<Outcome<true>> {
  return inTransaction(deps.db, async (tx) => {
    if (!can(actor, "milestone.record")) return refuse("record.missing");
    const step = await stepDoneById(tx, id);
    if (!step) return refuse("record.missing");
    if (!(await closeStep(tx, id, { by: actor.personId, at: deps.clock.now(), reason }))) return refuse("record.stale");
    await recordEvent(tx, {
      actorId: actor.personId,
      organisationId: actor.organisationId,
      subject: "milestone_step",
      subjectId: id,
      verb: "withdraw",
      detail: { milestone: step.milestoneKey, step: step.stepKey },
    });
    return done(true);
  });
}
