import path from "node:path";
import { fileURLToPath } from "node:url";
import { keepEmpty, loadDemo } from "./demo/demo.load.ts";
import { CannotStart, openInstallation } from "./installation.ts";
import { readConfig } from "./platform/config.ts";
import { readAssets, serveApp } from "./serve.ts";

/** `npm start`: read configuration, open the database, migrate, fill an empty folder with the demo market, listen, close on signals. */

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

async function main(): Promise<void> {
  const began = performance.now();
  const read = readConfig(process.env);
  if (!read.ok) throw new CannotStart(`Configuration:\n${read.faults.map((fault) => `  ${fault}`).join("\n")}`);
  const config = { ...read.config, demo: read.config.demo && !process.argv.includes("--empty") };
  let installation = await openInstallation(config, root, { assets: await readAssets(root) });
  if (!config.demo) await keepEmpty(installation.deps);
  else {
    const loaded = await loadDemo(installation.deps, path.join(root, "demo"));
    installation = { ...installation, deps: { ...installation.deps, isDemo: loaded.isDemo } };
    if (loaded.signIns.length > 0) {
      console.log("Demo sign-ins (password for all: %s):", loaded.password);
      for (const { name, login, roles } of loaded.signIns) console.log(`  ${login.padEnd(28)} ${name} – ${roles}`);
    }
  }
  const running = await serveApp(installation, root);
  console.log(`OpenSàn is ready in ${((performance.now() - began) / 1000).toFixed(1)} s: ${running.address}`);
  let leaving = false;
  const leave = async () => {
    if (leaving) return;
    leaving = true;
    await running.close();
    await installation.close();
    process.exit(0);
  };
  process.on("SIGINT", leave);
  process.on("SIGTERM", leave);
}

main().catch((error: unknown) => {
  console.error(error instanceof CannotStart ? error.message : error);
  process.exit(1);
});
