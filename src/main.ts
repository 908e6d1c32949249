import { createServer } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { keepEmpty, loadDemo } from "./demo/demo.load.ts";
import { CannotStart, type Installation, openInstallation } from "./installation.ts";
import { readConfig } from "./platform/config.ts";
import { type Running, readAssets, serveApp } from "./serve.ts";

/** `npm start`: read configuration, open the database, migrate, fill an empty folder with the demo market, listen, close on signals. */

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

async function main(): Promise<void> {
  const began = performance.now();
  const read = readConfig(process.env);
  if (!read.ok) throw new CannotStart(`Configuration:\n${read.faults.map((fault) => `  ${fault}`).join("\n")}`);
  const config = { ...read.config, demo: read.config.demo && !process.argv.includes("--empty") };
  await requirePort(config);
  const installation = await openInstallation(config, root, { assets: await readAssets(root), log: console.error });
  const running = await fillAndServe(installation, config.demo).catch(async (error: unknown) => {
    await installation.close(); // or the embedded server would live on without us
    throw error;
  });
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

async function fillAndServe(installation: Installation, withDemo: boolean): Promise<Running> {
  if (!withDemo) {
    await keepEmpty(installation.deps);
    return serveApp(installation, root);
  }
  const loaded = await loadDemo(installation.deps, path.join(root, "demo"));
  if (loaded.signIns.length > 0) {
    console.log("Demo sign-ins (password for all: %s):", loaded.password);
    for (const { name, login, roles } of loaded.signIns) console.log(`  ${login.padEnd(28)} ${name} – ${roles}`);
  }
  return serveApp({ ...installation, deps: { ...installation.deps, isDemo: loaded.isDemo } }, root);
}

/** Asked before anything is opened, so that a taken port costs nothing. */
const requirePort = ({ port, host }: { port: number; host: string }): Promise<void> =>
  new Promise((free, failed) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) =>
      failed(
        error.code === "EADDRINUSE"
          ? new CannotStart(`Port ${port} is taken: stop what listens there, or set PORT`)
          : error,
      ),
    );
    probe.listen(port, host, () => probe.close(() => free()));
  });

main().catch((error: unknown) => {
  // What a person can put right is a sentence; the stack helps only those who develop.
  const isPlain = error instanceof Error && process.env.NODE_ENV !== "development";
  console.error(
    isPlain ? error.message || `The database cannot be reached: ${"code" in error ? error.code : error.name}` : error,
  );
  process.exit(1);
});
