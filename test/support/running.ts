import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";

/** The built product as `npm start` runs it, in a process and a data folder of its own, with the demo market. */
export type RunningProduct = { url: string; password: string; stop(): Promise<void> };

const freePort = (): Promise<number> =>
  new Promise((found) => {
    const server = createServer().listen(0, "localhost", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => found(port));
    });
  });

/** With DATABASE_URL a database of its own is made on that server; without, the product starts its embedded one. */
async function surroundings(
  port: number,
  folder: string,
): Promise<{ env: Record<string, string>; clear(): Promise<void> }> {
  const env = { PORT: String(port), DATA_DIR: folder };
  const given = process.env.DATABASE_URL;
  if (!given) return { env, clear: async () => {} };
  const name = `journey_${process.pid}_${port}`;
  const admin = new pg.Client({ connectionString: given });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const url = Object.assign(new URL(given), { pathname: `/${name}` });
  return {
    env: {
      ...env,
      DATABASE_URL: url.href,
      SESSION_SECRET: "a secret for journeys that is long enough",
      PUBLIC_URL: `http://localhost:${port}`,
    },
    clear: async () => {
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.end();
    },
  };
}

export async function startProduct(): Promise<RunningProduct> {
  const port = await freePort();
  const folder = await mkdtemp(path.join(tmpdir(), "opensan-journey-"));
  const { env, clear } = await surroundings(port, folder);
  const child = spawn(process.execPath, ["dist/server/main.js"], {
    env: { ...process.env, NODE_ENV: "production", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const ready = new Promise<void>((started, failed) => {
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("is ready in")) started();
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("exit", (code) => failed(new Error(`the product ended with ${code}: ${said}`)));
  });
  await ready;
  return {
    url: `http://localhost:${port}`,
    password: /password for all: (\S+)\)/.exec(said)?.[1] ?? "",
    async stop() {
      const ended = new Promise((over) => child.once("exit", over));
      child.kill("SIGTERM");
      await ended;
      await clear();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
