import type { Db } from "./database/database.ts";

/** What happened to a record, as its page tells it. */
export type HistoryEntry = {
  id: string;
  at: Date;
  verb: string;
  organisationId: string | undefined;
  organisation: string | undefined;
  detail: Record<string, unknown>;
};
const historyMax = 100;

/** The latest events of any record, oldest first. */
export async function historyOf(db: Db, subject: string, subjectId: string): Promise<HistoryEntry[]> {
  const rows = await db
    .selectFrom("event as e")
    .leftJoin("organisation as o", "o.id", "e.organisation_id")
    .select(["e.id", "e.at", "e.verb", "e.organisation_id", "o.legal_name", "e.detail"])
    .where("e.subject", "=", subject)
    .where("e.subject_id", "=", subjectId)
    .orderBy("e.id", "desc")
    .limit(historyMax)
    .execute();
  return rows.reverse().map((e) => ({
    id: e.id,
    at: e.at,
    verb: e.verb,
    organisationId: e.organisation_id ?? undefined,
    organisation: e.legal_name ?? undefined,
    detail: (e.detail ?? {}) as Record<string, unknown>,
  }));
}
