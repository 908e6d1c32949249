import type { Actor } from "../../../kernel/actor.ts";
import { can } from "../../../kernel/actor.ts";
import { type Db, inTransaction } from "../../../platform/database/database.ts";
import { recordEvent } from "../../../platform/events.ts";
import { dealById } from "./deal.queries.ts";
import { reachOf } from "./deal.rules.ts";

/** Whether somebody may open an evidence file: parties, the named broker, who entered the deal, officers who decide; an auditor's look is logged. */
export async function dealFileReader(db: Db, actor: Actor, fileId: string): Promise<boolean> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(fileId)) return false;
  const row = await db
    .selectFrom("deal_evidence")
    .select("deal_id")
    .where("file_id", "=", fileId)
    .limit(1)
    .executeTakeFirst();
  if (!row) return false;
  const deal = await dealById(db, row.deal_id);
  const reach = reachOf(actor, deal);
  if (reach === undefined) return false;
  if (reach === "OFFICER") return can(actor, "deal.confirm_evidence");
  if (reach === "AUDITOR") await logLook(db, actor, deal.id, { code: deal.code, fileId });
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
