import { expect, test } from "vitest";
import {
  lastMessageTo,
  newMail,
  newPhone,
  openSignInWorld,
  passwordForTests,
} from "../../../../test/support/browsers.ts";
import { tidyPhone } from "../person/person.rules.ts";
import { limits, takeAttempt } from "./limit.ts";

const world = await openSignInWorld();
const isSignedIn = async (b: { get(path: string): Promise<Response> }) =>
  !(await (await b.get("/dang-nhap")).text()).includes('action="/dang-nhap"');

test("somebody registers by phone, is signed in, and the number is kept in one form with consent and event", async () => {
  const { browser, contact } = await world.register({ form: true });
  expect(await isSignedIn(browser)).toBe(true);
  const person = await world.db
    .selectFrom("person")
    .select(["id", "phone", "auth_user_id"])
    .where("phone", "=", tidyPhone(contact) ?? "")
    .executeTakeFirstOrThrow();
  expect(person.phone).toMatch(/^\+84\d{9}$/);
  const consents = await world.db
    .selectFrom("consent")
    .select(["purpose", "channel"])
    .where("person_id", "=", person.id)
    .execute();
  expect(consents).toEqual([{ purpose: "ACCOUNT", channel: "WEB" }]);
  const events = await world.db.selectFrom("event").select("verb").where("subject_id", "=", person.id).execute();
  expect(events.map((e) => e.verb)).toEqual(["sign_up"]);
});

test("no address of a visitor is kept with a session", async () => {
  const { contact } = await world.register();
  const rows = await world.db
    .selectFrom("auth.session")
    .innerJoin("auth.user", "auth.user.id", "auth.session.userId")
    .select("ipAddress")
    .where("phoneNumber", "=", tidyPhone(contact) ?? "")
    .execute();
  expect(rows.map((r) => r.ipAddress || "")).toEqual([""]);
});

test("somebody registers by e-mail and signs in again by it, whatever its letters", async () => {
  const mail = newMail();
  await world.register({ contact: mail, form: true });
  const browser = world.browser();
  const answer = await browser.post("/dang-nhap", { contact: mail.toUpperCase(), password: passwordForTests });
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/khong-gian"]);
  expect(await isSignedIn(browser)).toBe(true);
});

test("a number already registered is refused at its field, also in another spelling", async () => {
  const { contact } = await world.register();
  const again = await world.browser().post("/dang-ky", {
    name: "Kẻ Khác",
    contact: `+84 ${contact.slice(1)}`,
    password: passwordForTests,
    consent: "yes",
  });
  expect(again.status).toBe(422);
  const html = await again.text();
  expect(html).toContain('data-why="person.contact.taken"');
  expect(html).toContain("Kẻ Khác");
});

test("two who register one number at once make one person", async () => {
  const contact = newPhone();
  const fields = { name: "Hai Người", contact, password: passwordForTests, consent: "yes" };
  const answers = await Promise.all([
    world.browser().post("/dang-ky", fields),
    world.browser().post("/dang-ky", fields),
  ]);
  expect(answers.map((a) => a.status).sort()).toEqual([303, 422]);
});

test("registering tells every fault at once and keeps what was typed", async () => {
  const answer = await world.browser().post("/dang-ky", { name: "Lê Văn Thử", contact: "12", password: "x" });
  const html = await answer.text();
  expect(answer.status).toBe(422);
  expect(html).toContain('data-why="person.contact.invalid"');
  expect(html).toContain('data-why="person.consent.missing"');
  expect(html).toContain("Lê Văn Thử");
});

test("a password that everybody tries is refused", async () => {
  const answer = await world
    .browser()
    .post("/dang-ky", { name: "Lê Văn Thử", contact: newPhone(), password: "matkhau123", consent: "yes" });
  expect(await answer.text()).toContain('data-why="person.password.common"');
});

test("an unknown account and a wrong password get the same answer", async () => {
  const { contact } = await world.register();
  const strip = (html: string, typed: string) => html.replaceAll(typed, "…");
  const unknown = newPhone();
  const wrong = await world.browser().post("/dang-nhap", { contact, password: "không phải mật khẩu" });
  const nobody = await world.browser().post("/dang-nhap", { contact: unknown, password: "không phải mật khẩu" });
  expect([wrong.status, nobody.status]).toEqual([422, 422]);
  expect(strip(await nobody.text(), unknown)).toBe(strip(await wrong.text(), contact));
});

