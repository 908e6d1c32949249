import { beforeAll, describe, expect, test } from "vitest";
import { importer, offer, sheetFile, textFile, whysOn } from "../../../../test/support/imports.ts";
import { openWorld, type World } from "../../../../test/support/world.ts";
import { newId } from "../../../kernel/id.ts";
import { runAccepting } from "./import.accept.actions.ts";
import { resumeImports } from "./import.jobs.ts";
import { runStaging } from "./import.stage.actions.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});

describe("the same source again", () => {
  test("the second run updates and does not double; what the owner added stays", async () => {
    const she = await importer(world);
    const rows = [offer({ "Mã tại nguồn": "D1" }), offer({ "Mã tại nguồn": "D2" })];
    await she.decide(await she.send(await sheetFile(rows, "csv")), "accept-all");
    const [first] = await she.listings();
    await world.db
      .updateTable("listing")
      .set({ draft: JSON.stringify({ ...(first?.draft as object), warranty: "12 tháng" }) })
      .where("id", "=", first?.id ?? "")
      .execute();
    const again = await she.send(
      await sheetFile(
        [{ ...rows[0], "Tiêu đề": "Quy trình sấy cơm dừa, bản 2" }, rows[1] ?? {}] as Record<string, string>[],
        "xlsx",
      ),
    );
    await she.decide(again, "accept-all");
    expect(await she.batch(again)).toMatchObject({
      state: "ACCEPTED",
      records_created: 0,
      records_updated: 1,
      records_unchanged: 1,
    });
    const listings = await she.listings();
    expect(listings.map((one) => one.version)).toEqual([2, 1]);
    expect(listings[0]?.draft).toMatchObject({ title: "Quy trình sấy cơm dừa, bản 2", warranty: "12 tháng" });
  });

  test("a listing that waits for review is left alone and reported", async () => {
    const she = await importer(world);
    const rows = [offer({ "Mã tại nguồn": "E1" }), offer({ "Mã tại nguồn": "E2" })];
    await she.decide(await she.send(await sheetFile(rows, "csv")), "accept-all");
    await world.db
      .updateTable("listing")
      .set({ state: "SUBMITTED" })
      .where("organisation_id", "=", she.organisation.id)
      .where("source_id", "=", "E1")
      .execute();
    const again = await she.send(
      await sheetFile(
        rows.map((row) => ({ ...row, "Tiêu đề": "Máy ép dầu dừa công suất lớn" })),
        "csv",
      ),
    );
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
  const many = (count: number) =>
    textFile(
      Array.from({ length: count }, (_, i) =>
        JSON.stringify({ sourceId: `M${i}`, goodsKind: "EQUIPMENT", title: `Máy sấy cơm dừa số ${i} ngàn` }),
      ).join("\n"),
      "tep.jsonl",
    );
  const dieAt =
    (chunk: number) =>
    ({ done }: { done: number }) => {
      if (done >= chunk) throw new Error("the power is gone");
    };

  test("staging begins again and ends whole", async () => {
    const she = await importer(world);
    const answer = await she.caller.post("/khong-gian/nhap-du-lieu/moi", {
      kind: "OFFERS",
      organisationId: she.organisation.id,
      source: "X",
      file: many(2_500),
    });
    const address = answer.headers.get("location") ?? "";
    const { id } = await she.batch(address);
    await expect(runStaging(world.deps, id, dieAt(2_000))).rejects.toThrow("the power is gone");
    expect((await she.batch(address)).state).toBe("STAGING");
    await she.work();
    expect(await she.batch(address)).toMatchObject({ state: "STAGED", rows_read: 2_500, rows_valid: 2_500 });
  });

  test("a node that starts puts what was left under way into the queue at once", async () => {
    const she = await importer(world);
    const address = await she.send(many(3));
    const { id } = await she.batch(address);
    await world.db.updateTable("import_batch").set({ state: "STAGING" }).where("id", "=", id).execute();
    await she.work();
    expect((await she.batch(address)).state, "nothing is queued").toBe("STAGING");
    await resumeImports({ ...world.deps, clock: { now: () => new Date(Date.now() + 60_000) } });
    await she.work();
    expect(await she.batch(address)).toMatchObject({ state: "STAGED", rows_read: 3 });
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
  const foreign = () =>
    textFile(`ma;loai;ten goi\nH${newId().slice(-4)};TECHNOLOGY;Hệ thống tưới nhỏ giọt cho vườn dừa\n`, "tep.csv");
  test("somebody says what they are, and it is remembered for the source", async () => {
    const she = await importer(world);
    const address = await she.send(foreign(), { source: "Sở bạn" });
    expect((await she.batch(address)).state).toBe("MAPPING");
    const twice = await she.caller.post(`${address}/cot`, {
      column0: "sourceId",
      column1: "sourceId",
      column2: "title",
    });
    expect([twice.status, ...whysOn(await twice.text())]).toEqual([
      422,
      "sheet.missing_columns",
      "import.map.twice",
      "import.map.twice",
    ]);
    expect((await she.caller.post(`${address}/cot`, { column0: "sourceId", column2: "title" })).status).toBe(422);
    expect(
      (await she.caller.post(`${address}/cot`, { column0: "sourceId", column1: "goodsKind", column2: "title" })).status,
    ).toBe(303);
    await she.work();
    expect(await she.batch(address)).toMatchObject({ state: "STAGED", rows_valid: 1 });
    expect((await she.batch(await she.send(foreign(), { source: "Sở bạn" }))).state).toBe("STAGED");
    expect((await she.batch(await she.send(foreign(), { source: "Nguồn khác" }))).state).toBe("MAPPING");
  });
});
