import type { Actor } from "../../../kernel/actor.ts";
import { localDay, systemClock } from "../../../kernel/clock.ts";
import { type Db, inTransaction } from "../../../platform/database/database.ts";
import { recordEvent } from "../../../platform/events.ts";
import { dealOfFile } from "./deal.entry.queries.ts";
import { dealById } from "./deal.queries.ts";
import { shownOf } from "./deal.shown.rules.ts";

/** Whether somebody may open an evidence file: parties, the named broker, who entered the deal, officers whose task its documents are; an auditor's look is logged. */
export async function dealFileReader(db: Db, actor: Actor, fileId: string): Promise<boolean> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(fileId)) return false;
  const dealId = await dealOfFile(db, fileId);
  if (!dealId) return false;
  // Reading does not ask who has members today, so any day will do.
  const deal = await dealById(db, dealId, localDay(systemClock.now()));
  const shown = shownOf(actor, deal);
  if (!shown?.names) return false;
  if (shown.reach === "AUDITOR") await logLook(db, actor, deal.id, { code: deal.code, fileId });
  return true;
}

/** An auditor's look at somebody's deal leaves its mark. */
export const logLook = (db: Db, actor: Actor, dealId: string, detail: Record<string, string>): Promise<unknown> =>
  inTransaction(db, (tx) =>
    recordEvent(tx, {
      actorId: actor.personId,
      organisationId: actor.organisationId,
      subject: "deal",
      subjectId: dealId,
      verb: "look",
      detail,
    }),
  );

/** An auditor's look through a list: which rows they met. */
export const logLookAtList = (
  db: Db,
  actor: Actor,
  box: string,
  rows: readonly { code: string; reach: string | undefined }[],
): Promise<unknown> =>
  inTransaction(db, async (tx) => {
    const codes = rows.filter((row) => row.reach === "AUDITOR").map((row) => row.code);
    if (codes.length === 0) return;
    await recordEvent(tx, {
      actorId: actor.personId,
      organisationId: actor.organisationId,
      subject: "deal_list",
      subjectId: actor.personId,
      verb: "look",
      detail: { box, codes: codes.join(" ") },
    });
  });
