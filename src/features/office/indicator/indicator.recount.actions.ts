import type { Deps } from "../../../deps.ts";
import { type Actor, can } from "../../../kernel/actor.ts";
import { done, type Outcome, refuse } from "../../../kernel/outcome.ts";
import { inTransaction } from "../../../platform/database/database.ts";
import { recordEvent } from "../../../platform/events.ts";
import {
  countedLines,
  countingDifferences,
  countingId,
  type Difference,
  keepDifferences,
} from "./indicator.recount.queries.ts";

/** Recounts everything and keeps who did and what came of it. */
export function recountFigures(deps: Pick<Deps, "db">, actor: Actor): Promise<Outcome<Difference[]>> {
  return inTransaction(deps.db, async (tx) => {
    if (!can(actor, "indicator.recount")) return refuse("action.not_allowed");
    const differences = await countingDifferences(tx);
    const lines = await countedLines(tx);
    const event = await recordEvent(tx, {
      actorId: actor.personId,
      organisationId: actor.organisationId,
      subject: "counting",
      subjectId: countingId,
      verb: "recount",
      detail: { lines, differences: differences.length },
    });
    await keepDifferences(tx, event.id, differences);
    return done(differences);
  });
}
