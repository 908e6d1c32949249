import { z } from "zod";
import { type Membership, type Role, roles } from "../../../kernel/actor.ts";
import { decodeCursor, type Page, pageOf } from "../../../kernel/paging.ts";
import type { Db, Pool, Tx } from "../../../platform/database/database.ts";
import { locks } from "../../../platform/locks.ts";
import type { Batch } from "./import.batch.ts";
import { type Mapping, storedMapping } from "./import.mapping.ts";
import { formats, type ImportKind, type ImportState, importKinds, importStates } from "./import.rules.ts";

/** Batches; their rows are in import.row.queries.ts, what becomes of them in import.write.queries.ts. */

const columns = [
  "b.id",
  "b.code",
  "b.kind",
  "b.state",
  "b.organisation_id",
  "b.person_id",
  "b.file_id",
  "b.format",
  "b.source",
  "b.headers",
  "b.mapping",
  "b.publish",
  "b.only_valid",
  "b.accepted_by",
  "b.rows_read",
  "b.rows_valid",
  "b.rows_bad",
  "b.rows_written",
  "b.records_created",
  "b.records_updated",
  "b.records_unchanged",
  "b.records_published",
  "b.rows_total_estimate",
  "b.file_fault",
  "b.file_fault_detail",
  "b.version",
  "b.created_at",
  "organisation.legal_name",
  "file.name as file_name",
  "file.sha256",
] as const;
const from = (db: Db) =>
  db
    .selectFrom("import_batch as b")
    .innerJoin("organisation", "organisation.id", "b.organisation_id")
    .innerJoin("file", "file.id", "b.file_id")
    .select(columns);
type Row = Awaited<ReturnType<ReturnType<typeof from>["executeTakeFirstOrThrow"]>>;

function known<T extends string>(texts: readonly T[], text: string): T {
  const found = texts.find((one) => one === text);
  if (found === undefined) throw new Error(`unknown text ${text} in the database`);
  return found;
}
const mappingOf = (json: unknown): Mapping | undefined => {
  const read = storedMapping.safeParse(json);
  return read.success ? read.data : undefined;
};
const toBatch = (r: Row): Batch => ({
  id: r.id,
  code: r.code,
  kind: known<ImportKind>(importKinds, r.kind),
  state: known<ImportState>(importStates, r.state),
  organisationId: r.organisation_id,
  organisationName: r.legal_name,
  personId: r.person_id,
  fileId: r.file_id,
  fileName: r.file_name,
  sha256: r.sha256,
  format: known(formats, r.format),
  source: r.source,
  headers: z.array(z.string()).parse(r.headers),
  mapping: mappingOf(r.mapping),
  publish: r.publish,
  onlyValid: r.only_valid,
  acceptedBy: r.accepted_by ?? undefined,
  read: r.rows_read,
  valid: r.rows_valid,
  bad: r.rows_bad,
  written: r.rows_written,
  created: r.records_created,
  updated: r.records_updated,
  unchanged: r.records_unchanged,
  published: r.records_published,
  totalEstimate: r.rows_total_estimate ?? undefined,
  fileFault: r.file_fault === null ? undefined : { fault: r.file_fault, detail: r.file_fault_detail ?? "" },
  version: r.version,
  createdAt: new Date(r.created_at),
});

export async function batchById(db: Db, id: string): Promise<Batch | undefined> {
  const row = await from(db).where("b.id", "=", id).executeTakeFirst();
  return row && toBatch(row);
}
export async function batchByCode(db: Db, code: string): Promise<Batch | undefined> {
  if (!/^NDL-\d{4}-\d{4,9}$/.test(code)) return undefined;
  const row = await from(db).where("b.code", "=", code).executeTakeFirst();
  return row && toBatch(row);
}
export const lockBatch = async (tx: Tx, id: string): Promise<Batch | undefined> => {
  const row = await from(tx).where("b.id", "=", id).forUpdate("b").executeTakeFirst();
  return row && toBatch(row);
};

/** Batches of these organisations and of this person, and for operators those that wait to be published at once; newest first. */
export async function batchesOf(
  db: Db,
  who: { organisationIds: readonly string[]; personId: string; isOperator: boolean },
  after: string | undefined,
  size: number,
): Promise<Page<Batch>> {
  const key = decodeCursor(after, 1);
  let rows = from(db).where((eb) =>
    eb.or([
      ...(who.organisationIds.length ? [eb("b.organisation_id", "in", [...who.organisationIds])] : []),
      eb("b.person_id", "=", who.personId),
      ...(who.isOperator ? [eb("b.publish", "=", true)] : []),
    ]),
  );
  if (key && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(String(key[0])))
    rows = rows.where("b.id", "<", String(key[0]));
  const found = await rows
    .orderBy("b.id", "desc")
    .limit(size + 1)
    .execute(); // ids are UUIDv7: in the order of time
  return pageOf(found.map(toBatch), size, (one) => [one.id]);
}

export type NewBatch = Pick<
  Batch,
  "id" | "code" | "kind" | "organisationId" | "personId" | "fileId" | "format" | "source" | "mapping" | "publish"
