import { readFile } from "node:fs/promises";
import type { Server } from "node:http";
import path from "node:path";
import { serve } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { createApp } from "./app.tsx";
import type { Deps } from "./deps.ts";
import { accountsJobs, openAccounts } from "./features/accounts/index.ts";
import { exchangeJobs, openCatalogue, resumeImports } from "./features/exchange/index.ts";
import { claimNode, type Installation } from "./installation.ts";
import { type Job, workJobs } from "./platform/jobs.ts";
import { sealEventsJob } from "./platform/seal.ts";

/** Addresses of the built browser files, from Vite's manifest. */
export async function readAssets(root: string): Promise<Deps["assets"]> {
  const manifest = JSON.parse(await readFile(path.join(root, "dist/public/manifest.json"), "utf8")) as Record<
    string,
    { file: string }
  >;
  const of = (entry: string) => {
    const file = manifest[entry]?.file;
    if (!file) throw new Error(`dist/public/manifest.json misses ${entry}: run npm run build`);
    return `/assets/${file}`;
  };
  return { style: of("src/ui/style.css"), site: of("src/islands/site.ts") };
}

export type Running = { address: string; close(): Promise<void> };

/** Builds the app on an opened installation, listens on this machine and works its jobs. */
export async function serveApp(installation: Installation, root: string): Promise<Running> {
  const { deps, boss } = installation;
  const leaveNode = await claimNode(deps);
  const [accounts, catalogue] = await Promise.all([openAccounts(deps), openCatalogue(deps)]);
  const outer = new Hono();
  outer.use(
    "/assets/*",
    serveStatic({
      root: path.relative(process.cwd(), path.join(root, "dist/public")) || ".",
      rewriteRequestPath: (address) => address.replace(/^\/assets/, ""),
      onFound: (_path, c) => {
        c.header("cache-control", "public, max-age=31536000, immutable");
        c.header("x-content-type-options", "nosniff");
      },
    }),
  );
  const app = createApp(deps, { ...accounts, catalogue });
  // Passkeys refuse an IP address, so 127.0.0.1 is led to localhost (decisions.md 16).
  outer.all("*", (c) => {
    const url = new URL(c.req.url);
    if (url.hostname === "127.0.0.1" && !deps.config.databaseUrl) {
      url.hostname = "localhost";
      return c.redirect(url.href, c.req.method === "GET" ? 302 : 307);
    }
    return app.fetch(c.req.raw, c.env);
  });
  const server = await listen(outer, deps.config);
  const jobDeps = { ...deps, catalogue };
  const jobs = [sealEventsJob, ...accountsJobs, ...exchangeJobs] as unknown as readonly Job<never, typeof jobDeps>[];
  await workJobs(boss, jobs, jobDeps);
  await resumeImports(jobDeps); // what a killed node left under way is taken up at once
  return {
    address: deps.config.publicUrl,
    close: async () => {
      await new Promise((closed) => server.close(closed));
      await catalogue.close();
      await leaveNode();
    },
  };
}

function listen(app: Hono, { port, host }: Deps["config"]): Promise<Server> {
  return new Promise((listening, failed) => {
    const server = serve({ fetch: app.fetch, port, hostname: host }, () => listening(server as Server));
    server.once("error", failed);
  });
}
