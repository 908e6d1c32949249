import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createApp } from "../src/app.tsx";
import type { Deps } from "../src/deps.ts";
import { openCatalogue } from "../src/features/exchange/index.ts";
import { systemClock } from "../src/kernel/clock.ts";
import { readConfig } from "../src/platform/config.ts";
import { openDatabase, type Pool } from "../src/platform/database/database.ts";
import { localFileStore } from "../src/platform/files/index.ts";
import { storedMessages } from "../src/platform/messages.ts";
import { loadPack } from "../src/province/index.ts";
import { fillListings } from "./support/listings.ts";
import { withScratch } from "./support/scratch.ts";
import { appServer, askTimes, constantServer } from "./support/servers.ts";

/** Catalogue, listing and indicator pages with 10,000 listings behind them, against a constant-string node:http server of the same bytes. */

const listings = 10_000;
const rounds = 5;
const perRound = 60;

async function depsOn(pool: Pool): Promise<Deps> {
  const folder = await mkdtemp(path.join(tmpdir(), "opensan-bench-"));
  const config = readConfig({ DATA_DIR: folder, NODE_ENV: "production", PORT: "3000" });
  const pack = await loadPack("provinces/tra-vinh");
  if (!config.ok || !pack.ok) throw new Error("configuration or pack is wrong");
  return {
    config: config.config,
    db: openDatabase(pool),
    pool,
    clock: systemClock,
    pack: pack.pack,
    files: localFileStore(path.join(folder, "files")),
    jobs: { later: async () => {} },
    messages: storedMessages,
    secret: "a secret for the bench that is long enough",
    isDemo: false,
    assets: { style: "/assets/style.css", site: "/assets/site.js" },
  };
}

const least = (values: readonly number[]) => Math.min(...values);
const round = (value: number) => Math.round(value * 1000) / 1000;

export const run = () =>
  withScratch("pages", async (pool) => {
    const one = await fillListings(pool, listings);
    const deps = await depsOn(pool);
    const catalogue = await openCatalogue(deps);
    const app = createApp(deps, {
      readActor: async () => undefined,
      handler: async () => new Response(),
      catalogue,
    } as Parameters<typeof createApp>[1]);
    const server = await appServer(app);
    const addresses = {
      catalogue: "/san",
      search: `/san?tu-khoa=${encodeURIComponent("dua sap")}`,
      listing: one,
      indicators: "/chi-tieu?nam=2025",
    };
    const pages = [];
    for (const [name, address] of Object.entries(addresses)) {
      const body = new Uint8Array(await (await fetch(server.url + address)).arrayBuffer());
      const floor = await constantServer(body);
      const [ours, floors]: [number[], number[]] = [[], []];
      await askTimes(server.url + address, 30);
      for (let n = 0; n < rounds; n++) {
        floors.push((await askTimes(floor.url, perRound * 4)).cpuMs);
        ours.push((await askTimes(server.url + address, perRound)).cpuMs);
      }
      floor.close();
      pages.push({
        page: name,
        bytes: body.byteLength,
        cpuMs: round(least(ours)),
        floorCpuMs: round(least(floors)),
        ratio: round(least(ours) / least(floors)),
      });
    }
    server.close();
    await catalogue.close();
    return { bench: "pages", listings, rounds, perRound, pages };
  });
