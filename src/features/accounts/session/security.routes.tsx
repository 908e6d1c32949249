import { type Context, Hono } from "hono";
import type { Deps } from "../../../deps.ts";
import type { RouteTable } from "../../../kernel/access.ts";
import { type Actor, secondFactorRoles } from "../../../kernel/actor.ts";
import { listOf, readForm, type Typed, textOf, type Why } from "../../../kernel/form.ts";
import { inLanguage } from "../../../kernel/language.ts";
import type { Refusal } from "../../../kernel/outcome.ts";
import { inTransaction } from "../../../platform/database/database.ts";
import { recordEvent } from "../../../platform/events.ts";
import { type Env, page } from "../../../ui/page.tsx";
import { personById } from "../person/person.queries.ts";
import { sessionToken } from "./actor.ts";
import type { Auth } from "./auth.ts";
import { limits, takeAttempt } from "./limit.ts";
import { EnrolPage, SecurityPage, type SecurityView } from "./security.pages.tsx";
import { securityWords } from "./security.words.ts";
import * as flow from "./session.flow.ts";
import { changePasswordInput, enrolInput, passwordInput } from "./session.input.ts";
import { sessionForm } from "./session.pages.tsx";
import { endOtherSessions, endSession, hasTotp, passkeysOf, removePasskeyRow, sessionsOf } from "./session.queries.ts";
import { passCookies } from "./session.routes.tsx";

const own = { roles: "SIGNED_IN", scope: "ANY" } as const;
export const securityAccess: RouteTable = {
  "GET /khong-gian/bao-mat": own,
  "POST /khong-gian/bao-mat/mat-khau": own,
  "POST /khong-gian/bao-mat/ung-dung": own,
  "POST /khong-gian/bao-mat/ung-dung/xac-nhan": own,
  "POST /khong-gian/bao-mat/ung-dung/tat": own,
  "POST /khong-gian/bao-mat/ma-du-phong": own,
  "POST /khong-gian/bao-mat/phien-khac": own,
  "POST /khong-gian/bao-mat/phien/:id": own,
  "POST /khong-gian/bao-mat/khoa/:id": own,
};

type C = Context<Env>;
const actorOf = (c: C): Actor => {
  if (!c.var.actor) throw new Error("the table of routes lets nobody in here unsigned");
  return c.var.actor;
};
const notices = ["passwordDone", "totpDone", "totpEnded", "done", "needed"] as const;
const back = (c: C, notice: (typeof notices)[number]) =>
  c.redirect(inLanguage(c.var.language, `/khong-gian/bao-mat?xong=${notice}`), 303);
const noted = (deps: Deps, actor: Actor, verb: string) =>
  inTransaction(deps.db, (tx) =>
    recordEvent(tx, {
      at: deps.clock.now(),
      actorId: actor.personId,
      subject: "person",
      subjectId: actor.personId,
      verb,
    }),
  );

async function show(
  deps: Deps,
  c: C,
  over: Partial<SecurityView> = {},
  status: 200 | 422 | 429 = 200,
): Promise<Response> {
  const actor = actorOf(c);
  const [sessions, passkeys, totp] = await Promise.all([
    sessionsOf(deps.db, actor.personId, deps.clock.now()),
    passkeysOf(deps.db, actor.personId),
    hasTotp(deps.db, actor.personId),
  ]);
  const view: SecurityView = {
    form: sessionForm(c.var.language),
    hasTotp: totp,
    sessions,
    passkeys,
    currentToken: sessionToken(c.req.raw, deps),
    ...over,
  };
  return page(c, <SecurityPage {...view} />, { title: securityWords[c.var.language].title, status, noIndex: true });
}
const refused = (
  deps: Deps,
  c: C,
  which: SecurityView["refused"],
  why: Why,
  typed: Typed = {},
  status: 422 | 429 = 422,
) => show(deps, c, { form: sessionForm(c.var.language, typed, why), refused: which }, status);
const whyOf = (refusal: Refusal): Why => ({ [refusal.field ?? ""]: refusal.why });
const mayTry = (deps: Deps, c: C) => takeAttempt(deps, limits.password, actorOf(c).personId);

export const securityRoutes = (deps: Deps, auth: Auth): Hono<Env> => {
  const routes = new Hono<Env>();
  routes.get("/khong-gian/bao-mat", (c) => {
    const { secondFactor, memberships } = actorOf(c);
    const lacks = !secondFactor && memberships.some((m) => secondFactorRoles.includes(m.role));
    return show(deps, c, { notice: notices.find((n) => n === c.req.query("xong")) ?? (lacks ? "needed" : undefined) });
  });
  routes.post("/khong-gian/bao-mat/mat-khau", async (c) => {
    const read = readForm(changePasswordInput, await c.req.parseBody({ all: true }));
    if (!read.ok) return refused(deps, c, "password", read.why);
    if (!(await mayTry(deps, c))) return refused(deps, c, "password", { "": "rate.limited" }, {}, 429);
    const changed = await flow.changePassword(auth, c.req.raw.headers, read.value.currentPassword, read.value.password);
    if (!changed.ok) return refused(deps, c, "password", whyOf(changed));
    await endOtherSessions(deps.db, actorOf(c).personId, sessionToken(c.req.raw, deps) ?? "");
    await noted(deps, actorOf(c), "change_password");
    return back(c, "passwordDone");
  });
  routes.post("/khong-gian/bao-mat/phien-khac", async (c) => {
    await endOtherSessions(deps.db, actorOf(c).personId, sessionToken(c.req.raw, deps) ?? "");
    return back(c, "done");
  });
  routes.post("/khong-gian/bao-mat/phien/:id", async (c) =>
    (await endSession(deps.db, actorOf(c).personId, c.req.param("id"))) ? back(c, "done") : c.notFound(),
  );
  routes.post("/khong-gian/bao-mat/khoa/:id", async (c) => {
    if (!(await removePasskeyRow(deps.db, actorOf(c).personId, c.req.param("id")))) return c.notFound();
    await noted(deps, actorOf(c), "remove_passkey");
    return back(c, "done");
  });
  routes.route("/", totpRoutes(deps, auth));
  return routes;
};

