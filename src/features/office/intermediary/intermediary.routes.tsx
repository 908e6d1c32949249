import { type Context, Hono } from "hono";
import type { Deps } from "../../../deps.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { localDay } from "../../../kernel/clock.ts";
import { readForm, type Typed, type Why } from "../../../kernel/form.ts";
import { inLanguage } from "../../../kernel/language.ts";
import { type Outcome, type Refusal, refuse } from "../../../kernel/outcome.ts";
import { type Env, page } from "../../../ui/page.tsx";
import { uploadsOf } from "../../accounts/index.ts";
import { connectIntermediary, recordIntermediary, withdrawConnection } from "./intermediary.actions.ts";
import { connectionInput, intermediaryInput, withdrawInput } from "./intermediary.input.ts";
import { IntermediariesPage, IntermediaryPage } from "./intermediary.pages.tsx";
import { intermediaries, intermediaryById, intermediaryCandidates } from "./intermediary.queries.ts";
import { intermediaryWords } from "./intermediary.words.ts";

type Refused = { typed: Typed; why: Why };
const whyOf = (refusal: Refusal): Why => ({ [refusal.field ?? ""]: refusal.why });

const actorOf = (c: Context<Env>): Actor => {
  if (!c.var.actor) throw new Error("a guest came past admission");
  return c.var.actor;
};

/** The two screens, and what a form that was refused shows again. */
function screensOf(deps: Deps) {
  const viewOf = (c: Context<Env>, refused?: Refused) => ({
    language: c.var.language,
    pack: deps.pack,
    today: localDay(deps.clock.now()),
    ...refused,
  });
  const list = async (c: Context<Env>, refused?: Refused) =>
    page(
      c,
      <IntermediariesPage
        view={viewOf(c, refused)}
        all={await intermediaries(deps.db)}
        candidates={await intermediaryCandidates(deps.db)}
      />,
      {
        title: intermediaryWords[c.var.language].title,
        status: refused ? 422 : 200,
        noIndex: true,
      },
    );
  const one = async (c: Context<Env>, refused?: Refused) => {
    const is = await intermediaryById(deps.db, c.req.param("id") ?? "");
    if (!is) return c.notFound();
    return page(c, <IntermediaryPage view={viewOf(c, refused)} is={is} />, {
      title: is.organisationName,
      status: refused ? 422 : 200,
      noIndex: true,
    });
  };
  const answer = async (c: Context<Env>, typed: Typed, outcome: Outcome<unknown>) => {
    if (outcome.ok) return c.redirect(inLanguage(c.var.language, `/van-phong/trung-gian/${c.req.param("id")}`), 303);
    return outcome.why === "record.missing" ? c.notFound() : one(c, { typed, why: whyOf(outcome) });
  };
  return { list, one, answer };
}

export const intermediaryRoutes = (deps: Deps): Hono<Env> => {
  const routes = new Hono<Env>();
  const { list, one, answer } = screensOf(deps);

  routes.get("/van-phong/trung-gian", (c) => list(c));
  routes.post("/van-phong/trung-gian", async (c) => {
    const read = readForm(intermediaryInput, await c.req.parseBody({ all: true }));
    if (!read.ok) return list(c, read);
    const outcome = await recordIntermediary(deps, actorOf(c), read.value);
    if (!outcome.ok) return list(c, { typed: read.typed, why: whyOf(outcome) });
    return c.redirect(inLanguage(c.var.language, `/van-phong/trung-gian/${outcome.value}`), 303);
  });
  routes.get("/van-phong/trung-gian/:id", (c) => one(c));
  routes.post("/van-phong/trung-gian/:id/ket-noi", async (c) => {
    const body = await c.req.parseBody({ all: true });
    const read = readForm(connectionInput, body);
    const [upload] = uploadsOf(body, "file");
    if (!read.ok) return one(c, upload ? read : { ...read, why: { ...read.why, file: "file.missing" } });
    const outcome = upload
      ? await connectIntermediary(deps, actorOf(c), c.req.param("id"), read.value, upload)
      : refuse("file.missing", "file");
    return answer(c, read.typed, outcome);
  });
  routes.post("/van-phong/trung-gian/:id/rut", async (c) => {
    const read = readForm(withdrawInput, await c.req.parseBody({ all: true }));
    if (!read.ok) return one(c, read);
    return answer(c, read.typed, await withdrawConnection(deps, actorOf(c), c.req.param("id"), read.value));
  });
  return routes;
};
