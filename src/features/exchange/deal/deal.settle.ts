import type { Deps } from "../../../deps.ts";
import { localDay } from "../../../kernel/clock.ts";
import type { Tx } from "../../../platform/database/database.ts";
import { recordEvent } from "../../../platform/events.ts";
import { type CountCause, countDeal, evidenceRaised } from "./deal.count.ts";
import { dealById } from "./deal.queries.ts";
import { type Deal, levelOf, recognitionOf } from "./deal.rules.ts";
import { setSettled } from "./deal.write.queries.ts";

export type SettleDeps = Pick<Deps, "clock" | "pack">;

/**
 * Draws the consequences of a change, in its transaction: evidence level, recognition day (set once) and the entries that bring the
 * counted figures to what the deal now says. The level never falls once the deal is recognised.
 */
export async function settleDeal(
  tx: Tx,
  deps: SettleDeps,
  dealId: string,
  actorId: string,
  correction?: string,
): Promise<Deal> {
  const deal = await dealById(tx, dealId, localDay(deps.clock.now()));
  const computed = levelOf(deal);
  const level = deal.recognisedOn ? Math.max(deal.evidenceLevel, computed) : computed;
  const recognisedOn = recognitionOf(deal, level);
  const settled: Deal = { ...deal, evidenceLevel: level, recognisedOn };
  if (level !== deal.evidenceLevel || recognisedOn !== deal.recognisedOn)
    await setSettled(tx, deal.id, level, recognisedOn);
  if (recognisedOn === undefined) return settled;
  const isFirst = deal.recognisedOn === undefined;
  if (!isFirst && correction === undefined && level === deal.evidenceLevel) return settled;
  const cause: CountCause = isFirst
    ? { entry: "COUNT" }
    : { entry: "CORRECTION", reason: correction ?? evidenceRaised };
  const counted = await countDeal(tx, settled, { actorId, at: deps.clock.now(), pack: deps.pack }, cause);
  await recordEvent(tx, {
    actorId,
    subject: "deal",
    subjectId: deal.id,
    verb: isFirst ? "count" : correction === undefined ? "raise" : "recount",
    detail: {
      code: deal.code,
      recognisedOn,
      evidenceLevel: level,
      entries: counted.entries,
      deltaVnd: counted.deltaVnd.toString(),
    },
  });
  return settled;
}
