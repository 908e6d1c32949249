import { sql } from "kysely";
import { visibilities } from "../../../kernel/codes.ts";
import type { Db, Tx } from "../../../platform/database/database.ts";
import { isUuid } from "../organisation/organisation.queries.ts";
import type { FileRecord, Visibility } from "./file.rules.ts";

const columns = [
  "id",
  "sha256",
  "size_bytes",
  "media_type",
  "name",
  "visibility",
  "owner_organisation_id",
  "uploaded_by",
  "state",
  "created_at",
] as const;
const find = (db: Db) => db.selectFrom("file").select(columns);
type Row = Awaited<ReturnType<ReturnType<typeof find>["executeTakeFirstOrThrow"]>>;

function visibilityOf(text: string): Visibility {
  const found = visibilities.find((v) => v === text);
  if (!found) throw new Error(`unknown visibility ${text}`);
  return found;
}
const toFile = (r: Row): FileRecord => ({
  id: r.id,
  sha256: r.sha256,
  size: Number(r.size_bytes),
  mediaType: r.media_type,
  name: r.name,
  visibility: visibilityOf(r.visibility),
  ownerOrganisationId: r.owner_organisation_id ?? undefined,
  uploadedBy: r.uploaded_by ?? undefined,
  state: r.state === "READY" ? "READY" : "PENDING",
  createdAt: r.created_at,
});

/** Undefined also for a text that is no id. */
export async function fileById(db: Db, id: string): Promise<FileRecord | undefined> {
  if (!isUuid(id)) return undefined;
  const row = await find(db).where("id", "=", id).executeTakeFirst();
  return row && toFile(row);
}
/** In the order they were stored; unknown ids are left out. */
export async function filesById(db: Db, ids: readonly string[]): Promise<FileRecord[]> {
  if (ids.length === 0) return [];
  return (
    await find(db)
      .where("id", "in", [...ids])
      .orderBy("created_at")
      .orderBy("id")
      .execute()
  ).map(toFile);
}

export type NewFile = Omit<FileRecord, "state" | "createdAt">;
export async function insertFile(db: Db, file: NewFile): Promise<void> {
  await db
    .insertInto("file")
    .values({
      id: file.id,
      sha256: file.sha256,
      size_bytes: file.size,
      media_type: file.mediaType,
      name: file.name,
      visibility: file.visibility,
      owner_organisation_id: file.ownerOrganisationId ?? null,
      uploaded_by: file.uploadedBy ?? null,
    })
    .execute();
}
export async function markFileReady(db: Db, id: string): Promise<FileRecord> {
  const row = await db
    .updateTable("file")
    .set({ state: "READY" })
    .where("id", "=", id)
    .returning(columns)
    .executeTakeFirstOrThrow();
  return toFile(row);
}

/** The columns that name a file, by the foreign keys of the database, so that a table made later counts by itself. */
async function namingColumns(tx: Tx): Promise<{ table: string; column: string }[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    select c.conrelid::regclass::text as table, quote_ident(a.attname) as column
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = 'file'::regclass
    order by 1, 2`.execute(tx);
  return rows;
}

/**
 * Takes away files whose bytes never came, and whole ones that no record names: something was uploaded and then refused. What a record
 * names is evidence or content and stays. Answers the blobs that no row has any more. Nobody can add a file meanwhile.
 */
export async function takeOrphansBefore(tx: Tx, before: Date): Promise<string[]> {
  await sql`lock table file in share row exclusive mode`.execute(tx);
  const columns = await namingColumns(tx);
  const isNamed = columns.map(
    ({ table, column }) => sql`exists (select from ${sql.raw(table)} n where n.${sql.raw(column)} = file.id)`,
  );
  const named = isNamed.length > 0 ? sql`(${sql.join(isNamed, sql` or `)})` : sql`false`;
  const { rows: gone } = await sql<{ sha256: string }>`
    delete from file where created_at < ${before} and not ${named} returning sha256`.execute(tx);
  const hashes = [...new Set(gone.map((r) => r.sha256))];
  if (hashes.length === 0) return [];
  const kept = await tx.selectFrom("file").select("sha256").where("sha256", "in", hashes).execute();
  return hashes.filter((hash) => !kept.some((r) => r.sha256 === hash));
}