>;
export async function insertBatch(tx: Tx, one: NewBatch, now: Date): Promise<void> {
  await tx
    .insertInto("import_batch")
    .values({
      id: one.id,
      code: one.code,
      kind: one.kind,
      organisation_id: one.organisationId,
      person_id: one.personId,
      file_id: one.fileId,
      format: one.format,
      source: one.source,
      mapping: JSON.stringify(one.mapping ?? {}),
      publish: one.publish,
      created_at: now,
      updated_at: now,
    })
    .execute();
}

/** The batch of this very file that a crash or a refusal to accept left unfinished. */
export async function unfinishedBatch(
  db: Db,
  of: Pick<Batch, "kind" | "organisationId" | "source" | "sha256">,
): Promise<Batch | undefined> {
  const row = await from(db)
    .where("b.organisation_id", "=", of.organisationId)
    .where("b.kind", "=", of.kind)
    .where("b.source", "=", of.source)
    .where("file.sha256", "=", of.sha256)
    .where("b.state", "in", ["STAGING", "ACCEPTING", "FAILED"])
    .orderBy("b.id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && toBatch(row);
}
/** How the columns of this source were last read for this organisation. */
export async function lastMapping(
  db: Db,
  of: Pick<Batch, "kind" | "organisationId" | "source">,
): Promise<Mapping | undefined> {
  const row = await db
    .selectFrom("import_batch")
    .select("mapping")
    .where("organisation_id", "=", of.organisationId)
    .where("kind", "=", of.kind)
    .where("source", "=", of.source)
    .where("state", "in", ["STAGED", "ACCEPTING", "ACCEPTED"])
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && mappingOf(row.mapping);
}

export type BatchChange = {
  state?: ImportState;
  mapping?: Mapping;
  headers?: readonly string[];
  onlyValid?: boolean;
  publish?: boolean;
  acceptedBy?: string;
  read?: number;
  valid?: number;
  bad?: number;
  published?: number;
  totalEstimate?: number | null;
  fileFault?: { fault: string; detail: string } | null;
};
export async function changeBatch(db: Db, id: string, change: BatchChange, now: Date): Promise<void> {
  const set = {
    state: change.state,
    mapping: change.mapping && JSON.stringify(change.mapping),
    headers: change.headers && JSON.stringify(change.headers),
    only_valid: change.onlyValid,
    publish: change.publish,
    accepted_by: change.acceptedBy,
    rows_read: change.read,
    rows_valid: change.valid,
    rows_bad: change.bad,
    records_published: change.published,
    rows_total_estimate: change.totalEstimate,
    file_fault: change.fileFault === null ? null : change.fileFault?.fault,
    file_fault_detail: change.fileFault === null ? null : change.fileFault?.detail,
  };
  const given = Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined));
  await db
    .updateTable("import_batch")
    .set((eb) => ({ ...given, updated_at: now, version: eb("version", "+", 1) }))
    .where("id", "=", id)
    .execute();
}

export async function leftUnderWay(db: Db, before: Date): Promise<string[]> {
  const rows = await db
    .selectFrom("import_batch")
    .select("id")
    .where("state", "in", ["STAGING", "ACCEPTING"])
    .where("updated_at", "<", before)
    .limit(50)
    .execute();
  return rows.map((r) => r.id);
}

/** The organisation that runs the exchange: where somebody has been its operator longest. */
export async function operatorOrganisation(db: Db, day: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("membership")
    .select("organisation_id")
    .where("role", "=", "EXCHANGE_OPERATOR")
    .where("valid_from", "<=", day)
    .where((eb) => eb.or([eb("valid_to", "is", null), eb("valid_to", ">=", day)]))
    .orderBy("valid_from")
    .orderBy("created_at")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  return row?.organisation_id;
}
/** The roles that somebody holds on a day. */
export async function membershipsOf(db: Db, personId: string, day: string): Promise<Membership[]> {
  const rows = await db
    .selectFrom("membership as m")
    .innerJoin("organisation as o", "o.id", "m.organisation_id")
    .select(["m.organisation_id", "o.legal_name", "m.role"])
    .where("m.person_id", "=", personId)
    .where("m.valid_from", "<=", day)
    .where((eb) => eb.or([eb("m.valid_to", "is", null), eb("m.valid_to", ">=", day)]))
    .orderBy("m.id")
    .limit(200)
    .execute();
  return rows.map((r) => ({
    organisationId: r.organisation_id,
    organisationName: r.legal_name,
    role: known<Role>(roles, r.role),
  }));
}
/** A person of the system's own, without a sign-in: the name under which the command line is written down. */
export async function ensurePerson(db: Db, id: string, name: string): Promise<void> {
  await db
    .insertInto("person")
    .values({ id, name })
    .onConflict((oc) => oc.column("id").doNothing())
    .execute();
}

/** Runs the work while this process alone holds the batch; undefined when another one does. A dead process lets go by dying. */
export async function holdingBatch<T>(pool: Pool, batchId: string, work: () => Promise<T>): Promise<T | undefined> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ held: boolean }>("select pg_try_advisory_lock($2, hashtext($1)) as held", [
      batchId,
      locks.importBatch,
    ]);
    if (!rows[0]?.held) return undefined;
    try {
      return await work();
    } finally {
      await client.query("select pg_advisory_unlock($2, hashtext($1))", [batchId, locks.importBatch]);
    }
  } finally {
    client.release();
  }
}
