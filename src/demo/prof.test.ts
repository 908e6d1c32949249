import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { freshDeps } from "../../test/support/world.ts";
import { loadDemo } from "./demo.load.ts";

const cpuOf = (pid: number) => { const f = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" "); return (Number(f[11]) + Number(f[12])) * 10; };
test("profile", async () => {
  for (const _ of [1]) {
    const { deps } = await freshDeps();
    const qs = new Map<string, number>(); let backend = 0, last = 0, n = 0;
    const connect = deps.pool.connect.bind(deps.pool);
    (deps.pool as any).connect = async (...a: any[]) => {
      if (a.length) return (connect as any)(...a);
      const client: any = await connect();
      if (!backend && !client.__q) { client.__q = true; backend = client.processID; const q = client.query.bind(client); client.query = (...x: any[]) => { const k = (x[0]?.text ?? String(x[0])).slice(0, 60); qs.set(k, (qs.get(k) ?? 0) + 1); return q(...x); }; }
      return client;
    };
    const t = performance.now();
    const cpu = process.cpuUsage();
    await loadDemo(deps, "demo", { before: (_s, i) => { n = i; if (i % 25 === 0) try { last = Math.max(last, cpuOf(backend)); } catch {} } });
    const c = process.cpuUsage(cpu);
    console.log("load wall", Math.round(performance.now() - t), "node cpu", Math.round(c.user / 1000), Math.round(c.system / 1000), "backend cpu", last, "steps", n, "queries", [...qs.values()].reduce((a, b) => a + b, 0), [...qs].sort((a, b) => b[1] - a[1]).slice(0, 14).map(([k, v]) => `${v} ${k}`).join("\n"));
  }
  expect(1).toBe(1);
}, 90_000);
