import { beforeAll, describe, expect, test } from "vitest";
import { importer, offer, sheetFile, textFile, whysOn } from "../../../../test/support/imports.ts";
import { openWorld, type World } from "../../../../test/support/world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});

describe("a file on its way in", () => {
  test.each(["xlsx", "csv", "jsonl"] as const)(
    "a good .%s is read, reported, and becomes drafts only when accepted",
    async (format) => {
      const she = await importer(world);
      const address = await she.send(
        await sheetFile(
          [offer({ "Mã tại nguồn": "A1" }), offer({ "Mã tại nguồn": "A2", "Từ khóa": "dừa; sấy" })],
          format,
        ),
      );
      expect(await she.batch(address)).toMatchObject({ state: "STAGED", rows_read: 2, rows_valid: 2, rows_bad: 0 });
      expect(await she.listings()).toEqual([]);
      expect((await she.decide(address, "accept-all")).status).toBe(303);
      expect(await she.batch(address)).toMatchObject({ state: "ACCEPTED", rows_written: 2, records_created: 2 });
      const listings = await she.listings();
      expect(listings.map((one) => [one.source_id, one.state, one.kind, one.goods_kind])).toEqual([
        ["A1", "DRAFT", "OFFER", "TECHNOLOGY"],
        ["A2", "DRAFT", "OFFER", "TECHNOLOGY"],
      ]);
      expect(listings[1]?.draft).toMatchObject({
        title: "Quy trình sấy cơm dừa bằng bơm nhiệt",
        keywords: ["dừa", "sấy"],
        visibility: "PUBLIC",
      });
      const events = await world.db
        .selectFrom("event")
        .select("verb")
        .where("subject", "=", "listing")
        .where("subject_id", "=", listings[0]?.id ?? "")
        .execute();
      expect(events.map((event) => event.verb)).toEqual(["create"]);
    },
  );

  test("the template comes with our columns and is read back as it is", async () => {
    const she = await importer(world);
    const answer = await she.caller.get("/khong-gian/nhap-du-lieu/mau/chao-ban");
    expect(answer.status).toBe(200);
    const address = await she.send(new File([await answer.arrayBuffer()], "mau.xlsx"));
    expect(await she.batch(address)).toMatchObject({ state: "REFUSED", file_fault: "sheet.no_rows" });
    expect((await she.caller.get("/khong-gian/nhap-du-lieu/mau/giao-dich")).status).toBe(404);
  });

  test("progress is told in JSON", async () => {
    const she = await importer(world);
    const address = await she.send(await sheetFile([offer()], "csv"));
    expect(await (await she.caller.get(`${address}/tien-do.json`)).json()).toMatchObject({
      done: 1,
      finished: true,
      state: "STAGED",
      valid: 1,
      bad: 0,
    });
  });

  test("another organisation's import is not there", async () => {
    const she = await importer(world);
    const he = await importer(world);
    const address = await she.send(await sheetFile([offer({ "Tiêu đề": "ngắn" })], "csv"));
    for (const path of [address, `${address}/tien-do.json`, `${address}/dong-loi`])
      expect((await he.caller.get(path)).status).toBe(404);
    expect((await he.caller.post(address, { decision: "accept-valid" })).status).toBe(404);
    expect((await he.caller.post(`${address}/cot`, {})).status).toBe(404);
    expect(await he.page("/khong-gian/nhap-du-lieu")).not.toContain(address);
    const foreign = await he.caller.post("/khong-gian/nhap-du-lieu/moi", {
      kind: "OFFERS",
      organisationId: she.organisation.id,
      source: "X",
      file: await sheetFile([offer()], "csv"),
    });
    expect(foreign.status).toBe(422);
  });
});

describe("faults of the file refuse all", () => {
  const refused = async (file: File) => {
    const she = await importer(world);
    const address = await she.send(file);
    const batch = await she.batch(address);
    const rows = await world.db
      .selectFrom("import_row")
      .select("row_number")
      .where("batch_id", "=", batch.id)
      .execute();
    expect(rows).toEqual([]);
    expect(await she.listings()).toEqual([]);
    expect(whysOn(await she.page(address))).toContain(batch.file_fault);
    expect((await she.decide(address, "accept-valid")).status).toBe(422);
    return batch;
  };

  test("wrong columns are named, and nothing is read", async () => {
    expect(await refused(textFile("Cột lạ;Tên hàng\nx;y\n", "tep.csv"))).toMatchObject({
      state: "MAPPING",
      file_fault: "sheet.missing_columns",
    });
  });

  test("200,000 rows are too many", async () => {
    const lines = Array.from(
      { length: 200_000 },
      (_, i) => `{"sourceId":"${i}","goodsKind":"EQUIPMENT","title":"Máy sấy cơm dừa"}`,
    );
    expect(await refused(textFile(lines.join("\n"), "tep.jsonl"))).toMatchObject({
      state: "REFUSED",
      file_fault: "sheet.too_many_rows",
      rows_read: 0,
    });
  });

  test("a zip bomb does not go off", async () => {
    const { swelling, xlsx, main } = await import("../../../platform/sheet/sheet.support.ts");
    const bomb = xlsx({ sheet: swelling(`<worksheet ${main}><sheetData>`, "<row></row>", 90) });
    expect(await refused(new File([new Uint8Array(bomb)], "tep.xlsx"))).toMatchObject({
      state: "REFUSED",
      file_fault: "sheet.zip_bomb",
    });
  });

  test("what is no spreadsheet is refused at the door", async () => {
    const she = await importer(world);
    const answer = await she.caller.post("/khong-gian/nhap-du-lieu/moi", {
      kind: "OFFERS",
      organisationId: she.organisation.id,
      source: "X",
      file: textFile("MZ\u0000", "tep.xlsx"),
    });
    expect(answer.status).toBe(422);
    expect(whysOn(await answer.text())).toContain("file.content_differs");
  });
});

