import type { Db } from "../../../platform/database/database.ts";
import { isUuid } from "./organisation.queries.ts";

export type Verification = {
  id: string;
  organisationId: string;
  submittedBy: string;
  submittedByName: string;
  submittedAt: Date;
  note: string | undefined;
  decision: "VERIFIED" | "REJECTED" | undefined;
  decidedAt: Date | undefined;
  reason: string | undefined;
};
const find = (db: Db) =>
  db
    .selectFrom("verification")
    .innerJoin("person", "person.id", "verification.submitted_by")
    .select([
      "verification.id",
      "verification.organisation_id",
      "verification.submitted_by",
      "person.name as submitted_by_name",
      "verification.submitted_at",
      "verification.note",
      "verification.decision",
      "verification.decided_at",
      "verification.reason",
    ]);
type Row = Awaited<ReturnType<ReturnType<typeof find>["executeTakeFirstOrThrow"]>>;
const toVerification = (r: Row): Verification => ({
  id: r.id,
  organisationId: r.organisation_id,
  submittedBy: r.submitted_by,
  submittedByName: r.submitted_by_name,
  submittedAt: r.submitted_at,
  note: r.note ?? undefined,
  decision: r.decision === "VERIFIED" || r.decision === "REJECTED" ? r.decision : undefined,
  decidedAt: r.decided_at ?? undefined,
  reason: r.reason ?? undefined,
});

export async function verificationById(db: Db, id: string): Promise<Verification | undefined> {
  if (!isUuid(id)) return undefined;
  const row = await find(db).where("verification.id", "=", id).executeTakeFirst();
  return row && toVerification(row);
}
/** Newest first. */
export async function verificationsOf(db: Db, organisationId: string): Promise<Verification[]> {
  const rows = await find(db)
    .where("verification.organisation_id", "=", organisationId)
    .orderBy("verification.submitted_at", "desc")
    .limit(20)
    .execute();
  return rows.map(toVerification);
}

export type Waiting = { id: string; organisationId: string; name: string; orgType: string; submittedAt: Date };
export const queueSize = 50;
/** What waits for a decision, oldest first. */
export async function waitingVerifications(db: Db): Promise<Waiting[]> {
  const rows = await db
    .selectFrom("verification")
    .innerJoin("organisation", "organisation.id", "verification.organisation_id")
    .select([
      "verification.id",
      "organisation.id as organisation_id",
      "organisation.legal_name",
      "organisation.org_type",
      "verification.submitted_at",
    ])
    .where("verification.decision", "is", null)
    .orderBy("verification.submitted_at")
    .orderBy("verification.id")
    .limit(queueSize)
    .execute();
  return rows.map((r) => ({
    id: r.id,
    organisationId: r.organisation_id,
    name: r.legal_name,
    orgType: r.org_type,
    submittedAt: r.submitted_at,
  }));
}

export async function insertVerification(
  db: Db,
  v: {
    id: string;
    organisationId: string;
    submittedBy: string;
    submittedAt: Date;
    note: string | undefined;
    fileIds: readonly string[];
  },
): Promise<void> {
  await db
    .insertInto("verification")
    .values({
      id: v.id,
      organisation_id: v.organisationId,
      submitted_by: v.submittedBy,
      submitted_at: v.submittedAt,
      note: v.note || null,
    })
    .execute();
  await db
    .insertInto("verification_file")
    .values(v.fileIds.map((file_id) => ({ verification_id: v.id, file_id })))
    .execute();
}
/** False when another operator decided first. */
export async function decideVerificationRow(
  db: Db,
  id: string,
  d: { decision: "VERIFIED" | "REJECTED"; decidedBy: string; decidedAt: Date; reason: string | undefined },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("verification")
    .set({ decision: d.decision, decided_by: d.decidedBy, decided_at: d.decidedAt, reason: d.reason || null })
    .where("id", "=", id)
    .where("decision", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
export async function filesOfVerification(db: Db, verificationId: string): Promise<string[]> {
  const rows = await db
    .selectFrom("verification_file")
    .select("file_id")
    .where("verification_id", "=", verificationId)
    .limit(100)
    .execute();
  return rows.map((r) => r.file_id);
}
export async function isVerificationFile(db: Db, fileId: string): Promise<boolean> {
  return (
    (await db.selectFrom("verification_file").select("file_id").where("file_id", "=", fileId).executeTakeFirst()) !==
    undefined
  );
}
export async function countWaiting(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom("verification")
    .select((eb) => eb.fn.countAll<string>().as("count"))
    .where("decision", "is", null)
    .executeTakeFirstOrThrow();
  return Number(count);
}
