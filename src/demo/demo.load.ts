import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { sql } from "kysely";
import type { Deps } from "../deps.ts";
import { hashPassword } from "../features/accounts/index.ts";
import { secondFactorRoles } from "../kernel/actor.ts";
import type { Day } from "../kernel/clock.ts";
import type { Db } from "../platform/database/database.ts";
import { locks } from "../platform/locks.ts";
import type { Messages } from "../platform/messages.ts";
import { dealSteps } from "./demo.deals.ts";
import { type Ground, inOneTransaction, writingAside } from "./demo.ground.ts";
import { interestSteps } from "./demo.interests.ts";
import { listingSteps } from "./demo.listings.ts";
import { officeSteps } from "./demo.office.ts";
import { peopleSteps } from "./demo.people.ts";
import { readDemo } from "./demo.read.ts";
import type { DemoMarket } from "./demo.schema.ts";
import { clockAt, inOrder, type Load, type Step } from "./demo.steps.ts";

/** Fills an empty installation with the demo market, once; `--empty` keeps one empty for good. */

export type DemoLoaded = {
  isDemo: boolean;
  password: string;
  signIns: { name: string; login: string; roles: string }[];
};

/** For every account of the demo, and for no other. */
const password = "dua-sap-tra-vinh";
/** The day the content is written for: listings and interests stand as they would on it. */
const demoToday: Day = "2026-11-23";
const version = 1;

type Marker = { state: "LOADING" | "READY"; version: number; signIns: DemoLoaded["signIns"] };
const notDemo: DemoLoaded = { isDemo: false, password: "", signIns: [] };
const loaded = (marker: Marker): DemoLoaded => ({ isDemo: true, password, signIns: marker.signIns });

async function readMarker(db: Db, key: "demo" | "empty"): Promise<Marker | undefined> {
  const row = await db.selectFrom("installation").select("value").where("key", "=", key).executeTakeFirst();
  return row?.value as Marker | undefined;
}
async function isEmpty(db: Db): Promise<boolean> {
  const { rows } = await sql<{
    stands: boolean;
  }>`select exists (select from person) or exists (select from organisation) as stands`.execute(db);
  return rows[0]?.stands === false;
}
const mark = (db: Db, key: "demo" | "empty", value: object) =>
  db
    .insertInto("installation")
    .values({ key, value: JSON.stringify(value) })
    .onConflict((oc) => oc.column("key").doUpdateSet({ value: JSON.stringify(value) }))
    .execute();

export type LoadOptions = {
  /** Before each step; for tests that break a load off. */ before?: (step: Step, index: number) => void;
};

export async function loadDemo(deps: Deps, folder: string, options: LoadOptions = {}): Promise<DemoLoaded> {
  const marker = await readMarker(deps.db, "demo");
  if (marker?.state === "READY") return loaded(marker);
  if ((await readMarker(deps.db, "empty")) || !(await isEmpty(deps.db))) return notDemo;
  const [market, passwordHash] = await Promise.all([readMarket(folder), hashPassword(password)]);
  const signIns = signInsOf(market);
  if (!marker) await mark(deps.db, "demo", { state: "LOADING", version, signIns });
  const answer = await inOneTransaction(deps.pool, async (db, ground) => {
    // One process loads, the others wait for it.
    await sql`select pg_advisory_xact_lock(${locks.demo})`.execute(db);
    const now = await readMarker(db, "demo");
    if (now?.state === "READY") return loaded(now);
    if (!(await isEmpty(db))) return notDemo;
    await fill({ ...deps, db, messages: nobodyIsTold }, market, passwordHash, { ...options, ground, folder });
    const ready: Marker = { state: "READY", version, signIns };
    await mark(db, "demo", ready);
    return loaded(ready);
  });
  if (answer.isDemo) await writeSignIns(deps.config.dataDir, answer);
  return answer;
}

