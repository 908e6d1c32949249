import { type Context, Hono } from "hono";
import type { Deps } from "../../../deps.ts";
import type { RouteTable } from "../../../kernel/access.ts";
import { readForm, type Typed, type Why } from "../../../kernel/form.ts";
import { inLanguage } from "../../../kernel/language.ts";
import { type Env, page } from "../../../ui/page.tsx";
import { isUuid } from "../organisation/organisation.queries.ts";
import { signedIn } from "../organisation/organisation.routes.tsx";
import { limits, takeAttempt } from "../session/limit.ts";
import { confirmContact, sendContactCode } from "./contact.actions.ts";
import { ownData } from "./export.queries.ts";
import type { OnErase } from "./person.actions.ts";
import * as actions from "./person.actions.ts";
import { contactCodeInput, erasureInput, newsInput, profileInput, registerInput } from "./person.input.ts";
import { PeoplePage, ProfilePage, personForm } from "./person.pages.tsx";
import { consentsOf, openErasureRequests, personById } from "./person.queries.ts";
import { mayErase, mayRegister } from "./person.rules.ts";
import { personWords } from "./person.words.ts";

const own = { roles: "SIGNED_IN", scope: "ANY" } as const;
export const personAccess: RouteTable = {
  "GET /khong-gian/ho-so": own,
  "POST /khong-gian/ho-so": own,
  "POST /khong-gian/ho-so/nhan-tin": own,
  "POST /khong-gian/ho-so/lien-he": own,
  "POST /khong-gian/ho-so/lien-he/gui-lai": own,
  "POST /khong-gian/ho-so/xoa": own,
  "GET /khong-gian/ho-so/du-lieu.json": own,
  "GET /van-phong/nguoi-dung": { roles: ["EXCHANGE_OPERATOR", "SYS_ADMIN", "DATA_PROTECTION"], scope: "ASSIGNED" },
  "POST /van-phong/nguoi-dung": { roles: ["EXCHANGE_OPERATOR", "SYS_ADMIN"], scope: "ASSIGNED" },
  "POST /van-phong/nguoi-dung/:id/xoa": {
    roles: ["EXCHANGE_OPERATOR", "SYS_ADMIN", "DATA_PROTECTION"],
    scope: "ASSIGNED",
  },
};

type C = Context<Env>;
const bodyOf = (c: C) => c.req.parseBody({ all: true });

export const personRoutes = (deps: Deps, onErase: readonly OnErase[]): Hono<Env> => {
  const routes = new Hono<Env>();
  routes.route("/", profileRoutes(deps));
  routes.route("/", contactRoutes(deps));
  routes.route("/", peopleRoutes(deps, onErase));
  return routes;
};

type Refused = { part: "profile" | "contact" | "erasure"; typed: Typed; why: Why };
const saved = (c: C) => c.redirect(inLanguage(c.var.language, "/khong-gian/ho-so?xong=1"), 303);
/** One's profile; what was refused comes back in its own part. */
async function showProfile(deps: Deps, c: C, refused?: Refused): Promise<Response> {
  const actor = signedIn(c);
  const [person, consents, erasures] = await Promise.all([
    personById(deps.db, actor.personId),
    consentsOf(deps.db, actor.personId),
    openErasureRequests(deps.db, actor.personId),
  ]);
  if (!person) return c.notFound();
  const form = personForm(c.var.language, refused?.typed ?? {}, refused?.why ?? {});
  const view = {
    form,
    person,
    consents,
    erasureDue: erasures[0]?.dueOn,
    isSaved: c.req.query("xong") === "1",
    refused: refused?.part,
  };
  return page(c, <ProfilePage {...view} />, {
    title: personWords[c.var.language].profile,
    status: refused ? 422 : 200,
  });
}

