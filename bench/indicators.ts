import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createApp, type Services } from "../src/app.tsx";
import type { Deps } from "../src/deps.ts";
import { openCatalogue, rebuildRollups } from "../src/features/exchange/index.ts";
import { countingDifferences, indicatorReadings, prepareFigures } from "../src/features/office/index.ts";
import { systemClock } from "../src/kernel/clock.ts";
import { administrativeYear, calendarYear } from "../src/kernel/period.ts";
import { readConfig } from "../src/platform/config.ts";
import { inTransaction, openDatabase, type Pool } from "../src/platform/database/database.ts";
import { localFileStore } from "../src/platform/files/index.ts";
import { storedMessages } from "../src/platform/messages.ts";
import { loadPack, type ProvincePack } from "../src/province/index.ts";
import { fillMarket } from "./support/market.ts";
import { measure, seconds } from "./support/measure.ts";
import { withScratch } from "./support/scratch.ts";

/**
 * `npm run bench -- indicators [lines]`: all six figures over a million counted lines, and the page, beside a constant answer of
 * node:http in the same run.
 */
export const run = ([count = "1000000"]: string[]) =>
  withScratch("indicators", async (pool) => {
    const read = await loadPack("provinces/tra-vinh");
    if (!read.ok) throw new Error(JSON.stringify(read.faults));
    const db = openDatabase(pool);
    await seconds("lines drawn", () => fillMarket(pool, read.pack, Number(count)));
    await seconds("day roll-ups", () => inTransaction(db, rebuildRollups));
    await seconds("folded sums", () => prepareFigures(db, read.pack));
    await pool.query("vacuum analyze");
    const differences = await seconds("recount", () => countingDifferences(db));
    const ask = { period: administrativeYear(2025), scope: "ALL" as const };
    const custom = { from: "2025-01-03", to: "2025-11-27", regime: "CUSTOM" as const };
    const readings = (over: Partial<typeof ask> | object, runs: number) =>
      measure(runs, () => indicatorReadings(db, read.pack, { ...ask, ...over }));
    return {
      bench: "indicators",
      machine: { node: process.version, database: (await pool.query("show server_version")).rows[0].server_version },
      rows: await rowsOf(pool),
      recountDifferences: differences.length,
      readingsMs: {
        administrativeYear: await readings({}, 200),
        calendarYear: await readings({ period: calendarYear(2025) }, 100),
        keySectors: await readings({ scope: "KEY_SECTORS" }, 100),
        customDays: await readings({ period: custom }, 100),
        asKnownOn: await readings({ asKnownOn: "2025-12-31" }, 5),
      },
      pageMs: await pages(pool, read.pack),
    };
  });

async function rowsOf(pool: Pool): Promise<Record<string, number>> {
  const rows: Record<string, number> = {};
  for (const table of [
    "counted_line",
    "deal",
    "counted_rollup",
    "counted_deal_rollup",
    "figure_rollup",
    "figure_deal_rollup",
  ])
    rows[table] = Number((await pool.query(`select count(*) from ${table}`)).rows[0].count);
  return rows;
}

/** The pages through the app, without a socket; the floor is a constant page over one. */
async function pages(pool: Pool, pack: ProvincePack) {
  const folder = await mkdtemp(path.join(tmpdir(), "opensan-bench-"));
  const config = readConfig({ DATA_DIR: folder, NODE_ENV: "test", PORT: "3000" });
  if (!config.ok) throw new Error(config.faults.join());
  const deps: Deps = {
    config: config.config,
    db: openDatabase(pool),
    pool,
    clock: systemClock,
    pack,
    files: await localFileStore(path.join(folder, "files")),
    jobs: { later: async () => {} },
    messages: storedMessages,
    secret: "a secret for benches that is long enough to be taken",
    assets: { style: "/assets/style.css", site: "/assets/site.js" },
    isDemo: false,
  };
  const catalogue = await openCatalogue(deps);
  const services = {
    readActor: async () => undefined,
    handler: async () => new Response(null, { status: 404 }),
    catalogue,
  };
  const app = createApp(deps, services as unknown as Services);
  const get = (address: string) => async () => {
    const answer = await app.request(`http://localhost:3000${address}`);
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`${address}: ${answer.status}`);
    return text;
  };
  const html = await get("/chi-tieu?nam=2025")();
  const times = {
    indicators: await measure(100, get("/chi-tieu?nam=2025")),
    oneIndicator: await measure(100, get("/chi-tieu/share-ip?nam=2025")),
    json: await measure(100, get("/chi-tieu.json?nam=2025")),
    bytes: html.length,
    constantOverHttp: await floor(html),
  };
  await catalogue.close();
  await rm(folder, { recursive: true, force: true });
  return times;
}

async function floor(html: string) {
  const server = createServer((_, answer) => answer.end(html));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const times = await measure(100, async () => (await fetch(`http://127.0.0.1:${port}/`)).text());
  await new Promise((resolve) => server.close(resolve));
  return times;
}
