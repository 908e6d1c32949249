import { sql } from "kysely";
import type { Db, Tx } from "../../../platform/database/database.ts";
import type { ConnectionInput } from "./intermediary.input.ts";
import { type Intermediary, intermediaryKinds } from "./intermediary.rules.ts";

const find = (db: Db) =>
  db
    .selectFrom("intermediary as i")
    .innerJoin("organisation as o", "o.id", "i.organisation_id")
    .leftJoin("intermediary_connection as c", (join) =>
      join.onRef("c.intermediary_id", "=", "i.id").on("c.withdrawn_at", "is", null),
    )
    .select([
      "i.id",
      "i.organisation_id",
      "o.legal_name",
      "o.slug",
      "i.kind",
      "i.formed_on",
      "i.version",
      "c.id as connection_id",
      "c.connected_on",
      "c.document_title",
      "c.document_number",
      "c.file_id",
    ]);
type Row = Awaited<ReturnType<ReturnType<typeof find>["executeTakeFirstOrThrow"]>>;

function toIntermediary(r: Row): Intermediary {
  const kind = intermediaryKinds.find((one) => one === r.kind);
  if (!kind) throw new Error(`unknown intermediary kind ${r.kind}`);
  return {
    id: r.id,
    organisationId: r.organisation_id,
    organisationName: r.legal_name,
    organisationSlug: r.slug,
    kind,
    formedOn: r.formed_on,
    version: r.version,
    connection:
      r.connection_id && r.connected_on && r.document_title && r.file_id
        ? {
            id: r.connection_id,
            connectedOn: r.connected_on,
            documentTitle: r.document_title,
            documentNumber: r.document_number ?? undefined,
            fileId: r.file_id,
          }
        : undefined,
  };
}

export const intermediariesMax = 500;
export async function intermediaries(db: Db): Promise<Intermediary[]> {
  const rows = await find(db)
    .orderBy(sql`o.legal_name collate "vi-x-icu"`)
    .orderBy("i.id")
    .limit(intermediariesMax)
    .execute();
  return rows.map(toIntermediary);
}
export async function intermediaryById(db: Db, id: string): Promise<Intermediary | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined;
  const row = await find(db).where("i.id", "=", id).executeTakeFirst();
  return row && toIntermediary(row);
}

/** Organisations to choose from while typing: those that call themselves intermediaries and are not recorded yet. */
export async function intermediaryCandidates(db: Db): Promise<{ code: string; name: string }[]> {
  const rows = await db
    .selectFrom("organisation")
    .select(["code", "legal_name"])
    .where("org_type", "=", "INTERMEDIARY")
    .where((eb) =>
      eb.not(eb.exists(eb.selectFrom("intermediary").select("id").whereRef("organisation_id", "=", "organisation.id"))),
    )
    .orderBy(sql`legal_name collate "vi-x-icu"`)
    .limit(100)
    .execute();
  return rows.map((row) => ({ code: row.code, name: row.legal_name }));
}

/** False when somebody else saved first. */
export async function touchIntermediary(db: Db, id: string, version: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("intermediary")
    .set((eb) => ({ version: eb("version", "+", 1) }))
    .where("id", "=", id)
    .where("version", "=", version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function insertIntermediary(
  tx: Tx,
  one: Pick<Intermediary, "id" | "organisationId" | "kind" | "formedOn">,
  recordedBy: string,
): Promise<void> {
  await tx
    .insertInto("intermediary")
    .values({
      id: one.id,
      organisation_id: one.organisationId,
      kind: one.kind,
      formed_on: one.formedOn,
      recorded_by: recordedBy,
    })
    .execute();
}

export async function insertConnection(
  tx: Tx,
  one: Pick<ConnectionInput, "connectedOn" | "documentTitle" | "documentNumber"> & {
    id: string;
    intermediaryId: string;
    fileId: string;
  },
  recordedBy: string,
  now: Date,
): Promise<void> {
  await tx
    .insertInto("intermediary_connection")
    .values({
      id: one.id,
      intermediary_id: one.intermediaryId,
      connected_on: one.connectedOn,
      document_title: one.documentTitle,
      document_number: one.documentNumber ?? null,
      file_id: one.fileId,
      recorded_by: recordedBy,
      recorded_at: now,
    })
    .execute();
}

export async function closeConnection(
  tx: Tx,
  id: string,
  { by, at, reason }: { by: string; at: Date; reason: string },
): Promise<void> {
  await tx
    .updateTable("intermediary_connection")
    .set({ withdrawn_at: at, withdrawn_by: by, withdrawn_reason: reason })
    .where("id", "=", id)
    .execute();
}
