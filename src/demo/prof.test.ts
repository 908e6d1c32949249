import { expect, test } from "vitest";
import { freshDeps } from "../../test/support/world.ts";
import { loadDemo } from "./demo.load.ts";
import { readDemo } from "./demo.read.ts";
import { paperOf } from "./demo.paper.ts";

test("profile", async () => {
  const { deps } = await freshDeps();
  let t = performance.now();
  await readDemo("demo");
  console.log("read", performance.now() - t);
  t = performance.now();
  for (let i = 0; i < 180; i++) paperOf("Hợp đồng", ["Công ty Cổ phần Chế biến Dừa Càng Long Minh Họa Công ty Cổ phần Chế biến Dừa Càng Long Minh Họa " + i]);
  console.log("papers", performance.now() - t);
  const by = new Map<string, [number, number]>();
  const qs = new Map<string, [number, number]>();
  const connect = deps.pool.connect.bind(deps.pool);
  (deps.pool as any).connect = async (...a: any[]) => {
    if (a.length) return (connect as any)(...a);
    const client: any = await connect();
    if (client.__q) return client;
    client.__q = true;
    const q = client.query.bind(client);
    client.query = (...args: any[]) => {
      const text = typeof args[0] === "string" ? args[0] : (args[0]?.text ?? "?");
      const s = performance.now();
      const r = q(...args);
      r?.then?.(() => { const e = qs.get(text.slice(0, 90)) ?? [0, 0]; e[0]++; e[1] += performance.now() - s; qs.set(text.slice(0, 90), e); });
      return r;
    };
    return client;
  };
  let last: [string, number] | undefined;
  t = performance.now();
  const cpu = process.cpuUsage();
  await loadDemo(deps, "demo", { before: (step) => {
    const now = performance.now();
    if (last) { const k = last[0].replace(/^(deal|listing|interest) \S+/, "$1").replace(/^\S+: /, ""); const e = by.get(k) ?? [0, 0]; e[0]++; e[1] += now - last[1]; by.set(k, e); }
    last = [step.what, now];
  } });
  const c = process.cpuUsage(cpu);
  console.log("load", performance.now() - t, "cpu ms", (c.user + c.system) / 1000);
  console.log([...by].sort((a, b) => b[1][1] - a[1][1]).map(([k, [n, ms]]) => `${ms.toFixed(0)} ms ${n}x ${k}`).join("\n"));
  let n = 0, ms = 0; for (const [, v] of qs) { n += v[0]; ms += v[1]; }
  console.log("queries", n, ms);
  console.log([...qs].sort((a, b) => b[1][1] - a[1][1]).slice(0, 25).map(([k, [n, ms]]) => `${ms.toFixed(0)} ms ${n}x ${k}`).join("\n"));
  expect(1).toBe(1);
});
