import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, open, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { FaultOfFile, type SheetLimits } from "./sheet.types.ts";

/** A path on this machine, or the bytes as they come (a Node stream, a web stream, any async iterable). */
export type SheetSource = string | AsyncIterable<Uint8Array>;

const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;

/** The bytes of a source, refused with `sheet.too_large` as soon as there are too many. */
export async function* bytesOf(source: SheetSource, limits: SheetLimits): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of typeof source === "string" ? createReadStream(source) : source) {
    total += chunk.length;
    if (total > limits.fileBytes) throw new FaultOfFile("sheet.too_large", megabytes(limits.fileBytes));
    yield chunk;
  }
}

/** Lends a path for a source; a stream is first laid down in a folder of its own, removed by `release`. */
export async function pathOf(
  source: SheetSource,
  limits: SheetLimits,
  scratch: string = tmpdir(),
): Promise<{ path: string; release: () => Promise<void> }> {
  if (typeof source === "string") {
    const { size } = await stat(source);
    if (size > limits.fileBytes) throw new FaultOfFile("sheet.too_large", megabytes(limits.fileBytes));
    return { path: source, release: async () => {} };
  }
  const folder = await mkdtemp(join(scratch, "opensan-sheet-"));
  const release = () => rm(folder, { recursive: true, force: true });
  const path = join(folder, "sheet");
  try {
    await pipeline(Readable.from(bytesOf(source, limits)), createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    await release();
    throw error;
  }
  return { path, release };
}

/** The first bytes of a file, at most `count`. */
export async function headOf(path: string, count: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const binaryHeads = ["504b0304", "89504e47", "25504446", "d0cf11e0", "ffd8ff", "1f8b", "52494646"];

/** Text of a UTF-8 source, its BOM taken off; a wrong encoding or a binary file is a fault of the file. */
export async function* textOf(source: SheetSource, limits: SheetLimits): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let first = true;
  for await (const chunk of bytesOf(source, limits)) {
    if (first && chunk.length > 0) {
      first = false;
      const head = Buffer.from(chunk.subarray(0, 4)).toString("hex");
      if (head.startsWith("fffe") || head.startsWith("feff")) throw new FaultOfFile("sheet.bad_encoding", "UTF-16");
      if (binaryHeads.some((magic) => head.startsWith(magic))) throw new FaultOfFile("sheet.not_a_spreadsheet");
    }
    const text = decoded(decoder, chunk);
    if (text.includes("\u0000")) throw new FaultOfFile("sheet.not_a_spreadsheet");
    if (text !== "") yield text;
  }
  const rest = decoded(decoder, undefined);
  if (rest !== "") yield rest;
}

function decoded(decoder: TextDecoder, chunk: Uint8Array | undefined): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch {
    throw new FaultOfFile("sheet.bad_encoding", "UTF-8");
  }
}
