import { type Context, Hono } from "hono";
import type { Deps } from "../../../deps.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { readForm, type Typed, type Why } from "../../../kernel/form.ts";
import { inLanguage } from "../../../kernel/language.ts";
import { type Env, page } from "../../../ui/page.tsx";
import { uploadsOf } from "../../accounts/index.ts";
import { recordStep, withdrawStep } from "./milestone.actions.ts";
import { stepInput, stepWithdrawInput } from "./milestone.input.ts";
import { MilestonesPage } from "./milestone.pages.tsx";
import { stepsDone } from "./milestone.queries.ts";
import { milestonesOf } from "./milestone.rules.ts";
import { milestoneWords } from "./milestone.words.ts";

export const milestoneRoutes = (deps: Deps): Hono<Env> => {
  const routes = new Hono<Env>();
  const show = async (c: Context<Env>, refused?: { typed: Typed; why: Why }) =>
    page(
      c,
      <MilestonesPage
        view={{ language: c.var.language, ...refused }}
        milestones={milestonesOf(deps.pack)}
        done={await stepsDone(deps.db)}
      />,
      {
        title: milestoneWords[c.var.language].title,
        status: refused ? 422 : 200,
        noIndex: true,
      },
    );
  const actorOf = (c: Context<Env>): Actor => {
    if (!c.var.actor) throw new Error("a guest came past admission");
    return c.var.actor;
  };
  const back = (c: Context<Env>) => c.redirect(inLanguage(c.var.language, "/van-phong/cot-moc"), 303);

  routes.get("/van-phong/cot-moc", (c) => show(c));
  routes.post("/van-phong/cot-moc", async (c) => {
    const body = await c.req.parseBody({ all: true });
    const read = readForm(stepInput, body);
    const [upload] = uploadsOf(body, "file");
    if (!read.ok) return show(c, upload ? read : { ...read, why: { ...read.why, file: "file.missing" } });
    const outcome = await recordStep(deps, actorOf(c), read.value, upload);
    return outcome.ok ? back(c) : show(c, { typed: read.typed, why: { [outcome.field ?? ""]: outcome.why } });
  });
  routes.post("/van-phong/cot-moc/:id/rut", async (c) => {
    const read = readForm(stepWithdrawInput, await c.req.parseBody({ all: true }));
    if (!read.ok) return show(c, read);
    const outcome = await withdrawStep(deps, actorOf(c), c.req.param("id"), read.value.reason);
    if (outcome.ok) return back(c);
    return outcome.why === "record.missing" ? c.notFound() : show(c, { typed: read.typed, why: { "": outcome.why } });
  });
  return routes;
};
