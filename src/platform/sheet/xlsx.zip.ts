import { PassThrough, pipeline } from "node:stream";
import { crc32, createInflateRaw } from "node:zlib";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { FaultOfFile, type SheetLimits } from "./sheet.types.ts";
import { headOf } from "./source.ts";

const maxEntries = 2_000;
/** Compression methods of the zip format; no spreadsheet uses another. */
const stored = 0;
const deflated = 8;
const damaged = (error: unknown): FaultOfFile =>
  error instanceof FaultOfFile ? error : new FaultOfFile("sheet.damaged", error instanceof Error ? error.message : "");

/** The parts of an .xlsx, inflated on demand and counted while they inflate: sizes in headers are never believed. */
export class XlsxZip {
  readonly #zip: ZipFile;
  readonly #entries: Map<string, Entry>;
  readonly #limits: SheetLimits;
  #inflated = 0;

  private constructor(zip: ZipFile, entries: Map<string, Entry>, limits: SheetLimits) {
    this.#zip = zip;
    this.#entries = entries;
    this.#limits = limits;
  }

  /** Throws a fault of the file when it is no zip, too crowded, encrypted or holds macros. */
  static async open(path: string, limits: SheetLimits): Promise<XlsxZip> {
    const head = (await headOf(path, 8)).toString("hex");
    if (head.startsWith("d0cf11e0")) throw new FaultOfFile("sheet.old_or_encrypted");
    if (!head.startsWith("504b0304")) throw new FaultOfFile("sheet.not_a_spreadsheet");
    const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch((error) => {
      throw damaged(error);
    });
    try {
      return new XlsxZip(zip, await XlsxZip.#list(zip), limits);
    } catch (error) {
      zip.close();
      throw damaged(error);
    }
  }

  static async #list(zip: ZipFile): Promise<Map<string, Entry>> {
    if (zip.entryCount > maxEntries) throw new FaultOfFile("sheet.zip_bomb", zip.entryCount);
    const entries = new Map<string, Entry>();
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName.toLowerCase();
      if (entries.has(name)) throw new FaultOfFile("sheet.damaged", entry.fileName);
      if (name.endsWith("vbaproject.bin")) throw new FaultOfFile("sheet.has_macros");
      if (entry.isEncrypted()) throw new FaultOfFile("sheet.old_or_encrypted");
      entries.set(name, entry);
    }
    return entries;
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase());
  }

  /** The inflated bytes of a part, their length and checksum proved at the end; nothing when the part is absent. */
  async *part(name: string): AsyncGenerator<Uint8Array> {
    const entry = this.#entries.get(name.toLowerCase());
    if (!entry) return;
    if (![stored, deflated].includes(entry.compressionMethod)) throw new FaultOfFile("sheet.damaged", name);
    let size = 0;
    let checksum = 0;
    try {
      const raw = await this.#zip.openReadStreamPromise(entry, { decodeFileData: false });
      const inflate = entry.compressionMethod === deflated ? createInflateRaw() : new PassThrough();
      // Only `inflate` is waited for: a fault of either ends both, and leaving early destroys both.
      pipeline(raw, inflate, () => {});
      for await (const chunk of inflate as AsyncIterable<Buffer>) {
        size += chunk.length;
        checksum = crc32(chunk, checksum);
        this.#count(name, chunk.length, size, inflate instanceof PassThrough ? size : inflate.bytesWritten);
        yield chunk;
      }
    } catch (error) {
      throw damaged(error);
    }
    if (size !== entry.uncompressedSize || checksum !== entry.crc32) throw new FaultOfFile("sheet.damaged", name);
  }

  /** `consumed` is what was really read so far for `size` inflated bytes, so a bomb shows after its first megabytes. */
  #count(name: string, added: number, size: number, consumed: number): void {
    const { inflatedBytes, ratio, ratioFreeBytes } = this.#limits;
    this.#inflated += added;
    const isBomb = this.#inflated > inflatedBytes || (size > ratioFreeBytes && size > ratio * Math.max(1, consumed));
    if (isBomb) throw new FaultOfFile("sheet.zip_bomb", name, this.#inflated);
  }

  close(): void {
    this.#zip.close();
  }
}
