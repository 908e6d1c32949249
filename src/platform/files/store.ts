import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";

export type FileBytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
/** `sha256` in 64 lower-case hex digits; `size` in bytes. */
export type StoredBlob = { sha256: string; size: number };

/**
 * Blobs by the hash of their content (decisions.md 18); names, owners and rights are in the file table. Small enough for S3: put, get,
 * has and remove of one key.
 */
export type FileStore = {
  /** Keeps the bytes and tells their hash; the same bytes twice are one blob. Throws TooLargeError beyond `maxBytes`, keeping nothing. */
  put(bytes: FileBytes, options?: { maxBytes?: number }): Promise<StoredBlob>;
  /** The bytes, from `range.start` to `range.end` (both included, 0-based) if given; undefined for an unknown blob. */
  get(sha256: string, range?: { start: number; end: number }): Promise<Readable | undefined>;
  /** Size in bytes; undefined for an unknown blob. */
  size(sha256: string): Promise<number | undefined>;
  /** Forgets a blob; silent when it is not there. Only for blobs that no row of the file table names. */
  remove(sha256: string): Promise<void>;
};

export class TooLargeError extends Error {
  constructor(readonly maxBytes: number) {
    super(`more than ${maxBytes} bytes`);
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "ENOENT";

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return; // Windows cannot open a folder, and needs no such sync
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
}

/** Writes to a new file, counting and hashing on the way; the bytes are on disk when it answers. */
async function writeBlob(bytes: FileBytes, temporary: string, maxBytes: number): Promise<StoredBlob> {
  const hash = createHash("sha256");
  let size = 0;
  const file = await open(temporary, "wx", 0o600);
  try {
    for await (const chunk of bytes) {
      size += chunk.length;
      if (size > maxBytes) throw new TooLargeError(maxBytes);
      hash.update(chunk);
      await file.writeFile(chunk); // goes on from where the last one ended
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest("hex"), size };
}

/** Blobs under `<root>/<aa>/<sha256>` (root is DATA/files, outside of anything served). A crash leaves at most a name in `<root>/tmp`. */
export function localFileStore(root: string): FileStore {
  const tmp = path.join(root, "tmp");
  const blobPath = (sha256: string): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error("not a sha256");
    return path.join(root, sha256.slice(0, 2), sha256);
  };

  return {
    async put(bytes, { maxBytes = Number.POSITIVE_INFINITY } = {}) {
      await mkdir(tmp, { recursive: true, mode: 0o700 });
      const temporary = path.join(tmp, randomBytes(16).toString("hex"));
      try {
        const blob = await writeBlob(bytes, temporary, maxBytes);
        const target = blobPath(blob.sha256);
        await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
        // Renaming over the same content is harmless, and mends a blob that a disk has cut short.
        await rename(temporary, target);
        await syncFolder(path.dirname(target));
        return blob;
      } finally {
        await rm(temporary, { force: true });
      }
    },
    async get(sha256, range) {
      try {
        await stat(blobPath(sha256));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
      return createReadStream(blobPath(sha256), range);
    },
    async size(sha256) {
      try {
        return (await stat(blobPath(sha256))).size;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async remove(sha256) {
      await rm(blobPath(sha256), { force: true });
    },
  };
}
