import { Readable } from "node:stream";
import { Hono } from "hono";
import type { Deps } from "../../../deps.ts";
import type { RouteTable } from "../../../kernel/access.ts";
import { downloadHeaders } from "../../../platform/files/index.ts";
import type { Env } from "../../../ui/page.tsx";
import { type FileReader, openFile } from "./file.actions.ts";

export const fileAccess: RouteTable = { "GET /tep/:id": { roles: "PUBLIC", scope: "ANY" } };

export const fileRoutes = (deps: Deps, readers: readonly FileReader[]): Hono<Env> => {
  const routes = new Hono<Env>();
  routes.get("/tep/:id", async (c) => {
    const opened = await openFile(deps, c.var.actor, c.req.param("id"), readers);
    if (!opened.ok) return c.notFound();
    const file = opened.value;
    const tag = `"${file.sha256}"`;
    const cache = file.visibility === "PUBLIC" ? "public, max-age=3600" : "private, no-cache";
    if (c.req.header("if-none-match") === tag) return c.body(null, 304, { etag: tag, "cache-control": cache });
    const bytes = await deps.files.get(file.sha256);
    if (!bytes) throw new Error(`bytes of file ${file.id} are missing`);
    return c.body(Readable.toWeb(bytes) as ReadableStream, 200, {
      ...downloadHeaders(file),
      etag: tag,
      "cache-control": cache,
    });
  });
  return routes;
};
