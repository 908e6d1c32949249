import { Hono } from "hono";
import { localDay } from "../../../kernel/clock.ts";
import { readForm, type Typed, typedOf, type Why } from "../../../kernel/form.ts";
import { inLanguage } from "../../../kernel/language.ts";
import { historyOf } from "../../../platform/history.ts";
import { type Env, page } from "../../../ui/page.tsx";
import { storeUpload, uploadsOf } from "../../accounts/index.ts";
import type { ExchangeDeps } from "../exchange.deps.ts";
import { interestByCode } from "../interest/interest.queries.ts";
import { confirmContract, saveContract } from "./deal.contract.actions.ts";
import { addEvidence, evidenceProblem } from "./deal.evidence.actions.ts";
import { logLook } from "./deal.files.ts";
import { typedOfDeal } from "./deal.form.fields.tsx";
import { ContractPage } from "./deal.form.pages.tsx";
import { actorOf, back, type C, type Refused } from "./deal.http.ts";
import { confirmInput, evidenceInput, openInput, readContract, stepInput } from "./deal.input.ts";
import { dealsOf } from "./deal.list.queries.ts";
import { officeDealRoutes } from "./deal.office.routes.tsx";
import { openableBy, openDeal } from "./deal.open.actions.ts";
import { DealList, DealPage, OpenPage } from "./deal.pages.tsx";
import { dealByCode } from "./deal.queries.ts";
import { mayEditFigures, partiesWrittenBy, reachOf } from "./deal.rules.ts";
import { historyShown, rowShown, shownOf } from "./deal.shown.rules.ts";
import { stepDeal } from "./deal.step.actions.ts";
import { dealWords } from "./deal.words.ts";

export const dealRoutes = (deps: ExchangeDeps): Hono<Env> => {
  const routes = new Hono<Env>();
  openRoutes(routes, deps);
  contractRoutes(routes, deps);

  routes.get("/khong-gian/giao-dich", async (c) => {
    const after = c.req.query("sau");
    const actor = actorOf(c);
    const found = await dealsOf(deps.db, actor, after);
    const list = { ...found, rows: found.rows.flatMap((row) => rowShown(actor, row) ?? []) };
    return page(c, <DealList language={c.var.language} list={list} after={after} />, {
      title: dealWords[c.var.language].mine,
    });
  });
  routes.get("/giao-dich/:code", (c) => showDeal(c, deps, c.req.param("code")));
  routes.post("/giao-dich/:code/buoc", async (c) => {
    const code = c.req.param("code");
    const read = readForm(stepInput, await c.req.parseBody({ all: true }));
    if (!read.ok) return showDeal(c, deps, code, { form: "step", typed: read.typed, why: read.why });
    const moved = await stepDeal(deps, actorOf(c), code, read.value);
    if (moved.ok) return back(c, moved.value);
    return showDeal(c, deps, code, { form: "step", typed: read.typed, why: { [moved.field ?? ""]: moved.why } });
  });
  routes.post("/giao-dich/:code/xac-nhan", async (c) => {
    const code = c.req.param("code");
    const read = readForm(confirmInput, await c.req.parseBody({ all: true }));
    if (!read.ok) return showDeal(c, deps, code, only("form.invalid"));
    const confirmed = await confirmContract(deps, actorOf(c), code, read.value.version);
    return confirmed.ok ? back(c, confirmed.value) : showDeal(c, deps, code, only(confirmed.why));
  });
  routes.post("/giao-dich/:code/minh-chung", (c) => uploadEvidence(c, deps, c.req.param("code")));
  routes.route("/", officeDealRoutes(deps));
  return routes;
};

/** A refusal that belongs to no form. */
const only = (why: string): Refused => ({ form: "", typed: {}, why: { "": why } });

async function showDeal(c: C, deps: ExchangeDeps, code: string, refused?: Refused): Promise<Response> {
  const actor = actorOf(c);
  const deal = await dealByCode(deps.db, code, localDay(deps.clock.now()));
  const shown = deal && shownOf(actor, deal);
  if (!deal || !shown) return c.notFound();
  if (shown.reach === "AUDITOR") await logLook(deps.db, actor, deal.id, { code });
  const history = shown.talks ? historyShown(shown, await historyOf(deps.db, "deal", deal.id)) : [];
  const view = (
    <DealPage
      language={c.var.language}
      pack={deps.pack}
      deal={deal}
      actor={actor}
      shown={shown}
      history={history}
      refused={refused}
    />
  );
  return page(c, view, { title: `${dealWords[c.var.language].deal} ${deal.code}`, status: refused ? 422 : 200 });
}

