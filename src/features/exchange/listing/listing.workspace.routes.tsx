import { type Context, Hono } from "hono";
import { type Actor, can } from "../../../kernel/actor.ts";
import { readForm, type Typed, type Why } from "../../../kernel/form.ts";
import { newId } from "../../../kernel/id.ts";
import { inLanguage } from "../../../kernel/language.ts";
import { type Env, page } from "../../../ui/page.tsx";
import type { ExchangeDeps } from "../exchange.deps.ts";
import { createListing } from "./listing.actions.ts";
import { addressOf } from "./listing.address.ts";
import { fieldsFor } from "./listing.fields.ts";
import { filesOf } from "./listing.file.queries.ts";
import { listingAddress } from "./listing.form.pages.tsx";
import { formWords } from "./listing.form.words.ts";
import { newListingInput, verbInput } from "./listing.input.ts";
import { organisationTyped } from "./listing.operator.queries.ts";
import { publishedById } from "./listing.published.queries.ts";
import { listingByCode, listingsOf } from "./listing.queries.ts";
import { sectionStatus, stepsOf } from "./listing.requirements.ts";
import { isOperator, type Listing, mayOpen, openableBy, ownerVerbsFor } from "./listing.rules.ts";
import { missingIn, stepListing } from "./listing.submit.actions.ts";
import { listingWords } from "./listing.words.ts";
import { MyListings, NewListing, Overview } from "./listing.workspace.pages.tsx";

const pageSize = 20;
const path = "/khong-gian/tin-dang";

/** Own listings: the list, beginning one, one listing's task list and its verbs. */
export const workspaceListingRoutes = (deps: ExchangeDeps): Hono<Env> => {
  const routes = new Hono<Env>();
  routes.get(path, async (c) => {
    const actor = signedIn(c);
    const after = c.req.query("sau");
    const found = await listingsOf(deps.db, openableBy(actor), after, pageSize);
    const here = inLanguage(c.var.language, path);
    const view = (
      <MyListings
        rows={found.rows}
        nextHref={found.next && `${here}?sau=${found.next}`}
        firstHref={after && here}
        pack={deps.pack}
        language={c.var.language}
      />
    );
    return page(c, view, { title: formWords[c.var.language].mine, noIndex: true });
  });

  routes.get(`${path}/moi`, (c) =>
    showNew(deps, c, { kind: c.req.query("loai") ?? "", organisationId: signedIn(c).organisationId ?? "" }, {}),
  );
  routes.post(`${path}/moi`, async (c) => {
    const read = readForm(newListingInput, await c.req.parseBody({ all: true }));
    if (!read.ok) return showNew(deps, c, read.typed, read.why);
    const actor = signedIn(c);
    const { organisation, ...input } = read.value;
    const typed =
      organisation && isOperator(actor)
        ? await organisationTyped(deps.db, deps.secret, organisation)
        : input.organisationId;
    if (!typed)
      return showNew(
        deps,
        c,
        read.typed,
        organisation ? { organisation: "listing.organisation.unknown" } : { organisationId: "field.choice.invalid" },
      );
    const made = await createListing(deps, actor, { ...input, organisationId: typed });
    if (!made.ok) return showNew(deps, c, read.typed, { [made.field ?? ""]: made.why });
    return c.redirect(listingAddress(c.var.language, made.value.code, "co-ban"), 303);
  });

  routes.get(`${path}/:code`, async (c) => {
    const listing = await openListing(deps, c);
    return listing ? showOverview(deps, c, listing) : c.notFound();
  });
  routes.post(`${path}/:code`, async (c) => {
    const code = c.req.param("code");
    const read = readForm(verbInput, await c.req.parseBody({ all: true }));
    const outcome = read.ok
      ? await stepListing(deps, signedIn(c), code, read.value)
      : { ok: false as const, why: "form.invalid" };
    if (outcome.ok) return c.redirect(listingAddress(c.var.language, code), 303);
    const listing = outcome.why === "listing.missing" ? undefined : await openListing(deps, c);
    return listing ? showOverview(deps, c, listing, outcome.why) : c.notFound();
  });
  return routes;
};

function showNew(deps: ExchangeDeps, c: Context<Env>, typed: Typed, why: Why): Response {
  const { language } = c.var;
  const actor = signedIn(c);
  const form = { language, typed, why, own: listingWords[language].why };
  const id = typeof typed.id === "string" && typed.id ? typed.id : newId();
  const view = (
    <NewListing
      form={form}
      id={id}
      organisations={organisationsOf(actor)}
      mayType={isOperator(actor)}
      pack={deps.pack}
      language={language}
    />
  );
  const status = Object.keys(why).length ? 422 : 200;
  return page(c, view, { title: formWords[language].newListing, noIndex: true, status });
}

/** Routes of the workspace are behind sign-in, so somebody is there. */
export function signedIn(c: Context<Env>): Actor {
  if (!c.var.actor) throw new Error("a workspace route without an actor");
  return c.var.actor;
}

/** The listing of the address, if this actor may open it. */
export async function openListing(deps: ExchangeDeps, c: Context<Env>): Promise<Listing | undefined> {
  const listing = await listingByCode(deps.db, c.req.param("code") ?? "");
  return listing && mayOpen(signedIn(c), listing) ? listing : undefined;
}

/** The houses one writes for oneself; an operator types the name of any other. */
function organisationsOf(actor: Actor): { id: string; name: string }[] {
  const own = new Map(
    actor.memberships
      .filter((m) => can(actor, "listing.write.request", m.organisationId))
      .map((m) => [m.organisationId, { id: m.organisationId, name: m.organisationName }]),
  );
  return [...own.values()];
}

async function showOverview(
  deps: ExchangeDeps,
  c: Context<Env>,
  listing: Listing,
  problem?: string,
): Promise<Response> {
  const { language } = c.var;
  const [missing, published, files] = await Promise.all([
    missingIn(deps.db, listing),
    publishedById(deps.db, listing.id),
    filesOf(deps.db, listing.id),
  ]);
  const sections = stepsOf(listing.kind).map((step) => {
    const names = fieldsFor(listing.kind, listing.goodsKind, step).map((field) => field.name);
    const hasContent = step === "tep" ? files.length > 0 : names.some((name) => listing.draft[name] !== undefined);
    return { step, status: sectionStatus(step, missing, hasContent) };
  });
  const publicHref = published && inLanguage(language, addressOf(deps.pack, published));
  const view = (
    <Overview
      listing={listing}
      sections={sections}
      missing={missing}
      verbs={ownerVerbsFor(listing)}
      publicHref={publicHref}
      problem={problem}
      pack={deps.pack}
      language={language}
    />
  );
  return page(c, view, { title: listing.draft.title ?? listing.code, noIndex: true, status: problem ? 422 : 200 });
}
