import type { Db } from "../../../platform/database/database.ts";

/** The entries of a deal in the order they were recorded: how its figures came to be. */
export type Entry = {
  id: string;
  entry: "COUNT" | "CORRECTION";
  reason: string | undefined;
  recordedAt: Date;
  supplier: string;
  evidenceLevel: number;
  valueVnd: bigint;
};
const entriesMax = 200;

export async function entriesOf(db: Db, dealId: string): Promise<Entry[]> {
  const rows = await db
    .selectFrom("counted_line as c")
    .innerJoin("organisation as o", "o.id", "c.supplier_organisation_id")
    .select(["c.id", "c.entry", "c.reason", "c.recorded_at", "o.legal_name", "c.evidence_level", "c.value_vnd"])
    .where("c.deal_id", "=", dealId)
    .orderBy("c.recorded_at")
    .orderBy("c.id")
    .limit(entriesMax)
    .execute();
  return rows.map((r) => ({
    id: r.id,
    entry: r.entry as Entry["entry"],
    reason: r.reason ?? undefined,
    recordedAt: r.recorded_at,
    supplier: r.legal_name,
    evidenceLevel: r.evidence_level,
    valueVnd: BigInt(r.value_vnd),
  }));
}

/** The deal that a document belongs to. */
export const dealOfFile = async (db: Db, fileId: string): Promise<string | undefined> =>
  (await db.selectFrom("deal_evidence").select("deal_id").where("file_id", "=", fileId).limit(1).executeTakeFirst())
    ?.deal_id;

/** Who of these organisations did what to a deal, by event: an office tells its own people apart. */
export async function peopleOf(
  db: Db,
  dealId: string,
  organisationIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (organisationIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("event as e")
    .innerJoin("person as p", "p.id", "e.actor_id")
    .select(["e.id", "p.name"])
    .where("e.subject", "=", "deal")
    .where("e.subject_id", "=", dealId)
    .where("e.organisation_id", "in", organisationIds)
    .orderBy("e.id", "desc")
    .limit(entriesMax)
    .execute();
  return new Map(rows.map((r) => [r.id, r.name]));
}
