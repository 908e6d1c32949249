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

/** Takes away files whose bytes never came and tells which blobs no row names any more. Nobody can add a file meanwhile. */
export async function takePendingBefore(tx: Tx, before: Date): Promise<string[]> {
  await sql`lock table file in share row exclusive mode`.execute(tx);
  const gone = await tx
    .deleteFrom("file")
    .where("state", "=", "PENDING")
    .where("created_at", "<", before)
    .returning("sha256")
    .execute();
  const hashes = [...new Set(gone.map((r) => r.sha256))];
  if (hashes.length === 0) return [];
  const kept = await tx.selectFrom("file").select("sha256").where("sha256", "in", hashes).execute();
  return hashes.filter((hash) => !kept.some((r) => r.sha256 === hash));
}
