import { beforeAll, describe, expect, test } from "vitest";
import { importer, offer, sheetFile, whysOn } from "../../../../test/support/imports.ts";
import { openWorld, type World } from "../../../../test/support/world.ts";
import { localDay } from "../../../kernel/clock.ts";
import { sweepImportsJob } from "./import.jobs.ts";

/** Imports for another organisation, publication straight away, and what becomes of those nobody decides on. */
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
const home = "/khong-gian/nhap-du-lieu";
const need = (id: string) => ({
  "Mã tại nguồn": id,
  "Loại hàng hóa": "EQUIPMENT",
  "Tiêu đề": "Cần máy sấy cơm dừa hai tấn",
  "Tóm tắt công khai": "Cần máy sấy.",
  "Nhu cầu": "Cần máy sấy hai tấn mỗi ngày.",
  "Lĩnh vực khoa học và công nghệ": "203",
});

async function batchOf(address: string) {
  return world.db
    .selectFrom("import_batch")
    .selectAll()
    .where("code", "=", address.split("/").at(-1) ?? "")
    .executeTakeFirstOrThrow();
}

describe("an operator imports for somebody else", () => {
  test("an operator types the organisation and asks for publication, which another operator grants", async () => {
    const { work } = await importer(world);
    const owner = await world.makeOrganisation({ name: "Trại giống nhập thay một" });
    const sender = world.as(await world.makeActor(await world.makeOrganisation(), "EXCHANGE_OPERATOR"));
    const decider = world.as(await world.makeActor(await world.makeOrganisation(), "EXCHANGE_OPERATOR"));
    const sent = await sender.post(`${home}/moi`, {
      kind: "REQUESTS",
      organisation: owner.name,
      source: "Nhập thay",
      publish: "yes",
      file: await sheetFile([need("N1")], "csv"),
    });
    expect(sent.status).toBe(303);
    const address = sent.headers.get("location") ?? "";
    await work();
    expect(await batchOf(address)).toMatchObject({ state: "STAGED", organisation_id: owner.id, publish: true });
    const own = await sender.post(address, { decision: "publish-all" });
    expect([own.status, whysOn(await own.text())[0]]).toEqual([422, "import.publish.same_person"]);
    expect(await (await decider.get(home)).text()).toContain(address);
    expect(await (await decider.get(address)).text()).toContain('value="publish-all"');
    expect((await decider.post(address, { decision: "publish-all" })).status).toBe(303);
    await work();
    expect(await batchOf(address)).toMatchObject({ state: "ACCEPTED", records_created: 1, records_published: 1 });
  });

  test("an operator cannot ask for publication for an organisation that is not verified", async () => {
    const owner = await world.makeOrganisation({ name: "Trại giống chưa xác minh", verified: false });
    const sender = world.as(await world.makeActor(await world.makeOrganisation(), "EXCHANGE_OPERATOR"));
    const answer = await sender.post(`${home}/moi`, {
      kind: "REQUESTS",
      organisation: owner.name,
      source: "Nhập thay",
      publish: "yes",
      file: await sheetFile([need("N2")], "csv"),
    });
    expect([answer.status, whysOn(await answer.text())[0]]).toEqual([422, "import.publish.not_allowed"]);
  });

  test("an operator who names an organisation that nobody knows is told so", async () => {
    const sender = world.as(await world.makeActor(await world.makeOrganisation(), "EXCHANGE_OPERATOR"));
    const answer = await sender.post(`${home}/moi`, {
      kind: "REQUESTS",
      organisation: "Không có đơn vị nào tên thế này",
      source: "Nhập thay",
      file: await sheetFile([need("N3")], "csv"),
    });
    expect([answer.status, whysOn(await answer.text())[0]]).toEqual([422, "import.organisation.unknown"]);
  });
});

test("a sender who lost the role before the job ran fails the import with the reason, and nothing is written", async () => {
  const she = await importer(world);
  const address = await she.send(await sheetFile([offer()], "csv"));
  await she.caller.post(address, { decision: "accept-all" });
  await world.db
    .updateTable("membership")
    .set({ valid_from: "2020-01-01", valid_to: localDay(new Date(Date.now() - 86_400_000)) })
    .where("person_id", "=", she.actor.personId)
    .execute();
  await she.work();
  expect(await she.batch(address)).toMatchObject({ state: "FAILED", file_fault: "import.sender.lost_role" });
  expect(whysOn(await she.page(address))).toEqual(["import.sender.lost_role"]);
  expect(await she.listings()).toEqual([]);
});

test("what waited for a decision longer than ninety days is cancelled with its rows, and cannot be accepted any more", async () => {
  const she = await importer(world);
  const address = await she.send(await sheetFile([offer()], "csv"));
  const { id } = await she.batch(address);
  const long = new Date(Date.now() - 91 * 86_400_000);
  await world.db.updateTable("import_batch").set({ updated_at: long }).where("id", "=", id).execute();
  await sweepImportsJob.run({}, { ...world.deps, catalogue: world.catalogue });
  expect(await she.batch(address)).toMatchObject({ state: "CANCELLED" });
  const rows = await world.db.selectFrom("import_row").select("row_number").where("batch_id", "=", id).execute();
  expect(rows).toEqual([]);
  expect((await she.decide(address, "accept-all")).status).toBe(422);
});
