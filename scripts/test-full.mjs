// The whole matrix (decision 26): everything `npm test` runs, with longer properties, and once more on a second server when SECOND_DATABASE_URL names one.
import { spawnSync } from "node:child_process";

const run = (what, env) => {
  console.log(`\n== ${what}`);
  const ran = spawnSync(process.execPath, ["node_modules/vitest/vitest.mjs", "run"], {
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  if (ran.status !== 0) process.exit(ran.status ?? 1);
};

run("longer properties", { PROPERTY_RUNS: "500" });
if (process.env.SECOND_DATABASE_URL) run("on the second server", { DATABASE_URL: process.env.SECOND_DATABASE_URL });
else console.log("\n== no SECOND_DATABASE_URL: the suite ran on one kind of server");
