import type { Deps } from "../../../deps.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { newId } from "../../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../../kernel/outcome.ts";
import { type Db, inTransaction } from "../../../platform/database/database.ts";
import { checkUpload, type FileKind } from "../../../platform/files/index.ts";
import { fileById, insertFile, markFileReady, takeOrphansBefore } from "./file.queries.ts";
import { type FileRecord, mayOpenFile, type Visibility } from "./file.rules.ts";

export const uploadBytesMax = 20 * 1024 * 1024;
export type UploadOptions = {
  visibility: Visibility;
  ownerOrganisationId: string | undefined;
  kind?: FileKind;
  maxBytes?: number;
};

/** The files of a form field that was filled in; browsers send an empty nameless file for an empty one. */
export const uploadsOf = (body: Record<string, unknown>, name: string): File[] =>
  [body[name]].flat().filter((value): value is File => value instanceof File && (value.size > 0 || value.name !== ""));

/**
 * Checks and keeps one uploaded file. Call it before the transaction that names the file, with `deps.db`: the row stands as PENDING
 * until the bytes are on disk, so a crash between leaves only what the sweep takes away. Inside a transaction pass `tx`.
 */
export async function storeUpload(
  deps: Pick<Deps, "files">,
  db: Db,
  actor: Actor | undefined,
  upload: File | undefined,
  options: UploadOptions,
): Promise<Outcome<FileRecord>> {
  if (!upload || (upload.size === 0 && upload.name === "")) return refuse("file.missing");
  const maxBytes = options.maxBytes ?? uploadBytesMax;
  if (upload.size > maxBytes) return refuse("file.too_large");
  const bytes = new Uint8Array(await upload.arrayBuffer());
  const checked = await checkUpload(bytes, {
    name: upload.name,
    declaredType: upload.type,
    kind: options.kind ?? "EVIDENCE",
    maxBytes,
  });
  if (!checked.ok) return checked;
  const id = newId();
  const { sha256, size, mediaType, safeName } = checked.value;
  const owner = { ownerOrganisationId: options.ownerOrganisationId, uploadedBy: actor?.personId };
  await insertFile(db, { id, sha256, size, mediaType, name: safeName, visibility: options.visibility, ...owner });
  await deps.files.put([bytes], { maxBytes });
  return done(await markFileReady(db, id));
}

/** A higher feature's answer to "may they open this restricted file?". */
export type FileReader = (db: Db, actor: Actor, fileId: string) => Promise<boolean>;

/** Unknown, pending and forbidden are the same refusal. */
export async function openFile(
  deps: Pick<Deps, "db">,
  actor: Actor | undefined,
  id: string,
  readers: readonly FileReader[],
): Promise<Outcome<FileRecord>> {
  const file = await fileById(deps.db, id);
  if (file?.state !== "READY") return refuse("file.missing");
  if (mayOpenFile(actor, file)) return done(file);
  if (!actor) return refuse("file.missing");
  for (const reads of readers) if (await reads(deps.db, actor, id)) return done(file);
  return refuse("file.missing");
}

const orphanHours = 24;
/** Takes away what a crash left between row and bytes, and what was uploaded for an action that then refused. */
export const sweepFiles = (deps: Pick<Deps, "db" | "files" | "clock">): Promise<number> =>
  inTransaction(deps.db, async (tx) => {
    const before = new Date(deps.clock.now().getTime() - orphanHours * 3_600_000);
    const hashes = await takeOrphansBefore(tx, before);
    for (const hash of hashes) await deps.files.remove(hash);
    return hashes.length;
  });
