import { Hono } from "hono";
import { can } from "../../../kernel/actor.ts";
import { isDay, localDay } from "../../../kernel/clock.ts";
import { readForm, type Typed, textOf, typedOf, type Why } from "../../../kernel/form.ts";
import { newId } from "../../../kernel/id.ts";
import { inLanguage } from "../../../kernel/language.ts";
import { historyOf } from "../../../platform/history.ts";
import { readDay } from "../../../ui/format.ts";
import { type Env, page } from "../../../ui/page.tsx";
import { storeUpload, uploadsOf } from "../../accounts/index.ts";
import type { ExchangeDeps } from "../exchange.deps.ts";
import { entriesOf, peopleOf } from "./deal.entry.queries.ts";
import { confirmEvidence } from "./deal.evidence.actions.ts";
import { logLook, logLookAtList } from "./deal.files.ts";
import { typedOfDeal } from "./deal.form.fields.tsx";
import { ContractPage, EnterPage } from "./deal.form.pages.tsx";
import { actorOf, back, type C, type Refused } from "./deal.http.ts";
import { correctionInput, decisionInput, officeBoxes, partyOf, readContract } from "./deal.input.ts";
import { dealsForOffice } from "./deal.list.queries.ts";
import { correctDeal, enterDeal, entryProblems } from "./deal.office.actions.ts";
import { OfficeDealList, OfficeDealPage } from "./deal.office.pages.tsx";
import { dealByCode, findDeal } from "./deal.queries.ts";
import { mayCorrect } from "./deal.rules.ts";
import { historyShown, rowShown, shownOf } from "./deal.shown.rules.ts";
import { stepDeal } from "./deal.step.actions.ts";
import { dealWords } from "./deal.words.ts";

export const officeDealRoutes = (deps: ExchangeDeps): Hono<Env> => {
  const routes = new Hono<Env>();
  routes.get("/van-phong/giao-dich", async (c) => {
    const actor = actorOf(c);
    const sees = can(actor, "deal.read_counted") || can(actor, "deal.read_any");
    const asked = officeBoxes.find((one) => one === c.req.query("muc"));
    const box = asked ?? (sees ? "EVIDENCE" : "ALL");
    const after = c.req.query("sau");
    const found = await dealsForOffice(deps.db, box, sees ? undefined : actor.personId, after);
    const rows = found.rows.flatMap((row) => rowShown(actor, row) ?? []);
    await logLookAtList(deps.db, actor, box, rows);
    const list = { ...found, rows };
    const view = (
      <OfficeDealList
        language={c.var.language}
        box={box}
        list={list}
        after={after}
        mayEnter={can(actor, "deal.enter_off_platform")}
      />
    );
    return page(c, view, { title: dealWords[c.var.language].office });
  });
  enterRoutes(routes, deps);
  routes.get("/van-phong/giao-dich/:code", (c) => showOfficeDeal(c, deps, c.req.param("code")));
  routes.post("/van-phong/giao-dich/:code/minh-chung/:id", async (c) => {
    const code = c.req.param("code");
    const form = c.req.param("id");
    const read = readForm(decisionInput, await c.req.parseBody({ all: true }));
    if (!read.ok) return showOfficeDeal(c, deps, code, { form, typed: read.typed, why: read.why });
    const decided = await confirmEvidence(deps, actorOf(c), { ...read.value, code, evidenceId: c.req.param("id") });
    if (decided.ok) return c.redirect(inLanguage(c.var.language, `/van-phong/giao-dich/${code}`), 303);
    return showOfficeDeal(c, deps, code, { form, typed: read.typed, why: { [decided.field ?? ""]: decided.why } });
  });
  routes.post("/van-phong/giao-dich/:code/huy", async (c) => {
    const code = c.req.param("code");
    const read = readForm(correctionInput, await c.req.parseBody({ all: true }));
    if (!read.ok) return showOfficeDeal(c, deps, code, { form: "annul", why: read.why, typed: read.typed });
    const annulled = await stepDeal(deps, actorOf(c), code, {
      verb: "annul",
      version: read.value.version,
      reason: read.value.reason,
      acceptedOn: undefined,
    });
    if (annulled.ok) return c.redirect(inLanguage(c.var.language, `/van-phong/giao-dich/${code}`), 303);
    const why = { [annulled.field ?? ""]: annulled.why };
    return showOfficeDeal(c, deps, code, { form: "annul", why, typed: read.typed });
  });
  correctionRoutes(routes, deps);
  return routes;
};

async function showOfficeDeal(c: C, deps: ExchangeDeps, code: string, refused?: Refused): Promise<Response> {
  const actor = actorOf(c);
  const deal = await dealByCode(deps.db, code, localDay(deps.clock.now()));
  const shown = deal && shownOf(actor, deal);
  // A party meets its deal on its own page, so that an officer of a party never works on it here by mistake.
  if (!deal || !shown || shown.reach === "PARTY" || shown.reach === "BROKER") return c.notFound();
  if (shown.reach === "AUDITOR") await logLook(deps.db, actor, deal.id, { code });
  const offices = actor.memberships.map((m) => m.organisationId);
  const view = (
    <OfficeDealPage
      language={c.var.language}
      pack={deps.pack}
      deal={deal}
      actor={actor}
      shown={shown}
      history={historyShown(shown, await historyOf(deps.db, "deal", deal.id))}
      people={await peopleOf(deps.db, deal.id, offices)}
      entries={await entriesOf(deps.db, deal.id)}
      refused={refused}
    />
  );
  return page(c, view, { title: `${dealWords[c.var.language].deal} ${deal.code}`, status: refused ? 422 : 200 });
}

