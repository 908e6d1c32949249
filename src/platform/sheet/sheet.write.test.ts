import fc from "fast-check";
import { openXlsx, readXlsx } from "hucre/xlsx";
import { describe, expect, it } from "vitest";
import { cellText, exactNumber, guarded, unguarded, withoutExponent } from "./cells.ts";
import { sheetFormats, sheetWords, type WriteOptions, writeSheet, writeTemplate } from "./index.ts";
import { bytesFrom, pieces, readAll } from "./sheet.support.ts";
import { isFaultColumn } from "./sheet.table.ts";

const write = (rows: Record<string, string>[], options: WriteOptions, faults: string[] = []) =>
  bytesFrom(
    writeSheet(
      rows.map((cells) => ({ cells, faults })),
      options,
    ),
  );

describe("a written sheet", () => {
  const awkward = fc.constantFrom(
    "=1+1",
    "'=x",
    "+84",
    "-5",
    "-x",
    "@a",
    "|x",
    '"',
    ";",
    "a\nb",
    "_x0041_",
    "0012",
    "]]>",
    "&lt;",
    "sep=;",
    "Đỗ",
  );
  const value = fc
    .oneof(awkward, fc.string({ unit: "binary", maxLength: 12 }), fc.string({ maxLength: 12 }))
    .map(cellText);
  const names = ["Tên", "Mã số thuế", "=lạ", "__proto__"];

  it.each(sheetFormats)("reads back as it was: %s", async (format) => {
    const row = fc.tuple(...names.map(() => value));
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 6 }), async (values) => {
        const headers = names.filter((name) => name !== "=lạ" || format !== "csv");
        const rows = values.map((cells) => Object.fromEntries(headers.map((name, n) => [name, cells[n] ?? ""])));
        const full = rows.map((cells) => Object.fromEntries(Object.entries(cells).filter(([, text]) => text !== "")));
        const wanted = full.filter((cells) => Object.keys(cells).length > 0 || format === "jsonl");
        const bytes = await write(rows, { format, headers, sheetTitle: "Dữ liệu", faultColumn: "Lỗi cần sửa" });
        const { rows: back, fault } = await readAll(bytes, { format });
        if (wanted.length > 0) expect(fault).toBeUndefined();
        expect(back.map((each) => each.cells)).toEqual(wanted);
        expect(back.flatMap((each) => each.faults)).toEqual([]);
      }),
      { numRuns: 120 },
    );
  });

  it("says what to mend in a last column that is passed over when it comes back", async () => {
    for (const format of sheetFormats) {
      const options = {
        format,
        headers: ["A", "Faults to mend"],
        sheetTitle: "x",
        faultColumn: sheetWords.vi.faultColumn,
      };
      const bytes = await write([{ A: "1" }], options, ["Thiếu mã.", "=cmd"]);
      expect((await readAll(bytes, { format })).rows.map((row) => row.cells)).toEqual([{ A: "1" }]);
      if (format === "csv") expect(bytes.toString()).toBe("\ufeffA;Lỗi cần sửa\r\n1;Thiếu mã. =cmd\r\n");
    }
    expect(isFaultColumn("LỖI CẦN SỬA")).toBe(true);
  });

  it("never starts a csv cell with a character that runs, except a plain negative number", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const safe = guarded(text);
        expect(/^[=+@\t\r|%]|^-(?!\d[\d.,]*$)/.test(safe)).toBe(false);
        expect(unguarded(safe)).toBe(text);
      }),
    );
  });

  it("holds in .xlsx only text cells in text format, never a formula", async () => {
    const bytes = await write([{ A: "=HYPERLINK(1)" }], { format: "xlsx", headers: ["A"], sheetTitle: "a/b:c*[d]?" });
    const book = await readXlsx(bytes, { readStyles: true });
    expect(book.sheets[0]?.name).toBe("a b c  d");
    expect(book.sheets[0]?.rows[1]).toEqual(["=HYPERLINK(1)"]);
    const cell = book.sheets[0]?.cells?.get("1,0");
    expect(cell?.formula).toBeUndefined();
    expect(cell?.style?.numFmt).toBe("@");
  });
});

describe("numbers", () => {
  it("lose nothing when their exponent is written out", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (n) => {
        const text = withoutExponent(String(n));
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(text)).toBe(n === 0 ? 0 : n);
        expect(Number(exactNumber(n.toExponential(17)))).toBe(n === 0 ? 0 : n);
      }),
    );
  });
});

describe("a template", () => {
  const columns = [
    { header: "Tên", note: "Tên công nghệ.", required: true, example: "Nhân giống dừa sáp" },
    { header: "Loại", note: "Loại hàng.", required: false, choices: ["CÔNG NGHỆ", "x,y", "=1"], example: "CÔNG NGHỆ" },
  ];

  it("has marked headers, drop-downs from a hidden sheet and instructions, and comes back under its bare headers", async () => {
    const bytes = await writeTemplate({ columns, sheetTitle: "Chào bán", instructions: ["Điền từ dòng 2."] });
    const book = await readXlsx(bytes, { readStyles: true });
    expect(book.sheets.map((sheet) => sheet.name)).toEqual(["Chào bán", "Hướng dẫn", "_lists"]);
    expect(book.sheets[0]?.rows[0]).toEqual(["Tên (*)", "Loại"]);
    expect(book.sheets[0]?.dataValidations?.[1]).toMatchObject({ type: "list", formula1: "_lists!$B$1:$B$3" });
    expect(book.sheets[1]?.rows.flat()).toContain("Nhân giống dừa sáp");
    expect(book.sheets[2]?.veryHidden).toBe(true);
    expect(book.sheets[2]?.rows.map((row) => row[1])).toEqual(["CÔNG NGHỆ", "x,y", "=1"]);
    const { fault } = await readAll(bytes, { format: "xlsx", columns: { required: ["Tên"], allowed: ["Loại"] } });
    expect(fault).toMatchObject({ fault: "sheet.no_rows" });
    expect(await openXlsx(bytes)).toBeDefined();
    for await (const piece of pieces(bytes)) expect(piece.length).toBeGreaterThan(0);
  });
});
