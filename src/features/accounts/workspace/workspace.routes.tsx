import { type Context, Hono } from "hono";
import type { ComponentChildren } from "preact";
import { z } from "zod";
import type { Deps } from "../../../deps.ts";
import type { RouteTable } from "../../../kernel/access.ts";
import { isMember, type Role } from "../../../kernel/actor.ts";
import { readForm } from "../../../kernel/form.ts";
import { inLanguage } from "../../../kernel/language.ts";
import { showsMessages } from "../../../platform/config.ts";
import { type Env, page } from "../../../ui/page.tsx";
import { acceptInvitation, readInvitation } from "../organisation/member.actions.ts";
import { InvitationOverPage, InvitationPage } from "../organisation/member.pages.tsx";
import { organisationsById } from "../organisation/organisation.queries.ts";
import { signedIn } from "../organisation/organisation.routes.tsx";
import { officeRoles } from "../organisation/organisation.rules.ts";
import { organisationWords } from "../organisation/organisation.words.ts";
import { countWaiting } from "../organisation/verification.queries.ts";
import { organisationCookie } from "../session/actor.ts";
import { MailboxPage, type OfficeLink, OfficePage, WorkspacePage } from "./workspace.pages.tsx";
import { newestMessages } from "./workspace.queries.ts";
import { workspaceWords } from "./workspace.words.ts";

const officeStaff: readonly Role[] = officeRoles;
export const workspaceAccess: RouteTable = {
  "GET /khong-gian": { roles: "SIGNED_IN", scope: "OWN_ORG" },
  "POST /khong-gian/to-chuc-hien-tai": { roles: "SIGNED_IN", scope: "OWN_ORG" },
  "GET /loi-moi/:token": { roles: "PUBLIC", scope: "ANY" },
  "POST /loi-moi/:token": { roles: "SIGNED_IN", scope: "ANY" },
  "GET /van-phong": { roles: officeStaff, scope: "ASSIGNED" },
  "GET /hop-thu": { roles: "PUBLIC", scope: "ANY" },
};

/** What higher features show on the homes: cards and links for who may use them. */
export type WorkspaceCards = (c: Context<Env>) => Promise<ComponentChildren>;
export type OfficeLinks = (c: Context<Env>) => Promise<readonly OfficeLink[]>;

export const workspaceRoutes = (
  deps: Deps,
  more: { cards?: WorkspaceCards | undefined; officeLinks?: OfficeLinks | undefined },
): Hono<Env> => {
  const routes = new Hono<Env>();
  routes.get("/khong-gian", async (c) => {
    const actor = signedIn(c);
    const collator = new Intl.Collator("vi");
    const organisations = await organisationsById(
      deps.db,
      actor.memberships.map((m) => m.organisationId),
    );
    organisations.sort((a, b) => collator.compare(a.legalName, b.legalName));
    const cards = (await more.cards?.(c)) ?? null;
    const content = (
      <WorkspacePage actor={actor} organisations={organisations} language={c.var.language} cards={cards} />
    );
    return page(c, content, { title: workspaceWords[c.var.language].workspace });
  });
  routes.post("/khong-gian/to-chuc-hien-tai", async (c) => {
    const read = readForm(z.object({ organisationId: z.uuid("form.invalid") }), await c.req.parseBody({ all: true }));
    if (!read.ok || !isMember(c.var.actor, read.value.organisationId)) return c.notFound();
    const secure = deps.config.publicUrl.startsWith("https:") ? "; Secure" : "";
    c.header(
      "set-cookie",
      `${organisationCookie}=${read.value.organisationId}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax${secure}`,
      { append: true },
    );
    return c.redirect(inLanguage(c.var.language, "/khong-gian"), 303);
  });
  routes.get("/van-phong", async (c) => {
    const [waiting, links] = await Promise.all([countWaiting(deps.db), more.officeLinks?.(c) ?? []]);
    return page(c, <OfficePage actor={signedIn(c)} language={c.var.language} waiting={waiting} links={links} />, {
      title: workspaceWords[c.var.language].office,
    });
  });
  routes.get("/hop-thu", async (c) => {
    const isTrial = deps.isDemo || deps.config.mode !== "production";
    if (!isTrial || !showsMessages(deps.config)) return c.notFound();
    const messages = await newestMessages(deps.db);
    return page(c, <MailboxPage language={c.var.language} messages={messages} />, {
      title: workspaceWords[c.var.language].mailbox,
      noIndex: true,
    });
  });
  routes.route("/", invitationRoutes(deps));
  return routes;
};

function invitationRoutes(deps: Deps): Hono<Env> {
  const routes = new Hono<Env>();
  const title = (c: Context<Env>) => organisationWords[c.var.language].invitation;
  const show = async (c: Context<Env>, token: string, why?: string) => {
    const read = await readInvitation(deps, deps.db, token);
    if (!read.ok)
      return page(c, <InvitationOverPage language={c.var.language} why={why ?? read.why} />, {
        title: title(c),
        status: 404,
        noIndex: true,
      });
    const { organisation, invitation } = read.value;
    const view = {
      language: c.var.language,
      organisation,
      role: invitation.role,
      token,
      isSignedIn: c.var.actor !== undefined,
      why,
    };
    return page(c, <InvitationPage {...view} />, { title: title(c), status: why ? 422 : 200, noIndex: true });
  };
  routes.get("/loi-moi/:token", (c) => show(c, c.req.param("token")));
  routes.post("/loi-moi/:token", async (c) => {
    const accepted = await acceptInvitation(deps, signedIn(c), c.req.param("token"));
    if (!accepted.ok) return show(c, c.req.param("token"), accepted.why);
    return c.redirect(inLanguage(c.var.language, `/khong-gian/to-chuc/${accepted.value.slug}`), 303);
  });
  return routes;
}
