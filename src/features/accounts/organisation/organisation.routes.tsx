import { type Context, Hono } from "hono";
import type { ComponentChildren } from "preact";
import type { Deps } from "../../../deps.ts";
import type { RouteTable } from "../../../kernel/access.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { localDay } from "../../../kernel/clock.ts";
import { readForm, typedOf, type Why } from "../../../kernel/form.ts";
import { inLanguage, type Language } from "../../../kernel/language.ts";
import { acceptOf } from "../../../platform/files/index.ts";
import { countryName, label, territoriesAt } from "../../../province/index.ts";
import { type Env, page } from "../../../ui/page.tsx";
import { uploadsOf } from "../file/file.actions.ts";
import { limits, takeAttempt } from "../session/limit.ts";
import { DirectoryPage, PublicOrganisationPage } from "./directory.pages.tsx";
import { endMember, grantMemberRole, invite, revokeInvitation } from "./member.actions.ts";
import { MembersPart, VerificationPart } from "./member.pages.tsx";
import { membersOf, openInvitationsOf } from "./member.queries.ts";
import { editOrganisation, foundOrganisation, maySeePublicly } from "./organisation.actions.ts";
import { inviteInput, organisationEditInput, organisationInput, roleInput, submitInput } from "./organisation.input.ts";
import {
  EditPart,
  NewOrganisationPage,
  OrganisationHead,
  organisationForm,
  type PlaceChoices,
  typedOfOrganisation,
} from "./organisation.pages.tsx";
import { directoryPage, isUuid, organisationBySlug } from "./organisation.queries.ts";
import {
  grantableRoles,
  mayManage,
  maySeeInside,
  memberRolesOf,
  type Organisation,
  verificationVerbsFor,
} from "./organisation.rules.ts";
import { organisationWords } from "./organisation.words.ts";
import { submitVerification } from "./verification.actions.ts";
import { verificationsOf } from "./verification.queries.ts";

const open = { roles: "PUBLIC", scope: "ANY" } as const;
const own = { roles: "SIGNED_IN", scope: "OWN_ORG" } as const;
export const organisationAccess: RouteTable = {
  "GET /to-chuc": open,
  "GET /to-chuc/:slug": open,
  "GET /khong-gian/to-chuc/moi": { roles: "SIGNED_IN", scope: "ANY" },
  "POST /khong-gian/to-chuc/moi": { roles: "SIGNED_IN", scope: "ANY" },
  "GET /khong-gian/to-chuc/:slug": own,
  "POST /khong-gian/to-chuc/:slug": own,
  "POST /khong-gian/to-chuc/:slug/vai-tro": own,
  "POST /khong-gian/to-chuc/:slug/thanh-vien/:id/thoi": own,
  "POST /khong-gian/to-chuc/:slug/loi-moi": own,
  "POST /khong-gian/to-chuc/:slug/loi-moi/:id/thu-hoi": own,
  "POST /khong-gian/to-chuc/:slug/xac-thuc": { ...own, upload: true },
};
export type OrganisationSlot = (c: Context<Env>, organisation: Organisation) => Promise<ComponentChildren>;

type C = Context<Env>;
export const signedIn = (c: C): Actor => {
  if (!c.var.actor) throw new Error("the table of routes lets nobody in here unsigned");
  return c.var.actor;
};
const bodyOf = (c: C) => c.req.parseBody({ all: true });

export function placeNameOf(
  deps: Pick<Deps, "pack">,
  organisation: Organisation,
  language: Language,
): string | undefined {
  const place = deps.pack.territories.territories.find((t) => t.key === organisation.territory);
  if (place) return label(place, language);
  return organisation.country === "VN" ? undefined : countryName(deps.pack, organisation.country, language);
}
export function placesOf(deps: Pick<Deps, "pack" | "clock">, language: Language, before?: Organisation): PlaceChoices {
  const now = territoriesAt(deps.pack, localDay(deps.clock.now())).filter((t) => t.parent !== null);
  const old = deps.pack.territories.territories.filter((t) => t.key === before?.territory && !now.includes(t));
  const collator = new Intl.Collator("vi");
  const choices = (rows: readonly { value: string; label: string }[]) =>
    [...rows].sort((a, b) => collator.compare(a.label, b.label));
  return {
    territories: choices([...now, ...old].map((t) => ({ value: t.key, label: label(t, language) }))),
    countries: choices(
      deps.pack.countries.countries
        .filter((x) => x.code !== "VN")
        .map((x) => ({ value: x.code, label: label(x, language) })),
    ),
  };
}

