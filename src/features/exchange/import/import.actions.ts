import type { Actor } from "../../../kernel/actor.ts";
import { newId } from "../../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../../kernel/outcome.ts";
import { nextStep } from "../../../kernel/steps.ts";
import { nextCode } from "../../../platform/counter.ts";
import { inTransaction, type Tx } from "../../../platform/database/database.ts";
import { type FileRecord, organisationById } from "../../accounts/index.ts";
import type { Batch } from "./import.batch.ts";
import type { ColumnKey } from "./import.columns.ts";
import { type ImportDeps, recordImport, yearOf } from "./import.deps.ts";
import { acceptImportJob, stageImportJob } from "./import.jobs.ts";
import type { Mapping } from "./import.mapping.ts";
import { missingIn } from "./import.match.ts";
import { type BatchChange, batchByCode, batchById, changeBatch, insertBatch, lockBatch } from "./import.queries.ts";
import { deleteRows } from "./import.row.queries.ts";
import {
  type ImportFormat,
  type ImportKind,
  type ImportVerb,
  importSteps,
  mayImport,
  mayPublish,
  maySee,
  sourcePattern,
} from "./import.rules.ts";

/** What people do with an import: send a file, say what its columns are, accept, cancel, try again. The work itself is done by jobs. */

export type StartImport = {
  kind: ImportKind;
  organisationId: string;
  source: string;
  file: FileRecord;
  format: ImportFormat;
  mapping?: Mapping | undefined;
  /** Asks that another operator publish it at once. */
  publish?: boolean | undefined;
};

/** Begins a batch for a stored file. With `work: "JOB"` a job stages it; else the caller does (the command line). */
export const startImport = (
  deps: ImportDeps,
  actor: Actor,
  input: StartImport,
  work: "JOB" | "HERE" = "JOB",
): Promise<Outcome<Batch>> =>
  inTransaction(deps.db, async (tx) => {
    if (!mayImport(actor, input.kind, input.organisationId)) return refuse("action.not_allowed");
    if (!sourcePattern.test(input.source)) return refuse("import.source.invalid", "source");
    const owner = await organisationById(tx, input.organisationId);
    if (!owner) return refuse("import.organisation.missing", "organisationId");
    const publish = input.publish ?? false;
    if (publish && !mayPublish(actor, input.kind, { id: owner.id, isVerified: owner.verification === "VERIFIED" }))
      return refuse("import.publish.not_allowed", "publish");
    const id = newId();
    const code = await nextCode(tx, "NDL", yearOf(deps));
    const { kind, organisationId, source, format, mapping } = input;
    await insertBatch(
      tx,
      {
        id,
        code,
        kind,
        organisationId,
        personId: actor.personId,
        fileId: input.file.id,
        format,
        source,
        mapping,
        publish,
      },
      deps.clock.now(),
    );
    await recordImport(tx, actor.personId, { id, code, organisationId }, "start", {
      kind,
      format,
      bytes: input.file.size,
    });
    if (work === "JOB") await deps.jobs.later(tx, stageImportJob, { batchId: id });
    return done(await found(tx, id));
  });

async function found(tx: Tx, id: string): Promise<Batch> {
  const batch = await batchById(tx, id);
  if (!batch) throw new Error(`import ${id} is missing`);
  return batch;
}

/** A batch as its own people see it; undefined for everybody else. */
export async function openImport(deps: Pick<ImportDeps, "db">, actor: Actor, code: string): Promise<Batch | undefined> {
  const batch = await batchByCode(deps.db, code);
  return batch && maySee(actor, batch) ? batch : undefined;
}

type Moved = Outcome<{
  change: BatchChange;
  detail?: Record<string, string | number | boolean>;
  after?: (tx: Tx) => Promise<void>;
}>;
const move = (
  deps: ImportDeps,
  actor: Actor,
  code: string,
  verb: ImportVerb,
  work: (tx: Tx, batch: Batch) => Promise<Moved>,
): Promise<Outcome<Batch>> =>
  inTransaction(deps.db, async (tx) => {
    const there = await batchByCode(tx, code);
    const batch = there && maySee(actor, there) ? await lockBatch(tx, there.id) : undefined;
    if (!batch) return refuse("import.missing");
    const to = nextStep(importSteps, batch.state, verb);
    if (!to) return refuse("import.step.not_open");
    const moved = await work(tx, batch);
    if (!moved.ok) return moved;
    await changeBatch(tx, batch.id, { state: to, ...moved.value.change }, deps.clock.now());
    await recordImport(tx, actor.personId, batch, verb, moved.value.detail);
    await moved.value.after?.(tx);
    return done(await found(tx, batch.id));
  });

