import { expect, test } from "vitest";
import {
  lastMessageTo,
  newMail,
  newPhone,
  openSignInWorld,
  passwordForTests,
} from "../../../../test/support/browsers.ts";
import { stoppedClock } from "../../../kernel/clock.ts";
import { newId } from "../../../kernel/id.ts";
import { codeColumns, keptCode } from "../organisation/citizen.ts";
import { readActor, sessionCookieName } from "../session/actor.ts";
import { askErasure, erasePerson, readCitizenId } from "./person.actions.ts";
import { tidyPhone } from "./person.rules.ts";

const world = await openSignInWorld();
const personOf = (contact: string) =>
  world.db
    .selectFrom("person")
    .selectAll()
    .where("phone", "=", tidyPhone(contact) ?? "")
    .executeTakeFirstOrThrow();
const requestOf = (cookies: Map<string, string>) =>
  new Request("http://localhost:3000/", { headers: { cookie: [...cookies].map(([k, v]) => `${k}=${v}`).join("; ") } });
const join = (personId: string, organisationId: string, role: string, from: string, to: string | null = null) =>
  world.db
    .insertInto("membership")
    .values({ id: newId(), person_id: personId, organisation_id: organisationId, role, valid_from: from, valid_to: to })
    .execute();

test("only memberships that hold today count, and the chosen organisation is the current one while it holds", async () => {
  const { browser, contact } = await world.register();
  const { id } = await personOf(contact);
  const [past, now, next, other] = await Promise.all([
    world.makeOrganisation(),
    world.makeOrganisation(),
    world.makeOrganisation(),
    world.makeOrganisation(),
  ]);
  await join(id, past.id, "MEMBER_SELLER", "2020-01-01", "2020-12-31");
  await join(id, now.id, "MEMBER_BUYER", "2021-01-01", "2999-12-31");
  await join(id, next.id, "MEMBER_BUYER", "2999-01-01");
  await join(id, other.id, "EXPERT", "2022-01-01");
  const actor = await readActor(world.deps, requestOf(browser.cookies));
  expect(actor?.memberships.map((m) => [m.organisationId, m.role])).toEqual([
    [now.id, "MEMBER_BUYER"],
    [other.id, "EXPERT"],
  ]);
  expect(actor?.organisationId).toBe(now.id);
  expect((await browser.post("/khong-gian/to-chuc-hien-tai", { organisationId: past.id })).status).toBe(404);
  expect((await browser.post("/khong-gian/to-chuc-hien-tai", { organisationId: other.id })).status).toBe(303);
  expect((await readActor(world.deps, requestOf(browser.cookies)))?.organisationId).toBe(other.id);
  expect(browser.cookies.has(sessionCookieName("http://localhost:3000"))).toBe(true);
});

test("a session that ran out is nobody", async () => {
  const { browser } = await world.register();
  const late = { ...world.deps, clock: { now: () => new Date(Date.now() + 8 * 86_400_000) } };
  expect(await readActor(late, requestOf(browser.cookies))).toBeUndefined();
});

test("an operator registers somebody with consent on paper; the citizen number lies sealed; a code lets them set a password", async () => {
  const office = await world.makeOrganisation({ orgType: "STATE_AGENCY" });
  const operator = await world.makeActor(office, "EXCHANGE_OPERATOR");
  const phone = newPhone();
  const fields = { name: "Kim Thị Người Dân", phone, citizenId: "084 185 000 123", language: "km", channel: "PAPER" };
  expect((await world.as(operator).post("/van-phong/nguoi-dung", fields)).status).toBe(422);
  expect((await world.as(operator).post("/van-phong/nguoi-dung", { ...fields, consent: "yes" })).status).toBe(200);
  const person = await personOf(phone);
  expect(person.registered_by).toBe(operator.personId);
  expect(person.citizen_id_sealed?.includes("084185000123")).toBe(false);
  expect(await readCitizenId(world.deps, world.db, person.id)).toBe("084185000123");
  const browser = world.browser();
  expect((await browser.post("/dang-nhap", { contact: phone, password: passwordForTests })).status).toBe(422);
  await browser.post("/quen-mat-khau", { contact: phone });
  const code = /\d{6}/.exec((await lastMessageTo(world, tidyPhone(phone) ?? ""))?.body ?? "")?.[0] ?? "";
  expect(
    (await browser.post("/dat-lai-mat-khau", { phone: tidyPhone(phone) ?? "", code, password: passwordForTests }))
      .status,
  ).toBe(303);
  expect((await browser.post("/dang-nhap", { contact: phone, password: passwordForTests })).status).toBe(303);
  const buyer = await world.makeActor(await world.makeOrganisation(), "MEMBER_BUYER");
  expect((await world.as(buyer).post("/van-phong/nguoi-dung", { ...fields, consent: "yes" })).status).toBe(404);
});

