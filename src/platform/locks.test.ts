import { expect, test } from "vitest";
import { openWorld } from "../../test/support/world.ts";
import { claimSingleNode } from "./database/node.ts";
import { locks } from "./locks.ts";

test("no two uses share an advisory lock", () => {
  const numbers = Object.values(locks);
  expect(new Set(numbers).size).toBe(numbers.length);
});

test("a second node is refused until the first one has left", async () => {
  const { deps } = await openWorld();
  const first = await claimSingleNode(deps.pool);
  expect(first).toBeDefined();
  expect(await claimSingleNode(deps.pool)).toBeUndefined();
  await first?.leave();
  const second = await claimSingleNode(deps.pool);
  expect(second).toBeDefined();
  await second?.leave();
});
