import { type Context, Hono } from "hono";
import { inLanguage } from "../../../kernel/language.ts";
import { type Env, page } from "../../../ui/page.tsx";
import type { ExchangeDeps } from "../exchange.deps.ts";
import { shownFacets } from "./catalogue.document.ts";
import { readAsked } from "./catalogue.input.ts";
import { CatalogueView } from "./catalogue.pages.tsx";
import { catalogueWords } from "./catalogue.words.ts";

const pageSize = 20;

/** The public catalogue: what is offered, what is needed. */
export const catalogueRoutes = (deps: ExchangeDeps): Hono<Env> => {
  const routes = new Hono<Env>();
  const show = async (c: Context<Env>, kind: "OFFER" | "REQUEST") => {
    const { language, actor } = c.var;
    const asked = readAsked(new URL(c.req.url).searchParams);
    const found = await deps.catalogue.query({
      kind,
      text: asked.text || undefined,
      filters: asked.filters,
      facets: shownFacets,
      sort: asked.sort,
      size: pageSize,
      after: asked.after,
      signedIn: actor !== undefined,
    });
    const t = catalogueWords[language];
    const title = kind === "OFFER" ? t.offers : t.requests;
    const view = <CatalogueView kind={kind} asked={asked} found={found} pack={deps.pack} language={language} />;
    const isAsking = asked.text !== "" || Object.keys(asked.filters).length > 0 || asked.after !== undefined;
    return page(c, view, {
      title,
      description: kind === "OFFER" ? t.offersLead : t.requestsLead,
      noIndex: isAsking,
    });
  };
  routes.get("/san", (c) => show(c, "OFFER"));
  routes.get("/nhu-cau", (c) => show(c, "REQUEST"));
  routes.get("/san/:nhom", (c) => {
    const kind = deps.pack.goods.goodsKinds.find((one) => one.segment === c.req.param("nhom"));
    return kind ? c.redirect(inLanguage(c.var.language, `/san?loai=${kind.key}`), 302) : c.notFound();
  });
  return routes;
};
