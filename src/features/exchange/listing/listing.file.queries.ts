import type { Db, Tx } from "../../../platform/database/database.ts";
import type { PublishedFile } from "./listing.document.ts";
import { oneOf } from "./listing.queries.ts";

export const fileVisibilities = ["PUBLIC", "MEMBERS", "RESTRICTED"] as const;
export type FileVisibility = (typeof fileVisibilities)[number];
/** A file of a listing's draft. Its bytes stay RESTRICTED until the version that shows them is published. */
export type ListingFile = {
  id: string;
  kind: "PICTURE" | "ATTACHMENT";
  visibility: FileVisibility;
  alt: string | undefined;
  name: string;
  mediaType: string;
  size: number;
  sha256: string;
};

export async function filesOf(db: Db, listingId: string): Promise<ListingFile[]> {
  const rows = await db
    .selectFrom("listing_file")
    .innerJoin("file", "file.id", "listing_file.file_id")
    .select([
      "file.id",
      "listing_file.kind",
      "listing_file.visibility",
      "listing_file.alt",
      "file.name",
      "file.media_type",
      "file.size_bytes",
      "file.sha256",
    ])
    .where("listing_file.listing_id", "=", listingId)
    .where("listing_file.removed_at", "is", null)
    .orderBy("listing_file.position")
    .orderBy("file.id")
    .limit(60)
    .execute();
  return rows.map((r) => ({
    id: r.id,
    kind: oneOf(["PICTURE", "ATTACHMENT"] as const, r.kind),
    visibility: oneOf(fileVisibilities, r.visibility),
    alt: r.alt ?? undefined,
    name: r.name,
    mediaType: r.media_type,
    size: Number(r.size_bytes),
    sha256: r.sha256,
  }));
}

export async function attachFile(
  tx: Tx,
  listingId: string,
  file: { id: string; kind: string; visibility: string; alt: string | undefined; position: number },
): Promise<void> {
  await tx
    .insertInto("listing_file")
    .values({
      listing_id: listingId,
      file_id: file.id,
      kind: file.kind,
      visibility: file.visibility,
      alt: file.alt ?? null,
      position: file.position,
    })
    .execute();
}

export async function changeFile(
  tx: Tx,
  listingId: string,
  fileId: string,
  change: { visibility: string; alt: string | undefined } | "REMOVE",
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("listing_file")
    .set(change === "REMOVE" ? { removed_at: now } : { visibility: change.visibility, alt: change.alt ?? null })
    .where("listing_id", "=", listingId)
    .where("file_id", "=", fileId)
    .where("removed_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** The files a snapshot may show, never wider than the listing itself. */
export const shownFiles = (files: readonly ListingFile[], listing: FileVisibility): PublishedFile[] =>
  files.flatMap(({ sha256: _, ...file }) => {
    if (file.visibility === "RESTRICTED" || listing === "RESTRICTED") return [];
    const visibility = listing === "MEMBERS" ? "MEMBERS" : file.visibility;
    return [{ ...file, alt: file.alt ?? "", visibility }];
  });

/** Opens the bytes of what is shown now and shuts all others of the listing. */
export async function openFiles(
  tx: Tx,
  listingId: string,
  shown: readonly Pick<PublishedFile, "id" | "visibility">[],
): Promise<void> {
  await tx
    .updateTable("file")
    .set({ visibility: "RESTRICTED" })
    .where("id", "in", (eb) => eb.selectFrom("listing_file").select("file_id").where("listing_id", "=", listingId))
    .execute();
  for (const visibility of ["PUBLIC", "MEMBERS"] as const) {
    const ids = shown.filter((file) => file.visibility === visibility).map((file) => file.id);
    if (ids.length) await tx.updateTable("file").set({ visibility }).where("id", "in", ids).execute();
  }
}
