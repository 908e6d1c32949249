import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { openPool } from "./database.ts";
import { joinEmbedded } from "./embedded.ts";
import { keepEmbedded } from "./embedded.watch.ts";

test("a database ended by kill -9 is started again under the running app, with everything that was committed", async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), "opensan-watch-"));
  const server = await joinEmbedded({ dataDir });
  const pool = openPool(server.connection);
  const leave = keepEmbedded(server, pool, dataDir, () => {});
  try {
    await pool.query("create table kept (n int)");
    await pool.query("insert into kept values (7)");
    const pid = Number.parseInt(readFileSync(path.join(dataDir, "pg/postmaster.pid"), "utf8"), 10);
    process.kill(pid, "SIGKILL");
    const read = async (): Promise<number | undefined> =>
      (await pool.query<{ n: number }>("select n from kept").catch(() => undefined))?.rows[0]?.n;
    let found = await read();
    for (let look = 0; found === undefined && look < 300; look++) {
      await delay(100);
      found = await read();
    }
    expect(found).toBe(7);
  } finally {
    await pool.end();
    await leave();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}, 60_000);
