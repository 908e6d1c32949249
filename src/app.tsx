import { Hono } from "hono";
import { openDoors } from "./app.doors.tsx";
import { answerError, problemPage } from "./app.problems.tsx";
import { accountsSlots } from "./app.slots.tsx";
import { appWords } from "./app.words.ts";
import type { Deps } from "./deps.ts";
import { type Accounts, accountsRoutes, addressOf } from "./features/accounts/index.ts";
import { type Catalogue, exchangeRoutes } from "./features/exchange/index.ts";
import { officeRoutes } from "./features/office/index.ts";
import { portalRoutes } from "./features/portal/index.ts";
import { admit } from "./kernel/access.ts";
import type { Actor } from "./kernel/actor.ts";
import { localDay } from "./kernel/clock.ts";
import { type Language, languages, splitLanguage } from "./kernel/language.ts";
import { agencyNameAt, dutyAt, marketNameAt } from "./province/index.ts";
import { routeAccess } from "./route-access.ts";
import { emblem } from "./ui/emblem.ts";
import type { Site } from "./ui/layout.tsx";
import type { Env } from "./ui/page.tsx";

/** What runs beside the database: made in main, or by a test. */
export type Services = Accounts & { catalogue: Catalogue };

/** The whole application: middleware in order, then the features. The only file that mounts them. */
export function createApp(deps: Deps, services: Services): Hono<Env> {
  const app = new Hono<Env>({ getPath: (request) => splitLanguage(new URL(request.url).pathname).path });
  const site = siteOf(deps);
  openDoors(app, deps, services.readActor, site);

  // What a watchman asks: it answers only while the database does.
  app.get("/suc-khoe", async (c) => {
    const ok = await deps.pool.query("select 1").then(
      () => true,
      () => false,
    );
    return c.json({ ok }, ok ? 200 : 503);
  });
  app.get("/bieu-trung.svg", (c) =>
    c.body(emblem, 200, { "content-type": "image/svg+xml", "cache-control": "public, max-age=86400" }),
  );
  app.all("/api/auth/*", (c) => services.handler(c.req.raw, addressOf(c)));

  const exchangeDeps = { ...deps, catalogue: services.catalogue };
  app.route("/", accountsRoutes(deps, services, accountsSlots(exchangeDeps)));
  app.route("/", exchangeRoutes(exchangeDeps));
  app.route("/", officeRoutes(deps));
  app.route("/", portalRoutes(exchangeDeps));

  app.notFound((c) => problemPage(c, 404));
  app.onError(answerError);
  return app;
}

function siteOf(deps: Deps): Site {
  const inAll = (say: (language: Language) => string) =>
    Object.fromEntries(languages.map((l) => [l, say(l)])) as Record<Language, string>;
  const label = (key: keyof (typeof appWords)["vi"]) => inAll((l) => appWords[l][key]);
  const signedIn = (actor: Actor | undefined) => actor !== undefined;
  const works = (actor: Actor | undefined) =>
    actor !== undefined && admit(routeAccess["GET /van-phong"], actor) === "ENTER";
  const today = localDay(deps.clock.now());
  const lead = dutyAt(deps.pack, "LEAD", today);
  return {
    provinceName: inAll((l) => marketNameAt(deps.pack, today, l)),
    isDemo: deps.isDemo,
    agencyName: inAll(
      (l) => (lead && agencyNameAt(deps.pack, lead.key, today, l)) ?? marketNameAt(deps.pack, today, l),
    ),
    publicUrl: deps.config.publicUrl,
    styleHref: deps.assets.style,
    scriptHref: deps.assets.site,
    navigation: [
      { href: "/san", label: label("offers") },
      { href: "/nhu-cau", label: label("requests") },
      { href: "/chi-tieu", label: label("indicators") },
      { href: "/to-chuc", label: label("organisations") },
      { href: "/khong-gian", label: label("workspace"), shownTo: signedIn },
      { href: "/van-phong", label: label("office"), shownTo: works },
    ],
  };
}
