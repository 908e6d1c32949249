import { createHash } from "node:crypto";
import { fileTypeFromBuffer } from "file-type";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { extensionOf, safeFileName } from "./names.ts";
import type { FileBytes } from "./store.ts";

export const fileKinds = ["PICTURE", "DOCUMENT", "SPREADSHEET", "EVIDENCE"] as const;
export type FileKind = (typeof fileKinds)[number];

/** Media type by extension; `jpeg` is kept as `jpg`. SVG and HTML are not here because they run script. */
const types = {
  jpg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  avif: "image/avif",
  pdf: "application/pdf",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv: "text/csv",
  txt: "text/plain",
  jsonl: "application/jsonl",
} as const;
export type FileExtension = keyof typeof types;
const isExtension = (text: string): text is FileExtension => Object.hasOwn(types, text);

/** What each kind takes, for the check and for the `accept` of its form field. */
export const allowedExtensions: Record<FileKind, readonly FileExtension[]> = {
  PICTURE: ["jpg", "png", "webp", "avif"],
  DOCUMENT: ["pdf", "docx", "xlsx", "txt"],
  SPREADSHEET: ["xlsx", "csv", "jsonl"],
  EVIDENCE: ["pdf", "docx", "xlsx", "jpg", "png", "webp", "avif"],
};
export const acceptOf = (kind: FileKind): string => allowedExtensions[kind].map((each) => `.${each}`).join(",");

/** `declaredType` is what the browser said: it can only make a file refused, never accepted. `maxBytes` is inclusive. */
export type UploadClaim = { name: string; declaredType?: string; kind: FileKind; maxBytes: number };
export type CheckedUpload = {
  mediaType: string;
  extension: FileExtension;
  safeName: string;
  size: number;
  sha256: string;
};

/** Bytes of the head by which a type is told; a .docx or .xlsx names itself among its first parts, mostly within this. */
const headBytes = 256 * 1024;

/** Reads to the end in flat memory: head, size and hash; undefined as soon as there are more than `maxBytes`. */
async function readThrough(bytes: FileBytes, maxBytes: number) {
  const hash = createHash("sha256");
  const head: Uint8Array[] = [];
  let size = 0;
  let kept = 0;
  let isText = true;
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > maxBytes) return undefined;
    hash.update(chunk);
    if (isText) isText = isPlain(decoder, chunk);
    if (kept >= headBytes) continue;
    head.push(chunk.subarray(0, headBytes - kept));
    kept += head.at(-1)?.length ?? 0;
  }
  return { head: Buffer.concat(head), size, sha256: hash.digest("hex"), isText: isText && isPlain(decoder, undefined) };
}

function isPlain(decoder: TextDecoder, chunk: Uint8Array | undefined): boolean {
  try {
    return !(chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()).includes("\u0000");
  } catch {
    return false;
  }
}

const markup = /^\s*(<!doctype|<html|<svg|<\?xml|<script|<\?php|#!)/i;
const textual: readonly FileExtension[] = ["csv", "txt", "jsonl"];
/** An .xlsx or .docx that some programs write in an order in which `file-type` sees a bare zip. */
const officeParts: Partial<Record<FileExtension, RegExp>> = { docx: /word\/document\.xml/, xlsx: /xl\/workbook\.xml/ };

/** True when the content is of the type that the name's ending says. */
async function isContent(extension: FileExtension, head: Buffer, isText: boolean): Promise<boolean> {
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (textual.includes(extension))
    return isText && found === undefined && !markup.test(head.toString("utf8", 0, 512).replace(/^\ufeff/, ""));
  if (found?.ext === "zip") return officeParts[extension]?.test(head.toString("latin1")) ?? false;
  return found?.mime === types[extension];
}

/** Types that browsers send for a file of ours; an unknown or empty type says nothing, a page or a script is refused. */
const refusedClaim = /svg|html|javascript|ecmascript|xml(?!formats)|x-msdownload|x-sh/i;

/**
 * Checks an upload by its content; reads the bytes to the end in flat memory unless they are too many. Refuses with `file.empty`,
 * `file.too_large`, `file.name_invalid`, `file.type_not_allowed` (not for this kind) or `file.content_differs` (the ending says another
 * type than the content). Says nothing of what a well-formed file holds: a PDF may still carry script, so downloads use `downloadHeaders`.
 */
export async function checkUpload(bytes: Uint8Array | FileBytes, claim: UploadClaim): Promise<Outcome<CheckedUpload>> {
  const safeName = safeFileName(claim.name);
  if (safeName === undefined) return refuse("file.name_invalid");
  const ending = extensionOf(safeName);
  const extension = ending === "jpeg" ? "jpg" : ending;
  if (!isExtension(extension) || !allowedExtensions[claim.kind].includes(extension))
    return refuse("file.type_not_allowed");
  if (claim.declaredType && refusedClaim.test(claim.declaredType)) return refuse("file.type_not_allowed");
  const read = await readThrough(bytes instanceof Uint8Array ? [bytes] : bytes, claim.maxBytes);
  if (!read) return refuse("file.too_large");
  if (read.size === 0) return refuse("file.empty");
  if (!(await isContent(extension, read.head, read.isText))) return refuse("file.content_differs");
  return done({ mediaType: types[extension], extension, safeName, size: read.size, sha256: read.sha256 });
}