describe("faults of rows", () => {
  test("each bad row is told by row, column and reason, and the good ones go in by choice", async () => {
    const she = await importer(world);
    const rows = [
      offer({ "Mã tại nguồn": "B1" }),
      offer({ "Mã tại nguồn": "B2", "Tiêu đề": "ngắn", "Mức độ sẵn sàng (TRL)": "bảy" }),
      offer({ "Mã tại nguồn": "B3", "Loại hàng hóa": "Bánh kẹo", "Giá từ": "nhiều tiền" }),
      offer({ "Mã tại nguồn": "B1", "Mức độ sẵn sàng (TRL)": "12" }),
      offer({ "Mã tại nguồn": "", "Loại quyền sở hữu trí tuệ": "Sáng chế" }),
    ];
    const address = await she.send(await sheetFile(rows, "csv"));
    expect(await she.batch(address)).toMatchObject({ state: "STAGED", rows_valid: 1, rows_bad: 4 });
    const html = await she.page(address);
    expect(whysOn(html)).toEqual([
      "import.value.not_number",
      "listing.title.too_short",
      "import.value.not_choice",
      "field.money.invalid",
      "import.value.range",
      "import.row.duplicate",
      "field.required",
      "field.required",
    ]);
    expect(html).toContain("Giá từ: Số tiền không hợp lệ");
    expect(html).toContain("Mã tại nguồn: Mã đã có ở dòng 2.");
    expect(html).toContain("Giá trị phải từ 1 đến 9, tệp ghi 12.");
    expect((await she.decide(address, "accept-all")).status).toBe(422);
    expect(await she.listings()).toEqual([]);
    expect((await she.decide(address, "accept-valid")).status).toBe(303);
    expect((await she.listings()).map((one) => one.source_id)).toEqual(["B1"]);
  });

  test("a file without one valid row says so and asks for a mended one", async () => {
    const she = await importer(world);
    const html = await she.page(await she.send(await sheetFile([offer({ "Tiêu đề": "ngắn" })], "csv")));
    expect(html).toContain("Không có dòng hợp lệ");
    expect(html).toContain("Gửi tệp đã sửa");
    expect(html).not.toContain('value="accept');
  });

  test("what is missing of a new import is named at once, the file too", async () => {
    const she = await importer(world);
    const answer = await she.caller.post("/khong-gian/nhap-du-lieu/moi", { kind: "", source: "" });
    expect(answer.status).toBe(422);
    const whys = whysOn(await answer.text());
    for (const why of ["field.choice.invalid", "import.source.invalid", "file.missing"]) expect(whys).toContain(why);
  });

  test("a formula is a fault of its row", async () => {
    const she = await importer(world);
    const address = await she.send(
      textFile(
        'Mã tại nguồn;Loại hàng hóa;Tiêu đề\nF1;Công nghệ;=HYPERLINK("http://x")\nF2;Công nghệ;Máy bóc vỏ dừa tự động\n',
        "tep.csv",
      ),
    );
    expect(await she.batch(address)).toMatchObject({ rows_valid: 1, rows_bad: 1 });
    expect(whysOn(await she.page(address))).toEqual(["sheet.formula"]);
  });

  test.each(["xlsx", "csv", "jsonl"] as const)("the .%s of bad rows is mended and sent again", async (format) => {
    const she = await importer(world);
    const address = await she.send(
      await sheetFile([offer({ "Mã tại nguồn": "C1" }), offer({ "Mã tại nguồn": "C2", "Tiêu đề": "ngắn" })], format),
    );
    await she.decide(address, "accept-valid");
    const answer = await she.caller.get(`${address}/dong-loi`);
    const { readSheet, isFileFault } = await import("../../../platform/sheet/index.ts");
    const mended: Record<string, string>[] = [];
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (format === "csv") expect(new TextDecoder().decode(bytes)).toContain("Tiêu đề: Tên cần ít nhất 10 ký tự.");
    for await (const item of readSheet(
      (async function* () {
        yield bytes;
      })(),
      { format },
    ))
      if (!isFileFault(item))
        mended.push({ ...item.cells, "Tiêu đề": "Máy bóc vỏ dừa tự động" } as Record<string, string>);
    const second = await she.send(await sheetFile(mended, format));
    await she.decide(second, "accept-all");
    expect((await she.listings()).map((one) => one.source_id)).toEqual(["C1", "C2"]);
  });
});
