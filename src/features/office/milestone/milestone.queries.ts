import type { Db, Tx } from "../../../platform/database/database.ts";
import type { StepInput } from "./milestone.input.ts";
import type { StepDone } from "./milestone.rules.ts";

const columns = ["id", "milestone_key", "step_key", "done_on", "document_title", "document_number", "file_id"] as const;
const find = (db: Db) => db.selectFrom("milestone_step").select(columns).where("withdrawn_at", "is", null);
type Row = Awaited<ReturnType<ReturnType<typeof find>["executeTakeFirstOrThrow"]>>;
const toStep = (r: Row): StepDone => ({
  id: r.id,
  milestoneKey: r.milestone_key,
  stepKey: r.step_key,
  doneOn: r.done_on,
  documentTitle: r.document_title,
  documentNumber: r.document_number ?? undefined,
  fileId: r.file_id,
});

/** The steps that stand; few, because a pack has few milestones. */
export const stepsDone = async (db: Db): Promise<StepDone[]> =>
  (await find(db).orderBy("done_on").limit(500).execute()).map(toStep);

export async function stepDoneById(db: Db, id: string): Promise<StepDone | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined;
  const row = await find(db).where("id", "=", id).executeTakeFirst();
  return row && toStep(row);
}

/** Two who record the same step at once: the second breaks `milestone_step_once`. */
export async function insertStep(
  tx: Tx,
  step: StepInput & { id: string; fileId: string },
  recordedBy: string,
  now: Date,
): Promise<void> {
  await tx
    .insertInto("milestone_step")
    .values({
      id: step.id,
      milestone_key: step.milestone,
      step_key: step.step,
      done_on: step.doneOn,
      document_number: step.documentNumber ?? null,
      document_title: step.documentTitle,
      file_id: step.fileId,
      recorded_by: recordedBy,
      recorded_at: now,
    })
    .execute();
}

/** False when it was withdrawn already. */
export async function closeStep(
  tx: Tx,
  id: string,
  { by, at, reason }: { by: string; at: Date; reason: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("milestone_step")
    .set({ withdrawn_at: at, withdrawn_by: by, withdrawn_reason: reason })
    .where("id", "=", id)
    .where("withdrawn_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
