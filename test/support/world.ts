import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Hono } from "hono";
import pg from "pg";
import { inject } from "vitest";
import { createApp } from "../../src/app.tsx";
import type { Deps } from "../../src/deps.ts";
import { type Catalogue, openCatalogue } from "../../src/features/exchange/index.ts";
import type { Actor, Role } from "../../src/kernel/actor.ts";
import { type Clock, systemClock } from "../../src/kernel/clock.ts";
import type { OrgType } from "../../src/kernel/codes.ts";
import { newId } from "../../src/kernel/id.ts";
import { slugOf } from "../../src/kernel/text.ts";
import { readConfig } from "../../src/platform/config.ts";
import { type Db, openDatabase, openPool } from "../../src/platform/database/database.ts";
import { localFileStore } from "../../src/platform/files/index.ts";
import { type Job, openQueue, queuedJobs } from "../../src/platform/jobs.ts";
import { storedMessages } from "../../src/platform/messages.ts";
import { loadPack } from "../../src/province/index.ts";
import type { Env } from "../../src/ui/page.tsx";

/** An app on a database of this worker's own; each test makes its own organisations in it (style R19). */
export type World = {
  deps: Deps;
  db: Db;
  app: Hono<Env>;
  catalogue: Catalogue;
  /** Runs every queued job of these kinds to the end, in this process. */
  runJobs(jobs: readonly Job<never, never>[], deps?: unknown): Promise<void>;
  /** Requests as somebody; undefined is a guest. */
  as(actor: Actor | undefined): Caller;
  makeOrganisation(over?: {
    orgType?: OrgType;
    name?: string;
    verified?: boolean;
    country?: string;
    agencyKey?: string;
    territory?: string;
  }): Promise<TestOrganisation>;
  /** A person with roles in an organisation. */
  makeActor(organisation: TestOrganisation, ...roles: Role[]): Promise<Actor>;
  /** The same app with another clock. */
  at(clock: Clock): World;
};
export type TestOrganisation = { id: string; name: string; slug: string };
export type Caller = {
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Posts a form; values may be lists (`name[]`) or files. */
  post(path: string, fields: Record<string, string | string[] | File | File[]>): Promise<Response>;
};

let opened: Promise<World> | undefined;
/** One world per worker. */
export const openWorld = (): Promise<World> => (opened ??= makeWorld());

const actors = new Map<string, Actor>();
let serial = 0;

async function makeWorld(): Promise<World> {
  const { deps, boss } = await freshDeps();
  const catalogue = await openCatalogue(deps);
  return worldOf(deps, catalogue, boss);
}

/** A database of its own, empty, with a folder of its own: for tests of a whole installation. */
export async function freshDeps(): Promise<{ deps: Deps; boss: Awaited<ReturnType<typeof openQueue>> }> {
  const { connection, template } = inject("server");
  const name = `${template}_${Math.random().toString(36).slice(2, 8)}`;
  const admin = new pg.Client(connection);
  await admin.connect();
  await admin.query(`create database ${name} template ${template}`);
  await admin.end();
  const here =
    "connectionString" in connection
      ? { connectionString: Object.assign(new URL(connection.connectionString), { pathname: `/${name}` }).href }
      : { ...connection, database: name };
  const pool = openPool(here, { max: 8 });
  const boss = await openQueue(pool);
  const folder = await mkdtemp(path.join(tmpdir(), "opensan-world-"));
  const config = readConfig({ DATA_DIR: folder, NODE_ENV: "test", PORT: "3000" });
  const pack = await loadPack("provinces/tra-vinh");
  if (!config.ok || !pack.ok) throw new Error(JSON.stringify(pack.ok ? config : pack.faults));
  const deps: Deps = {
    config: config.config,
    db: openDatabase(pool),
    pool,
    clock: systemClock,
    pack: pack.pack,
    files: localFileStore(path.join(folder, "files")),
    jobs: queuedJobs(boss),
    messages: storedMessages,
    secret: "a secret for tests that is long enough to be taken",
    assets: { style: "/assets/style.css", site: "/assets/site.js" },
    isDemo: false,
  };
  return { deps, boss };
}

function worldOf(deps: Deps, catalogue: Catalogue, boss: Awaited<ReturnType<typeof openQueue>>): World {
  const app = createApp(deps, {
    readActor: async (request) => actors.get(request.headers.get("x-test-actor") ?? ""),
    handler: async () => new Response(null, { status: 404 }),
    catalogue,
  } as Parameters<typeof createApp>[1]);
  return {
    deps,
    db: deps.db,
    app,
    catalogue,
    as: (actor) => callerOf(app, actor),
    at: (clock) => worldOf({ ...deps, clock }, catalogue, boss),
    makeOrganisation: (over) => makeOrganisation(deps.db, over),
    makeActor: (organisation, ...roles) => makeActor(deps.db, organisation, roles),
    async runJobs(jobs, jobDeps = { ...deps, catalogue }) {
      for (const job of jobs) {
        await boss.createQueue(job.name);
        for (;;) {
          const [one] = await boss.fetch(job.name);
          if (!one) break;
          await job.run(job.input.parse(one.data) as never, jobDeps as never);
          await boss.complete(job.name, one.id);
        }
      }
    },
  };
}

function callerOf(app: Hono<Env>, actor: Actor | undefined): Caller {
  const headers: Record<string, string> = {
    origin: "http://localhost:3000",
    ...(actor ? { cookie: "test=1", "x-test-actor": actor.personId } : {}),
  };
  return {
    get: async (address, more = {}) =>
      app.request(`http://localhost:3000${address}`, { headers: { ...headers, ...more } }),
    post: async (address, fields) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields))
        for (const one of Array.isArray(value) ? value : [value]) form.append(name, one);
      const files = [...form.values()].some((v) => typeof v !== "string");
      const body = files ? form : new URLSearchParams([...form.entries()].map(([k, v]) => [k, String(v)]));
      return app.request(`http://localhost:3000${address}`, { method: "POST", headers, body });
    },
  };
}

async function makeOrganisation(
  db: Db,
  over: Parameters<World["makeOrganisation"]>[0] = {},
): Promise<TestOrganisation> {
  const id = newId();
  const name = over.name ?? `Tổ chức thử ${++serial}`;
  const slug = `${slugOf(name)}-${id.slice(-6)}`;
  await db
    .insertInto("organisation")
    .values({
      id,
      code: `TC-TEST-${id.slice(-12)}`,
      slug,
      legal_name: name,
      org_type: over.orgType ?? "ENTERPRISE",
      country: over.country ?? "VN",
      agency_key: over.agencyKey ?? null,
      territory: over.territory ?? null,
      verification_state: over.verified === false ? "UNVERIFIED" : "VERIFIED",
      verified_at: over.verified === false ? null : new Date(),
    })
    .execute();
  return { id, name, slug };
}

async function makeActor(db: Db, organisation: TestOrganisation, roles: Role[]): Promise<Actor> {
  const personId = newId();
  const name = `Người thử ${++serial}`;
  await db.insertInto("person").values({ id: personId, name }).execute();
  for (const role of roles)
    await db
      .insertInto("membership")
      .values({ id: newId(), person_id: personId, organisation_id: organisation.id, role, valid_from: "2020-01-01" })
      .execute();
  const actor: Actor = {
    personId,
    name,
    memberships: roles.map((role) => ({ organisationId: organisation.id, organisationName: organisation.name, role })),
    organisationId: organisation.id,
    secondFactor: true,
  };
  actors.set(personId, actor);
  return actor;
}