/** Marks an installation that was started without the demo: no later start or command fills it. Silent where the demo stands. */
export async function keepEmpty(deps: Pick<Deps, "db">): Promise<void> {
  const marker = await readMarker(deps.db, "demo");
  if (marker?.state === "READY" || (await readMarker(deps.db, "empty"))) return;
  await mark(deps.db, "empty", { version });
  await deps.db.deleteFrom("installation").where("key", "=", "demo").execute();
}

/** What the demo's people would have been told over the years is past. */
const nobodyIsTold: Messages = { send: async () => {} };

async function readMarket(folder: string): Promise<DemoMarket> {
  const read = await readDemo(folder);
  if (read.ok) return read.market;
  throw new Error(
    `The demo market has faults:\n${read.faults.map((f) => `  ${f.file}:${f.line}  ${f.message}`).join("\n")}`,
  );
}

/** Everything that happened in the market, in the order in which it happened. */
export const planOf = (market: DemoMarket): Step[] =>
  inOrder([
    ...peopleSteps(market),
    ...listingSteps(market, demoToday),
    ...interestSteps(market, demoToday),
    ...dealSteps(market),
    ...officeSteps(market),
  ]);

type FillOptions = LoadOptions & { ground: Ground; folder: string };
async function fill(deps: Deps, market: DemoMarket, passwordHash: string, options: FillOptions): Promise<void> {
  const files = writingAside(deps.files);
  const load: Load = {
    deps: { ...deps, files },
    market,
    folder: options.folder,
    passwordHash,
    organisations: new Map(),
    people: new Map(),
    listings: new Map(),
    interests: new Map(),
    deals: new Map(),
  };
  try {
    for (const [index, step] of planOf(market).entries()) {
      options.before?.(step, index);
      load.deps = { ...load.deps, clock: clockAt(step) };
      options.ground.now = load.deps.clock.now();
      await step.run(load).catch((cause: unknown) => {
        throw new Error(`demo, ${step.day}, ${step.what}: ${cause instanceof Error ? cause.message : String(cause)}`, {
          cause,
        });
      });
    }
    await dateConsents(deps.db);
  } finally {
    await files.settled();
  }
}

/** Nobody agreed to a text that was written after their day: the demo's people agreed to the one of their time. */
const dateConsents = (db: Db) =>
  sql`update consent set text_version = '2021-01-04' where text_version > to_char(given_at, 'YYYY-MM-DD')`.execute(db);

/** In the order of the story that a visitor would follow. */
const storyOrder = [
  "phuong-tto",
  "lan-htx-dua-sap",
  "khoi-htx-tom",
  "hau-duyet-tin",
  "duyen-van-hanh",
  "khanh-moi-gioi",
  "nga-chuong-trinh",
  "thinh-chuong-trinh",
  "nghiem-thanh-tra",
];
function signInsOf(market: DemoMarket): DemoLoaded["signIns"] {
  const rank = (key: string) => (storyOrder.includes(key) ? storyOrder.indexOf(key) : storyOrder.length);
  return [...market.people]
    .sort((a, b) => rank(a.key) - rank(b.key))
    .map((person) => {
      const house = market.organisations.find((one) => one.key === person.organisation)?.legalName ?? "";
      const factor = person.roles.some((role) => secondFactorRoles.includes(role))
        ? " (sets up a second factor at first use)"
        : "";
      return {
        name: person.name,
        login: person.email ?? person.phone.replaceAll(" ", ""),
        roles: `${person.roles.join(", ")}, ${house}${factor}`,
      };
    });
}

async function writeSignIns(folder: string, of: DemoLoaded): Promise<void> {
  const lines = of.signIns.map(({ login, name, roles }) => `${login.padEnd(28)} ${name} – ${roles}`);
  await mkdir(folder, { recursive: true });
  await writeFile(
    path.join(folder, "demo-sign-ins.txt"),
    `Demo sign-ins; password for all: ${of.password}\n${lines.join("\n")}\n`,
    { mode: 0o600 },
  );
}
