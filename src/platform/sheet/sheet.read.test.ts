import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readSheet } from "./index.ts";
import { main, pieces, readAll, swelling, textRow, worksheet, xlsx } from "./sheet.support.ts";
import type { FileFault } from "./sheet.types.ts";

const read = (bytes: Uint8Array) => readAll(bytes, { format: "xlsx" });
const sheetOf = (...rows: string[]) => xlsx({ sheet: worksheet(rows.join("")) });

describe("an honest workbook", () => {
  const styles = `<styleSheet ${main}><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="#,##0 &quot;đồng&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="22"/></cellXfs></styleSheet>`;

  it("gives text, exact numbers, days and booleans under their headers, with Excel's row numbers", async () => {
    const shared = `<sst ${main}><si><t>Dừa sáp</t></si><si><r><t>Công </t></r><r><t>nghệ</t></r><rPh><t>x</t></rPh></si></sst>`;
    const row = `<row r="5"><c r="A5" t="s"><v>0</v></c><c r="B5" t="s"><v>1</v></c><c r="C5" s="2"><v>12345678901234567890</v></c><c r="D5"><v>1.1000000000000001</v></c><c r="E5" s="1"><v>45658</v></c><c r="F5" t="b"><v>1</v></c><c r="G5" s="3"><v>45658.75</v></c><c r="H5"><v>1E+21</v></c></row>`;
    const header = textRow(3, "Tên (*)", "Loại", "Giá", "Tỷ lệ", "Ngày", "Có", "Lúc", "To");
    const { rows, fault } = await read(xlsx({ sheet: worksheet(header + row), shared, styles }));
    expect(fault).toBeUndefined();
    expect(rows).toEqual([
      {
        number: 5,
        cells: {
          Tên: "Dừa sáp",
          Loại: "Công nghệ",
          Giá: "12345678901234567890",
          "Tỷ lệ": "1.1",
          Ngày: "2025-01-01",
          Có: "TRUE",
          Lúc: "2025-01-01T18:00:00",
          To: "1000000000000000000000",
        },
        faults: [],
      },
    ]);
  });

  it("reads the first sheet that is not hidden, or the named one", async () => {
    const book = xlsx({
      sheet: worksheet(textRow(1, "A") + textRow(2, "thấy")),
      hidden: worksheet(textRow(1, "A") + textRow(2, "ẩn")),
    });
    expect((await read(book)).rows[0]?.cells).toEqual({ A: "thấy" });
    const named = await readAll(book, { format: "xlsx", sheet: "Ẩn" });
    expect(named.rows[0]?.cells).toEqual({ A: "ẩn" });
    expect((await readAll(book, { format: "xlsx", sheet: "Không có" })).fault).toMatchObject({
      fault: "sheet.sheet_missing",
    });
  });

  it("composes decomposed Vietnamese and passes over blank rows", async () => {
    const { rows } = await read(
      sheetOf(textRow(1, "Tên".normalize("NFD")), textRow(2, " "), textRow(9, "Trà Vinh".normalize("NFD"))),
    );
    expect(rows).toEqual([{ number: 9, cells: { Tên: "Trà Vinh" }, faults: [] }]);
  });

  it("knows the calendar of 1904 and refuses the 29 February 1900 that never was", async () => {
    const row = `<row r="2"><c s="1"><v>60</v></c></row>`;
    const sheet = worksheet(textRow(1, "Ngày") + row);
    expect((await read(xlsx({ sheet, styles }))).rows[0]?.faults[0]?.fault).toBe("sheet.bad_date");
    const later = await read(xlsx({ sheet, styles, bookPr: '<workbookPr date1904="1"/>' }));
    expect(later.rows[0]?.cells).toEqual({ Ngày: "1904-03-01" });
  });
});

describe("faults of rows", () => {
  it("reports formulas and error values at their row and column and trusts neither", async () => {
    const row = `<row r="2"><c><f>A1*2</f><v>999</v></c><c t="e"><v>#REF!</v></c><c><v>7</v></c></row>`;
    const { rows } = await read(sheetOf(textRow(1, "Giá", "Tổng", "Số"), row));
    expect(rows).toEqual([
      {
        number: 2,
        cells: { Số: "7" },
        faults: [
          { fault: "sheet.formula", column: "Giá", detail: "=A1*2" },
          { fault: "sheet.error_value", column: "Tổng", detail: "#REF!" },
        ],
      },
    ]);
  });

  it("reports a cell of a million characters and a cell without a header", async () => {
    const { rows } = await read(sheetOf(textRow(1, "A"), textRow(2, "x".repeat(1_000_000), "y"), textRow(3, "z")));
    expect(rows[0]?.faults.map((fault) => [fault.fault, fault.column])).toEqual([
      ["sheet.cell_too_long", "A"],
      ["sheet.cell_without_header", "B"],
    ]);
    expect(rows[1]?.cells).toEqual({ A: "z" });
  });

  it("keeps a column named __proto__ as a plain column", async () => {
    const { rows } = await read(sheetOf(textRow(1, "__proto__"), textRow(2, "x")));
    expect(Object.entries(rows[0]?.cells ?? {})).toEqual([["__proto__", "x"]]);
  });
});

