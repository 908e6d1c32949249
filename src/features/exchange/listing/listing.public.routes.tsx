import { type Context, Hono } from "hono";
import type { ComponentChildren } from "preact";
import { isMember } from "../../../kernel/actor.ts";
import { inLanguage } from "../../../kernel/language.ts";
import { type Env, page } from "../../../ui/page.tsx";
import type { ExchangeDeps } from "../exchange.deps.ts";
import { addressOf, shortCodeIn } from "./listing.address.ts";
import { jsonLdOf } from "./listing.jsonld.ts";
import { ListingPage, titleIn } from "./listing.public.pages.tsx";
import { type Published, publishedByShortCode } from "./listing.published.queries.ts";
import { mayRead } from "./listing.rules.ts";

/** What another feature adds to a listing's page; undefined when it has nothing to say. */
export type ListingExtra = (c: Context<Env>, published: Published) => Promise<ComponentChildren | undefined>;

/** A listing's page. The short code finds it; a wrong name or group leads to the right address. */
export const publicListingRoutes = (deps: ExchangeDeps, extras: readonly ListingExtra[] = []): Hono<Env> => {
  const routes = new Hono<Env>();
  const show = async (c: Context<Env>, lastPart: string): Promise<Response> => {
    const { language, actor } = c.var;
    const shortCode = shortCodeIn(lastPart);
    const one = shortCode ? await publishedByShortCode(deps.db, shortCode) : undefined;
    if (!one) return c.notFound();
    const address = addressOf(deps.pack, one);
    if (!mayRead(actor, one) && one.visibility !== "MEMBERS") return c.notFound();
    if (!mayRead(actor, one))
      return c.redirect(inLanguage(language, `/dang-nhap?tiep=${encodeURIComponent(address)}`), 303);
    if (c.var.path !== address) return c.redirect(inLanguage(language, address), 301);
    const files = one.document.files.filter((file) => mayRead(actor, { ...file, organisation: one.organisation }));
    const added = await Promise.all(extras.map((extra) => extra(c, one)));
    const mayAsk = one.state !== "CLOSED_DEAL" && !(actor && isMember(actor, one.organisation.id));
    const view = (
      <ListingPage
        published={one}
        files={files}
        pack={deps.pack}
        language={language}
        mayAsk={mayAsk}
        extra={added.filter(Boolean)}
      />
    );
    const isPublic = mayRead(undefined, one);
    return page(c, view, {
      title: titleIn(language, one),
      ...(one.document.summaryPublic ? { description: one.document.summaryPublic } : {}),
      noIndex: !isPublic,
      ...(isPublic
        ? {
            jsonLd: jsonLdOf(one, { pack: deps.pack, language, publicUrl: deps.config.publicUrl, isDemo: deps.isDemo }),
          }
        : {}),
    });
  };
  routes.get("/san/:nhom/:tin", (c) => show(c, c.req.param("tin")));
  routes.get("/nhu-cau/:tin", (c) => show(c, c.req.param("tin")));
  return routes;
};
