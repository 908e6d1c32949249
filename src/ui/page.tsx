import { createHash } from "node:crypto";
import { brotliCompressSync, constants } from "node:zlib";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { ComponentChildren, VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Actor } from "../kernel/actor.ts";
import type { Language } from "../kernel/language.ts";
import { Layout, type Site } from "./layout.tsx";

/** What every request carries (set in app.tsx). */
export type Env = { Variables: { language: Language; actor: Actor | undefined; site: Site; path: string } };

export type PageOptions = {
  title: string;
  description?: string;
  status?: ContentfulStatusCode;
  /** JSON-LD objects for search engines; left out where the page must not be indexed. */
  jsonLd?: object;
  noIndex?: boolean;
  head?: ComponentChildren;
};

const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };

/** Renders a whole page and answers it: tag and compression are made here, where the page is still a string (web.md §2). */
export function page(c: Context<Env>, content: VNode, options: PageOptions): Response {
  const layout = (
    <Layout language={c.var.language} actor={c.var.actor} site={c.var.site} path={c.var.path} options={options}>
      {content}
    </Layout>
  );
  return finish(c, `<!DOCTYPE html>${renderToString(layout)}`, options.status ?? 200);
}

function finish(c: Context<Env>, html: string, status: ContentfulStatusCode): Response {
  c.header("content-type", "text/html; charset=utf-8");
  c.header("vary", "accept-encoding, cookie");
  c.header("cache-control", c.var.actor || status !== 200 ? "private, no-store" : "private, no-cache");
  if (status === 200) {
    const tag = `"${createHash("sha1").update(html).digest("base64url")}"`;
    c.header("etag", tag);
    if (c.req.header("if-none-match") === tag) return c.body(null, 304);
  }
  if (!c.req.header("accept-encoding")?.includes("br")) return c.body(html, status);
  c.header("content-encoding", "br");
  return c.body(brotliCompressSync(html, quick), status);
}
