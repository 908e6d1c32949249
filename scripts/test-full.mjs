// The whole matrix (decisions.md 26): everything `npm test` runs, on both databases where a second one is at hand, with longer properties.
import { spawnSync } from "node:child_process";

const run = (env) => {
  const ran = spawnSync(process.execPath, ["node_modules/vitest/vitest.mjs", "run"], {
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  if (ran.status !== 0) process.exit(ran.status ?? 1);
};

run({ PROPERTY_RUNS: "300" });
