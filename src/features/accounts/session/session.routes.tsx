import { type Context, Hono } from "hono";
import type { Deps } from "../../../deps.ts";
import type { RouteTable } from "../../../kernel/access.ts";
import { readForm, textOf, typedOf, type Why } from "../../../kernel/form.ts";
import { inLanguage } from "../../../kernel/language.ts";
import { type Env, page } from "../../../ui/page.tsx";
import { sendContactCode } from "../person/contact.actions.ts";
import { createPersonWithPassword } from "../person/person.actions.ts";
import { contactOf, safeReturnPath, tidyPhone } from "../person/person.rules.ts";
import { organisationCookie } from "./actor.ts";
import type { Auth } from "./auth.ts";
import { addressOf, forgetAttempts, limits, takeAttempt } from "./limit.ts";
import * as flow from "./session.flow.ts";
import { codeInput, forgotInput, resetInput, signInInput, signUpInput } from "./session.input.ts";
import {
  ForgotPage,
  MailSentPage,
  ResetPage,
  SecondFactorPage,
  SignInPage,
  SignUpPage,
  sessionForm,
} from "./session.pages.tsx";
import { sessionWords } from "./session.words.ts";

const open = { roles: "PUBLIC", scope: "ANY" } as const;
export const sessionAccess: RouteTable = {
  "GET /dang-ky": open,
  "POST /dang-ky": open,
  "GET /dang-nhap": open,
  "POST /dang-nhap": open,
  "GET /dang-nhap/ma-xac-thuc": open,
  "POST /dang-nhap/ma-xac-thuc": open,
  "POST /dang-xuat": open,
  "GET /quen-mat-khau": open,
  "POST /quen-mat-khau": open,
  "GET /dat-lai-mat-khau": open,
  "POST /dat-lai-mat-khau": open,
};

type C = Context<Env>;
export const passCookies = (c: C, cookies: readonly string[]): void => {
  for (const cookie of cookies) c.header("set-cookie", cookie, { append: true });
};
const titled = (
  c: C,
  title: keyof typeof sessionWords.vi & ("signUp" | "signIn" | "secondStep" | "forgotTitle" | "resetTitle"),
  status: 200 | 422 | 429 = 200,
) => ({ title: sessionWords[c.var.language][title], status, noIndex: true }) as const;
const limited: Why = { "": "rate.limited" };
const goOn = (c: C, next: string | undefined) => c.redirect(inLanguage(c.var.language, next ?? "/khong-gian"), 303);

export const sessionRoutes = (deps: Deps, auth: Auth): Hono<Env> => {
  const routes = new Hono<Env>();
  routes.route("/", signUpRoutes(deps, auth));
  routes.route("/", signInRoutes(deps, auth));
  routes.route("/", secondStepRoutes(deps, auth));
  routes.route("/", resetRoutes(deps, auth));
  return routes;
};

function signUpRoutes(deps: Deps, auth: Auth): Hono<Env> {
  const routes = new Hono<Env>();
  routes.get("/dang-ky", (c) => {
    const next = safeReturnPath(c.req.query("tiep"));
    return c.var.actor
      ? goOn(c, next)
      : page(c, <SignUpPage form={sessionForm(c.var.language)} next={next} />, titled(c, "signUp"));
  });
  routes.post("/dang-ky", async (c) => {
    const read = readForm(signUpInput, await c.req.parseBody({ all: true }));
    const next = safeReturnPath(textOf(read.typed, "tiep"));
    const again = (why: Why, status: 422 | 429 = 422) =>
      page(
        c,
        <SignUpPage form={sessionForm(c.var.language, read.typed, why)} next={next} />,
        titled(c, "signUp", status),
      );
    if (!read.ok) return again(read.why);
    if (!(await takeAttempt(deps, limits.signUp, addressOf(c)))) return again(limited, 429);
    const { name, contact, password, news } = read.value;
    const of = contact.kind === "PHONE" ? { phone: contact.value } : { email: contact.value };
    const made = await createPersonWithPassword(deps, {
      name,
      ...of,
      password,
      language: c.var.language,
      news: news === "yes",
    });
    if (!made.ok) return again({ [made.field === "password" ? "password" : "contact"]: made.why });
    await sendContactCode(deps, made.value.personId);
    const signed = await flow.signIn(auth, deps, c.req.raw.headers, contact.value, password);
    if (signed.ok) passCookies(c, signed.value.cookies);
    return goOn(c, next);
  });
  return routes;
}

function signInRoutes(deps: Deps, auth: Auth): Hono<Env> {
  const routes = new Hono<Env>();
  routes.get("/dang-nhap", (c) => {
    const next = safeReturnPath(c.req.query("tiep"));
    if (c.var.actor) return goOn(c, next);
    return page(
      c,
      <SignInPage form={sessionForm(c.var.language)} next={next} isReset={c.req.query("da-doi") === "1"} />,
      titled(c, "signIn"),
    );
  });
  routes.post("/dang-nhap", async (c) => {
    const read = readForm(signInInput, await c.req.parseBody({ all: true }));
    const next = safeReturnPath(textOf(read.typed, "tiep"));
    const again = (why: Why, status: 422 | 429 = 422) =>
      page(
        c,
        <SignInPage form={sessionForm(c.var.language, read.typed, why)} next={next} />,
        titled(c, "signIn", status),
      );
    if (!read.ok) return again(read.why);
    const who = contactOf(read.value.contact)?.value ?? read.value.contact.toLowerCase();
    const tries = [
      await takeAttempt(deps, limits.signInByAddress, addressOf(c)),
      await takeAttempt(deps, limits.signInByContact, who),
    ];
    if (tries.includes(false)) return again(limited, 429);
    const signed = await flow.signIn(auth, deps, c.req.raw.headers, read.value.contact, read.value.password);
    if (!signed.ok) return again({ "": signed.why });
    await forgetAttempts(deps, limits.signInByContact, who);
    passCookies(c, signed.value.cookies);
    if (signed.value.next === "DONE") return goOn(c, next);
    const after = next ? `?tiep=${encodeURIComponent(next)}` : "";
    return c.redirect(inLanguage(c.var.language, `/dang-nhap/ma-xac-thuc${after}`), 303);
  });
  return routes;
}

