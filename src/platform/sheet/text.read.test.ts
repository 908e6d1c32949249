import { describe, expect, it } from "vitest";
import { readAll } from "./sheet.support.ts";

const csv = (text: string | Uint8Array, size?: number) => readAll(text, { format: "csv" }, size);
const jsonl = (text: string) => readAll(text, { format: "jsonl" });

describe("csv", () => {
  it("is read with `;`, `,` or tab, with BOM, quotes and line ends of all kinds, however it is cut", async () => {
    for (const separator of [";", ",", "\t"])
      for (const size of [1, 7, 65_536]) {
        const text = `\ufeffTên;Ghi chú\r\n"Dừa; ""sáp""";"hai\r\ndòng"\n\nb;c`.replaceAll(";", separator);
        const { rows, fault } = await csv(text, size);
        expect(fault).toBeUndefined();
        expect(rows.map((row) => [row.number, row.cells])).toEqual([
          [2, { Tên: `Dừa${separator} "sáp"`, "Ghi chú": "hai\ndòng" }],
          [4, { Tên: "b", "Ghi chú": "c" }],
        ]);
      }
  });

  it("obeys a first line sep=", async () => {
    expect((await csv("sep=,\r\nA;B,C\r\n1,2\r\n")).rows[0]?.cells).toEqual({ "A;B": "1", C: "2" });
  });

  it("reports formulas at their cell and keeps signed numbers", async () => {
    const { rows } = await csv("A;B;C\n=1+1;-5;'=x\n");
    expect(rows[0]).toEqual({
      number: 2,
      cells: { B: "-5", C: "=x" },
      faults: [{ fault: "sheet.formula", column: "A", detail: "=1+1" }],
    });
  });

  it("refuses wrong encodings, binary files, broken quotes and double headers", async () => {
    const fault = async (text: string | Uint8Array) => (await csv(text)).fault;
    expect(await fault(Buffer.from("Tên;Giá\nDừa sáp é;1\n", "latin1"))).toMatchObject({ fault: "sheet.bad_encoding" });
    expect(await fault(Buffer.from("\ufeffTên;Giá\n", "utf16le"))).toMatchObject({
      fault: "sheet.bad_encoding",
      detail: "UTF-16",
    });
    expect(await fault(Buffer.from("89504e470d0a1a0a", "hex"))).toMatchObject({ fault: "sheet.not_a_spreadsheet" });
    expect(await fault("A\nb\u0000c\n")).toMatchObject({ fault: "sheet.not_a_spreadsheet" });
    expect(await fault('A\n"không đóng\nb\n')).toMatchObject({ fault: "sheet.damaged" });
    expect(await fault("A;a\n1;2\n")).toMatchObject({ fault: "sheet.duplicate_header" });
    expect(await fault("")).toMatchObject({ fault: "sheet.no_header" });
    expect(await fault("\n\n;;\n")).toMatchObject({ fault: "sheet.no_header" });
    expect(await fault(`A\n${"x\n".repeat(150_001)}`)).toMatchObject({ fault: "sheet.too_many_rows" });
    expect(await fault(`A\n${";".repeat(20_000)}\n`)).toMatchObject({ fault: "sheet.too_many_columns" });
  });

  it("reports a cell of a million characters and goes on", async () => {
    const { rows } = await csv(`A;B\n${"x".repeat(1_000_000)};1\ny;2\n`);
    expect(rows[0]?.faults[0]).toMatchObject({ fault: "sheet.cell_too_long", column: "A" });
    expect(rows[1]?.cells).toEqual({ A: "y", B: "2" });
  });

  it("passes over the column of faults of a mended report", async () => {
    expect((await csv("A;Lỗi cần sửa\n1;Thiếu mã số thuế\n")).rows[0]?.cells).toEqual({ A: "1" });
  });
});

describe("jsonl", () => {
  it("gives nested values as JSON, numbers of a column as exact text, and no empty values", async () => {
    const { rows } = await jsonl('{"a":12345678901234567890,"b":[1,{"c":"é"}],"d":null,"e":"","f":true,"g":0.5}\n');
    expect(rows[0]).toEqual({
      number: 1,
      cells: { a: "12345678901234567890", b: [1, { c: "é" }], f: true, g: "0.5" },
      faults: [],
    });
  });

  it("reports lines that are no object, too long or too deep, and unknown fields, by line", async () => {
    const deep = `{"a":${"[".repeat(400_000)}${"]".repeat(400_000)}}`;
    const long = `{"a":"${"x".repeat(1_100_000)}"}`;
    const text = ["[1]", "{", "", long, deep, '{"Tên":"x","lạ":1,"TÊN KHÁC":"y"}'].join("\n");
    const options = { format: "jsonl", columns: { required: ["tên"], allowed: ["Tên khác"] } } as const;
    const { rows } = await readAll(text, options);
    expect(rows.map((row) => [row.number, row.faults[0]?.fault])).toEqual([
      [1, "sheet.bad_json"],
      [2, "sheet.bad_json"],
      [4, "sheet.line_too_long"],
      [5, "sheet.bad_json"],
      [6, "sheet.unknown_field"],
    ]);
    expect(rows[4]?.cells).toEqual({ tên: "x", "Tên khác": "y" });
  });

  it("refuses an empty file and a wrong encoding", async () => {
    expect((await jsonl("\n")).fault).toMatchObject({ fault: "sheet.no_rows" });
    const latin = await readAll(Buffer.from('{"a":"é"}', "latin1"), { format: "jsonl" });
    expect(latin.fault).toMatchObject({ fault: "sheet.bad_encoding" });
  });
});
