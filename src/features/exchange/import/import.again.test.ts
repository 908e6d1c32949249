import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { openWorld, type World } from "../../../../test/support/world.ts";
import { newId } from "../../../kernel/id.ts";
import { runAccepting } from "./import.accept.actions.ts";
import { importCommand } from "./import.command.ts";
import { readMapFile } from "./import.mapping.ts";
import { runStaging } from "./import.stage.actions.ts";
import { importer, offer, sheetFile, textFile, whysOn } from "./import.support.ts";

let world: World;
let folder: string;
beforeAll(async () => {
  world = await openWorld();
  folder = await mkdtemp(path.join(tmpdir(), "opensan-import-test-"));
  await world.makeActor(await world.makeOrganisation({ name: "Đơn vị vận hành sàn" }), "EXCHANGE_OPERATOR");
});

describe("the same source again", () => {
  test("the second run updates and does not double; what the owner added stays", async () => {
    const she = await importer(world);
    const rows = [offer({ "Mã tại nguồn": "D1" }), offer({ "Mã tại nguồn": "D2" })];
    await she.decide(await she.send(await sheetFile(rows, "csv")), "accept-all");
    const [first] = await she.listings();
    await world.db.updateTable("listing").set({ draft: JSON.stringify({ ...(first?.draft as object), warranty: "12 tháng" }) }).where("id", "=", first?.id ?? "").execute();
    const again = await she.send(await sheetFile([{ ...rows[0], "Tiêu đề": "Quy trình sấy cơm dừa, bản 2" }, rows[1] ?? {}] as Record<string, string>[], "xlsx"));
    await she.decide(again, "accept-all");
    expect(await she.batch(again)).toMatchObject({ state: "ACCEPTED", records_created: 0, records_updated: 1, records_unchanged: 1 });
    const listings = await she.listings();
    expect(listings.map((one) => one.version)).toEqual([2, 1]);
    expect(listings[0]?.draft).toMatchObject({ title: "Quy trình sấy cơm dừa, bản 2", warranty: "12 tháng" });
  });

  test("a listing that waits for review is left alone and reported", async () => {
    const she = await importer(world);
    const rows = [offer({ "Mã tại nguồn": "E1" }), offer({ "Mã tại nguồn": "E2" })];
    await she.decide(await she.send(await sheetFile(rows, "csv")), "accept-all");
    await world.db.updateTable("listing").set({ state: "SUBMITTED" }).where("organisation_id", "=", she.organisation.id).where("source_id", "=", "E1").execute();
    const again = await she.send(await sheetFile(rows.map((row) => ({ ...row, "Tiêu đề": "Máy ép dầu dừa công suất lớn" })), "csv"));
    await she.decide(again, "accept-all");
    expect(await she.batch(again)).toMatchObject({ state: "ACCEPTED", records_updated: 1, rows_bad: 1 });
    expect(whysOn(await she.page(again))).toEqual(["import.row.locked"]);
  });

  test("a listing may be an offer or a need, not both", async () => {
    const she = await importer(world);
    await she.decide(await she.send(await sheetFile([offer({ "Mã tại nguồn": "G1" })], "csv")), "accept-all");
    const again = await she.send(await sheetFile([offer({ "Mã tại nguồn": "G1" })], "csv"), { kind: "REQUESTS" });
    await she.decide(again, "accept-all");
    expect(whysOn(await she.page(again))).toEqual(["import.row.other_kind"]);
  });
});