function totpRoutes(deps: Deps, auth: Auth): Hono<Env> {
  const routes = new Hono<Env>();
  const enrolPage = (c: C, uri: string, codes: readonly string[], why: Why = {}) => {
    const secret = URL.parse(uri)?.searchParams.get("secret") ?? "";
    const content = <EnrolPage form={sessionForm(c.var.language, {}, why)} secret={secret} uri={uri} codes={codes} />;
    return page(c, content, {
      title: securityWords[c.var.language].totpBegin,
      status: Object.keys(why).length > 0 ? 422 : 200,
      noIndex: true,
    });
  };
  routes.post("/khong-gian/bao-mat/ung-dung", async (c) => {
    const read = readForm(passwordInput, await c.req.parseBody({ all: true }));
    if (!read.ok) return refused(deps, c, "totp", read.why);
    if (!(await mayTry(deps, c))) return refused(deps, c, "totp", { "": "rate.limited" }, {}, 429);
    const begun = await flow.beginTotp(auth, c.req.raw.headers, read.value.currentPassword);
    if (!begun.ok) return refused(deps, c, "totp", whyOf(begun));
    const person = await personById(deps.db, actorOf(c).personId);
    const label = encodeURIComponent(`OpenSàn:${person?.email ?? person?.phone ?? actorOf(c).name}`);
    const uri = `otpauth://totp/${label}?secret=${begun.value.secret}&issuer=${encodeURIComponent("OpenSàn")}`;
    return enrolPage(c, uri, begun.value.backupCodes);
  });
  routes.post("/khong-gian/bao-mat/ung-dung/xac-nhan", async (c) => {
    const read = readForm(enrolInput, await c.req.parseBody({ all: true }));
    const uri = textOf(read.typed, "uri");
    const again = (why: Why) =>
      uri.startsWith("otpauth://")
        ? enrolPage(c, uri, listOf(read.typed, "codes"), why)
        : refused(deps, c, "totp", { "": "session.totp.failed" });
    if (!read.ok) return again(read.why);
    if (!(await takeAttempt(deps, limits.secondFactor, actorOf(c).personId))) return again({ "": "rate.limited" });
    const passed = await flow.passSecondFactor(auth, c.req.raw.headers, read.value.code);
    if (!passed.ok) return again(whyOf(passed));
    passCookies(c, passed.value);
    await endSessionsWithoutFactor(deps, actorOf(c).personId);
    await noted(deps, actorOf(c), "enable_second_factor");
    return back(c, "totpDone");
  });
  routes.post("/khong-gian/bao-mat/ung-dung/tat", async (c) => {
    const read = readForm(passwordInput, await c.req.parseBody({ all: true }));
    if (!read.ok) return refused(deps, c, "totp", read.why);
    if (!(await mayTry(deps, c))) return refused(deps, c, "totp", { "": "rate.limited" }, {}, 429);
    const ended = await flow.endTotp(auth, c.req.raw.headers, read.value.currentPassword);
    if (!ended.ok) return refused(deps, c, "totp", whyOf(ended));
    passCookies(c, ended.value);
    await noted(deps, actorOf(c), "disable_second_factor");
    return back(c, "totpEnded");
  });
  routes.post("/khong-gian/bao-mat/ma-du-phong", async (c) => {
    const read = readForm(passwordInput, await c.req.parseBody({ all: true }));
    if (!read.ok) return refused(deps, c, "backup", read.why);
    if (!(await mayTry(deps, c))) return refused(deps, c, "backup", { "": "rate.limited" }, {}, 429);
    const made = await flow.newBackupCodes(auth, c.req.raw.headers, read.value.currentPassword);
    if (!made.ok) return refused(deps, c, "backup", whyOf(made));
    await noted(deps, actorOf(c), "renew_backup_codes");
    return show(deps, c, { backupCodes: made.value });
  });
  return routes;
}

/** Once two steps are on, sessions that were opened by a password alone end. */
async function endSessionsWithoutFactor(deps: Deps, personId: string): Promise<void> {
  for (const session of await sessionsOf(deps.db, personId, deps.clock.now()))
    if (!session.secondFactor) await endSession(deps.db, personId, session.id);
}