/** Says which of the file's columns is which of ours; the file is then read again from its first row. */
export const mapImport = (
  deps: ImportDeps,
  actor: Actor,
  code: string,
  chosen: readonly { header: string; key: ColumnKey }[],
): Promise<Outcome<Batch>> =>
  move(deps, actor, code, "map", async (_tx, batch) => {
    const columns: Mapping["columns"] = {};
    for (const { header, key } of chosen) {
      if (!batch.headers.includes(header)) return refuse("form.invalid");
      if (columns[key]) return refuse("import.map.twice", `column${batch.headers.indexOf(header)}`);
      columns[key] = { from: header };
    }
    if (missingIn(batch.kind, columns).length > 0) return refuse("import.map.incomplete");
    const after = (tx: Tx) => deps.jobs.later(tx, stageImportJob, { batchId: batch.id });
    return done({
      change: { mapping: { source: batch.source, columns }, fileFault: null, read: 0, valid: 0, bad: 0 },
      after,
    });
  });

/** `publishAs`: who decides on publishing straight away; never the one who sent the file. */
export type AcceptImport = { onlyValid: boolean; publishAs?: Actor | undefined };
/** Rows at fault leave the valid ones acceptable only by this explicit choice. */
export const acceptImport = (
  deps: ImportDeps,
  actor: Actor,
  code: string,
  input: AcceptImport,
  work: "JOB" | "HERE" = "JOB",
): Promise<Outcome<Batch>> =>
  move(deps, actor, code, "accept", async (tx, batch) => {
    if (batch.valid === 0) return refuse("import.accept.nothing");
    if (batch.bad > 0 && !input.onlyValid) return refuse("import.accept.has_bad_rows");
    const publish = input.publishAs !== undefined;
    const owner = publish ? await organisationById(tx, batch.organisationId) : undefined;
    if (
      input.publishAs &&
      !(
        owner &&
        mayPublish(input.publishAs, batch.kind, { id: owner.id, isVerified: owner.verification === "VERIFIED" })
      )
    )
      return refuse("import.publish.not_allowed");
    if (input.publishAs?.personId === batch.personId) return refuse("import.publish.same_person");
    const acceptedBy = (input.publishAs ?? actor).personId;
    const after =
      work === "JOB" ? (at: Tx) => deps.jobs.later(at, acceptImportJob, { batchId: batch.id }) : async () => {};
    return done({
      change: { onlyValid: input.onlyValid, publish, acceptedBy },
      detail: { rows: batch.valid, leftOut: batch.bad, publish },
      after,
    });
  });

/** Nothing was visible, and nothing stays of the rows. */
export const cancelImport = (deps: ImportDeps, actor: Actor, code: string): Promise<Outcome<Batch>> =>
  move(deps, actor, code, "cancel", async (_tx, batch) => {
    if (batch.written > 0) return refuse("import.step.not_open");
    return done({ change: {}, after: (tx) => deleteRows(tx, batch.id) });
  });

/** After a failure of ours: staging begins again, accepting goes on where it ended. */
export const retryImport = (
  deps: ImportDeps,
  actor: Actor,
  code: string,
  work: "JOB" | "HERE" = "JOB",
): Promise<Outcome<Batch>> =>
  move(deps, actor, code, "retry", async (_tx, batch) => {
    const accepting = batch.acceptedBy !== undefined;
    const job = accepting ? acceptImportJob : stageImportJob;
    const after = work === "JOB" ? (tx: Tx) => deps.jobs.later(tx, job, { batchId: batch.id }) : async () => {};
    return done({ change: { state: accepting ? "ACCEPTING" : "STAGING", fileFault: null }, after });
  });
