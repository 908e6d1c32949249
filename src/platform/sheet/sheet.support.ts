/** For tests only: hand-made .xlsx files, honest and hostile, without any library that might refuse to make them. */
import { constants, crc32, deflateRawSync } from "node:zlib";
import { isFileFault, readSheet, type SheetItem, type SheetOptions, type SheetRow } from "./index.ts";

/** A part as text, or bytes deflated already with the size that its header claims. */
export type Part = [name: string, body: string | { deflated: Buffer; claimed: number }];

export function zip(parts: Part[]): Buffer {
  const blocks: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, body] of parts) {
    const label = Buffer.from(name);
    const raw = typeof body === "string" ? deflateRawSync(body, { level: 1 }) : body.deflated;
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(typeof body === "string" ? crc32(body) : 0, 10);
    fields.writeUInt32LE(raw.length, 14);
    fields.writeUInt32LE(typeof body === "string" ? Buffer.byteLength(body) : body.claimed, 18);
    fields.writeUInt16LE(label.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    blocks.push(Buffer.from("PK\x03\x04", "latin1"), fields, label, raw);
    directory.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), fields, tail, label);
    at += 30 + label.length + raw.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...blocks, list, end]);
}

export const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packaged = "http://schemas.openxmlformats.org/package/2006";
const links = (...list: [string, string][]) =>
  `<Relationships xmlns="${packaged}/relationships">${list
    .map(([type, target], n) => `<Relationship Id="rId${n + 1}" Type="${office}/${type}" Target="${target}"/>`)
    .join("")}</Relationships>`;

export const worksheet = (rows: string, after = "") =>
  `<worksheet ${main}><sheetData>${rows}</sheetData>${after}</worksheet>`;
/** Cells of plain inline text. */
export const textRow = (number: number, ...cells: string[]) =>
  `<row r="${number}">${cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join("")}</row>`;

type Book = { sheet: Part[1]; hidden?: string; shared?: string; styles?: string; bookPr?: string; more?: Part[] };
/** A workbook whose readable sheet is "Dữ liệu"; a hidden one stands before it if given. */
export const xlsx = ({ sheet, hidden, shared, styles, bookPr = "", more = [] }: Book): Buffer =>
  zip([
    ["[Content_Types].xml", `<Types xmlns="${packaged}/content-types"/>`],
    ["_rels/.rels", links(["officeDocument", "xl/workbook.xml"])],
    [
      "xl/workbook.xml",
      `<workbook ${main} xmlns:r="${office}">${bookPr}<sheets>${hidden === undefined ? "" : '<sheet name="Ẩn" sheetId="2" state="hidden" r:id="rId2"/>'}<sheet name="Dữ liệu" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ],
    [
      "xl/_rels/workbook.xml.rels",
      links(
        ["worksheet", "worksheets/sheet1.xml"],
        ["worksheet", "worksheets/sheet2.xml"],
        ["sharedStrings", "sharedStrings.xml"],
        ["styles", "styles.xml"],
      ),
    ],
    ["xl/worksheets/sheet1.xml", sheet],
    ...(hidden === undefined ? [] : [["xl/worksheets/sheet2.xml", hidden] satisfies Part]),
    ...(shared === undefined ? [] : [["xl/sharedStrings.xml", shared] satisfies Part]),
    ...(styles === undefined ? [] : [["xl/styles.xml", styles] satisfies Part]),
    ...more,
  ]);

/** A part that inflates to `blocks` × 10 MB from a few kilobytes each: one deflated block, repeated. */
export function swelling(head: string, unit: string, blocks: number, claimed?: number): Part[1] {
  const text = unit.repeat(Math.ceil(10_000_000 / unit.length));
  const block = deflateRawSync(text, { finishFlush: constants.Z_FULL_FLUSH });
  const start = deflateRawSync(head, { finishFlush: constants.Z_FULL_FLUSH });
  const deflated = Buffer.concat([start, ...Array<Buffer>(blocks).fill(block), deflateRawSync("")]);
  return { deflated, claimed: claimed ?? (text.length * blocks + head.length) % 2 ** 32 };
}

export async function* pieces(bytes: Uint8Array | string, size = 65_536): AsyncGenerator<Uint8Array> {
  const all = Buffer.from(bytes);
  for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size);
}

/** Everything a file gives: its rows, and the fault that refused it if any. */
export async function readAll(bytes: Uint8Array | string, options: SheetOptions, size?: number) {
  const rows: SheetRow[] = [];
  let fault: SheetItem | undefined;
  for await (const item of readSheet(pieces(bytes, size), options))
    if (isFileFault(item)) fault = item;
    else rows.push(item);
  return { rows, fault };
}

export async function bytesFrom(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
