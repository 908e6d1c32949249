import type { Db } from "../../../platform/database/database.ts";
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
