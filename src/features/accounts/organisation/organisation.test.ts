import { expect, test } from "vitest";
import { openWorld } from "../../../../test/support/world.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { newId } from "../../../kernel/id.ts";
import { codeColumns, keptCode, openCitizenCode } from "./citizen.ts";
import { organisationByTaxCode } from "./organisation.queries.ts";
import { taxCheckDigit } from "./organisation.rules.ts";
import { verificationFileReader } from "./verification.actions.ts";

const world = await openWorld();
/** A tax code that nobody has: the check digit counted, not guessed. */
function newTaxCode(): string {
  for (;;) {
    const nine = String(Math.floor(Math.random() * 1e9)).padStart(9, "0");
    const digit = taxCheckDigit(nine);
    if (digit !== undefined) return nine + digit;
  }
}
const newCitizenId = () => `08${Math.floor(1e9 + Math.random() * 9e9)}`;
const someone = async (): Promise<Actor> => world.makeActor(await world.makeOrganisation());
const facts = (over: Record<string, string> = {}) => ({
  legalName: "Hợp tác xã Dừa sáp Thử",
  orgType: "COOPERATIVE",
  taxCode: newTaxCode(),
  ...over,
});
const pdf = (name = "giay-dang-ky.pdf") =>
  new File(["%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"], name, { type: "application/pdf" });
const operator = async () =>
  world.makeActor(await world.makeOrganisation({ orgType: "STATE_AGENCY" }), "EXCHANGE_OPERATOR");

async function foundBy(actor: Actor, over: Record<string, string> = {}) {
  const answer = await world.as(actor).post("/khong-gian/to-chuc/moi", facts(over));
  expect(answer.status).toBe(303);
  const slug = (answer.headers.get("location") ?? "").split("/").at(-1) ?? "";
  return world.db
    .selectFrom("organisation")
    .select(["id", "slug", "code", "verification_state", "version", "tax_code"])
    .where("slug", "=", slug)
    .executeTakeFirstOrThrow();
}
/** The same person once their new roles are read. */
async function reread(actor: Actor): Promise<Actor> {
  const rows = await world.db
    .selectFrom("membership")
    .innerJoin("organisation as o", "o.id", "membership.organisation_id")
    .select(["o.id", "o.legal_name", "role"])
    .where("person_id", "=", actor.personId)
    .where("valid_to", "is", null)
    .execute();
  Object.assign(actor, {
    memberships: rows.map((r) => ({ organisationId: r.id, organisationName: r.legal_name, role: r.role })),
  });
  return actor;
}

test("who declares an organisation manages it, and it has a code and an event", async () => {
  const actor = await someone();
  const made = await foundBy(actor);
  expect(made.code).toMatch(/^TC-\d{4}-\d{4}$/);
  await reread(actor);
  expect(actor.memberships.map((m) => m.role).sort()).toEqual(["MEMBER_BUYER", "MEMBER_SELLER", "UNIT_HEAD"]);
  expect((await world.as(actor).get(`/khong-gian/to-chuc/${made.slug}`)).status).toBe(200);
  const events = await world.db
    .selectFrom("event")
    .select("verb")
    .where("subject_id", "=", made.id)
    .orderBy("id")
    .execute();
  expect(events.map((e) => e.verb)).toEqual(["create", "grant_role", "grant_role", "grant_role"]);
});

test("a tax code that another has is refused at its field, and what was typed stays", async () => {
  const made = await foundBy(await someone());
  const answer = await world
    .as(await someone())
    .post("/khong-gian/to-chuc/moi", facts({ taxCode: made.tax_code ?? "", legalName: "Công ty Trùng mã" }));
  const html = await answer.text();
  expect(answer.status).toBe(422);
  expect(html).toContain('id="o-taxCode-why"');
  expect(html).toContain('data-why="organisation.tax_code.taken"');
  expect(html).toContain("Công ty Trùng mã");
});

test("a household's citizen id is kept sealed, is shown by its end, and belongs to one organisation", async () => {
  const [actor, taxCode] = [await someone(), newCitizenId()];
  const household = { orgType: "HOUSEHOLD", taxCode, legalName: "Hộ kinh doanh Thử" };
  const made = await foundBy(actor, household);
  const row = await world.db.selectFrom("organisation").selectAll().where("id", "=", made.id).executeTakeFirstOrThrow();
  expect([row.tax_code, row.citizen_code_end]).toEqual([null, taxCode.slice(-4)]);
  expect(row.citizen_code_sealed?.includes(taxCode)).toBe(false);
  const found = await organisationByTaxCode(world.db, world.deps.secret, taxCode);
  expect(found?.id).toBe(made.id);
  expect(openCitizenCode(world.deps.secret, found?.citizenCode ?? { sealed: Buffer.alloc(0) })).toBe(taxCode);
  await reread(actor);
  const html = await (await world.as(actor).get(`/khong-gian/to-chuc/${made.slug}`)).text();
  expect(html).toContain(`•••• •••• ${taxCode.slice(-4)}`);
  expect(html).not.toContain(taxCode);
  const twice = await world.as(await someone()).post("/khong-gian/to-chuc/moi", facts(household));
  expect([twice.status, await twice.text()]).toEqual([422, expect.stringContaining("organisation.tax_code.taken")]);
});

