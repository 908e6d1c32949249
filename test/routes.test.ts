import { inspectRoutes } from "hono/dev";
import { expect, test } from "vitest";
import { admit } from "../src/kernel/access.ts";
import { roles } from "../src/kernel/actor.ts";
import { routeAccess } from "../src/route-access.ts";
import { openWorld } from "./support/world.ts";

/** The committed table of route × role against the real router and the real answers (decisions.md 14). */

const withIds = (path: string) =>
  path
    .replace(/:id\b/g, "01890000-0000-7000-8000-000000000000")
    .replace(/:[a-z]+(\{[^}]*\})?/gi, "khong-co")
    .replace("*", "khong-co");

test("the router has exactly the routes of the table", async () => {
  const { app } = await openWorld();
  const real = inspectRoutes(app)
    .filter((route) => !route.isMiddleware)
    .map((route) => `${route.method} ${route.path}`);
  expect([...new Set(real)].sort()).toEqual(Object.keys(routeAccess).sort());
});

test("a guest enters public routes only; the others lead to signing in", async () => {
  const { as } = await openWorld();
  for (const [route, access] of Object.entries(routeAccess)) {
    const [method = "GET", path = "/"] = route.split(" ");
    if (method === "ALL") continue;
    const answer =
      method === "GET" ? await as(undefined).get(withIds(path)) : await as(undefined).post(withIds(path), {});
    if (access.roles === "PUBLIC")
      expect([route, answer.headers.get("location")?.startsWith("/dang-nhap?tiep=") ?? false]).toEqual([route, false]);
    else
      expect([route, answer.status, answer.headers.get("location")?.split("?")[0]]).toEqual([route, 303, "/dang-nhap"]);
    expect([route, answer.status < 500]).toEqual([route, true]);
  }
});

test("every route answers every role as the table says, and nobody with a failure", async () => {
  const world = await openWorld();
  for (const role of roles) {
    const organisation = await world.makeOrganisation();
    const actor = await world.makeActor(organisation, role);
    for (const [route, access] of Object.entries(routeAccess)) {
      const [method = "GET", path = "/"] = route.split(" ");
      if (method === "ALL" || path === "/dang-xuat") continue;
      const caller = world.as(actor);
      const answer = method === "GET" ? await caller.get(withIds(path)) : await caller.post(withIds(path), {});
      if (admit(access, actor) === "HIDE") expect([route, role, answer.status]).toEqual([route, role, 404]);
      expect([route, role, answer.status < 500]).toEqual([route, role, true]);
    }
  }
}, 120_000);
