import { Readable } from "node:stream";
import { type Context, Hono } from "hono";
import type { z } from "zod";
import { type Actor, can, organisationsWhere } from "../../../kernel/actor.ts";
import { localDay } from "../../../kernel/clock.ts";
import { readForm, type Typed, typedOf, type Why } from "../../../kernel/form.ts";
import { inLanguage } from "../../../kernel/language.ts";
import type { Outcome } from "../../../kernel/outcome.ts";
import { acceptOf, downloadHeaders, extensionOf } from "../../../platform/files/index.ts";
import { type Env, page } from "../../../ui/page.tsx";
import { storeUpload, uploadsOf } from "../../accounts/index.ts";
import type { ExchangeDeps } from "../exchange.deps.ts";
import { organisationTyped } from "../listing/listing.operator.queries.ts";
import { acceptImport, cancelImport, mapImport, openImport, retryImport, startImport } from "./import.actions.ts";
import { ImportView } from "./import.batch.pages.tsx";
import type { Batch } from "./import.batch.ts";
import { decideInput, kindOfAddress, readChosen, startInput } from "./import.input.ts";
import { matchHeaders } from "./import.match.ts";
import { addressOf, ImportListView, ImportNewView } from "./import.pages.tsx";
import { batchesOf } from "./import.queries.ts";
import { badRowsFile, templateOf } from "./import.report.ts";
import { badRows, everyBadRow } from "./import.row.queries.ts";
import {
  formats,
  type ImportKind,
  importBytesMax,
  importKinds,
  isOperator,
  isUnderWay,
  mayImport,
  publishingOf,
  rowsShown,
} from "./import.rules.ts";
import { importWords } from "./import.words.ts";

const home = "/khong-gian/nhap-du-lieu";
const listSize = 30;
const kindsFor = (actor: Actor): ImportKind[] =>
  importKinds.filter((kind) => (kind === "DEALS" ? can(actor, "import.deals") : can(actor, "import.listings")));
const organisationIds = (actor: Actor): string[] => [
  ...new Set([...organisationsWhere(actor, "import.listings"), ...organisationsWhere(actor, "import.deals")]),
];

/** The table of routes lets nobody in without a sign-in. */
function actorOf(c: Context<Env>): Actor {
  if (!c.var.actor) throw new Error("a route of imports without an actor");
  return c.var.actor;
}

export const importRoutes = (deps: ExchangeDeps) => {
  const routes = new Hono<Env>();
  routes.get(home, async (c) => {
    const { language } = c.var;
    const actor = actorOf(c);
    const after = c.req.query("sau");
    const batches = await batchesOf(
      deps.db,
      { organisationIds: organisationIds(actor), personId: actor.personId, isOperator: isOperator(actor) },
      after,
      listSize,
    );
    const nextHref = batches.next && inLanguage(language, `${home}?sau=${batches.next}`);
    const view = (
      <ImportListView
        language={language}
        batches={batches.rows}
        kinds={kindsFor(actor)}
        nextHref={nextHref}
        firstHref={after && inLanguage(language, home)}
      />
    );
    return page(c, view, { title: importWords[language].title });
  });
  routes.get(`${home}/moi`, (c) => newPage(c, { organisationId: actorOf(c).organisationId ?? "" }, {}, 200));
  routes.post(`${home}/moi`, async (c) => {
    const actor = actorOf(c);
    const body = await c.req.parseBody({ all: true });
    const read = readForm(startInput, body);
    const [upload] = uploadsOf(body, "file");
    if (!read.ok && !upload) read.why.file = "file.missing";
    const started = read.ok ? await sendFile(deps, actor, read.value, upload) : read;
    if (!started.ok)
      return newPage(
        c,
        typedOf(body),
        "typed" in started ? started.why : { [started.field ?? "file"]: started.why },
        422,
      );
    return c.redirect(inLanguage(c.var.language, addressOf(started.value as Batch)), 303);
  });
  routes.get(`${home}/mau/:kind`, async (c) => {
    const kind = kindOfAddress(c.req.param("kind"));
    if (!kind || !kindsFor(actorOf(c)).includes(kind)) return c.notFound();
    const bytes = await templateOf(kind, deps.pack, c.var.language);
    const name = `mau-${c.req.param("kind")}.xlsx`;
    return c.body(
      Uint8Array.from(bytes),
      200,
      downloadHeaders({ name, mediaType: mediaTypes.xlsx, size: bytes.length }),
    );
  });
  batchRoutes(routes, deps);
  batchFileRoutes(routes, deps);
  return routes;
};

const mediaTypes = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv: "text/csv",
  jsonl: "application/jsonl",
} as const;

async function sendFile(
  deps: ExchangeDeps,
  actor: Actor,
  asked: z.output<typeof startInput>,
  upload: File | undefined,
): Promise<Outcome<Batch>> {
  const typed = asked.organisation && isOperator(actor) ? asked.organisation : undefined;
  const organisationId = typed ? await organisationTyped(deps.db, deps.secret, typed) : asked.organisationId;
  if (!organisationId)
    return typed
      ? { ok: false, why: "import.organisation.unknown", field: "organisation" }
      : { ok: false, why: "import.organisation.missing", field: "organisationId" };
  const { kind, source } = asked;
  const input = { kind, source, organisationId, publish: asked.publish === "yes" };
  if (!mayImport(actor, input.kind, input.organisationId))
    return { ok: false, why: "action.not_allowed", field: "organisationId" };
  const format = formats.find((one) => one === extensionOf(upload?.name ?? ""));
  const stored = await storeUpload(deps, deps.db, actor, upload, {
    visibility: "RESTRICTED",
    ownerOrganisationId: input.organisationId,
    kind: "SPREADSHEET",
    maxBytes: importBytesMax,
  });
  if (!stored.ok) return stored;
  return format
    ? startImport(deps, actor, { ...input, file: stored.value, format })
    : { ok: false, why: "file.type_not_allowed" };
}