function enterRoutes(routes: Hono<Env>, deps: ExchangeDeps): void {
  const show = (c: C, typed: Typed, why: Why) =>
    page(c, <EnterPage language={c.var.language} pack={deps.pack} typed={typed} why={why} />, {
      title: dealWords[c.var.language].enter,
      status: Object.keys(why).length ? 422 : 200,
    });
  routes.get("/van-phong/giao-dich/moi", (c) =>
    can(actorOf(c), "deal.enter_off_platform")
      ? show(
          c,
          {
            id: newId(),
            currency: "VND",
            flow: "DOMESTIC",
            originCountry: "VN",
            counterpartyCountry: "VN",
            supplier1Share: "100",
          },
          {},
        )
      : c.notFound(),
  );
  routes.post("/van-phong/giao-dich/moi", async (c) => {
    const actor = actorOf(c);
    if (!can(actor, "deal.enter_off_platform")) return c.notFound();
    const body = await c.req.parseBody({ all: true });
    const typed = typedOf(body);
    const read = readContract(typed);
    // The same form sent again leads to the deal that the first one made; its file is not kept a second time.
    const id = isUuid(typed.id) ? typed.id : newId();
    const today = localDay(deps.clock.now());
    const there = await findDeal(deps.db, id, today);
    if (there?.enteredBy === actor.personId) return back(c, there);
    const acceptedOn = textOf(typed, "acceptedOn") ? readDay(textOf(typed, "acceptedOn")) : "";
    const entry = {
      id,
      title: textOf(typed, "title"),
      buyer: textOf(typed, "buyer") ? partyOf(textOf(typed, "buyer")) : {},
      contract: read.contract,
      acceptedOn: isDay(acceptedOn) ? acceptedOn : undefined,
    };
    const why = allProblems({ ...headProblems(typed), ...read.why }, await entryProblems(deps, entry));
    if (!read.contract.signedOn) why.signedOn ??= "field.required";
    if (Object.keys(why).length > 0) return show(c, typed, why);
    const [upload] = uploadsOf(body, "file");
    const stored =
      upload &&
      (await storeUpload(deps, deps.db, actor, upload, { visibility: "RESTRICTED", ownerOrganisationId: undefined }));
    if (stored && !stored.ok) return show(c, typed, { file: stored.why });
    const entered = await enterDeal(deps, actor, {
      ...entry,
      contractFileId: stored?.ok ? stored.value.id : undefined,
    });
    return entered.ok ? back(c, entered.value.deal) : show(c, typed, entered.why);
  });
}
const isUuid = (value: unknown): value is string =>
  typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);

/** What reading found and what the trade says; of what could not be read the trade says nothing. */
function allProblems(reading: Why, trade: Why): Why {
  const unread = Object.keys(reading);
  const isAbout = (field: string) => unread.some((one) => groupOf(one) === groupOf(field));
  return { ...Object.fromEntries(Object.entries(trade).filter(([field]) => !isAbout(field))), ...reading };
}
const groupOf = (field: string): string =>
  field === "flow" ? "counterpartyCountry" : (/^(line|supplier)\d/.exec(field)?.[1] ?? field);

function headProblems(typed: Typed): Why {
  const why: Why = {};
  const title = textOf(typed, "title");
  if (title.length < 5) why.title = title ? "field.too_short" : "field.required";
  if (title.length > 200) why.title = "field.too_long";
  if (!textOf(typed, "buyer")) why.buyer = "field.required";
  const accepted = textOf(typed, "acceptedOn");
  if (accepted && !isDay(readDay(accepted))) why.acceptedOn = "field.day.invalid";
  return why;
}

function correctionRoutes(routes: Hono<Env>, deps: ExchangeDeps): void {
  const show = async (c: C, code: string, typed?: Typed, why: Why = {}) => {
    const deal = await dealByCode(deps.db, code, localDay(deps.clock.now()));
    const actor = actorOf(c);
    const refuses = (key: string) => showOfficeDeal(c, deps, code, { form: "", typed: {}, why: { "": key } });
    const shown = deal && shownOf(actor, deal);
    if (!deal || !shown) return c.notFound();
    if (!mayCorrect(actor, deal)) return refuses("deal.correct.not_separate");
    if (!shown.names) return refuses("deal.correct.nothing");
    const version = typeof typed?.version === "string" ? typed.version : String(deal.version);
    const view = (
      <ContractPage
        language={c.var.language}
        pack={deps.pack}
        deal={deal}
        typed={typed ?? typedOfDeal(deal)}
        why={why}
        version={version}
        isCorrection
      />
    );
    return page(c, view, { title: `${dealWords[c.var.language].correct} ${code}`, status: typed ? 422 : 200 });
  };
  routes.get("/van-phong/giao-dich/:code/dieu-chinh", (c) => show(c, c.req.param("code")));
  routes.post("/van-phong/giao-dich/:code/dieu-chinh", async (c) => {
    const code = c.req.param("code");
    const typed = typedOf(await c.req.parseBody({ all: true }));
    const read = readContract(typed);
    const head = readForm(correctionInput, typed);
    if (!head.ok || Object.keys(read.why).length > 0)
      return show(c, code, typed, { ...(head.ok ? {} : head.why), ...read.why });
    const corrected = await correctDeal(deps, actorOf(c), code, { ...head.value, contract: read.contract });
    if (corrected.ok) return c.redirect(inLanguage(c.var.language, `/van-phong/giao-dich/${code}`), 303);
    return show(c, code, typed, corrected.why);
  });
}