test("somebody changes their name, gives and withdraws consent to news, and takes their data away", async () => {
  const { browser, contact } = await world.register();
  const { id } = await personOf(contact);
  expect((await browser.post("/khong-gian/ho-so", { name: "Tên Mới", language: "km", version: "1" })).status).toBe(303);
  expect((await browser.post("/khong-gian/ho-so", { name: "Tên Cũ", language: "vi", version: "1" })).status).toBe(422);
  await browser.post("/khong-gian/ho-so/nhan-tin", { agreed: "yes" });
  await browser.post("/khong-gian/ho-so/nhan-tin", { agreed: "no" });
  const news = await world.db
    .selectFrom("consent")
    .select("withdrawn_at")
    .where("person_id", "=", id)
    .where("purpose", "=", "NEWS")
    .execute();
  expect(news.map((n) => n.withdrawn_at !== null)).toEqual([true]);
  const data = await (await browser.get("/khong-gian/ho-so/du-lieu.json")).json();
  expect(data).toMatchObject({ person: { name: "Tên Mới", phone: tidyPhone(contact) } });
});

test("erasure destroys name, contacts, key and sign-in, and leaves what was done under an id", async () => {
  const { browser, contact } = await world.register();
  const { id } = await personOf(contact);
  const operator = await world.makeActor(await world.makeOrganisation({ orgType: "STATE_AGENCY" }), "DATA_PROTECTION");
  expect((await world.as(operator).post(`/van-phong/nguoi-dung/${id}/xoa`, {})).status).toBe(404);
  expect((await browser.post("/khong-gian/ho-so/xoa", {})).status).toBe(422);
  expect((await browser.post("/khong-gian/ho-so/xoa", { sure: "yes" })).status).toBe(303);
  expect((await world.as(operator).post(`/van-phong/nguoi-dung/${id}/xoa`, {})).status).toBe(303);
  const left = await world.db
    .selectFrom("person")
    .select(["name", "phone", "email", "auth_user_id"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  expect(left).toEqual({ name: "(đã xóa)", phone: null, email: null, auth_user_id: null });
  expect(await readActor(world.deps, requestOf(browser.cookies))).toBeUndefined();
  expect((await world.browser().post("/dang-nhap", { contact, password: passwordForTests })).status).toBe(422);
  expect(
    (await world.db.selectFrom("event").select("verb").where("subject_id", "=", id).orderBy("id").execute()).map(
      (e) => e.verb,
    ),
  ).toEqual(["sign_up", "ask_erasure", "erase"]);
});

test("erasure clears codes, messages with their copies, the person's household, and what other features keep", async () => {
  const { browser, contact } = await world.register();
  const { id, name } = await personOf(contact);
  const phone = tidyPhone(contact) ?? "";
  const [household, firm] = [await world.makeOrganisation({ orgType: "HOUSEHOLD" }), await world.makeOrganisation()];
  await join(id, household.id, "UNIT_HEAD", "2020-01-01");
  const facts = { phone, legal_representative: name, street: "Ấp 1" };
  const code = codeColumns(keptCode(world.deps.secret, `084${String(Date.now()).slice(-9)}`));
  await world.db
    .updateTable("organisation")
    .set({ ...facts, ...code })
    .where("id", "=", household.id)
    .execute();
  await world.db.updateTable("organisation").set(facts).where("id", "=", firm.id).execute();
  await world.browser().post("/quen-mat-khau", { contact });
  await browser.post("/khong-gian/ho-so/xoa", { sure: "yes" });
  const officer = await world.makeActor(await world.makeOrganisation({ orgType: "STATE_AGENCY" }), "DATA_PROTECTION");
  const forgotten: string[] = [];
  const told: string[] = [];
  const messages = { ...world.deps.messages, forget: async (ids: readonly string[]) => void forgotten.push(...ids) };
  const erased = await erasePerson({ ...world.deps, messages }, officer, id, [
    async (_tx, person) => void told.push(person.id, person.phone ?? ""),
  ]);
  expect(erased.ok).toBe(true);
  expect(told).toEqual([id, phone]);
  expect(forgotten.length).toBeGreaterThan(0);
  expect(await lastMessageTo(world, phone)).toBeUndefined();
  const codes = await world.db.selectFrom("auth.verification").select("id").where("identifier", "like", `%${phone}%`);
  expect(await codes.execute()).toEqual([]);
  const left = (organisationId: string) =>
    world.db
      .selectFrom("organisation")
      .select(["phone", "legal_representative", "street", "citizen_code_end"])
      .where("id", "=", organisationId)
      .executeTakeFirstOrThrow();
  const nothing = { phone: null, legal_representative: null, street: null, citizen_code_end: null };
  expect([await left(household.id), await left(firm.id)]).toEqual([nothing, { ...nothing, street: "Ấp 1" }]);
});

test("an erasure that another feature cannot follow erases nothing", async () => {
  const { browser, contact } = await world.register();
  const { id, name } = await personOf(contact);
  await browser.post("/khong-gian/ho-so/xoa", { sure: "yes" });
  const officer = await world.makeActor(await world.makeOrganisation({ orgType: "STATE_AGENCY" }), "DATA_PROTECTION");
  const fails = () => Promise.reject(new Error("not now"));
  await expect(erasePerson(world.deps, officer, id, [fails])).rejects.toThrow("not now");
  expect((await personOf(contact)).name).toBe(name);
});

test("an event tells the time of the clock with which the action was done", async () => {
  const { browser, contact } = await world.register();
  await browser.get("/khong-gian");
  const { id } = await personOf(contact);
  const actor = { personId: id, name: "A", memberships: [], organisationId: undefined, secondFactor: false };
  const day = stoppedClock("2024-05-06T08:00:00+07:00");
  await askErasure({ ...world.deps, clock: day }, actor);
  const event = await world.db
    .selectFrom("event")
    .select("at")
    .where("subject_id", "=", id)
    .where("verb", "=", "ask_erasure")
    .executeTakeFirstOrThrow();
  expect(event.at).toEqual(day.now());
});

test("the trial mailbox is open in development and closed in production and on a public address", async () => {
  const mail = newMail();
  await world.register({ contact: mail });
  await world.browser().post("/quen-mat-khau", { contact: mail });
  expect(await (await world.browser().get("/hop-thu")).text()).toContain(mail);
  const { createApp } = await import("../../../app.tsx");
  const { openAccounts } = await import("../index.ts");
  const status = async (over: { mode?: "production"; publicUrl?: string }, isDemo: boolean) => {
    const deps = { ...world.deps, isDemo, config: { ...world.deps.config, ...over } };
    const app = createApp(deps, { ...(await openAccounts(deps)), catalogue: world.catalogue });
    return (await app.request(`${deps.config.publicUrl}/hop-thu`)).status;
  };
  expect(await status({ mode: "production" }, false)).toBe(404);
  expect(await status({ mode: "production" }, true)).toBe(200);
  expect(await status({ mode: "production", publicUrl: "https://san.example.vn" }, true)).toBe(404);
});