test("a masked citizen id that comes back with the form stays the one that is kept", async () => {
  const [actor, taxCode] = [await someone(), newCitizenId()];
  const household = { orgType: "HOUSEHOLD", taxCode, legalName: "Hộ kinh doanh Giữ mã" };
  const made = await foundBy(actor, household);
  await reread(actor);
  const masked = { ...facts(household), taxCode: `•••• •••• ${taxCode.slice(-4)}`, street: "Ấp 3", version: "1" };
  expect((await world.as(actor).post(`/khong-gian/to-chuc/${made.slug}`, masked)).status).toBe(303);
  expect((await organisationByTaxCode(world.db, world.deps.secret, taxCode))?.street).toBe("Ấp 3");
  const other = { ...masked, taxCode: "•••• •••• 0000", version: "2" };
  expect((await world.as(actor).post(`/khong-gian/to-chuc/${made.slug}`, other)).status).toBe(422);
});

test("two who declare one tax code at once make one organisation", async () => {
  const fields = facts();
  const [a, b] = [await someone(), await someone()];
  const answers = await Promise.all([a, b].map((actor) => world.as(actor).post("/khong-gian/to-chuc/moi", fields)));
  expect(answers.map((x) => x.status).sort()).toEqual([303, 422]);
});

test("another organisation's page, edit, members and verification are a 404", async () => {
  const made = await foundBy(await someone());
  const stranger = world.as(await someone());
  expect((await stranger.get(`/khong-gian/to-chuc/${made.slug}`)).status).toBe(404);
  for (const [path, fields] of [
    ["", { ...facts(), version: "1" }],
    ["/loi-moi", { contact: "0912345678", role: "EXPERT" }],
    ["/vai-tro", { personId: newId(), role: "EXPERT" }],
    ["/xac-thuc", { files: pdf() }],
    [`/thanh-vien/${newId()}/thoi`, {}],
    [`/loi-moi/${newId()}/thu-hoi`, {}],
  ] as const)
    expect([path, (await stranger.post(`/khong-gian/to-chuc/${made.slug}${path}`, fields)).status]).toEqual([
      path,
      404,
    ]);
});

test("an unverified organisation is not public; a verified one is, without a household's number", async () => {
  const hidden = await world.makeOrganisation({ verified: false });
  expect((await world.as(undefined).get(`/to-chuc/${hidden.slug}`)).status).toBe(404);
  const shown = await world.makeOrganisation({ orgType: "HOUSEHOLD", name: `Hộ kinh doanh ${newId().slice(-5)}` });
  await world.db
    .updateTable("organisation")
    .set(codeColumns(keptCode(world.deps.secret, newCitizenId())))
    .where("id", "=", shown.id)
    .execute();
  const html = await (await world.as(undefined).get(`/to-chuc/${shown.slug}`)).text();
  expect(html).toContain(shown.name);
  expect(html).not.toMatch(/\b08\d{10}\b|••••/);
  const list = await (
    await world.as(undefined).get(`/to-chuc?ten=${encodeURIComponent(shown.name.toLowerCase())}`)
  ).text();
  expect(list).toContain(shown.slug);
});

test("somebody else's change is not overwritten", async () => {
  const actor = await someone();
  const made = await foundBy(actor);
  await reread(actor);
  const fields = { ...facts({ taxCode: made.tax_code ?? "" }), version: "1" };
  expect((await world.as(actor).post(`/khong-gian/to-chuc/${made.slug}`, { ...fields, street: "Ấp 1" })).status).toBe(
    303,
  );
  const late = await world.as(actor).post(`/khong-gian/to-chuc/${made.slug}`, { ...fields, street: "Ấp 2" });
  expect([late.status, await late.text()]).toEqual([422, expect.stringContaining('data-why="record.stale"')]);
});

