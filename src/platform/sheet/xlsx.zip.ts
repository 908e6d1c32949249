import { type Entry, openPromise, type ZipFile } from "yauzl";
import { FaultOfFile, type SheetLimits } from "./sheet.types.ts";
import { headOf } from "./source.ts";

const maxEntries = 2_000;
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

  /** The inflated bytes of a part; nothing when it is absent. */
  async *part(name: string): AsyncGenerator<Uint8Array> {
    const entry = this.#entries.get(name.toLowerCase());
    if (!entry) return;
    const limits = this.#limits;
    const packed = Math.max(1, Math.min(entry.compressedSize, this.#zip.fileSize));
    const stream = await this.#zip.openReadStreamPromise(entry).catch((error) => {
      throw damaged(error);
    });
    let size = 0;
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        size += chunk.length;
        this.#inflated += chunk.length;
        if (this.#inflated > limits.inflatedBytes) throw new FaultOfFile("sheet.zip_bomb", name);
        if (size > limits.ratioFreeBytes && size / packed > limits.ratio) throw new FaultOfFile("sheet.zip_bomb", name);
        yield chunk;
      }
    } catch (error) {
      throw damaged(error);
    } finally {
      stream.destroy();
    }
  }

  close(): void {
    this.#zip.close();
  }
}