function openRoutes(routes: Hono<Env>, deps: ExchangeDeps): void {
  const show = async (c: C, code: string, typed: Typed, why: Why) => {
    const interest = await interestByCode(deps.db, code);
    if (!openableBy(actorOf(c), interest)) return c.notFound();
    const filled =
      typed.title === undefined
        ? { ...typed, title: interest.listing.title, requestText: interest.cooperation }
        : typed;
    const view = <OpenPage language={c.var.language} interest={interest} typed={filled} why={why} />;
    return page(c, view, { title: dealWords[c.var.language].open, status: Object.keys(why).length ? 422 : 200 });
  };
  routes.get("/khong-gian/giao-dich/moi", (c) => show(c, c.req.query("quan-tam") ?? "", {}, {}));
  routes.post("/khong-gian/giao-dich/moi", async (c) => {
    const body = await c.req.parseBody({ all: true });
    const read = readForm(openInput, body);
    if (!read.ok) return show(c, typeof body.interest === "string" ? body.interest : "", read.typed, read.why);
    const opened = await openDeal(deps, actorOf(c), read.value);
    if (opened.ok) return c.redirect(inLanguage(c.var.language, `/giao-dich/${opened.value.code}`), 303);
    return show(c, read.value.interest, read.typed, { [opened.field ?? ""]: opened.why });
  });
}

function contractRoutes(routes: Hono<Env>, deps: ExchangeDeps): void {
  const show = async (c: C, code: string, typed?: Typed, why: Why = {}) => {
    const deal = await dealByCode(deps.db, code, localDay(deps.clock.now()));
    const actor = actorOf(c);
    const reach = deal && reachOf(actor, deal);
    if (!deal || !reach || reach === "OFFICER" || reach === "AUDITOR") return c.notFound();
    if (!typed && !mayEditFigures(actor, deal)) return showDeal(c, deps, code, only("deal.figures.closed"));
    const version = typeof typed?.version === "string" ? typed.version : String(deal.version);
    const view = (
      <ContractPage
        language={c.var.language}
        pack={deps.pack}
        deal={deal}
        typed={typed ?? typedOfDeal(deal)}
        why={why}
        version={version}
        isCorrection={false}
      />
    );
    return page(c, view, { title: `${dealWords[c.var.language].contract} ${code}`, status: typed ? 422 : 200 });
  };
  routes.get("/giao-dich/:code/hop-dong", (c) => show(c, c.req.param("code")));
  routes.post("/giao-dich/:code/hop-dong", async (c) => {
    const code = c.req.param("code");
    const typed = typedOf(await c.req.parseBody({ all: true }));
    const read = readContract(typed);
    const version = confirmInput.safeParse(typed);
    if (!version.success || Object.keys(read.why).length > 0)
      return show(c, code, typed, version.success ? read.why : { "": "form.invalid" });
    const saved = await saveContract(deps, actorOf(c), code, version.data.version, read.contract);
    return saved.ok ? back(c, saved.value) : show(c, code, typed, saved.why);
  });
}

/** The file is stored before the transaction that names it; one that nothing names is never shown to anybody but who sent it. */
async function uploadEvidence(c: C, deps: ExchangeDeps, code: string): Promise<Response> {
  const actor = actorOf(c);
  const deal = await dealByCode(deps.db, code, localDay(deps.clock.now()));
  if (!deal || !reachOf(actor, deal)) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const read = readForm(evidenceInput, body);
  const [upload] = uploadsOf(body, "file");
  const refuses = (why: Why) => showDeal(c, deps, code, { form: "evidence", typed: read.typed, why });
  if (!read.ok) return refuses({ ...read.why, ...(upload ? {} : { file: "file.missing" }) });
  const problem = evidenceProblem(actor, deal, read.value, localDay(deps.clock.now()));
  if (problem) return refuses({ [problem.field ?? ""]: problem.why });
  const stored = await storeUpload(deps, deps.db, actor, upload, {
    visibility: "RESTRICTED",
    ownerOrganisationId: partiesWrittenBy(actor, deal)[0],
  });
  if (!stored.ok) return refuses({ file: stored.why });
  const added = await addEvidence(deps, actor, code, { ...read.value, fileId: stored.value.id });
  return added.ok ? back(c, added.value.deal) : refuses({ [added.field ?? ""]: added.why });
}