test("after ten wrong tries for one account even the right password must wait", async () => {
  const { contact } = await world.register();
  for (let i = 0; i < 10; i++) await takeAttempt(world.deps, limits.signInByContact, tidyPhone(contact));
  const answer = await world.browser().post("/dang-nhap", { contact, password: passwordForTests });
  expect(answer.status).toBe(429);
  expect(await answer.text()).toContain('data-why="rate.limited"');
});

test("signing in goes on to an address of ours and never to another site", async () => {
  const { contact } = await world.register();
  const goesTo = async (tiep: string) =>
    (await world.browser().post("/dang-nhap", { contact, password: passwordForTests, tiep })).headers.get("location");
  expect(await goesTo("/khong-gian/ho-so?x=1")).toBe("/khong-gian/ho-so?x=1");
  for (const bad of ["//evil.example", "/\\evil.example"]) expect(await goesTo(bad)).toBe("/khong-gian");
});

test("signing out ends the session on the server", async () => {
  const { browser } = await world.register();
  const cookies = new Map(browser.cookies);
  await browser.post("/dang-xuat");
  expect(await isSignedIn(browser)).toBe(false);
  for (const [k, v] of cookies) browser.cookies.set(k, v);
  expect(await isSignedIn(browser)).toBe(false);
});

test("a cookie whose signature is not ours is nobody", async () => {
  const { browser } = await world.register();
  for (const [k, v] of browser.cookies) browser.cookies.set(k, v.replace(/\..*/, ".AAAA"));
  expect(await isSignedIn(browser)).toBe(false);
});

test("a forgotten password is reset by a code in an SMS; the code serves once and ends all sessions", async () => {
  const { browser: old, contact } = await world.register();
  const browser = world.browser();
  const asked = await browser.post("/quen-mat-khau", { contact });
  expect(await asked.text()).toContain('name="code"');
  const code = /\d{6}/.exec((await lastMessageTo(world, tidyPhone(contact) ?? ""))?.body ?? "")?.[0] ?? "";
  const fields = { phone: tidyPhone(contact) ?? "", code, password: "một câu mới thật dài" };
  const wrong = await browser.post("/dat-lai-mat-khau", { ...fields, code: code === "000000" ? "111111" : "000000" });
  expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining("session.reset.invalid")]);
  expect((await browser.post("/dat-lai-mat-khau", fields)).headers.get("location")).toBe("/dang-nhap?da-doi=1");
  expect(await isSignedIn(old)).toBe(false);
  expect((await browser.post("/dat-lai-mat-khau", { ...fields, password: "lần thứ hai bị chặn" })).status).toBe(422);
  expect((await browser.post("/dang-nhap", { contact, password: "một câu mới thật dài" })).status).toBe(303);
});

test("a forgotten password is reset by a link in a mail, once", async () => {
  const mail = newMail();
  await world.register({ contact: mail });
  const browser = world.browser();
  await browser.post("/quen-mat-khau", { contact: mail });
  const ma = /ma=(\S+)/.exec((await lastMessageTo(world, mail))?.body ?? "")?.[1] ?? "";
  expect((await browser.post("/dat-lai-mat-khau", { ma, password: "thư gửi mật khẩu mới" })).status).toBe(303);
  expect((await browser.post("/dat-lai-mat-khau", { ma, password: "thư gửi mật khẩu hai" })).status).toBe(422);
  expect((await browser.post("/dang-nhap", { contact: mail, password: "thư gửi mật khẩu mới" })).status).toBe(303);
});

test("asking a reset for an unknown number looks the same and sends nothing", async () => {
  const contact = newPhone();
  const answer = await world.browser().post("/quen-mat-khau", { contact });
  expect(await answer.text()).toContain('name="code"');
  expect(await lastMessageTo(world, tidyPhone(contact) ?? "")).toBeUndefined();
});

test("Better Auth's own addresses for signing up and in are closed", async () => {
  const { browser } = await world.register();
  for (const path of ["/api/auth/sign-up/email", "/api/auth/sign-in/email", "/api/auth/list-sessions"])
    expect((await browser.get(path)).status).toBe(404);
});
