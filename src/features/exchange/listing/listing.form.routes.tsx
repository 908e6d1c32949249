import { type Context, Hono } from "hono";
import { localDay } from "../../../kernel/clock.ts";
import { readForm, type Typed, textOf, typedOf, type Why } from "../../../kernel/form.ts";
import { acceptOf, extensionOf } from "../../../platform/files/index.ts";
import { showInstant } from "../../../ui/format.ts";
import { type Env, page } from "../../../ui/page.tsx";
import { sayWhy } from "../../../ui/words.ts";
import { storeUpload, uploadsOf } from "../../accounts/index.ts";
import type { ExchangeDeps } from "../exchange.deps.ts";
import { addListingFile, changeListingFile, filesMax, saveDraft } from "./listing.actions.ts";
import type { ListingDocument } from "./listing.document.ts";
import { fieldsFor } from "./listing.fields.ts";
import { CheckPage, FilesPage } from "./listing.file.pages.tsx";
import { filesOf } from "./listing.file.queries.ts";
import { listingAddress, StepPage, stepLabel } from "./listing.form.pages.tsx";
import { formWords } from "./listing.form.words.ts";
import { fileInput, readStep, typedOfDocument, version } from "./listing.input.ts";
import { type FormStep, stepsOf } from "./listing.requirements.ts";
import { contactHints, isEditable, type Listing, ownerVerbsFor } from "./listing.rules.ts";
import { missingIn } from "./listing.submit.actions.ts";
import { listingWords } from "./listing.words.ts";
import { openListing, signedIn } from "./listing.workspace.routes.tsx";

const address = "/khong-gian/tin-dang/:code/:step";

/** The form in steps. A step saves what parses, also where another field is refused; a script posts it while one types. */
export const formListingRoutes = (deps: ExchangeDeps): Hono<Env> => {
  const routes = new Hono<Env>();
  routes.get(address, async (c) => {
    const listing = await openListing(deps, c);
    const step = listing && stepOf(listing, c.req.param("step"));
    if (!listing || !step) return c.notFound();
    if (step === "tep") return showFiles(deps, c, listing, { typed: {}, why: {} });
    if (step === "xem-lai") return showCheck(deps, c, listing);
    return showStep(deps, c, listing, step, {
      typed: typedOfDocument(fieldsFor(listing.kind, listing.goodsKind, step), listing.draft),
      why: {},
    });
  });
  routes.post(address, async (c) => {
    const listing = await openListing(deps, c);
    const step = listing && stepOf(listing, c.req.param("step"));
    if (!listing || !step || step === "xem-lai") return c.notFound();
    const body = await c.req.parseBody({ all: true });
    return step === "tep" ? upload(deps, c, listing, body) : save(deps, c, listing, step, body);
  });
  routes.post("/khong-gian/tin-dang/:code/tep/:fileId", async (c) => {
    const listing = await openListing(deps, c);
    const fileId = c.req.param("fileId");
    if (!listing || !/^[0-9a-f-]{36}$/.test(fileId)) return c.notFound();
    const body = await c.req.parseBody({ all: true });
    const read = readForm(fileInput.omit({ kind: true }), body);
    const change =
      body.go === "remove"
        ? "REMOVE"
        : read.ok
          ? { visibility: read.value.visibility, alt: read.value.alt }
          : undefined;
    if (!change) return showFiles(deps, c, listing, { typed: {}, why: {}, problem: "form.invalid" });
    const outcome = await changeListingFile(deps, signedIn(c), listing.code, fileId, change);
    if (outcome.ok) return c.redirect(listingAddress(c.var.language, listing.code, "tep"), 303);
    return outcome.why === "record.missing"
      ? c.notFound()
      : showFiles(deps, c, listing, { typed: {}, why: {}, problem: outcome.why });
  });
  return routes;
};

const stepOf = (listing: Listing, text: string | undefined): FormStep | undefined =>
  stepsOf(listing.kind).find((step) => step === text);

async function save(
  deps: ExchangeDeps,
  c: Context<Env>,
  listing: Listing,
  step: FormStep,
  body: Record<string, unknown>,
): Promise<Response> {
  const typed = typedOf(body);
  const fields = fieldsFor(listing.kind, listing.goodsKind, step);
  const read = readStep(fields, typed);
  const at = version.safeParse(typed.version);
  const isBackground = c.req.header("accept") === "application/json";
  const outcome = at.success
    ? await saveDraft(deps, signedIn(c), listing.code, { version: at.data, set: read.set, clear: read.clear })
    : { ok: false as const, why: "form.invalid" };
  if (isBackground)
    return answerBackground(deps, c, outcome.ok ? outcome.value : undefined, outcome.ok ? undefined : outcome.why);
  if (!outcome.ok) {
    if (outcome.why === "listing.missing") return c.notFound();
    const now = (await openListing(deps, c)) ?? listing;
    const stored = outcome.why === "record.stale" ? now.draft : undefined;
    return showStep(deps, c, now, step, { typed, why: read.why, problem: outcome.why, stored });
  }
  if (Object.keys(read.why).length)
    return showStep(deps, c, outcome.value, step, { typed, why: read.why, isPartlySaved: true });
  const steps = stepsOf(listing.kind);
  // Somebody who has just typed what looks like a phone number stays here once, to read that.
  const known = contactHints(listing.draft);
  const isNews = contactHints(outcome.value.draft).some((name) => !known.includes(name));
  const next = body.go === "next" && !isNews ? steps[steps.indexOf(step) + 1] : step;
  return c.redirect(listingAddress(c.var.language, listing.code, next), 303);
}

