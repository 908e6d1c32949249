import { type Context, Hono } from "hono";
import type { Deps } from "../../../deps.ts";
import { localDay } from "../../../kernel/clock.ts";
import { inLanguage } from "../../../kernel/language.ts";
import { type Indicator, indicatorOf, label } from "../../../province/index.ts";
import { type Env, page } from "../../../ui/page.tsx";
import { intermediaries } from "../intermediary/intermediary.queries.ts";
import { stepsDone } from "../milestone/milestone.queries.ts";
import { IndicatorPage, type LineageView } from "./indicator.detail.pages.tsx";
import { readingJson } from "./indicator.json.ts";
import { dealsBehind, titlesForParties } from "./indicator.lineage.queries.ts";
import { type LineagePart, lineageOf } from "./indicator.lineage.rules.ts";
import { RecountPage } from "./indicator.office.pages.tsx";
import { IndicatorsPage, type View } from "./indicator.pages.tsx";
import { indicatorFigures, indicatorReadings } from "./indicator.readings.ts";
import { recountFigures } from "./indicator.recount.actions.ts";
import { differencesOf, recounts } from "./indicator.recount.queries.ts";
import { recountWords } from "./indicator.recount.words.ts";
import { keyOfSegment, periodOfYear, readAsk, yearsShown } from "./indicator.rules.ts";
import { indicatorWords } from "./indicator.words.ts";

/** What an address asks, and what answers it. */
function questionsOf(deps: Deps) {
  const viewOf = (c: Context<Env>): View | undefined => {
    const today = localDay(deps.clock.now());
    const ask = readAsk(c.req.query(), today);
    return ask && { language: c.var.language, pack: deps.pack, ask, today };
  };
  const figuresOf = ({ ask, today, pack }: View) => {
    // What was known on a day is counted from the lines themselves, so it is not drawn over years.
    const years = ask.period.regime === "CUSTOM" || ask.asKnownOn ? [] : yearsShown(pack, ask.period, today);
    return indicatorFigures(
      deps.db,
      pack,
      { ...ask, today },
      years.map((year) => periodOfYear(ask.period, year)),
    );
  };

  const lineageFor = async (c: Context<Env>, view: View, indicator: Indicator): Promise<LineageView> => {
    const part: LineagePart = c.req.query("phan") === "nam-goc" ? "BASELINE" : "PERIOD";
    const of = lineageOf(deps.pack, indicator, view.ask, part);
    const deals = of && (await dealsBehind(deps.db, of, view.ask.asKnownOn, c.req.query("sau")));
    const mine = c.var.actor?.memberships.map((m) => m.organisationId) ?? [];
    return {
      part,
      deals,
      titles: await titlesForParties(deps.db, deals?.rows.map((deal) => deal.dealId) ?? [], mine),
      after: c.req.query("sau"),
      intermediaries: of ? [] : await intermediaries(deps.db),
      steps: of ? [] : await stepsDone(deps.db),
    };
  };
  return { viewOf, figuresOf, lineageFor };
}

function publicRoutes(deps: Deps): Hono<Env> {
  const routes = new Hono<Env>();
  const { viewOf, figuresOf, lineageFor } = questionsOf(deps);

  routes.get("/chi-tieu", async (c) => {
    const view = viewOf(c);
    if (!view) return c.notFound();
    const t = indicatorWords[view.language];
    return page(c, <IndicatorsPage view={view} figures={await figuresOf(view)} />, {
      title: t.title,
      description: t.description,
    });
  });

  routes.get("/chi-tieu.json", async (c) => {
    const view = viewOf(c);
    if (!view) return c.notFound();
    return c.json((await indicatorReadings(deps.db, deps.pack, { ...view.ask, today: view.today })).map(readingJson));
  });

  routes.get("/chi-tieu/:key", async (c) => {
    const view = viewOf(c);
    const indicator = indicatorOf(deps.pack, keyOfSegment(c.req.param("key")));
    if (!view || !indicator) return c.notFound();
    const lineage = await lineageFor(c, view, indicator);
    const figures = await figuresOf(view);
    const reading = figures.readings.find((one) => one.indicator.key === indicator.key);
    if (!reading) return c.notFound();
    const points = figures.series.get(indicator.key) ?? [];
    return page(c, <IndicatorPage view={view} reading={reading} points={points} lineage={lineage} />, {
      title: label(indicator, view.language),
      description: indicatorWords[view.language].description,
    });
  });
  return routes;
}

function officeRoutes(deps: Deps): Hono<Env> {
  const routes = new Hono<Env>();
  routes.get("/van-phong/chi-tieu", async (c) => {
    const history = await recounts(deps.db);
    const differences = history[0] && (await differencesOf(deps.db, history[0].id));
    return page(c, <RecountPage language={c.var.language} history={history} differences={differences} />, {
      title: recountWords[c.var.language].title,
      noIndex: true,
    });
  });

  routes.post("/van-phong/chi-tieu/dem-lai", async (c) => {
    const outcome = c.var.actor && (await recountFigures(deps, c.var.actor));
    if (outcome?.ok) return c.redirect(inLanguage(c.var.language, "/van-phong/chi-tieu"), 303);
    const history = await recounts(deps.db);
    return page(
      c,
      <RecountPage
        language={c.var.language}
        history={history}
        differences={undefined}
        problem={outcome?.why ?? "action.not_allowed"}
      />,
      {
        title: recountWords[c.var.language].title,
        status: 422,
        noIndex: true,
      },
    );
  });
  return routes;
}

export const indicatorRoutes = (deps: Deps): Hono<Env> =>
  new Hono<Env>().route("/", publicRoutes(deps)).route("/", officeRoutes(deps));
