import { Hono } from "hono";
import { readForm, type Typed, typedOf, type Why } from "../../../kernel/form.ts";
import { inLanguage } from "../../../kernel/language.ts";
import { type Env, page } from "../../../ui/page.tsx";
import { storeUpload, uploadsOf } from "../../accounts/index.ts";
import type { ExchangeDeps } from "../exchange.deps.ts";
import { interestByCode } from "../interest/interest.queries.ts";
import { confirmContract, saveContract } from "./deal.contract.actions.ts";
import { addEvidence } from "./deal.evidence.actions.ts";
import { logLook } from "./deal.files.ts";
import { typedOfDeal } from "./deal.form.fields.tsx";
import { ContractPage } from "./deal.form.pages.tsx";
import { actorOf, type C } from "./deal.http.ts";
import { confirmInput, evidenceInput, openInput, readContract, stepInput } from "./deal.input.ts";
import { dealsOf } from "./deal.list.queries.ts";
import { officeDealRoutes } from "./deal.office.routes.tsx";
import { openableBy, openDeal } from "./deal.open.actions.ts";
import { DealList, DealPage, OpenPage } from "./deal.pages.tsx";
import { dealByCode, historyOf } from "./deal.queries.ts";
import { mayAddEvidence, mayEditFigures, partiesWrittenBy, reachOf } from "./deal.rules.ts";
import { stepDeal } from "./deal.step.actions.ts";
import { dealWords } from "./deal.words.ts";

export const dealRoutes = (deps: ExchangeDeps): Hono<Env> => {
  const routes = new Hono<Env>();
  openRoutes(routes, deps);
  contractRoutes(routes, deps);

  routes.get("/khong-gian/giao-dich", async (c) => {
    const after = c.req.query("sau");
    const list = await dealsOf(deps.db, actorOf(c), after);
    return page(c, <DealList language={c.var.language} list={list} after={after} />, {
      title: dealWords[c.var.language].mine,
    });
  });
  routes.get("/giao-dich/:code", (c) => showDeal(c, deps, c.req.param("code")));
  routes.post("/giao-dich/:code/buoc", async (c) => {
    const code = c.req.param("code");
    const read = readForm(stepInput, await c.req.parseBody({ all: true }));
    if (!read.ok) return showDeal(c, deps, code, Object.values(read.why)[0] ?? "form.invalid");
    const moved = await stepDeal(deps, actorOf(c), code, read.value);
    return moved.ok ? back(c, moved.value) : showDeal(c, deps, code, moved.why);
  });
  routes.post("/giao-dich/:code/xac-nhan", async (c) => {
    const code = c.req.param("code");
    const read = readForm(confirmInput, await c.req.parseBody({ all: true }));
    if (!read.ok) return showDeal(c, deps, code, "form.invalid");
    const confirmed = await confirmContract(deps, actorOf(c), code, read.value.version);
    return confirmed.ok ? back(c, confirmed.value) : showDeal(c, deps, code, confirmed.why);
  });
  routes.post("/giao-dich/:code/chung-cu", (c) => uploadEvidence(c, deps, c.req.param("code")));
  routes.route("/", officeDealRoutes(deps));
  return routes;
};

/** Parties and brokers go back to their page, the office to its own. */
function back(c: C, deal: Parameters<typeof reachOf>[1] & { code: string }): Response {
  const reach = reachOf(actorOf(c), deal);
  const isOffice = reach === "ENTERER" || reach === "OFFICER";
  return c.redirect(inLanguage(c.var.language, `${isOffice ? "/van-phong" : ""}/giao-dich/${deal.code}`), 303);
}

async function showDeal(c: C, deps: ExchangeDeps, code: string, why?: string): Promise<Response> {
  const actor = actorOf(c);
  const deal = await dealByCode(deps.db, code);
  const reach = deal && reachOf(actor, deal);
  if (!deal || !reach) return c.notFound();
  if (reach === "AUDITOR") await logLook(deps.db, actor, deal.id, { code });
  const history = reach === "OFFICER" ? [] : await historyOf(deps.db, "deal", deal.id);
  const view = (
    <DealPage
      language={c.var.language}
      pack={deps.pack}
      deal={deal}
      actor={actor}
      reach={reach}
      history={history}
      why={why}
    />
  );
  return page(c, view, { title: `${dealWords[c.var.language].deal} ${deal.code}`, status: why ? 422 : 200 });
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
    const deal = await dealByCode(deps.db, code);
    const actor = actorOf(c);
    const reach = deal && reachOf(actor, deal);
    if (!deal || !reach || reach === "OFFICER" || reach === "AUDITOR") return c.notFound();
    if (!typed && !mayEditFigures(actor, deal)) return showDeal(c, deps, code, "deal.figures.closed");
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
  const deal = await dealByCode(deps.db, code);
  if (!deal || !reachOf(actor, deal)) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const read = readForm(evidenceInput, body);
  if (!read.ok) return showDeal(c, deps, code, Object.values(read.why)[0] ?? "form.invalid");
  if (!mayAddEvidence(actor, deal)) return showDeal(c, deps, code, "action.not_allowed");
  const stored = await storeUpload(deps, deps.db, actor, uploadsOf(body, "file")[0], {
    visibility: "RESTRICTED",
    ownerOrganisationId: partiesWrittenBy(actor, deal)[0],
  });
  if (!stored.ok) return showDeal(c, deps, code, stored.why);
  const added = await addEvidence(deps, actor, code, { ...read.value, fileId: stored.value.id });
  return added.ok ? back(c, added.value.deal) : showDeal(c, deps, code, added.why);
}
