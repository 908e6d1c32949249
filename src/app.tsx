import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { csrf } from "hono/csrf";
import { matchedRoutes } from "hono/route";
import { secureHeaders } from "hono/secure-headers";
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
import { inLanguage, type Language, languages, splitLanguage } from "./kernel/language.ts";
import { agencyNameAt, dutyAt, marketNameAt } from "./province/index.ts";
import { routeAccess } from "./route-access.ts";
import { emblem } from "./ui/emblem.ts";
import type { Site } from "./ui/layout.tsx";
import type { Env } from "./ui/page.tsx";

/** The largest body of a form without files, and of one with evidence or a spreadsheet (bytes). */
const formBytesMax = 256 * 1024;
const uploadBytesMax = 40 * 1024 * 1024;

/** What runs beside the database: made in main, or by a test. */
export type Services = Accounts & { catalogue: Catalogue };

/** The whole application: middleware in order, then the features. The only file that mounts them. */
export function createApp(deps: Deps, services: Services): Hono<Env> {
  const app = new Hono<Env>({ getPath: (request) => splitLanguage(new URL(request.url).pathname).path });
  const site = siteOf(deps);
  app.use(async (c, next) => {
    const url = new URL(c.req.url);
    const { language, path } = splitLanguage(url.pathname);
    c.set("language", language);
    c.set("path", path);
    c.set("site", site);
    // No address of ours holds a NUL, and the database takes none.
    if (/%00/.test(url.pathname + url.search)) return problemPage(c, 404);
    await next();
    return undefined;
  });

  const secured = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", "data:"],
      objectSrc: ["'none'"],
      baseUri: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    strictTransportSecurity: deps.config.publicUrl.startsWith("https:") ? "max-age=31536000" : false,
  });
  // A file answers with a stricter policy of its own (sandbox), which must not be written over.
  app.use(async (c, next) => {
    let own: string | null = null;
    await secured(c, async () => {
      await next();
      own = c.res.headers.get("content-security-policy");
    });
    if (own) c.res.headers.set("content-security-policy", own);
  });
  app.use(csrf({ origin: [new URL(deps.config.publicUrl).origin] }));
  app.use(async (c, next) => {
    // Reading a session costs a query or more, so nobody without a cookie pays for it.
    c.set("actor", c.req.header("cookie") ? await services.readActor(c.req.raw) : undefined);
    await next();
  });
  app.use(admission);

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

/** Asks the table of routes before any handler runs: a guest is led to sign in, a stranger sees nothing. */
async function admission(c: Context<Env>, next: () => Promise<void>): Promise<Response | undefined> {
  // The first handler registered for an address answers it: /moi before /:code.
  const route = matchedRoutes(c).find(
    (r) => !(r.path.endsWith("/*") && r.method === "ALL" && r.path !== "/api/auth/*"),
  );
  if (!route) return problemPage(c, 404);
  const access = routeAccess[`${route.method} ${route.path}`];
  const admitted = admit(access, c.var.actor);
  if (admitted === "ENTER") {
    const maxSize = access?.upload ? uploadBytesMax : formBytesMax;
    return bodyLimit({ maxSize, onError: (big) => problemPage(big as Context<Env>, 413) })(
      c,
      next,
    ) as Promise<undefined>;
  }
  // The body of a refused form is not read: the connection cannot serve another request.
  if (c.req.method !== "GET") c.header("connection", "close");
  if (admitted === "HIDE") return problemPage(c, 404);
  if (admitted === "SECOND_FACTOR") return c.redirect(inLanguage(c.var.language, "/khong-gian/bao-mat"), 303);
  const back = c.req.method === "GET" ? `?tiep=${encodeURIComponent(c.var.path + new URL(c.req.url).search)}` : "";
  return c.redirect(inLanguage(c.var.language, `/dang-nhap${back}`), 303);
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
