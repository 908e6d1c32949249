import { beforeAll, expect, test } from "vitest";
import { openWorld, type World } from "../../../../test/support/world.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { stoppedClock } from "../../../kernel/clock.ts";
import type { ReadingJson } from "../indicator/indicator.json.ts";
import { stepsDone } from "./milestone.queries.ts";

let world: World;
let officer: Actor;
beforeAll(async () => {
  world = (await openWorld()).at(stoppedClock("2029-06-15T03:00:00Z"));
  officer = await world.makeActor(await world.makeOrganisation({ orgType: "STATE_AGENCY" }), "PROGRAMME_OFFICER");
});
const pdf = () =>
  new File(["%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"], "quyet-dinh.pdf", {
    type: "application/pdf",
  });
const established = async (query: string): Promise<ReadingJson> => {
  const all = (await (await world.as(undefined).get(`/chi-tieu.json?${query}`)).json()) as ReadingJson[];
  const found = all.find((one) => one.key === "EXCHANGE_EST");
  if (!found) throw new Error("no milestone");
  return found;
};
const step = (key: string, over: Record<string, string | File> = {}) => ({
  milestone: "EXCHANGE_EST",
  step: key,
  doneOn: "01/03/2029",
  documentTitle: `Văn bản của bước ${key}`,
  documentNumber: "",
  file: pdf(),
  ...over,
});

test("the exchange is established when all five steps have their documents; a step withdrawn is a step missing", async () => {
  const keys = ["SCHEME", "DECISION", "REGULATION", "ECOMMERCE", "OPENING"];
  for (const [index, key] of keys.entries()) {
    expect(await established("nam=2029")).toMatchObject({ value: index, denominator: "5", met: false });
    expect((await world.as(officer).post("/van-phong/cot-moc", step(key))).status).toBe(303);
  }
  expect(await established("nam=2029")).toMatchObject({
    value: 5,
    met: true,
    target: { year: 2030, kind: "MILESTONE" },
  });
  expect(await established("nam=2028")).toMatchObject({ value: 0, met: false });
  expect(await established("nam=2029&biet-den=2029-06-14")).toMatchObject({ value: 0 });
  expect(await established("nam=2029&pham-vi=chu-luc")).toMatchObject({
    value: null,
    met: null,
    unknown: "NOT_BY_SECTOR",
  });
  const html = await (await world.as(undefined).get("/chi-tieu/exchange-est?nam=2029")).text();
  expect(html).toContain("Văn bản của bước DECISION");
  expect(html).toContain("chưa có số");

  const twice = await world.as(officer).post("/van-phong/cot-moc", step("SCHEME"));
  expect([twice.status, (await twice.text()).includes("milestone.done_already")]).toEqual([422, true]);
  for (const done of await stepsDone(world.db)) {
    expect(
      (await world.as(officer).post(`/van-phong/cot-moc/${done.id}/rut`, { reason: "Văn bản bị thay thế" })).status,
    ).toBe(303);
  }
  expect(await established("nam=2029")).toMatchObject({ value: 0, met: false });
});

test("a step is refused without a document, without a known step, and for a day to come", async () => {
  const refused = async (fields: Record<string, string | File>, why: string) => {
    const answer = await world.as(officer).post("/van-phong/cot-moc", fields);
    expect([answer.status, (await answer.text()).includes(`data-why="${why}"`)]).toEqual([422, true]);
  };
  const { file: _, ...bare } = step("SCHEME");
  await refused(bare as Record<string, string>, "file.missing");
  await refused(step("KHONG_CO"), "field.choice.invalid");
  await refused(step("SCHEME", { doneOn: "16/06/2029" }), "field.day.future");
  await refused(
    step("SCHEME", { file: new File(["<html>"], "a.pdf", { type: "application/pdf" }) }),
    "file.content_differs",
  );
});
