import { Hono } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { type Actor, can, organisationsWhere } from "../../../kernel/actor.ts";
import { localDay } from "../../../kernel/clock.ts";
import { readForm, type Typed, type Why } from "../../../kernel/form.ts";
import { inLanguage } from "../../../kernel/language.ts";
import type { Outcome } from "../../../kernel/outcome.ts";
import { historyOf } from "../../../platform/history.ts";
import { takeAttempt } from "../../../platform/limits.ts";
import { type Env, page } from "../../../ui/page.tsx";
import { addressOf } from "../../accounts/index.ts";
import { actorOf, type C } from "../deal/deal.http.ts";
import type { ExchangeDeps } from "../exchange.deps.ts";
import { addressOf as listingAddress } from "../listing/listing.address.ts";
import type { Published } from "../listing/listing.published.queries.ts";
import {
  type Asked,
  answerInterest,
  askerOf,
  assignBroker,
  expressInterest,
  expressInterestByPhone,
  followInterest,
  listingToAsk,
} from "./interest.actions.ts";
import { contactsOf } from "./interest.contact.queries.ts";
import { assignInput, guestInterest, interestStepInput, lookupInput, memberInterest } from "./interest.input.ts";
import { interestLimits } from "./interest.limit.ts";
import { InterestList } from "./interest.list.pages.tsx";
import { AskPage, ChoosePage, InterestPage, LookupPage } from "./interest.pages.tsx";
import { brokers, interestByCode, interestsOf, interestsToScreen } from "./interest.queries.ts";
import { type InterestSide, isAnswered, sideOf } from "./interest.rules.ts";
import { interestWords } from "./interest.words.ts";

const idsOf = (actor: Actor) => [...new Set(actor.memberships.map((m) => m.organisationId))];
/** The look-up code travels once, in a cookie that its page takes away. */
const cookie = "ma-quan-tam";
const lookupPath = "/quan-tam/tra-cuu";

export const interestRoutes = (deps: ExchangeDeps): Hono<Env> => {
  const routes = new Hono<Env>();
  askRoutes(routes, deps);
  lookupRoutes(routes, deps);
  sideRoutes(routes, deps, "/khong-gian/quan-tam", ["SENDER", "OWNER"]);
  sideRoutes(routes, deps, "/van-phong/quan-tam", ["SCREENER"]);

  routes.get("/khong-gian/quan-tam", async (c) => {
    const box = c.req.query("loai") === "gui" ? "SENT" : "RECEIVED";
    const after = c.req.query("sau");
    const list = await interestsOf(deps.db, idsOf(actorOf(c)), box, after);
    return page(c, <InterestList language={c.var.language} box={box} list={list} after={after} />, {
      title: interestWords[c.var.language].mine,
    });
  });
  routes.get("/van-phong/quan-tam", async (c) => {
    const after = c.req.query("sau");
    const actor = actorOf(c);
    const isOperator = can(actor, "interest.screen") && actor.memberships.some((m) => m.role === "EXCHANGE_OPERATOR");
    const list = await interestsToScreen(
      deps.db,
      isOperator ? "ALL" : organisationsWhere(actor, "interest.screen"),
      after,
    );
    return page(c, <InterestList language={c.var.language} box="QUEUE" list={list} after={after} />, {
      title: interestWords[c.var.language].queue,
    });
  });
  routes.post("/van-phong/quan-tam/:code/moi-gioi", async (c) => {
    const code = c.req.param("code");
    const read = readForm(assignInput, await c.req.parseBody({ all: true }));
    if (!read.ok)
      return showInterest(c, deps, code, ["SCREENER"], {
        typed: read.typed,
        why: { "": Object.values(read.why)[0] ?? "form.invalid" },
      });
    const given = await assignBroker(deps, actorOf(c), code, read.value);
    if (given.ok) return c.redirect(inLanguage(c.var.language, `/van-phong/quan-tam/${code}`), 303);
    return showInterest(c, deps, code, ["SCREENER"], { typed: read.typed, why: { "": given.why } });
  });
  return routes;
};

function askRoutes(routes: Hono<Env>, deps: ExchangeDeps): void {
  const show = (c: C, listing: Published, typed: Typed, why: Why) => {
    const organisation = askerOf(c.var.actor);
    const name = c.var.actor?.memberships.find((m) => m.organisationId === organisation)?.organisationName;
    const view = (
      <AskPage
        language={c.var.language}
        listing={listing}
        listingHref={listingAddress(deps.pack, listing)}
        organisation={name}
        typed={typed}
        why={why}
      />
    );
    return page(c, view, {
      title: interestWords[c.var.language].ask,
      noIndex: true,
      status: Object.keys(why).length ? 422 : 200,
    });
  };
  routes.get("/quan-tam/moi", async (c) => {
    const asked = c.req.query("tin");
    if (!asked) {
      const title = interestWords[c.var.language].ask;
      return page(c, <ChoosePage language={c.var.language} />, { title, noIndex: true });
    }
    const listing = await listingToAsk(deps, c.var.actor, asked);
    return listing ? show(c, listing, {}, {}) : c.notFound();
  });
  routes.post("/quan-tam/moi", async (c) => {
    const body = await c.req.parseBody({ all: true });
    const listing = await listingToAsk(deps, c.var.actor, typeof body.tin === "string" ? body.tin : "");
    if (!listing) return c.notFound();
    const actor = c.var.actor;
    const member = actor && askerOf(actor) ? readForm(memberInterest, body) : undefined;
    const guest = member ? undefined : readForm(guestInterest, body);
    const read = member ?? guest;
    if (!read?.ok) return show(c, listing, read?.typed ?? {}, read?.why ?? {});
    const asked = await ask(c, deps, member?.ok ? member.value : undefined, guest?.ok ? guest.value : undefined);
    if (!asked.ok) return show(c, listing, read.typed, { [asked.field ?? ""]: asked.why });
    if (!asked.value.lookupCode)
      return c.redirect(inLanguage(c.var.language, `/khong-gian/quan-tam/${asked.value.code}`), 303);
    setCookie(c, cookie, asked.value.lookupCode, {
      path: inLanguage(c.var.language, lookupPath),
      httpOnly: true,
      sameSite: "Lax",
      maxAge: 600,
      secure: deps.config.publicUrl.startsWith("https:"),
    });
    return c.redirect(inLanguage(c.var.language, lookupPath), 303);
  });
}

