import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Deps } from "../src/deps.ts";
import { importCommand, openCatalogue } from "../src/features/exchange/index.ts";
import { systemClock } from "../src/kernel/clock.ts";
import { newId } from "../src/kernel/id.ts";
import { readConfig } from "../src/platform/config.ts";
import { openDatabase, type Pool } from "../src/platform/database/database.ts";
import { localFileStore } from "../src/platform/files/index.ts";
import { openQueue, queuedJobs } from "../src/platform/jobs.ts";
import { storedMessages } from "../src/platform/messages.ts";
import { loadPack } from "../src/province/index.ts";
import { withScratch } from "./support/scratch.ts";

/**
 * `npm run bench -- import [rows] [file kind map]`: imports made-up offers (100,000 by default), twice, in a scratch database;
 * or a real file with its mapping. Reports rows a second and the most memory held.
 */
export const run = (args: string[]): Promise<object> => withScratch("import", (pool) => importTwice(pool, args));

async function importTwice(pool: Pool, args: string[]): Promise<object> {
  const [rows = "100000", file, kind = "offers", map] = args;
  const folder = await mkdtemp(path.join(tmpdir(), "opensan-bench-"));
  const { deps, close } = await openHere(pool, folder);
  const peak = watchMemory();
  try {
    const organisation = await anOperator(deps.db);
    const source = file ?? (await makeOffers(path.join(folder, "offers.jsonl"), Number(rows)));
    const began = performance.now();
    const onProgress = (p: { phase: string; done: number }) =>
      p.done % 10_000 === 0 &&
      console.error(
        p.phase,
        p.done,
        `${((performance.now() - began) / 1_000).toFixed(1)} s`,
        `${Math.round(process.memoryUsage().rss / 1_048_576)} MB`,
      );
    const command = {
      onProgress,
      kind: kind as "offers",
      file: source,
      map,
      organisation,
      badRowsFile: path.join(folder, "bad.jsonl"),
      onlyValid: true,
    };
    const dry = await timed(() => importCommand(deps, { ...command, dryRun: true }));
    const first = await timed(() => importCommand(deps, command));
    const second = await timed(() => importCommand(deps, command));
    return { bench: "import", dry, first, second, peakMemoryMb: peak() };
  } finally {
    await close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function openHere(pool: Pool, folder: string) {
  const boss = await openQueue(pool);
  const config = readConfig({ DATA_DIR: folder, NODE_ENV: "test", PORT: "3000" });
  const pack = await loadPack("provinces/tra-vinh");
  if (!config.ok || !pack.ok) throw new Error("the pack or the configuration is at fault");
  const deps: Deps = {
    config: config.config,
    db: openDatabase(pool),
    pool,
    clock: systemClock,
    pack: pack.pack,
    files: localFileStore(folder),
    jobs: queuedJobs(boss),
    messages: storedMessages,
    secret: "a secret for benches that is long enough",
    assets: { style: "", site: "" },
    isDemo: false,
  };
  const catalogue = await openCatalogue(deps);
  const close = async () => {
    await catalogue.close();
    await boss.stop({ graceful: false });
  };
  return { deps: { ...deps, catalogue }, close };
}

async function anOperator(db: ReturnType<typeof openDatabase>): Promise<string> {
  const [organisation, person] = [newId(), newId()];
  const slug = `bench-${organisation.slice(-6)}`;
  await db
    .insertInto("organisation")
    .values({ id: organisation, code: "TC-BENCH", slug, legal_name: "Tổ chức đo", org_type: "ENTERPRISE" })
    .execute();
  await db.insertInto("person").values({ id: person, name: "Người đo" }).execute();
  await db
    .insertInto("membership")
    .values({
      id: newId(),
      person_id: person,
      organisation_id: organisation,
      role: "EXCHANGE_OPERATOR",
      valid_from: "2020-01-01",
    })
    .execute();
  return slug;
}

async function makeOffers(file: string, count: number): Promise<string> {
  const out = await open(file, "w");
  const description = "Phôi hữu cơ được nuôi cấy trong môi trường cải tiến, cây con khỏe, tỷ lệ sống cao. ".repeat(8);
  for (let from = 0; from < count; from += 1_000) {
    const lines = Array.from({ length: Math.min(1_000, count - from) }, (_, i) =>
      JSON.stringify({
        sourceId: `N-${from + i}`,
        goodsKind: "TECHNOLOGY",
        title: `Quy trình nhân giống dừa sáp số ${from + i}`,
        summaryPublic: description.slice(0, 300),
        description,
        keywords: ["dừa sáp", "nuôi cấy phôi"],
        trl: (i % 9) + 1,
        originCountry: "VN",
        sectors: "COCONUT",
        priceKind: "NEGOTIABLE",
        priceFrom: 250_000_000 + i,
      }),
    );
    await out.write(`${lines.join("\n")}\n`);
  }
  await out.close();
  return file;
}

async function timed(work: () => ReturnType<typeof importCommand>): Promise<object> {
  const from = performance.now();
  const spent = process.cpuUsage();
  const report = await work();
  const { user, system } = process.cpuUsage(spent);
  const seconds = (performance.now() - from) / 1_000;
  return {
    seconds: Math.round(seconds * 100) / 100,
    cpuSeconds: Math.round((user + system) / 10_000) / 100,
    rowsPerSecond: report.ok ? Math.round(report.read / seconds) : 0,
    report,
  };
}

function watchMemory(): () => number {
  let most = 0;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 100);
  return () => {
    clearInterval(timer);
    return Math.round(most / 1024 / 1024);
  };
}
