import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { csrf } from "hono/csrf";
import { HTTPException } from "hono/http-exception";
import { matchedRoutes } from "hono/route";
import { secureHeaders } from "hono/secure-headers";
import { accountsSlots } from "./app.slots.tsx";
import { appWords } from "./app.words.ts";
import type { Deps } from "./deps.ts";
import { type Accounts, accountsRoutes } from "./features/accounts/index.ts";
import { type Catalogue, exchangeRoutes } from "./features/exchange/index.ts";
import { officeRoutes } from "./features/office/index.ts";
import { portalRoutes } from "./features/portal/index.ts";
import { admit } from "./kernel/access.ts";
import type { Actor } from "./kernel/actor.ts";
import { localDay } from "./kernel/clock.ts";
import { inLanguage, type Language, languages, splitLanguage } from "./kernel/language.ts";
import { marketNameAt } from "./province/index.ts";
import { routeAccess } from "./route-access.ts";
import { emblem } from "./ui/emblem.ts";
import type { Site } from "./ui/layout.tsx";
import { type Env, page } from "./ui/page.tsx";
import { Lead, Link, Title } from "./ui/parts.tsx";
import { uiWords } from "./ui/words.ts";

/** The largest body any form may send: a few files of evidence or a spreadsheet. */
const bodyBytesMax = 40 * 1024 * 1024;

/** What runs beside the database: made in main, or by a test. */
export type Services = Accounts & { catalogue: Catalogue };

/** The whole application: middleware in order, then the features. The only file that mounts them. */
export function createApp(deps: Deps, services: Services): Hono<Env> {
  const app = new Hono<Env>({ getPath: (request) => splitLanguage(new URL(request.url).pathname).path });
  const site = siteOf(deps);

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
  app.use(bodyLimit({ maxSize: bodyBytesMax, onError: (c) => problemPage(c as Context<Env>, 413) }));
  app.use(csrf({ origin: [new URL(deps.config.publicUrl).origin] }));
  app.use(async (c, next) => {
    const { language, path } = splitLanguage(new URL(c.req.url).pathname);
    c.set("language", language);
    c.set("path", path);
    c.set("site", site);
    // Reading a session costs a query or more, so nobody without a cookie pays for it.
    c.set("actor", c.req.header("cookie") ? await services.readActor(c.req.raw) : undefined);
    await next();
  });
  app.use(admission);

  app.get("/suc-khoe", (c) => c.json({ ok: true }));
  app.get("/bieu-trung.svg", (c) =>
    c.body(emblem, 200, { "content-type": "image/svg+xml", "cache-control": "public, max-age=86400" }),
  );
  app.all("/api/auth/*", (c) => services.handler(c.req.raw));

  const exchangeDeps = { ...deps, catalogue: services.catalogue };
  app.route("/", accountsRoutes(deps, services, accountsSlots(exchangeDeps)));
  app.route("/", exchangeRoutes(exchangeDeps));
  app.route("/", officeRoutes(deps));
  app.route("/", portalRoutes(exchangeDeps));

  app.notFound((c) => problemPage(c, 404));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.status === 404 ? problemPage(c, 404) : error.getResponse();
    console.error(c.req.method, c.req.path, error);
    return problemPage(c, 500);
  });
  return app;
}

/** Asks the table of routes before any handler runs: a guest is led to sign in, a stranger sees nothing. */
async function admission(c: Context<Env>, next: () => Promise<void>): Promise<Response | undefined> {
  // The first handler registered for an address answers it: /moi before /:code.
  const route = matchedRoutes(c).find(
    (r) => !(r.path.endsWith("/*") && r.method === "ALL" && r.path !== "/api/auth/*"),
  );
  if (!route) return problemPage(c, 404);
  switch (admit(routeAccess[`${route.method} ${route.path}`], c.var.actor)) {
    case "ENTER":
      await next();
      return undefined;
    case "SIGN_IN": {
      const back = c.req.method === "GET" ? `?tiep=${encodeURIComponent(c.var.path)}` : "";
      return c.redirect(inLanguage(c.var.language, `/dang-nhap${back}`), 303);
    }
    case "SECOND_FACTOR":
      return c.redirect(inLanguage(c.var.language, "/khong-gian/bao-mat"), 303);
    case "HIDE":
      return problemPage(c, 404);
  }
}

function problemPage(c: Context<Env>, status: 404 | 413 | 500): Response {
  if (!c.var.site) return c.text(status === 413 ? "413" : "error", status);
  const language: Language = c.var.language ?? "vi";
  const t = uiWords[language];
  const title = status === 404 ? t.notFound : status === 413 ? t.tooLarge : t.failed;
  const content = (
    <>
      <Title>{title}</Title>
      <Lead>{status === 404 ? t.notFoundHint : t.failedHint}</Lead>
      <Link href={inLanguage(language, "/")}>{t.home}</Link>
    </>
  );
  return page(c, content, { title, status, noIndex: true });
}

function siteOf(deps: Deps): Site {
  const label = (key: keyof (typeof appWords)["vi"]) =>
    Object.fromEntries(languages.map((language) => [language, appWords[language][key]])) as Record<Language, string>;
  const signedIn = (actor: Actor | undefined) => actor !== undefined;
  const works = (actor: Actor | undefined) =>
    actor !== undefined && admit(routeAccess["GET /van-phong"], actor) === "ENTER";
  const today = localDay(deps.clock.now());
  return {
    provinceName: Object.fromEntries(languages.map((l) => [l, marketNameAt(deps.pack, today, l)])) as Record<
      Language,
      string
    >,
    isDemo: deps.isDemo,
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