async function ask(
  c: C,
  deps: ExchangeDeps,
  member: Parameters<typeof expressInterest>[2] | undefined,
  guest: Parameters<typeof expressInterestByPhone>[2] | undefined,
): Promise<Outcome<Asked>> {
  if (member) return expressInterest(deps, actorOf(c), member);
  if (!guest) return { ok: false, why: "form.invalid" };
  const isFree =
    (await takeAttempt(deps, interestLimits.askByAddress, addressOf(c))) &&
    (await takeAttempt(deps, interestLimits.askByPhone, guest.phone));
  return isFree ? expressInterestByPhone(deps, c.var.actor, guest, c.var.language) : { ok: false, why: "rate.limited" };
}

function lookupRoutes(routes: Hono<Env>, deps: ExchangeDeps): void {
  routes.get(lookupPath, (c) => {
    const newCode = getCookie(c, cookie);
    if (newCode) deleteCookie(c, cookie, { path: inLanguage(c.var.language, lookupPath) });
    const answer = page(c, <LookupPage language={c.var.language} newCode={newCode} typed={{}} why={{}} />, {
      title: interestWords[c.var.language].lookup,
      noIndex: true,
    });
    if (newCode) answer.headers.set("cache-control", "private, no-store");
    return answer;
  });
  routes.post(lookupPath, async (c) => {
    const read = readForm(lookupInput, await c.req.parseBody({ all: true }));
    const show = (typed: Typed, why: Why) =>
      page(c, <LookupPage language={c.var.language} typed={typed} why={why} />, {
        title: interestWords[c.var.language].lookup,
        noIndex: true,
        status: 422,
      });
    if (!read.ok) return show(read.typed, read.why);
    if (!(await takeAttempt(deps, interestLimits.lookup, addressOf(c))))
      return show(read.typed, { "": "rate.limited" });
    const found = await followInterest(deps, read.value.code);
    if (!found) return show(read.typed, { code: "interest.lookup.missing" });
    const contacts = isAnswered(found) ? await contactsOf(deps.db, found.id, localDay(deps.clock.now())) : undefined;
    const view = <LookupPage language={c.var.language} found={found} contacts={contacts} typed={read.value} why={{}} />;
    const answer = page(c, view, {
      title: interestWords[c.var.language].lookup,
      noIndex: true,
    });
    answer.headers.set("cache-control", "private, no-store");
    return answer;
  });
}

/** One interest as its sides see it, and the answer they give. */
function sideRoutes(routes: Hono<Env>, deps: ExchangeDeps, base: string, sides: readonly InterestSide[]): void {
  routes.get(`${base}/:code`, (c) => showInterest(c, deps, c.req.param("code") ?? "", sides));
  routes.post(`${base}/:code`, async (c) => {
    const code = c.req.param("code") ?? "";
    const read = readForm(interestStepInput, await c.req.parseBody({ all: true }));
    if (!read.ok) return showInterest(c, deps, code, sides, { typed: read.typed, why: read.why });
    const moved = await answerInterest(deps, actorOf(c), code, read.value);
    if (moved.ok) return c.redirect(inLanguage(c.var.language, `${base}/${code}`), 303);
    return showInterest(c, deps, code, sides, { typed: read.typed, why: { [moved.field ?? ""]: moved.why } });
  });
}

async function showInterest(
  c: C,
  deps: ExchangeDeps,
  code: string,
  sides: readonly InterestSide[],
  problem?: { typed: Typed; why: Why },
): Promise<Response> {
  const actor = actorOf(c);
  const interest = await interestByCode(deps.db, code);
  const side = interest && sideOf(actor, interest);
  if (!interest || !side || !sides.includes(side)) return c.notFound();
  const isOperator = side === "SCREENER" && actor.memberships.some((m) => m.role === "EXCHANGE_OPERATOR");
  const view = (
    <InterestPage
      language={c.var.language}
      actor={actor}
      interest={interest}
      side={side}
      contacts={isAnswered(interest) ? await contactsOf(deps.db, interest.id, localDay(deps.clock.now())) : undefined}
      history={await historyOf(deps.db, "interest", interest.id)}
      brokers={isOperator ? await brokers(deps.db, localDay(deps.clock.now())) : []}
      typed={problem?.typed ?? {}}
      why={problem?.why ?? {}}
    />
  );
  return page(c, view, { title: `${interestWords[c.var.language].mine} ${code}`, status: problem ? 422 : 200 });
}