/** What the script that saves while one types hears. */
function answerBackground(
  deps: ExchangeDeps,
  c: Context<Env>,
  saved: Listing | undefined,
  why: string | undefined,
): Response {
  const { language } = c.var;
  if (!saved)
    return c.json(
      { message: sayWhy(language, listingWords[language].why, why ?? "form.invalid") },
      why === "record.stale" ? 409 : 422,
    );
  const time = showInstant(deps.clock.now()).split(" ")[1] ?? "";
  return c.json({ version: saved.version, message: formWords[language].saved(time) });
}

type Shown = {
  typed: Typed;
  why: Why;
  problem?: string;
  stored?: ListingDocument | undefined;
  isPartlySaved?: boolean;
};

function showStep(deps: ExchangeDeps, c: Context<Env>, listing: Listing, step: FormStep, shown: Shown): Response {
  const { language } = c.var;
  const form = { language, typed: shown.typed, why: shown.why, own: listingWords[language].why };
  const view = (
    <StepPage
      listing={listing}
      step={step}
      fields={fieldsFor(listing.kind, listing.goodsKind, step)}
      form={form}
      problem={shown.problem}
      stored={shown.stored}
      isPartlySaved={shown.isPartlySaved ?? false}
      isEditable={isEditable(listing)}
      pack={deps.pack}
      language={language}
      day={localDay(deps.clock.now())}
    />
  );
  const status = shown.problem || Object.keys(shown.why).length ? 422 : 200;
  return page(c, view, { title: stepLabel(language, listing, step), noIndex: true, status });
}

async function showFiles(deps: ExchangeDeps, c: Context<Env>, listing: Listing, shown: Shown): Promise<Response> {
  const { language } = c.var;
  const form = { language, typed: shown.typed, why: shown.why, own: listingWords[language].why };
  const files = await filesOf(deps.db, listing.id);
  const view = (
    <FilesPage
      listing={listing}
      files={files}
      accept={`${acceptOf("PICTURE")},${acceptOf("DOCUMENT")}`}
      mayAdd={files.length < filesMax}
      form={form}
      problem={shown.problem}
      language={language}
    />
  );
  return page(c, view, {
    title: stepLabel(language, listing, "tep"),
    noIndex: true,
    status: shown.problem || Object.keys(shown.why).length ? 422 : 200,
  });
}

async function showCheck(deps: ExchangeDeps, c: Context<Env>, listing: Listing): Promise<Response> {
  const { language } = c.var;
  const [missing, files] = await Promise.all([missingIn(deps.db, listing), filesOf(deps.db, listing.id)]);
  const view = (
    <CheckPage
      listing={listing}
      missing={missing}
      files={files}
      verbs={ownerVerbsFor(listing)}
      pack={deps.pack}
      language={language}
      day={localDay(deps.clock.now())}
    />
  );
  return page(c, view, { title: stepLabel(language, listing, "xem-lai"), noIndex: true });
}

/** What its name says it is; storing holds the name against the content. */
const fileKindOf = (file: File | undefined): "PICTURE" | "ATTACHMENT" =>
  file &&
  acceptOf("PICTURE")
    .split(",")
    .includes(`.${extensionOf(file.name)}`)
    ? "PICTURE"
    : "ATTACHMENT";

/** A file is kept shut (RESTRICTED) until the version that shows it is published. */
async function upload(
  deps: ExchangeDeps,
  c: Context<Env>,
  listing: Listing,
  body: Record<string, unknown>,
): Promise<Response> {
  const read = readForm(fileInput, body);
  if (!isEditable(listing))
    return showFiles(deps, c, listing, { typed: read.typed, why: {}, problem: "listing.not_editable" });
  const [file] = uploadsOf(body, "file");
  const chosen = textOf(read.typed, "kind");
  const kind = chosen === "PICTURE" || chosen === "ATTACHMENT" ? chosen : fileKindOf(file);
  const why: Why = read.ok ? {} : { ...read.why };
  if (!file) why.file = "file.missing";
  if (kind === "PICTURE" && textOf(read.typed, "alt") === "") why.alt ??= "listing.picture.alt_missing";
  if (!read.ok || Object.keys(why).length) return showFiles(deps, c, listing, { typed: read.typed, why });
  const { visibility, alt } = read.value;
  const stored = await storeUpload(deps, deps.db, signedIn(c), file, {
    visibility: "RESTRICTED",
    ownerOrganisationId: listing.organisationId,
    kind: kind === "PICTURE" ? "PICTURE" : "DOCUMENT",
  });
  if (!stored.ok) return showFiles(deps, c, listing, { typed: read.typed, why: { file: stored.why } });
  const added = await addListingFile(deps, signedIn(c), listing.code, {
    fileId: stored.value.id,
    kind,
    visibility,
    alt,
  });
  if (!added.ok) return showFiles(deps, c, listing, { typed: read.typed, why: {}, problem: added.why });
  return c.redirect(listingAddress(c.var.language, listing.code, "tep"), 303);
}