describe("a process that dies in the middle", () => {
  const many = (count: number) => textFile(Array.from({ length: count }, (_, i) => JSON.stringify({ sourceId: `M${i}`, goodsKind: "EQUIPMENT", title: `Máy sấy cơm dừa số ${i} ngàn` })).join("\n"), "tep.jsonl");
  const dieAt = (chunk: number) => ({ done }: { done: number }) => {
    if (done >= chunk) throw new Error("the power is gone");
  };

  test("staging begins again and ends whole", async () => {
    const she = await importer(world);
    const answer = await she.caller.post("/khong-gian/nhap-du-lieu/moi", { kind: "OFFERS", organisationId: she.organisation.id, source: "X", file: many(2_500) });
    const address = answer.headers.get("location") ?? "";
    const { id } = await she.batch(address);
    await expect(runStaging(world.deps, id, dieAt(2_000))).rejects.toThrow("the power is gone");
    expect((await she.batch(address)).state).toBe("STAGING");
    await she.work();
    expect(await she.batch(address)).toMatchObject({ state: "STAGED", rows_read: 2_500, rows_valid: 2_500 });
  });

  test("accepting goes on where it ended, and no listing is made twice", async () => {
    const she = await importer(world);
    const address = await she.send(many(2_500));
    await she.caller.post(address, { decision: "accept-all" });
    const { id } = await she.batch(address);
    await expect(runAccepting(world.deps, id, dieAt(1_000))).rejects.toThrow("the power is gone");
    expect(await she.batch(address)).toMatchObject({ state: "ACCEPTING", rows_written: 1_000 });
    expect((await she.listings()).length).toBe(1_000);
    await she.work();
    expect(await she.batch(address)).toMatchObject({ state: "ACCEPTED", rows_written: 2_500, records_created: 2_500 });
    expect(new Set((await she.listings()).map((one) => one.source_id)).size).toBe(2_500);
  });
});

describe("columns that are not ours", () => {
  const foreign = () => textFile(`ma;loai;ten goi\nH${newId().slice(-4)};TECHNOLOGY;Hệ thống tưới nhỏ giọt cho vườn dừa\n`, "tep.csv");
  test("somebody says what they are, and it is remembered for the source", async () => {
    const she = await importer(world);
    const address = await she.send(foreign(), { source: "Sở bạn" });
    expect((await she.batch(address)).state).toBe("MAPPING");
    const twice = await she.caller.post(`${address}/cot`, { column0: "sourceId", column1: "sourceId", column2: "title" });
    expect([twice.status, ...whysOn(await twice.text())]).toEqual([422, "sheet.missing_columns", "import.map.twice", "import.map.twice"]);
    expect((await she.caller.post(`${address}/cot`, { column0: "sourceId", column2: "title" })).status).toBe(422);
    expect((await she.caller.post(`${address}/cot`, { column0: "sourceId", column1: "goodsKind", column2: "title" })).status).toBe(303);
    await she.work();
    expect(await she.batch(address)).toMatchObject({ state: "STAGED", rows_valid: 1 });
    expect((await she.batch(await she.send(foreign(), { source: "Sở bạn" }))).state).toBe("STAGED");
    expect((await she.batch(await she.send(foreign(), { source: "Nguồn khác" }))).state).toBe("MAPPING");
  });
});

