import { beforeAll, expect, test } from "vitest";
import { openWorld, type World } from "../../../../test/support/world.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { stoppedClock } from "../../../kernel/clock.ts";
import type { ReadingJson } from "../indicator/indicator.json.ts";

let world: World;
let officer: Actor;
beforeAll(async () => {
  world = (await openWorld()).at(stoppedClock("2160-06-15T03:00:00Z"));
  officer = await world.makeActor(await world.makeOrganisation({ orgType: "STATE_AGENCY" }), "PROGRAMME_OFFICER");
});
const pdf = () =>
  new File(["%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"], "bien-ban.pdf", {
    type: "application/pdf",
  });
const counted = async (query: string): Promise<number> => {
  const all = (await (await world.as(undefined).get(`/chi-tieu.json?${query}`)).json()) as ReadingJson[];
  return all.find((one) => one.key === "INTERMEDIARIES")?.value ?? Number.NaN;
};
const record = async (): Promise<string> => {
  const organisation = await world.makeOrganisation({ orgType: "INTERMEDIARY" });
  const answer = await world
    .as(officer)
    .post("/van-phong/trung-gian", { organisation: organisation.slug, kind: "TRADE_CENTRE", formedOn: "01/02/2160" });
  expect(answer.status).toBe(303);
  return answer.headers.get("location") ?? "";
};
const connection = { version: "1", connectedOn: "01/05/2160", documentTitle: "Biên bản kết nối", documentNumber: "" };

test("an intermediary counts from its connection, with evidence, and no longer when that is withdrawn", async () => {
  const before = await counted("nam=2160");
  const at = await record();
  expect(await counted("nam=2160")).toBe(before);
  const bare = await world.as(officer).post(`${at}/ket-noi`, connection);
  expect([bare.status, (await bare.text()).includes('data-why="file.missing"')]).toEqual([422, true]);
  const early = await world
    .as(officer)
    .post(`${at}/ket-noi`, { ...connection, connectedOn: "01/01/2160", file: pdf() });
  expect([early.status, (await early.text()).includes("intermediary.connected_before_formed")]).toEqual([422, true]);
  expect((await world.as(officer).post(`${at}/ket-noi`, { ...connection, file: pdf() })).status).toBe(303);
  expect(await counted("nam=2160")).toBe(before + 1);
  expect(await counted("tu=2160-01-01&den=2160-04-30")).toBe(before);
  expect(await counted("nam=2160&biet-den=2160-06-14")).toBe(before);
  expect(await (await world.as(undefined).get("/chi-tieu/intermediaries?nam=2160")).text()).toContain(
    "Biên bản kết nối",
  );
  expect(await (await world.as(officer).get(at)).text()).toContain("chưa có số");

  const stale = await world.as(officer).post(`${at}/rut`, { version: "1", reason: "Ghi nhận nhầm tổ chức" });
  expect([stale.status, (await stale.text()).includes("record.stale")]).toEqual([422, true]);
  expect((await world.as(officer).post(`${at}/rut`, { version: "2", reason: "Ghi nhận nhầm tổ chức" })).status).toBe(
    303,
  );
  expect(await counted("nam=2160")).toBe(before);
  const later = world.at(stoppedClock("2160-06-20T03:00:00Z"));
  expect((await later.as(officer).post(`${at}/ket-noi`, { ...connection, version: "3", file: pdf() })).status).toBe(
    303,
  );
  expect(await counted("nam=2160")).toBe(before + 1);
});

test("an organisation is recorded once, and a form that was refused comes back whole", async () => {
  const organisation = await world.makeOrganisation({ orgType: "INTERMEDIARY" });
  const fields = { organisation: organisation.slug, kind: "INCUBATOR", formedOn: "01/02/2160" };
  expect((await world.as(officer).post("/van-phong/trung-gian", fields)).status).toBe(303);
  const twice = await world.as(officer).post("/van-phong/trung-gian", fields);
  const html = await twice.text();
  expect([twice.status, html.includes("intermediary.recorded_already"), html.includes(organisation.slug)]).toEqual([
    422,
    true,
    true,
  ]);
  const unknown = await world
    .as(officer)
    .post("/van-phong/trung-gian", { ...fields, organisation: "không có tổ chức này", formedOn: "31/02/2160" });
  expect([unknown.status, (await unknown.text()).includes("field.day.invalid")]).toEqual([422, true]);
});

test("nobody but the programme office sees or writes these records", async () => {
  const member = await world.makeActor(await world.makeOrganisation(), "MEMBER_SELLER");
  expect((await world.as(member).get("/van-phong/trung-gian")).status).toBe(404);
  expect((await world.as(member).post("/van-phong/trung-gian", {})).status).toBe(404);
  expect((await world.as(officer).get("/van-phong/trung-gian/01890000-0000-7000-8000-000000000000")).status).toBe(404);
});
