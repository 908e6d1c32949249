import { expect, test } from "vitest";
import { freshDeps } from "../../test/support/world.ts";
import { loadDemo } from "./demo.load.ts";

test("the demo market fills an empty installation", async () => {
  const { deps } = await freshDeps();
  const t = performance.now();
  const loaded = await loadDemo(deps, "demo");
  console.log("load", performance.now() - t);
  expect(loaded.isDemo).toBe(true);
});