describe("the command line", () => {
  const mapText = `source: Danh mục quốc tế
kind: offers
columns:
  sourceId: { from: id }
  goodsKind: { from: type, map: { software: TECHNOLOGY, machine: EQUIPMENT } }
  title: { template: "{name} ({centre})", max: 40 }
  keywords: { from: tags, take: 2 }
  priceFrom: { from: price, default: 0 }
`;
  const lines = [
    { id: "x1", type: "Software", name: "Flood forecast", centre: "HYD", tags: ["water", "flood", "model"], price: 1200000 },
    { id: "x2", type: "machine", name: "A dryer for coconut meat with a very long name indeed", centre: "AGR", tags: [] },
    { id: "x3", type: "poem", name: "Not a technology", centre: "ART" },
  ];
  const files = async (from = lines) => {
    const here = path.join(folder, newId());
    await writeFile(`${here}.jsonl`, from.map((line) => JSON.stringify(line)).join("\n"));
    await writeFile(`${here}.yaml`, mapText);
    return { file: `${here}.jsonl`, map: `${here}.yaml`, bad: `${here}.loi.jsonl` };
  };

  test("a dry run says the same as a real one and leaves nothing", async () => {
    const owner = await world.makeOrganisation();
    const { file, map, bad } = await files();
    const count = () => world.db.selectFrom("import_batch").select((eb) => eb.fn.countAll().as("n")).executeTakeFirst();
    const before = await count();
    const report = await importCommand(world.deps, { kind: "offers", file, map, organisation: owner.slug, dryRun: true });
    expect(report).toMatchObject({ ok: true, accepted: false, read: 3, valid: 2, bad: 1, written: 0, badRowsFile: bad });
    expect(JSON.parse(await readFile(bad, "utf8"))).toMatchObject({ id: "x3", "Lỗi cần sửa": "type: Giá trị không có trong danh sách: poem." });
    expect(await count()).toEqual(before);
    expect(await world.db.selectFrom("listing").select("id").where("organisation_id", "=", owner.id).execute()).toEqual([]);
  });

  test("a mapping is worked, rows at fault wait for the choice, and the second run changes nothing", async () => {
    const owner = await world.makeOrganisation();
    const { file, map } = await files();
    const asked = { kind: "offers", file, map, organisation: owner.slug } as const;
    expect(await importCommand(world.deps, asked)).toMatchObject({ accepted: false, valid: 2, bad: 1, written: 0 });
    expect(await importCommand(world.deps, { ...asked, onlyValid: true })).toMatchObject({ accepted: true, written: 2, created: 2, bad: 1 });
    expect(await importCommand(world.deps, { ...asked, onlyValid: true })).toMatchObject({ accepted: true, created: 0, updated: 0, unchanged: 2 });
    const listings = await world.db.selectFrom("listing").select(["draft", "goods_kind", "source"]).where("organisation_id", "=", owner.id).orderBy("source_id").execute();
    expect(listings).toMatchObject([
      { goods_kind: "TECHNOLOGY", source: "Danh mục quốc tế", draft: { title: "Flood forecast (HYD)", keywords: ["water", "flood"], price: { from: "1200000", kind: "INDICATIVE" } } },
      { goods_kind: "EQUIPMENT", draft: { title: "A dryer for coconut meat with a very lo…" } },
    ]);
  });

  test("publishing straight away is for a verified owner, and what misses something stays a draft", async () => {
    const owner = await world.makeOrganisation();
    const rows = [
      { sourceId: "P1", goodsKind: "EQUIPMENT", title: "Máy sấy cơm dừa hai tấn", need: "Cần máy sấy hai tấn mỗi ngày.", summaryPublic: "Cần máy sấy.", stField: "203" },
      { sourceId: "P2", goodsKind: "EQUIPMENT", title: "Máy ép dầu dừa năm tấn" },
    ];
    const file = path.join(folder, `${newId()}.jsonl`);
    await writeFile(file, rows.map((row) => JSON.stringify(row)).join("\n"));
    const report = await importCommand(world.deps, { kind: "requests", file, organisation: owner.slug, publish: true });
    expect(report).toMatchObject({ ok: true, accepted: true, created: 2, published: 1 });
    const states = await world.db.selectFrom("listing").select(["source_id", "state"]).where("organisation_id", "=", owner.id).orderBy("source_id").execute();
    expect(states.map((one) => one.state)).toEqual(["PUBLISHED", "DRAFT"]);
    const unverified = await world.makeOrganisation({ verified: false });
    expect(await importCommand(world.deps, { kind: "requests", file, organisation: unverified.slug, publish: true })).toMatchObject({ ok: false, why: "import.publish.not_allowed" });
  });

  test("faults of a mapping file name their lines", () => {
    const read = readMapFile(mapText.replace("{ from: id }", "{ form: id }").replace("keywords:", "keyword:"));
    expect(read).toMatchObject({ ok: false });
    if (!read.ok) expect(read.faults.map((fault) => fault.split(":")[0]).sort()).toEqual(["line 4", "line 4", "line 7"].sort());
  });

  test("the shipped mapping files are whole", async () => {
    for (const name of ["nasa-software-offers", "eu-funding-demands"]) expect(readMapFile(await readFile(`mappings/${name}.yaml`, "utf8"))).toMatchObject({ ok: true });
  });
});
