import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Worker } from "node:worker_threads";
import { serve } from "@hono/node-server";
import type { Hono } from "hono";
import type { Env } from "../../src/ui/page.tsx";

/** Servers on this thread, asked by a client on another, so that the CPU time of this thread is the servers' alone. */

export type Asked = { url: string; cpuMs: number; wallMs: number; bytes: number };

/** A server that answers one constant Buffer: the floor of what node:http costs for these bytes. */
export async function constantServer(body: Uint8Array): Promise<{ url: string; close(): void }> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-length": body.byteLength });
    response.end(body);
  });
  return listening(server);
}

export const appServer = (app: Hono<Env>): Promise<{ url: string; close(): void }> =>
  new Promise((done) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, (info) =>
      done({ url: `http://127.0.0.1:${info.port}`, close: () => server.close() }),
    );
  });

const listening = (server: Server): Promise<{ url: string; close(): void }> =>
  new Promise((done) => {
    server.listen(0, "127.0.0.1", () =>
      done({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }),
    );
  });

const client = `
const { parentPort, workerData: { url, times } } = require("node:worker_threads");
const { Agent, get } = require("node:http");
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const ask = () => new Promise((done, failed) => get(url, { agent }, (answer) => {
  if (answer.statusCode !== 200) return failed(new Error(url + " answered " + answer.statusCode));
  let bytes = 0;
  answer.on("data", (part) => (bytes += part.length)).on("end", () => done(bytes));
}).on("error", failed));
(async () => {
  let bytes = 0;
  for (let n = 0; n < times; n++) bytes = await ask();
  agent.destroy();
  parentPort.postMessage(bytes);
})();`;

/** Asks an address a bounded number of times over one connection; CPU and wall time per answer. */
export async function askTimes(url: string, times: number): Promise<Asked> {
  const worker = new Worker(client, { eval: true, workerData: { url, times } });
  const cpu = process.threadCpuUsage();
  const from = performance.now();
  const bytes = await new Promise<number>((done, failed) => worker.once("message", done).once("error", failed));
  const wallMs = (performance.now() - from) / times;
  const used = process.threadCpuUsage(cpu);
  await worker.terminate();
  return { url, bytes, wallMs, cpuMs: (used.user + used.system) / 1000 / times };
}