export const organisationRoutes = (deps: Deps, slot: OrganisationSlot | undefined): Hono<Env> => {
  const routes = new Hono<Env>();
  routes.route("/", publicRoutes(deps, slot));
  routes.route("/", newRoutes(deps));
  routes.route("/", ownRoutes(deps));
  routes.route("/", memberRoutes(deps));
  return routes;
};

function publicRoutes(deps: Deps, slot: OrganisationSlot | undefined): Hono<Env> {
  const routes = new Hono<Env>();
  routes.get("/to-chuc", async (c) => {
    const { ten = "", loai = "", sau } = c.req.query();
    const found = await directoryPage(deps.db, { text: ten.slice(0, 100), orgType: loai, cursor: sau });
    const here = (more: Record<string, string>) => {
      const query = new URLSearchParams(
        Object.entries({ ten, loai, ...more }).filter(([, value]) => value !== ""),
      ).toString();
      return inLanguage(c.var.language, `/to-chuc${query ? `?${query}` : ""}`);
    };
    const content = (
      <DirectoryPage
        form={organisationForm(c.var.language, { ten, loai })}
        found={found}
        nextHref={found.next && here({ sau: found.next })}
        firstHref={sau ? here({}) : undefined}
        placeName={(o) => placeNameOf(deps, o, c.var.language)}
      />
    );
    return page(c, content, { title: organisationWords[c.var.language].directory });
  });
  routes.get("/to-chuc/:slug", async (c) => {
    const organisation = await organisationBySlug(deps.db, c.req.param("slug"));
    if (!organisation || !maySeePublicly(c.var.actor, organisation)) return c.notFound();
    const { language } = c.var;
    const more = (await slot?.(c, organisation)) ?? null;
    const content = (
      <PublicOrganisationPage
        organisation={organisation}
        language={language}
        placeName={placeNameOf(deps, organisation, language)}
        more={more}
      />
    );
    return page(c, content, { title: organisation.legalName, noIndex: organisation.verification !== "VERIFIED" });
  });
  return routes;
}

function newRoutes(deps: Deps): Hono<Env> {
  const routes = new Hono<Env>();
  const show = (c: C, form = organisationForm(c.var.language), status: 200 | 422 = 200) =>
    page(c, <NewOrganisationPage form={form} places={placesOf(deps, c.var.language)} />, {
      title: organisationWords[c.var.language].newTitle,
      status,
    });
  routes.get("/khong-gian/to-chuc/moi", (c) => show(c));
  routes.post("/khong-gian/to-chuc/moi", async (c) => {
    const read = readForm(organisationInput, await bodyOf(c));
    if (!read.ok) return show(c, organisationForm(c.var.language, read.typed, read.why), 422);
    const made = await foundOrganisation(deps, signedIn(c), read.value);
    if (!made.ok) return show(c, organisationForm(c.var.language, read.typed, { [made.field ?? ""]: made.why }), 422);
    return c.redirect(inLanguage(c.var.language, `/khong-gian/to-chuc/${made.value.slug}`), 303);
  });
  return routes;
}

type Refused = { part: "edit" | "invite" | "role" | "verification"; typed?: ReturnType<typeof typedOf>; why: Why };
/** The organisation's page in the workspace; what was refused comes back in its own part. */
async function showOwn(deps: Deps, c: C, refused?: Refused): Promise<Response> {
  const actor = signedIn(c);
  const { language } = c.var;
  const organisation = await organisationBySlug(deps.db, c.req.param("slug") ?? "");
  if (!organisation || !maySeeInside(actor, organisation)) return c.notFound();
  const may = mayManage(actor, organisation);
  const now = deps.clock.now();
  const [members, invitations, history] = await Promise.all([
    membersOf(deps.db, organisation.id, localDay(now)),
    may ? openInvitationsOf(deps.db, organisation.id, now) : [],
    verificationsOf(deps.db, organisation.id),
  ]);
  const formOf = (part: Refused["part"], typed = {}) =>
    refused?.part === part
      ? organisationForm(language, refused.typed ?? {}, refused.why)
      : organisationForm(language, typed);
  const part = refused?.part === "invite" || refused?.part === "role" ? refused.part : undefined;
  const content = (
    <>
      <OrganisationHead organisation={organisation} language={language} isSaved={c.req.query("xong") === "1"} />
      <VerificationPart
        language={language}
        organisation={organisation}
        form={formOf("verification")}
        maySubmit={verificationVerbsFor(actor, organisation).includes("submit")}
        history={history}
        isRefused={refused?.part === "verification"}
        accept={acceptOf("EVIDENCE")}
      />
      <MembersPart
        language={language}
        organisation={organisation}
        members={members}
        invitations={invitations}
        ownPersonId={actor.personId}
        grantable={
          may
            ? grantableRoles(actor, organisation).filter((role) => memberRolesOf(organisation.orgType).includes(role))
            : []
        }
        endable={may ? memberRolesOf(organisation.orgType) : []}
        form={part ? formOf(part) : organisationForm(language)}
        refused={part}
      />
      <EditPart
        form={formOf("edit", typedOfOrganisation(organisation))}
        organisation={organisation}
        places={placesOf(deps, language, organisation)}
        mayManage={may}
        isSaved={false}
        placeName={placeNameOf(deps, organisation, language)}
      />
    </>
  );
  return page(c, content, { title: organisation.legalName, status: refused ? 422 : 200 });
}
const saved = (c: C, slug: string) => c.redirect(inLanguage(c.var.language, `/khong-gian/to-chuc/${slug}?xong=1`), 303);
/** What may not be seen is a 404; everything else comes back on the page. */
const refusedPage = (deps: Deps, c: C, part: Refused["part"], body: Record<string, unknown>, why: Why) =>
  Object.values(why).some(
    (key) => key.endsWith(".missing") && (key === "organisation.missing" || key === "member.missing"),
  )
    ? c.notFound()
    : showOwn(deps, c, { part, typed: typedOf(body), why });

