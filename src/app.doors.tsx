import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { csrf } from "hono/csrf";
import { matchedRoutes } from "hono/route";
import { secureHeaders } from "hono/secure-headers";
import { problemPage } from "./app.problems.tsx";
import type { Deps } from "./deps.ts";
import { admit } from "./kernel/access.ts";
import type { Actor } from "./kernel/actor.ts";
import { inLanguage, splitLanguage } from "./kernel/language.ts";
import { routeAccess } from "./route-access.ts";
import type { Site } from "./ui/layout.tsx";
import type { Env } from "./ui/page.tsx";

/** What every request passes, in this order, before a handler sees it: language, headers, origin, who asks, and whether they may enter. */

/** The largest body of a form without files, and of one with evidence or a spreadsheet (bytes). */
const formBytesMax = 256 * 1024;
const uploadBytesMax = 40 * 1024 * 1024;

type ReadActor = (request: Request) => Promise<Actor | undefined>;

export function openDoors(app: Hono<Env>, deps: Deps, readActor: ReadActor, site: Site): void {
  app.use(async (c, next) => {
    const { language, path } = splitLanguage(new URL(c.req.url).pathname);
    c.set("language", language);
    c.set("path", path);
    c.set("site", site);
    await next();
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
    c.set("actor", c.req.header("cookie") ? await readActor(c.req.raw) : undefined);
    await next();
  });
  app.use(admission);
}

/** Asks the table of routes before any handler runs: a guest is led to sign in, a stranger sees nothing. */
async function admission(c: Context<Env>, next: () => Promise<void>): Promise<Response | undefined> {
  // The first handler registered for an address answers it: /moi before /:code.
  const route = matchedRoutes(c).find(
    (r) => !(r.path.endsWith("/*") && r.method === "ALL" && r.path !== "/api/auth/*"),
  );
  const url = new URL(c.req.url);
  // No address of ours holds a NUL, and the database takes none.
  if (!route || /%00/.test(url.pathname + url.search)) return problemPage(c, 404);
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
  const back = c.req.method === "GET" ? `?tiep=${encodeURIComponent(c.var.path + url.search)}` : "";
  return c.redirect(inLanguage(c.var.language, `/dang-nhap${back}`), 303);
}