function profileRoutes(deps: Deps): Hono<Env> {
  const routes = new Hono<Env>();
  const show = (c: C, refused?: Refused) => showProfile(deps, c, refused);
  routes.get("/khong-gian/ho-so", (c) => show(c));
  routes.post("/khong-gian/ho-so", async (c) => {
    const read = readForm(profileInput, await bodyOf(c));
    if (!read.ok) return show(c, { part: "profile", typed: read.typed, why: read.why });
    const outcome = await actions.saveProfile(deps, signedIn(c), read.value);
    return outcome.ok ? saved(c) : show(c, { part: "profile", typed: read.typed, why: { "": outcome.why } });
  });
  routes.post("/khong-gian/ho-so/nhan-tin", async (c) => {
    const read = readForm(newsInput, await bodyOf(c));
    if (!read.ok) return show(c, { part: "profile", typed: {}, why: { "": "form.invalid" } });
    await actions.setNewsConsent(deps, signedIn(c), read.value.agreed === "yes");
    return saved(c);
  });
  routes.post("/khong-gian/ho-so/xoa", async (c) => {
    const read = readForm(erasureInput, await bodyOf(c));
    const outcome = read.ok ? await actions.askErasure(deps, signedIn(c)) : undefined;
    if (outcome?.ok) return saved(c);
    const why: Why = read.ok ? { "": outcome?.why ?? "form.invalid" } : read.why;
    return show(c, { part: "erasure", typed: {}, why });
  });
  routes.get("/khong-gian/ho-so/du-lieu.json", async (c) => {
    const { personId } = signedIn(c);
    const data = await ownData(deps.db, personId, await actions.readCitizenId(deps, deps.db, personId));
    c.header("content-disposition", 'attachment; filename="du-lieu-cua-toi.json"');
    c.header("cache-control", "private, no-store");
    return c.json(data);
  });
  return routes;
}

/** Proving that a number or address is one's own. */
function contactRoutes(deps: Deps): Hono<Env> {
  const routes = new Hono<Env>();
  const again = (c: C, why: Why) => showProfile(deps, c, { part: "contact", typed: {}, why });
  routes.post("/khong-gian/ho-so/lien-he", async (c) => {
    const read = readForm(contactCodeInput, await bodyOf(c));
    if (!read.ok) return again(c, read.why);
    if (!(await takeAttempt(deps, limits.confirmTry, signedIn(c).personId))) return again(c, { "": "rate.limited" });
    const confirmed = await confirmContact(deps, signedIn(c), read.value.code);
    return confirmed.ok ? saved(c) : again(c, { [confirmed.field ?? ""]: confirmed.why });
  });
  routes.post("/khong-gian/ho-so/lien-he/gui-lai", async (c) => {
    if (!(await takeAttempt(deps, limits.confirmSend, signedIn(c).personId))) return again(c, { "": "rate.limited" });
    const sent = await sendContactCode(deps, signedIn(c).personId);
    return sent.ok ? saved(c) : again(c, { "": sent.why });
  });
  return routes;
}

function peopleRoutes(deps: Deps, onErase: readonly OnErase[]): Hono<Env> {
  const routes = new Hono<Env>();
  const show = async (c: C, over: { typed?: Typed; why?: Why; registered?: string } = {}) => {
    const actor = signedIn(c);
    const erases = mayErase(actor);
    const view = {
      form: personForm(c.var.language, over.typed ?? { channel: "PAPER", language: "vi" }, over.why ?? {}),
      registered: over.registered,
      mayRegister: mayRegister(actor),
      mayErase: erases,
      erasures: erases ? await openErasureRequests(deps.db) : [],
    };
    return page(c, <PeoplePage {...view} />, {
      title: personWords[c.var.language].people,
      status: over.why ? 422 : 200,
    });
  };
  routes.get("/van-phong/nguoi-dung", (c) => show(c));
  routes.post("/van-phong/nguoi-dung", async (c) => {
    const read = readForm(registerInput, await bodyOf(c));
    if (!read.ok) return show(c, { typed: read.typed, why: read.why });
    const made = await actions.registerPerson(deps, signedIn(c), read.value);
    if (!made.ok) return show(c, { typed: read.typed, why: { [made.field ?? ""]: made.why } });
    return show(c, { registered: read.value.name });
  });
  routes.post("/van-phong/nguoi-dung/:id/xoa", async (c) => {
    const id = c.req.param("id");
    const erased = isUuid(id) ? await actions.erasePerson(deps, signedIn(c), id, onErase) : undefined;
    return erased?.ok ? c.redirect(inLanguage(c.var.language, "/van-phong/nguoi-dung"), 303) : c.notFound();
  });
  return routes;
}