async function submitted() {
  const actor = await someone();
  const made = await foundBy(actor);
  await reread(actor);
  const answer = await world
    .as(actor)
    .post(`/khong-gian/to-chuc/${made.slug}/xac-thuc`, { note: "Kính gửi", files: [pdf(), pdf("quyet-dinh.pdf")] });
  expect(answer.status).toBe(303);
  const { id } = await world.db
    .selectFrom("verification")
    .select("id")
    .where("organisation_id", "=", made.id)
    .executeTakeFirstOrThrow();
  return { actor, made, id };
}
const stateOf = async (id: string) =>
  (
    await world.db
      .selectFrom("organisation")
      .select("verification_state")
      .where("id", "=", id)
      .executeTakeFirstOrThrow()
  ).verification_state;

test("verification needs evidence, waits in the queue, and an operator decides it once", async () => {
  const { actor, made, id } = await submitted();
  const [one, two] = [await operator(), await operator()];
  expect(await (await world.as(one).get("/van-phong/xac-minh")).text()).toContain(`/van-phong/xac-minh/${id}`);
  const answers = await Promise.all(
    [one, two].map((o) => world.as(o).post(`/van-phong/xac-minh/${id}`, { decision: "VERIFIED" })),
  );
  expect(answers.map((a) => a.status).sort()).toEqual([303, 422]);
  expect(await stateOf(made.id)).toBe("VERIFIED");
  const decided = await world.db
    .selectFrom("event")
    .select("verb")
    .where("subject_id", "=", made.id)
    .where("verb", "=", "verify")
    .execute();
  expect(decided).toHaveLength(1);
  await reread(actor);
  expect(
    (
      await world
        .as(actor)
        .post(`/khong-gian/to-chuc/${made.slug}`, { ...facts({ legalName: "Tên Đổi Sau" }), version: "3" })
    ).status,
  ).toBe(303);
  expect(await stateOf(made.id)).toBe("UNVERIFIED");
});

test("without a file nothing is submitted", async () => {
  const actor = await someone();
  const made = await foundBy(actor);
  await reread(actor);
  const answer = await world.as(actor).post(`/khong-gian/to-chuc/${made.slug}/xac-thuc`, { note: "" });
  expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining("verification.evidence.missing")]);
  expect(await stateOf(made.id)).toBe("UNVERIFIED");
});

test("a refusal gives its reason, and the organisation may ask again", async () => {
  const { actor, made, id } = await submitted();
  const judge = await operator();
  const silent = await world.as(judge).post(`/van-phong/xac-minh/${id}`, { decision: "REJECTED", reason: "" });
  expect([silent.status, await silent.text()]).toEqual([422, expect.stringContaining("verification.reason.missing")]);
  expect(
    (await world.as(judge).post(`/van-phong/xac-minh/${id}`, { decision: "REJECTED", reason: "Giấy tờ bị mờ" })).status,
  ).toBe(303);
  expect(await (await world.as(actor).get(`/khong-gian/to-chuc/${made.slug}`)).text()).toContain("Giấy tờ bị mờ");
  expect((await world.as(actor).post(`/khong-gian/to-chuc/${made.slug}/xac-thuc`, { files: pdf() })).status).toBe(303);
});

test("an operator who is a member, or who sent the request, does not decide it", async () => {
  const { actor, made, id } = await submitted();
  const office = await world.makeOrganisation({ orgType: "STATE_AGENCY" });
  const insider = await world.makeActor(office, "EXCHANGE_OPERATOR");
  Object.assign(insider, {
    memberships: [...insider.memberships, { organisationId: made.id, organisationName: "", role: "EXPERT" }],
  });
  Object.assign(actor, {
    memberships: [{ organisationId: office.id, organisationName: "", role: "EXCHANGE_OPERATOR" }],
  });
  for (const who of [insider, actor]) {
    const answer = await world.as(who).post(`/van-phong/xac-minh/${id}`, { decision: "VERIFIED" });
    expect([answer.status, await answer.text()]).toEqual([
      422,
      expect.stringContaining("verification.own_organisation"),
    ]);
  }
  expect(await stateOf(made.id)).toBe("SUBMITTED");
});

test("evidence is opened by the organisation and by operators, and by nobody else", async () => {
  const { actor, id } = await submitted();
  const { file_id } = await world.db
    .selectFrom("verification_file")
    .select("file_id")
    .where("verification_id", "=", id)
    .executeTakeFirstOrThrow();
  const judge = await operator();
  const status = async (who: Actor | undefined) => (await world.as(who).get(`/tep/${file_id}`)).status;
  expect([await status(actor), await status(judge), await status(await someone()), await status(undefined)]).toEqual([
    200, 200, 404, 404,
  ]);
  expect(await verificationFileReader(world.db, judge, newId())).toBe(false);
});