function ownRoutes(deps: Deps): Hono<Env> {
  const routes = new Hono<Env>();
  routes.get("/khong-gian/to-chuc/:slug", (c) => showOwn(deps, c));
  routes.post("/khong-gian/to-chuc/:slug", async (c) => {
    const body = await bodyOf(c);
    const read = readForm(organisationEditInput, body);
    if (!read.ok) return refusedPage(deps, c, "edit", body, read.why);
    const edited = await editOrganisation(deps, signedIn(c), c.req.param("slug"), read.value);
    return edited.ok
      ? saved(c, edited.value.slug)
      : refusedPage(deps, c, "edit", body, { [edited.field ?? ""]: edited.why });
  });
  routes.post("/khong-gian/to-chuc/:slug/xac-thuc", async (c) => {
    const body = await bodyOf(c);
    const read = readForm(submitInput, body);
    if (!read.ok) return refusedPage(deps, c, "verification", body, read.why);
    const input = { note: read.value.note, files: uploadsOf(body, "files") };
    const sent = await submitVerification(deps, signedIn(c), c.req.param("slug"), input);
    return sent.ok
      ? saved(c, c.req.param("slug"))
      : refusedPage(deps, c, "verification", body, { [sent.field ?? ""]: sent.why });
  });
  return routes;
}

function memberRoutes(deps: Deps): Hono<Env> {
  const routes = new Hono<Env>();
  routes.post("/khong-gian/to-chuc/:slug/vai-tro", async (c) => {
    const body = await bodyOf(c);
    const read = readForm(roleInput, body);
    if (!read.ok) return refusedPage(deps, c, "role", body, read.why);
    const given = await grantMemberRole(deps, signedIn(c), c.req.param("slug"), read.value);
    return given.ok
      ? saved(c, c.req.param("slug"))
      : refusedPage(deps, c, "role", body, { [given.field ?? ""]: given.why });
  });
  routes.post("/khong-gian/to-chuc/:slug/thanh-vien/:id/thoi", async (c) => {
    const id = c.req.param("id");
    if (!isUuid(id)) return c.notFound();
    const actor = signedIn(c);
    const ended = await endMember(deps, actor, c.req.param("slug"), id);
    if (!ended.ok) return refusedPage(deps, c, "role", {}, { "": ended.why });
    // Who has just left may see the organisation no more.
    return ended.value.personId === actor.personId
      ? c.redirect(inLanguage(c.var.language, "/khong-gian"), 303)
      : saved(c, c.req.param("slug"));
  });
  routes.post("/khong-gian/to-chuc/:slug/loi-moi", async (c) => {
    const body = await bodyOf(c);
    const read = readForm(inviteInput, body);
    if (!read.ok) return refusedPage(deps, c, "invite", body, read.why);
    if (!(await takeAttempt(deps, limits.invite, signedIn(c).personId)))
      return refusedPage(deps, c, "invite", body, { "": "rate.limited" });
    const invited = await invite(deps, signedIn(c), c.req.param("slug"), read.value);
    return invited.ok
      ? saved(c, c.req.param("slug"))
      : refusedPage(deps, c, "invite", body, { [invited.field ?? ""]: invited.why });
  });
  routes.post("/khong-gian/to-chuc/:slug/loi-moi/:id/thu-hoi", async (c) => {
    if (!isUuid(c.req.param("id"))) return c.notFound();
    const revoked = await revokeInvitation(deps, signedIn(c), c.req.param("slug"), c.req.param("id"));
    return revoked.ok ? saved(c, c.req.param("slug")) : refusedPage(deps, c, "invite", {}, { "": revoked.why });
  });
  return routes;
}