describe("files that are refused whole", () => {
  const refused = async (bytes: Uint8Array, fault: string) =>
    expect((await read(bytes)).fault).toMatchObject({ fault });
  const bombHead = `<worksheet ${main}><sheetData>${textRow(1, "A")}`;

  it("stops a zip bomb of 1.2 GB within its first megabytes, whatever its header claims", async () => {
    const unit = "<x/>";
    const honest = xlsx({ sheet: swelling(bombHead, unit, 120) });
    expect(honest.length).toBeLessThan(8_000_000);
    for (const bomb of [honest, xlsx({ sheet: swelling(bombHead, unit, 120, 5_000) })]) {
      const { fault } = await read(bomb);
      expect(fault).toMatchObject({ fault: "sheet.zip_bomb" });
      // Counted, not measured: the memory of a process that runs other tests beside says nothing.
      expect((fault as FileFault).inflatedBytes).toBeLessThan(16_000_000);
    }
    await refused(xlsx({ sheet: swelling(bombHead, " ", 120) }), "sheet.damaged");
    await refused(xlsx({ sheet: worksheet(textRow(1, "A")), shared: "x", more: [] }), "sheet.damaged");
  });

  it("stops endless tags, endless nesting and a DOCTYPE with entities", async () => {
    await refused(xlsx({ sheet: `<worksheet a="${"x".repeat(5_000_000)}"/>` }), "sheet.damaged");
    await refused(xlsx({ sheet: "<a>".repeat(500) }), "sheet.damaged");
    const inside = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>';
    const outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>';
    for (const doctype of [inside, outside])
      await refused(
        xlsx({ sheet: doctype + worksheet(textRow(1, "A") + textRow(2, "&a;")) }),
        "sheet.not_a_spreadsheet",
      );
  });

  it("refuses more than 150,000 rows", async () => {
    const rows = Array.from({ length: 200_000 }, (_, n) => `<row><c><v>${n * 7919}</v></c></row>`).join("");
    const { rows: given, fault } = await read(sheetOf(textRow(1, "A"), rows));
    expect(fault).toEqual({ fault: "sheet.too_many_rows", detail: "150000" });
    expect(given.length).toBe(150_000);
  });

  it("refuses headers that are missing, double, too many or not the wanted ones", async () => {
    await refused(sheetOf(), "sheet.no_header");
    await refused(sheetOf(textRow(1, "A")), "sheet.no_rows");
    await refused(sheetOf(textRow(1, "Tên", "TÊN (*)"), textRow(2, "x")), "sheet.duplicate_header");
    await refused(sheetOf(textRow(1, ...Array.from({ length: 201 }, (_, n) => `c${n}`))), "sheet.too_many_columns");
    const book = sheetOf(textRow(1, "tên", "Khác"), textRow(2, "x", "y"));
    const wants = (required: string[], allowed?: string[]) =>
      readAll(book, { format: "xlsx", columns: { required, ...(allowed ? { allowed } : {}) } });
    expect((await wants(["Mã số"])).fault).toEqual({ fault: "sheet.missing_columns", detail: "Mã số" });
    expect((await wants(["Tên"], [])).fault).toEqual({ fault: "sheet.unknown_columns", detail: "Khác" });
    expect((await wants(["Tên"])).rows[0]?.cells).toEqual({ Tên: "x", Khác: "y" });
  });

  it("refuses merged cells among the data but not in a title above", async () => {
    const sheet = (ref: string) =>
      xlsx({
        sheet: worksheet(textRow(1, "Bảng") + textRow(2, "x"), `<mergeCells><mergeCell ref="${ref}"/></mergeCells>`),
      });
    await refused(sheet("A2:A3"), "sheet.merged_cells");
    const titled = worksheet(
      textRow(1, "") + textRow(3, "A") + textRow(4, "x"),
      '<mergeCells><mergeCell ref="A1:C1"/></mergeCells>',
    );
    expect((await read(xlsx({ sheet: titled }))).fault).toBeUndefined();
  });

  it("refuses cut zips, pictures, old workbooks, macros, other zips and impossible rows", async () => {
    const whole = sheetOf(textRow(1, "A"), textRow(2, "x"));
    await refused(whole.subarray(0, whole.length - 30), "sheet.damaged");
    await refused(whole.subarray(0, 3), "sheet.not_a_spreadsheet");
    await refused(Buffer.from("89504e470d0a1a0a0000", "hex"), "sheet.not_a_spreadsheet");
    await refused(Buffer.from("d0cf11e0a1b11ae1", "hex"), "sheet.old_or_encrypted");
    await refused(xlsx({ sheet: worksheet(""), more: [["xl/vbaProject.bin", "x"]] }), "sheet.has_macros");
    await refused(sheetOf(textRow(2, "A"), textRow(2, "x")), "sheet.damaged");
    await refused(sheetOf(textRow(1, "A"), '<row r="2"><c t="s"><v>9</v></c></row>'), "sheet.damaged");
    const flipped = Buffer.from(sheetOf(textRow(1, "A"), textRow(2, "x".repeat(3000))));
    flipped.fill(0xff, 1150, 1250);
    await refused(flipped, "sheet.damaged");
  });

  it("refuses a file of too many bytes while it arrives, and leaves no temporary file behind", async () => {
    const scratch = await mkdtemp(path.join(tmpdir(), "opensan-test-"));
    const options = { format: "xlsx", scratch } as const;
    const book = sheetOf(textRow(1, "A"), textRow(2, "x"), textRow(3, "y"));
    const tight = { ...options, limits: { fileBytes: book.length - 1 } };
    expect((await readAll(book, tight, 64)).fault).toMatchObject({ fault: "sheet.too_large" });
    for await (const _ of readSheet(pieces(book), options)) break;
    expect(await readdir(scratch)).toEqual([]);
    await rm(scratch, { recursive: true });
  });

  it("throws for a path that does not exist: that is our mistake, not the file's", async () => {
    await expect(readSheet("/nowhere/x.xlsx", { format: "xlsx" }).next()).rejects.toThrow("ENOENT");
  });
});
