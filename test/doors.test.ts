import { expect, test } from "vitest";
import { routeAccess } from "../src/route-access.ts";
import { openWorld } from "./support/world.ts";

/** What every request meets before a handler: malformed, oversized and foreign ones get a page, never a failure. */

const posts = Object.entries(routeAccess)
  .filter(([route, access]) => route.startsWith("POST ") && access.roles === "PUBLIC")
  .map(([route]) => route.slice(5).replace(/:[a-z]+/gi, "khong-co"));

test("a malformed multipart body is refused as unreadable on every public form", async () => {
  const { app } = await openWorld();
  expect(posts.length).toBeGreaterThan(5);
  for (const path of posts)
    for (const type of ["multipart/form-data", "multipart/form-data; boundary=x"]) {
      const headers = { origin: "http://localhost:3000", "content-type": type };
      const answer = await app.request(`http://localhost:3000${path}`, {
        method: "POST",
        headers,
        body: "--x\r\nbroken",
      });
      expect([path, type, answer.status < 500]).toEqual([path, type, true]);
    }
});

test("an address with a NUL is not found, and a NUL in a form is taken out", async () => {
  const { as } = await openWorld();
  for (const path of ["/to-chuc/%00", "/to-chuc?tu-khoa=a%00b", "/giao-dich/%00", "/san?tu-khoa=%00"])
    expect([path, (await as(undefined).get(path)).status]).toEqual([path, 404]);
  const answer = await as(undefined).post("/dang-nhap", { contact: "a\u0000b@example.vn", password: "khong-dung-dau" });
  expect(answer.status).toBe(422);
});

test("a form without files may not be larger than a form", async () => {
  const { as } = await openWorld();
  const answer = await as(undefined).post("/dang-nhap", { contact: "x".repeat(300_000), password: "khong-dung-dau" });
  expect(answer.status).toBe(413);
});

test("a form from another site is refused with a page in the visitor's language", async () => {
  const { app } = await openWorld();
  const headers = { origin: "https://evil.example", "content-type": "application/x-www-form-urlencoded" };
  const answer = await app.request("http://localhost:3000/en/dang-nhap", {
    method: "POST",
    headers,
    body: "contact=a",
  });
  expect([answer.status, (await answer.text()).includes("another site")]).toEqual([403, true]);
});

test("pages, problems and files carry the strict policy, and private pages are not kept", async () => {
  const world = await openWorld();
  const actor = await world.makeActor(await world.makeOrganisation(), "MEMBER_SELLER");
  for (const [who, path] of [
    [undefined, "/"],
    [undefined, "/khong-co"],
    [actor, "/khong-gian"],
  ] as const) {
    const answer = await world.as(who).get(path);
    expect([path, answer.headers.get("content-security-policy")?.includes("script-src 'self'")]).toEqual([path, true]);
    if (who) expect(answer.headers.get("cache-control")).toBe("private, no-store");
  }
});

test("after signing in one comes back to the address with its query", async () => {
  const { as } = await openWorld();
  const answer = await as(undefined).get("/khong-gian/giao-dich/moi?quan-tam=QT-2026-0001");
  expect(answer.headers.get("location")).toBe(
    `/dang-nhap?tiep=${encodeURIComponent("/khong-gian/giao-dich/moi?quan-tam=QT-2026-0001")}`,
  );
});