function newPage(c: Context<Env>, typed: Typed, why: Why, status: 200 | 422): Response {
  const actor = actorOf(c);
  const mine = new Set(organisationIds(actor));
  const named = new Map(
    actor.memberships.filter((m) => mine.has(m.organisationId)).map((m) => [m.organisationId, m.organisationName]),
  );
  const { language } = c.var;
  const organisations = [...named].map(([value, label]) => ({ value, label }));
  const view = (
    <ImportNewView
      form={{ language, typed, why }}
      kinds={kindsFor(actor)}
      organisations={organisations}
      accept={acceptOf("SPREADSHEET")}
      isOperator={isOperator(actor)}
    />
  );
  return page(c, view, { title: importWords[language].start, status });
}

function batchRoutes(routes: Hono<Env>, deps: ExchangeDeps): void {
  const found = (c: Context<Env>) => openImport(deps, actorOf(c), c.req.param("code") ?? "");
  routes.get(`${home}/:code`, async (c) => {
    const batch = await found(c);
    return batch ? batchPage(c, deps, batch, {}) : c.notFound();
  });
  routes.post(`${home}/:code`, async (c) => {
    const batch = await found(c);
    if (!batch) return c.notFound();
    const read = readForm(decideInput, await c.req.parseBody());
    if (!read.ok) return batchPage(c, deps, batch, { why: "form.invalid" });
    const actor = actorOf(c);
    const { decision } = read.value;
    const outcome = await (decision === "cancel"
      ? cancelImport(deps, actor, batch.code)
      : decision === "retry"
        ? retryImport(deps, actor, batch.code)
        : acceptImport(deps, actor, batch.code, {
            onlyValid: decision.endsWith("-valid"),
            publishAs: decision.startsWith("publish-") ? actor : undefined,
          }));
    if (!outcome.ok) return batchPage(c, deps, (await found(c)) ?? batch, { why: outcome.why });
    return c.redirect(inLanguage(c.var.language, addressOf(batch)), 303);
  });
  routes.post(`${home}/:code/cot`, async (c) => {
    const batch = await found(c);
    if (!batch) return c.notFound();
    const body = await c.req.parseBody();
    const chosen = readChosen(batch.kind, batch.headers, body);
    const outcome: Outcome<Batch> = chosen
      ? await mapImport(deps, actorOf(c), batch.code, chosen)
      : { ok: false, why: "form.invalid" };
    if (!outcome.ok)
      return batchPage(c, deps, batch, { typed: typedOf(body), fields: { [outcome.field ?? ""]: outcome.why } });
    return c.redirect(inLanguage(c.var.language, addressOf(batch)), 303);
  });
}

/** What a page's script asks for, and the file of rows to mend. */
function batchFileRoutes(routes: Hono<Env>, deps: ExchangeDeps): void {
  const found = (c: Context<Env>) => openImport(deps, actorOf(c), c.req.param("code") ?? "");
  routes.get(`${home}/:code/tien-do.json`, async (c) => {
    const batch = await found(c);
    if (!batch) return c.notFound();
    const accepting = batch.state === "ACCEPTING";
    const progress = {
      done: accepting ? batch.written : batch.read,
      total: (accepting ? batch.valid : batch.totalEstimate) ?? null,
      finished: !isUnderWay(batch.state),
    };
    return c.json({ ...progress, state: batch.state, valid: batch.valid, bad: batch.bad }, 200, {
      "cache-control": "no-store",
    });
  });
  routes.get(`${home}/:code/dong-loi`, async (c) => {
    const batch = await found(c);
    if (!batch || batch.bad === 0) return c.notFound();
    const bytes = badRowsFile(everyBadRow(deps.db, batch.id), {
      format: batch.format,
      headers: batch.headers,
      language: c.var.language,
    });
    const name = `${batch.code}-dong-loi-${localDay(deps.clock.now())}.${batch.format}`;
    const { "Content-Length": _unknown, ...headers } = downloadHeaders({
      name,
      mediaType: mediaTypes[batch.format],
      size: 0,
    });
    return c.body(Readable.toWeb(Readable.from(bytes)) as ReadableStream, 200, headers);
  });
}

async function batchPage(
  c: Context<Env>,
  deps: ExchangeDeps,
  batch: Batch,
  said: { why?: string; typed?: Typed; fields?: Why },
): Promise<Response> {
  const { language } = c.var;
  const bad = batch.bad > 0 && !isUnderWay(batch.state) ? await badRows(deps.db, batch.id, 0, rowsShown) : [];
  const guessed = matchHeaders(batch.kind, batch.source, batch.headers).mapping.columns;
  const typed =
    said.typed ??
    Object.fromEntries(
      batch.headers.map((header, index) => [
        `column${index}`,
        Object.entries(guessed).find(([, rule]) => rule?.from === header)?.[0] ?? "",
      ]),
    );
  const refused = said.why !== undefined || said.fields !== undefined;
  const view = (
    <ImportView
      language={language}
      batch={batch}
      bad={bad}
      why={said.why}
      publishing={publishingOf(actorOf(c), batch)}
      form={{ language, typed, why: said.fields ?? {} }}
    />
  );
  return page(c, view, {
    title: `${importWords[language].title} ${batch.code}`,
    status: refused ? 422 : 200,
  });
}