function secondStepRoutes(deps: Deps, auth: Auth): Hono<Env> {
  const routes = new Hono<Env>();
  routes.get("/dang-nhap/ma-xac-thuc", (c) =>
    page(
      c,
      <SecondFactorPage form={sessionForm(c.var.language)} next={safeReturnPath(c.req.query("tiep"))} />,
      titled(c, "secondStep"),
    ),
  );
  routes.post("/dang-nhap/ma-xac-thuc", async (c) => {
    const read = readForm(codeInput, await c.req.parseBody({ all: true }));
    const next = safeReturnPath(textOf(read.typed, "tiep"));
    const again = (why: Why, status: 422 | 429 = 422) =>
      page(
        c,
        <SecondFactorPage form={sessionForm(c.var.language, read.typed, why)} next={next} />,
        titled(c, "secondStep", status),
      );
    if (!read.ok) return again(read.why);
    if (!(await takeAttempt(deps, limits.secondFactor, addressOf(c)))) return again(limited, 429);
    const passed = await flow.passSecondFactor(auth, c.req.raw.headers, read.value.code);
    if (!passed.ok) return again({ [passed.field ?? ""]: passed.why });
    passCookies(c, passed.value);
    return goOn(c, next);
  });
  routes.post("/dang-xuat", async (c) => {
    passCookies(c, await flow.signOut(auth, c.req.raw.headers));
    c.header("set-cookie", `${organisationCookie}=; Path=/; Max-Age=0; SameSite=Lax`, { append: true });
    return c.redirect(inLanguage(c.var.language, "/"), 303);
  });
  return routes;
}

function resetRoutes(deps: Deps, auth: Auth): Hono<Env> {
  const routes = new Hono<Env>();
  routes.get("/quen-mat-khau", (c) =>
    page(c, <ForgotPage form={sessionForm(c.var.language)} />, titled(c, "forgotTitle")),
  );
  routes.post("/quen-mat-khau", async (c) => {
    const read = readForm(forgotInput, await c.req.parseBody({ all: true }));
    const again = (why: Why, status: 422 | 429 = 422) =>
      page(c, <ForgotPage form={sessionForm(c.var.language, read.typed, why)} />, titled(c, "forgotTitle", status));
    if (!read.ok) return again(read.why);
    const { contact } = read.value;
    const tries = [
      await takeAttempt(deps, limits.resetByAddress, addressOf(c)),
      await takeAttempt(deps, limits.resetByContact, contact.value),
    ];
    if (tries.includes(false)) return again(limited, 429);
    await flow.askReset(auth, contact);
    if (contact.kind === "MAIL") return page(c, <MailSentPage language={c.var.language} />, titled(c, "forgotTitle"));
    return page(
      c,
      <ResetPage form={sessionForm(c.var.language)} phone={contact.value} isSent />,
      titled(c, "resetTitle"),
    );
  });
  routes.get("/dat-lai-mat-khau", (c) => {
    const token = c.req.query("ma");
    if (!token) return c.redirect(inLanguage(c.var.language, "/quen-mat-khau"), 303);
    c.header("referrer-policy", "no-referrer");
    return page(c, <ResetPage form={sessionForm(c.var.language)} token={token} />, titled(c, "resetTitle"));
  });
  routes.post("/dat-lai-mat-khau", async (c) => {
    const body = await c.req.parseBody({ all: true });
    const read = readForm(resetInput, body);
    const typed = typedOf(body);
    const [token, phone] = [textOf(typed, "ma"), tidyPhone(textOf(typed, "phone"))];
    const again = (why: Why, status: 422 | 429 = 422) =>
      page(
        c,
        <ResetPage form={sessionForm(c.var.language, read.typed, why)} token={token || undefined} phone={phone} />,
        titled(c, "resetTitle", status),
      );
    if (!read.ok) return again(read.why);
    if (!token && !phone) return again({ "": "session.reset.invalid" });
    if (!token && !read.value.code) return again({ code: "field.required" });
    const tries = [
      await takeAttempt(deps, limits.resetTry, token || phone),
      await takeAttempt(deps, limits.resetByAddress, addressOf(c)),
    ];
    if (tries.includes(false)) return again(limited, 429);
    const { password, code = "" } = read.value;
    const reset = await flow.resetPassword(auth, token ? { token, password } : { phone: phone ?? "", code, password });
    if (!reset.ok) return again({ [reset.field ?? ""]: reset.why });
    return c.redirect(inLanguage(c.var.language, "/dang-nhap?da-doi=1"), 303);
  });
  return routes;
}
