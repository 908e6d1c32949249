import { Session } from "node:inspector/promises";
import { expect, test } from "vitest";
import { freshDeps } from "../../test/support/world.ts";
import { loadDemo } from "./demo.load.ts";

test("profile", async () => {
  for (const round of [1, 2]) {
  const { deps } = await freshDeps();
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.start");
  const t = performance.now();
  const cpu = process.cpuUsage();
  await loadDemo(deps, "demo");
  const c = process.cpuUsage(cpu);
  console.log("load", performance.now() - t, "cpu ms", c.user / 1000, c.system / 1000);
  const { profile } = await session.post("Profiler.stop") as any;
  const self = new Map<string, number>();
  const byId = new Map<number, any>(profile.nodes.map((n: any) => [n.id, n]));
  profile.samples.forEach((id: number, i: number) => {
    const n = byId.get(id)!;
    const f = n.callFrame; const k = `${f.functionName || "(anon)"} ${f.url.split("/").slice(-3).join("/")}:${f.lineNumber}`;
    self.set(k, (self.get(k) ?? 0) + profile.timeDeltas[i] / 1000);
  });
  console.log([...self].sort((a, b) => b[1] - a[1]).slice(0, 22).map(([k, ms]) => `${ms.toFixed(0)} ${k}`).join("\n"));
  }
  expect(1).toBe(1);
});
