import { expect, test } from "vitest";
import { type Browser, openSignInWorld, passwordForTests, totpOf } from "../../../../test/support/browsers.ts";
import { readActor } from "./actor.ts";

const world = await openSignInWorld();
const root = "/khong-gian/bao-mat";
const actorOf = (b: Browser) =>
  readActor(
    world.deps,
    new Request("http://localhost:3000/", {
      headers: { cookie: [...b.cookies].map(([k, v]) => `${k}=${v}`).join("; ") },
    }),
  );

async function enrol(browser: Browser) {
  const html = await (await browser.post(`${root}/ung-dung`, { currentPassword: passwordForTests })).text();
  const uri = (/name="uri" value="([^"]+)"/.exec(html)?.[1] ?? "").replaceAll("&amp;", "&");
  const codes = [...html.matchAll(/name="codes\[\]" value="([^"]+)"/g)].map((m) => m[1] ?? "");
  return { uri, codes, secret: new URL(uri).searchParams.get("secret") ?? "" };
}

test("two steps are switched on with a code, asked for at the next sign-in, and switched off with the password", async () => {
  const { browser, contact } = await world.register();
  const other = world.browser();
  await other.post("/dang-nhap", { contact, password: passwordForTests });
  expect((await actorOf(browser))?.secondFactor).toBe(false);

  expect((await browser.post(`${root}/ung-dung`, { currentPassword: "sai mật khẩu rồi" })).status).toBe(422);
  const { uri, secret, codes } = await enrol(browser);
  expect(codes.length).toBeGreaterThanOrEqual(8);
  const wrong = await browser.post(`${root}/ung-dung/xac-nhan`, { code: "000000", uri });
  expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining("session.code.wrong")]);
  expect(
    (await browser.post(`${root}/ung-dung/xac-nhan`, { code: totpOf(secret), uri })).headers.get("location"),
  ).toContain("totpDone");
  expect((await actorOf(browser))?.secondFactor).toBe(true);
  expect(await actorOf(other)).toBeUndefined();

  const again = world.browser();
  const first = await again.post("/dang-nhap", { contact, password: passwordForTests, tiep: "/khong-gian/ho-so" });
  expect(first.headers.get("location")).toBe(`/dang-nhap/ma-xac-thuc?tiep=${encodeURIComponent("/khong-gian/ho-so")}`);
  expect(await actorOf(again)).toBeUndefined();
  expect((await again.post("/dang-nhap/ma-xac-thuc", { code: "000000" })).status).toBe(422);
  const passed = await again.post("/dang-nhap/ma-xac-thuc", { code: totpOf(secret), tiep: "/khong-gian/ho-so" });
  expect([passed.status, passed.headers.get("location")]).toEqual([303, "/khong-gian/ho-so"]);
  expect((await actorOf(again))?.secondFactor).toBe(true);

  const lost = world.browser();
  await lost.post("/dang-nhap", { contact, password: passwordForTests });
  expect((await lost.post("/dang-nhap/ma-xac-thuc", { code: codes[0] ?? "" })).status).toBe(303);
  expect((await actorOf(lost))?.secondFactor).toBe(true);
  const twice = world.browser();
  await twice.post("/dang-nhap", { contact, password: passwordForTests });
  expect((await twice.post("/dang-nhap/ma-xac-thuc", { code: codes[0] ?? "" })).status).toBe(422);

  const fresh = await lost.post(`${root}/ma-du-phong`, { currentPassword: passwordForTests });
  expect([fresh.status, (await fresh.text()).includes(codes[1] ?? "?")]).toEqual([200, false]);
  expect(
    (await browser.post(`${root}/ung-dung/tat`, { currentPassword: passwordForTests })).headers.get("location"),
  ).toContain("totpEnded");
  expect((await actorOf(browser))?.secondFactor).toBe(false);
});

test("somebody sees their devices and signs one out, or all others", async () => {
  const { browser, contact } = await world.register();
  const others = [world.browser(), world.browser(), world.browser()] as const;
  for (const other of others) await other.post("/dang-nhap", { contact, password: passwordForTests });
  const html = await (await browser.get(root)).text();
  const ids = [...html.matchAll(/bao-mat\/phien\/([^"]+)"/g)].map((m) => m[1] ?? "");
  expect(ids).toHaveLength(4);
  expect(html).toContain("Firefox · Linux");
  expect((await browser.post(`${root}/phien/${ids[0]}`)).status).toBe(303);
  expect(await actorOf(others[2])).toBeUndefined();
  await browser.post(`${root}/phien-khac`);
  expect([await actorOf(others[0]), await actorOf(others[1])]).toEqual([undefined, undefined]);
  expect(await actorOf(browser)).toBeDefined();
});

test("another person's session cannot be ended", async () => {
  const [a, b] = [await world.register(), await world.register()];
  const id = /phien\/([^"]+)"/.exec(await (await a.browser.get(root)).text())?.[1];
  expect((await b.browser.post(`${root}/phien/${id}`)).status).toBe(404);
  expect(await actorOf(a.browser)).toBeDefined();
});

test("changing the password needs the old one, signs other devices out and keeps this one", async () => {
  const { browser, contact } = await world.register();
  const other = world.browser();
  await other.post("/dang-nhap", { contact, password: passwordForTests });
  const wrong = await browser.post(`${root}/mat-khau`, {
    currentPassword: "sai mật khẩu rồi",
    password: "mật khẩu mới tinh đây",
  });
  expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining("session.password.wrong")]);
  expect(
    (await browser.post(`${root}/mat-khau`, { currentPassword: passwordForTests, password: "mật khẩu mới tinh đây" }))
      .status,
  ).toBe(303);
  expect(await actorOf(other)).toBeUndefined();
  expect(await actorOf(browser)).toBeDefined();
});

test("passkeys: options are given to who is signed in and to nobody else; a made-up answer is refused", async () => {
  const { browser } = await world.register();
  const options = await browser.get("/api/auth/passkey/generate-register-options");
  expect(options.status).toBe(200);
  expect(await options.json()).toMatchObject({ rp: { id: "localhost" } });
  expect((await world.browser().get("/api/auth/passkey/generate-register-options")).status).toBe(401);
  expect((await world.browser().get("/api/auth/passkey/generate-authenticate-options")).status).toBe(200);
});
