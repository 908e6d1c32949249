import { type Context, Hono } from "hono";
import type { Deps } from "../../../deps.ts";
import type { RouteTable } from "../../../kernel/access.ts";
import { localDay } from "../../../kernel/clock.ts";
import { readForm, type Typed, type Why } from "../../../kernel/form.ts";
import { inLanguage } from "../../../kernel/language.ts";
import { type Env, page } from "../../../ui/page.tsx";
import { filesById } from "../file/file.queries.ts";
import { personForm } from "../person/person.pages.tsx";
import { personWords } from "../person/person.words.ts";
import { endOfficeRole, grantOfficeRole } from "./member.actions.ts";
import { officeHolders } from "./member.queries.ts";
import { DecidePage, OfficeRolesPage, QueuePage } from "./office.pages.tsx";
import { decideInput, officeRoleInput } from "./organisation.input.ts";
import { OrganisationFacts, organisationForm } from "./organisation.pages.tsx";
import { isUuid, officesOf, organisationById } from "./organisation.queries.ts";
import { placeNameOf, signedIn } from "./organisation.routes.tsx";
import { isSysAdmin, officeRoles, verificationVerbsFor } from "./organisation.rules.ts";
import { decideVerification } from "./verification.actions.ts";
import { filesOfVerification, verificationById, waitingVerifications } from "./verification.queries.ts";

const operators = { roles: ["EXCHANGE_OPERATOR"], scope: "ASSIGNED" } as const;
const admins = { roles: ["SYS_ADMIN"], scope: "ASSIGNED", stepUp: "TOTP" } as const;
export const officeAccess: RouteTable = {
  "GET /van-phong/xac-minh": operators,
  "GET /van-phong/xac-minh/:id": operators,
  "POST /van-phong/xac-minh/:id": operators,
  "GET /van-phong/vai-tro": admins,
  "POST /van-phong/vai-tro": admins,
  "POST /van-phong/vai-tro/:organisationId/:id/thoi": admins,
};

type C = Context<Env>;
export const officeRoutes = (deps: Deps): Hono<Env> => {
  const routes = new Hono<Env>();
  routes.route("/", verificationRoutes(deps));
  routes.route("/", officeRoleRoutes(deps));
  return routes;
};

function verificationRoutes(deps: Deps): Hono<Env> {
  const routes = new Hono<Env>();
  routes.get("/van-phong/xac-minh", async (c) =>
    page(c, <QueuePage language={c.var.language} waiting={await waitingVerifications(deps.db)} />, {
      title: personWords[c.var.language].queue,
    }),
  );
  const show = async (c: C, why: Why = {}, typed: Typed = {}) => {
    const { language } = c.var;
    const actor = signedIn(c);
    const verification = await verificationById(deps.db, c.req.param("id") ?? "");
    const organisation = verification && (await organisationById(deps.db, verification.organisationId));
    if (!verification || !organisation) return c.notFound();
    const isOpen = verification.decision === undefined && verification.submittedBy !== actor.personId;
    const content = (
      <DecidePage
        language={language}
        organisation={organisation}
        verification={verification}
        files={await filesById(deps.db, await filesOfVerification(deps.db, verification.id))}
        facts={
          <OrganisationFacts
            organisation={organisation}
            language={language}
            placeName={placeNameOf(deps, organisation, language)}
            isInside
          />
        }
        mayDecide={isOpen && verificationVerbsFor(actor, organisation).includes("verify")}
        form={organisationForm(language, typed, why)}
      />
    );
    return page(c, content, { title: organisation.legalName, status: Object.keys(why).length > 0 ? 422 : 200 });
  };
  routes.get("/van-phong/xac-minh/:id", (c) => show(c));
  routes.post("/van-phong/xac-minh/:id", async (c) => {
    const read = readForm(decideInput, await c.req.parseBody({ all: true }));
    if (!read.ok) return show(c, read.why, read.typed);
    const decided = await decideVerification(deps, signedIn(c), c.req.param("id"), read.value);
    if (decided.ok) return c.redirect(inLanguage(c.var.language, "/van-phong/xac-minh"), 303);
    return decided.why === "verification.missing"
      ? c.notFound()
      : show(c, { [decided.field ?? ""]: decided.why }, read.typed);
  });
  return routes;
}

function officeRoleRoutes(deps: Deps): Hono<Env> {
  const routes = new Hono<Env>();
  const show = async (c: C, over: { why?: Why; typed?: Typed; problem?: string } = {}) => {
    if (!isSysAdmin(c.var.actor)) return c.notFound();
    const [offices, holders] = await Promise.all([
      officesOf(deps.db),
      officeHolders(deps.db, officeRoles, localDay(deps.clock.now())),
    ]);
    const form = personForm(c.var.language, over.typed, over.why);
    const status = over.why || over.problem ? 422 : 200;
    return page(c, <OfficeRolesPage form={form} offices={offices} holders={holders} why={over.problem} />, {
      title: personWords[c.var.language].officeRoles,
      status,
    });
  };
  const back = (c: C) => c.redirect(inLanguage(c.var.language, "/van-phong/vai-tro"), 303);
  routes.get("/van-phong/vai-tro", (c) => show(c));
  routes.post("/van-phong/vai-tro", async (c) => {
    const read = readForm(officeRoleInput, await c.req.parseBody({ all: true }));
    if (!read.ok) return show(c, read);
    const given = await grantOfficeRole(deps, signedIn(c), read.value);
    return given.ok ? back(c) : show(c, { typed: read.typed, why: { [given.field ?? ""]: given.why } });
  });
  routes.post("/van-phong/vai-tro/:organisationId/:id/thoi", async (c) => {
    const { organisationId, id } = c.req.param();
    if (!isUuid(organisationId) || !isUuid(id)) return c.notFound();
    const ended = await endOfficeRole(deps, signedIn(c), organisationId, id);
    if (ended.ok) return back(c);
    return ended.why.endsWith(".missing") ? c.notFound() : show(c, { problem: ended.why });
  });
  return routes;
}
