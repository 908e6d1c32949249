import { posix } from "node:path";
import { FaultOfFile, type SheetLimits } from "./sheet.types.ts";
import { isDateFormat } from "./xlsx.dates.ts";
import { drainXml, type XmlAttributes } from "./xlsx.xml.ts";
import type { XlsxZip } from "./xlsx.zip.ts";

/** What must be known of a workbook before its rows can be read. */
export type Workbook = {
  /** Path of the sheet's part in the zip. */
  sheetPart: string;
  from1904: boolean;
  shared: string[];
  /** By style index: does it show a day or a time? */
  dateStyles: boolean[];
};

const nothing = () => {};
type Relation = { id: string; type: string; target: string };

async function relations(zip: XlsxZip, of: string): Promise<Relation[]> {
  const part = posix.join(posix.dirname(of), "_rels", `${posix.basename(of)}.rels`);
  const found: Relation[] = [];
  await drainXml(zip.part(part), part, {
    open: (name, { Id = "", Type = "", Target = "", TargetMode }) => {
      if (name !== "Relationship" || TargetMode === "External") return;
      const target = Target.startsWith("/") ? Target.slice(1) : posix.join(posix.dirname(of), Target);
      found.push({ id: Id, type: Type.slice(Type.lastIndexOf("/") + 1), target });
    },
    close: nothing,
    text: nothing,
  });
  return found;
}

type SheetEntry = { name: string; relation: string; hidden: boolean };

async function sheetsOf(zip: XlsxZip, part: string): Promise<{ sheets: SheetEntry[]; from1904: boolean }> {
  const sheets: SheetEntry[] = [];
  let from1904 = false;
  const relationOf = (attributes: XmlAttributes) =>
    Object.entries(attributes).find(([name]) => name.endsWith(":id"))?.[1];
  await drainXml(zip.part(part), part, {
    open: (name, attributes) => {
      if (name === "workbookPr") from1904 = ["1", "true"].includes(attributes.date1904 ?? "");
      if (name !== "sheet") return;
      const hidden = (attributes.state ?? "visible") !== "visible";
      sheets.push({ name: attributes.name ?? "", relation: relationOf(attributes) ?? "", hidden });
    },
    close: nothing,
    text: nothing,
  });
  return { sheets, from1904 };
}

async function dateStylesOf(zip: XlsxZip, part: string): Promise<boolean[]> {
  const codes = new Map<number, string>();
  const styles: boolean[] = [];
  let inside = false;
  await drainXml(zip.part(part), part, {
    open: (name, attributes) => {
      if (name === "numFmt") codes.set(Number(attributes.numFmtId), attributes.formatCode ?? "");
      else if (name === "cellXfs") inside = true;
      else if (name === "xf" && inside) {
        const id = Number(attributes.numFmtId ?? 0);
        styles.push(isDateFormat(id, codes.get(id)));
      }
    },
    close: (name) => {
      if (name === "cellXfs") inside = false;
    },
    text: nothing,
  });
  return styles;
}

/** Gathers the text of rich or plain strings; readings in the margin (`rPh`) are left out. */
export class TextGatherer {
  #text = "";
  #on = false;
  #phonetic = false;
  open(name: string): void {
    if (name === "rPh") this.#phonetic = true;
    this.#on = name === "t" && !this.#phonetic;
  }
  add(text: string): void {
    if (this.#on) this.#text += text;
  }
  close(name: string): void {
    if (name === "rPh") this.#phonetic = false;
    if (name === "t") this.#on = false;
  }
  get length(): number {
    return this.#text.length;
  }
  take(): string {
    const text = this.#text;
    this.#text = "";
    return text.includes("_x")
      ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
      : text;
  }
}

async function sharedOf(zip: XlsxZip, part: string, limits: SheetLimits): Promise<string[]> {
  const shared: string[] = [];
  const gatherer = new TextGatherer();
  let size = 0;
  await drainXml(zip.part(part), part, {
    open: (name) => gatherer.open(name),
    text: (text) => gatherer.add(text),
    close: (name) => {
      gatherer.close(name);
      if (name !== "si") return;
      // What is longer than a cell may be is only kept long enough to be seen as too long.
      const text = gatherer.take().slice(0, limits.cellLength + 1);
      size += text.length + 16;
      if (size > limits.sharedText) throw new FaultOfFile("sheet.too_large", part);
      shared.push(text);
    },
  });
  return shared;
}

/** Finds the sheet (the named one, else the first that is not hidden) and what its cells refer to. */
export async function openWorkbook(zip: XlsxZip, limits: SheetLimits, wanted: string | undefined): Promise<Workbook> {
  const book = (await relations(zip, "")).find((relation) => relation.type === "officeDocument")?.target;
  if (!book || !zip.has(book)) throw new FaultOfFile("sheet.not_a_spreadsheet");
  const [{ sheets, from1904 }, parts] = [await sheetsOf(zip, book), await relations(zip, book)];
  const worksheets = new Map(parts.filter((part) => part.type === "worksheet").map((part) => [part.id, part.target]));
  const readable = sheets.filter((sheet) => zip.has(worksheets.get(sheet.relation) ?? ""));
  if (readable.length === 0) throw new FaultOfFile("sheet.not_a_spreadsheet");
  const key = wanted?.normalize("NFC").toLowerCase();
  const sheet = readable.find((each) => (key ? each.name.normalize("NFC").toLowerCase() === key : !each.hidden));
  if (!sheet) throw new FaultOfFile("sheet.sheet_missing", wanted ?? "");
  const target = (type: string) => parts.find((part) => part.type === type)?.target ?? "";
  return {
    sheetPart: worksheets.get(sheet.relation) ?? "",
    from1904,
    shared: await sharedOf(zip, target("sharedStrings"), limits),
    dateStyles: await dateStylesOf(zip, target("styles")),
  };
}
