import { Hono } from "hono";
import type { RouteTable } from "../../../kernel/access.ts";
import { inLanguage } from "../../../kernel/language.ts";
import { type Env, page } from "../../../ui/page.tsx";
import { ButtonLink, Empty, Lead, Link, Section, Title } from "../../../ui/parts.tsx";
import { type CataloguePage, catalogueWords, type ExchangeDeps, ListingCard, SearchBox } from "../../exchange/index.ts";
import { homeWords } from "./home.words.ts";

export const homeAccess: RouteTable = { "GET /": { roles: "PUBLIC", scope: "ANY" } };

const shownMax = 5;
const noWords: ReadonlySet<string> = new Set();

/** The first page: what this is, a search box, what is new on either side, the way to the figures. */
export const homeRoutes = (deps: ExchangeDeps): Hono<Env> => {
  const routes = new Hono<Env>();
  routes.get("/", async (c) => {
    const { language } = c.var;
    const t = homeWords[language];
    const w = catalogueWords[language];
    const newest = (kind: "OFFER" | "REQUEST") =>
      deps.catalogue.query({ kind, sort: "newest", size: shownMax, signedIn: c.var.actor !== undefined });
    const [offers, requests] = await Promise.all([newest("OFFER"), newest("REQUEST")]);
    const part = (title: string, found: CataloguePage, path: string) => (
      <Section title={title}>
        {found.rows.length === 0 && <Empty>{t.none}</Empty>}
        {found.rows.map((row) => (
          <ListingCard key={row.id} row={row} markers={noWords} pack={deps.pack} language={language} />
        ))}
        <Link href={inLanguage(language, path)}>{w.seeAll}</Link>
      </Section>
    );
    const view = (
      <>
        <Title>{t.title}</Title>
        <Lead>{t.lead}</Lead>
        <SearchBox language={language} action={inLanguage(language, "/san")} />
        <br />
        {part(w.newListings, offers, "/san")}
        {part(w.newRequests, requests, "/nhu-cau")}
        <ButtonLink href={inLanguage(language, "/chi-tieu")} tone="plain">
          {t.indicators}
        </ButtonLink>
      </>
    );
    return page(c, view, { title: t.title, description: t.lead });
  });
  return routes;
};
