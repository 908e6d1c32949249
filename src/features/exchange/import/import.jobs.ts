import { z } from "zod";
import { inTransaction } from "../../../platform/database/database.ts";
import type { Job } from "../../../platform/jobs.ts";
import { runAccepting } from "./import.accept.actions.ts";
import { type ImportDeps, recordImport } from "./import.deps.ts";
import { batchById, changeBatch, leftUnderWay } from "./import.queries.ts";
import { sweepRows } from "./import.row.queries.ts";
import { isUnderWay } from "./import.rules.ts";
import { runStaging } from "./import.stage.actions.ts";

/** Long work off the request's thread. Each may be run again after a crash: staging begins anew, accepting goes on. */

const input = z.object({ batchId: z.uuid() });
type Input = z.output<typeof input>;

/** A failure of ours is shown on the batch's page, where it can be tried again; pg-boss must not repeat it unseen. */
async function guarded(deps: ImportDeps, batchId: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error("import:", batchId, error instanceof Error ? error.message : error);
    await inTransaction(deps.db, async (tx) => {
      const batch = await batchById(tx, batchId);
      if (!batch || !isUnderWay(batch.state)) return;
      await changeBatch(tx, batchId, { state: "FAILED" }, deps.clock.now());
      await recordImport(tx, batch.personId, batch, "fail");
    });
  }
}

export const stageImportJob: Job<Input, ImportDeps> = {
  name: "import.stage",
  input,
  run: ({ batchId }, deps) => guarded(deps, batchId, () => runStaging(deps, batchId)),
};
export const acceptImportJob: Job<Input, ImportDeps> = {
  name: "import.accept",
  input,
  run: ({ batchId }, deps) => guarded(deps, batchId, () => runAccepting(deps, batchId)),
};

const quietMinutes = 10;
/** Takes up what a dead process left under way. */
export const resumeImportsJob: Job<object, ImportDeps> = {
  name: "import.resume",
  input: z.object({}),
  cron: "*/10 * * * *",
  run: async (_input, deps) => {
    for (const batchId of await leftUnderWay(deps.db, new Date(deps.clock.now().getTime() - quietMinutes * 60_000)))
      await guarded(deps, batchId, async () => {
        const batch = await batchById(deps.db, batchId);
        await (batch?.state === "ACCEPTING" ? runAccepting(deps, batchId) : runStaging(deps, batchId));
      });
  },
};

/** At the start of a node: what a killed one left under way goes into the queue at once; whoever works on a batch already keeps it. */
export async function resumeImports(deps: Pick<ImportDeps, "db" | "clock" | "jobs">): Promise<void> {
  for (const batchId of await leftUnderWay(deps.db, deps.clock.now())) {
    const batch = await batchById(deps.db, batchId);
    if (batch && isUnderWay(batch.state))
      await deps.jobs.later(deps.db, batch.state === "ACCEPTING" ? acceptImportJob : stageImportJob, { batchId });
  }
}

const keptDays = 90;
export const sweepImportsJob: Job<object, ImportDeps> = {
  name: "import.sweep",
  input: z.object({}),
  cron: "50 3 * * *",
  run: async (_input, deps) => {
    const before = new Date(deps.clock.now().getTime() - keptDays * 86_400_000);
    await inTransaction(deps.db, async (tx) => {
      for (const batch of await sweepRows(tx, before)) await recordImport(tx, undefined, batch, "cancel");
    });
  },
};

export const importJobs: readonly Job<never, ImportDeps>[] = [
  stageImportJob,
  acceptImportJob,
  resumeImportsJob,
  sweepImportsJob,
] as unknown as readonly Job<never, ImportDeps>[];
