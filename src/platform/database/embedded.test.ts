import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { afterEach, expect, test } from "vitest";
import { type EmbeddedServer, joinEmbedded } from "./embedded.ts";

/** Another process of the platform, as the app is to `san`: says what it joined, leaves when told. */
const otherProcess = `
  const { joinEmbedded } = await import(process.argv[1]);
  const server = await joinEmbedded({ dataDir: process.argv[2] });
  console.log(JSON.stringify({ joined: server.joined, connection: server.connection }));
  process.stdin.once("data", async () => { await server.leave(); process.exit(0); });
`;

type Other = {
  child: ChildProcess;
  joined: boolean;
  connection: EmbeddedServer["connection"];
  leave(): Promise<unknown>;
};

const isRoot = process.getuid?.() === 0;
const nobody = isRoot ? Number(spawnSync("id", ["-u", "nobody"], { encoding: "utf8" }).stdout) : 0;
const mayNobodyRun =
  isRoot && spawnSync(process.execPath, ["--version"], { uid: nobody, gid: nobody, cwd: "/" }).status === 0;

const folders: string[] = [];
const children: ChildProcess[] = [];

function newFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), "san-"));
  chmodSync(folder, 0o755);
  folders.push(folder);
  return path.join(folder, "data");
}

/** Whatever a failed test left: our own processes, then the server of each folder. */
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const folder of folders.splice(0)) {
    for (const data of ["data", "closed/data"].map((name) => path.join(folder, name))) {
      const pid = postmasterPid(data);
      if (pid !== undefined && isRunning(pid)) process.kill(pid, "SIGQUIT");
      await until(() => pid === undefined || !isRunning(pid));
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});

function postmasterPid(dataDir: string): number | undefined {
  const file = path.join(dataDir, "pg", "postmaster.pid");
  return existsSync(file) ? Number.parseInt(readFileSync(file, "utf8"), 10) : undefined;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

async function until(holds: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    if (holds()) return;
    await delay(20);
  }
  throw new Error("It did not come true within 10 seconds.");
}

async function query(connection: EmbeddedServer["connection"], text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

const make = (connection: EmbeddedServer["connection"]) =>
  query(connection, "create table deal (code text primary key)");
const save = (connection: EmbeddedServer["connection"], code: string) =>
  query(connection, `insert into deal values ('${code}')`);
const saved = async (connection: EmbeddedServer["connection"]) =>
  (await query(connection, "select code from deal order by code")).map((row) => row.code);

function launch(dataDir: string, ids: { uid?: number; gid?: number } = {}): Promise<Other> {
  const code = ["--input-type=module", "--disable-warning=ExperimentalWarning", "-e", otherProcess];
  const module = new URL("./embedded.ts", import.meta.url).href;
  const child = spawn(process.execPath, [...code, module, dataDir], { ...ids, cwd: process.cwd(), stdio: "pipe" });
  children.push(child);
  return new Promise((resolve, reject) => {
    let complaint = "";
    child.stderr.on("data", (part) => {
      complaint += part;
    });
    child.once("exit", () => reject(new Error(complaint)));
    createInterface(child.stdout).once("line", (line) => {
      const ended = new Promise((done) => child.once("exit", done));
      const leave = () => {
        child.stdin.write("leave\n");
        return ended;
      };
      resolve({ child, ...JSON.parse(line), leave });
    });
  });
}

test("an empty folder becomes a database that keeps what was saved", async () => {
  const dataDir = newFolder();
  const first = await joinEmbedded({ dataDir });
  expect(first.joined).toBe(false);
  await make(first.connection);
  await save(first.connection, "GD-1");
  const [settings] = await query(
    first.connection,
    "select current_setting('fsync') as fsync, current_setting('listen_addresses') as tcp, current_setting('TimeZone') as zone",
  );
  expect(settings).toEqual({ fsync: "on", tcp: "", zone: "UTC" });
  const pid = postmasterPid(dataDir);
  await first.leave();
  await until(() => !isRunning(pid ?? 0)); // the pid file goes a moment before the process
  expect(isRunning(pid ?? 0)).toBe(false);
  expect(existsSync(first.connection.host)).toBe(false);
  expect(readdirSync(path.join(dataDir, "run", "users"))).toEqual([]);

  const second = await joinEmbedded({ dataDir });
  expect(await saved(second.connection)).toEqual(["GD-1"]);
  await second.leave();
  await second.leave();
});

test("a command starts the server, the app joins, the command ends, the app still saves", async () => {
  const dataDir = newFolder();
  const command = await launch(dataDir);
  expect(command.joined).toBe(false);
  const app = await joinEmbedded({ dataDir });
  expect(app.joined).toBe(true);
  await make(app.connection);
  await command.leave();
  await save(app.connection, "GD-2");
  expect(await saved(app.connection)).toEqual(["GD-2"]);
  const pid = postmasterPid(dataDir) ?? 0;
  expect(isRunning(pid)).toBe(true);
  await app.leave();
  await until(() => !isRunning(pid)); // the pid file goes a moment before the process
  expect(isRunning(pid)).toBe(false);
});

test("two processes that start at once on an empty folder share one server", async () => {
  const dataDir = newFolder();
  const [one, two] = await Promise.all([launch(dataDir), launch(dataDir)]);
  expect([one.joined, two.joined].sort()).toEqual([false, true]);
  await make(one.connection);
  await save(two.connection, "GD-3");
  expect(await saved(one.connection)).toEqual(["GD-3"]);
  expect(readdirSync(dataDir).filter((name) => name.startsWith("pg"))).toEqual(["pg"]);
  const pid = postmasterPid(dataDir) ?? 0;
  await Promise.all([one.leave(), two.leave()]);
  await until(() => !isRunning(pid)); // the pid file goes a moment before the process
  expect(isRunning(pid)).toBe(false);
});

test("a killed app leaves the server to the next one, which clears its mark and stops the server at the end", async () => {
  const dataDir = newFolder();
  const app = await launch(dataDir);
  await make(app.connection);
  await save(app.connection, "GD-4");
  app.child.kill("SIGKILL");
  await until(() => !isRunning(app.child.pid ?? 0));
  const pid = postmasterPid(dataDir) ?? 0;
  expect(isRunning(pid)).toBe(true);

  const next = await joinEmbedded({ dataDir });
  expect(next.joined).toBe(true);
  expect(await saved(next.connection)).toEqual(["GD-4"]);
  await next.leave();
  await until(() => !isRunning(pid)); // the pid file goes a moment before the process
  expect(isRunning(pid)).toBe(false);
  expect(readdirSync(path.join(dataDir, "run", "users"))).toEqual([]);
});

test("after a killed server the next start brings back every committed row, whoever has its process number now", async () => {
  const dataDir = newFolder();
  const first = await joinEmbedded({ dataDir });
  await make(first.connection);
  await save(first.connection, "GD-5");
  process.kill(postmasterPid(dataDir) ?? 0, "SIGKILL");
  const second = await joinEmbedded({ dataDir });
  expect(second.joined).toBe(false);
  expect(await saved(second.connection)).toEqual(["GD-5"]);
  await save(second.connection, "GD-6");

  const killed = postmasterPid(dataDir) ?? 0;
  process.kill(killed, "SIGKILL");
  await until(() => !isRunning(killed));
  const stranger = spawn("sleep", ["60"], isRoot ? { uid: nobody, gid: nobody } : {});
  children.push(stranger);
  const file = path.join(dataDir, "pg", "postmaster.pid");
  writeFileSync(file, readFileSync(file, "utf8").replace(String(killed), String(stranger.pid)));
  const third = await joinEmbedded({ dataDir });
  expect(await saved(third.connection)).toEqual(["GD-5", "GD-6"]);
  expect(isRunning(stranger.pid ?? 0)).toBe(true);
  for (const server of [first, second, third]) await server.leave();
  expect(postmasterPid(dataDir)).toBeUndefined();
});

test("a folder of another major is refused untouched, with what to do", async () => {
  for (const [written, advice] of [
    ["19", /made by PostgreSQL 19.*brings PostgreSQL 18.*Update the app/s],
    ["17", /made by PostgreSQL 17.*make a backup there and restore/s],
  ] as const) {
    const dataDir = newFolder();
    mkdirSync(path.join(dataDir, "pg"), { recursive: true });
    writeFileSync(path.join(dataDir, "pg", "PG_VERSION"), `${written}\n`);
    if (isRoot) chownSync(path.join(dataDir, "pg"), nobody, nobody);
    await expect(joinEmbedded({ dataDir })).rejects.toThrow(advice);
    expect(readdirSync(path.join(dataDir, "pg"))).toEqual(["PG_VERSION"]);
    expect(readdirSync(path.join(dataDir, "run"))).toEqual(["users"]);
    expect(readdirSync(path.join(dataDir, "run", "users"))).toEqual([]);
  }
});

test("a folder with other files in it is refused", async () => {
  const dataDir = newFolder();
  mkdirSync(path.join(dataDir, "pg"), { recursive: true });
  writeFileSync(path.join(dataDir, "pg", "letter.txt"), "");
  await expect(joinEmbedded({ dataDir })).rejects.toThrow(/is no PostgreSQL folder/);
});

test.skipIf(!isRoot)(
  "root keeps a database under a folder that the server's user may not enter, and takes over one that root copied",
  async () => {
    const closed = path.join(path.dirname(newFolder()), "closed");
    mkdirSync(closed, { mode: 0o700 });
    const dataDir = path.join(closed, "data");
    const first = await joinEmbedded({ dataDir });
    await make(first.connection);
    await save(first.connection, "GD-7");
    const again = await joinEmbedded({ dataDir });
    expect(again.joined).toBe(true);
    await again.leave();
    await first.leave();
    spawnSync("chown", ["-R", "0:0", path.join(dataDir, "pg")]);

    const restored = await joinEmbedded({ dataDir });
    expect(statSync(path.join(dataDir, "pg")).uid).toBe(nobody);
    expect(await saved(restored.connection)).toEqual(["GD-7"]);
    await restored.leave();
  },
);

test.skipIf(!mayNobodyRun)(
  "an ordinary user runs the server itself; root joins it; another user is told whose it is",
  async () => {
    const dataDir = newFolder();
    chownSync(path.dirname(dataDir), nobody, nobody);
    const app = await launch(dataDir, { uid: nobody, gid: nobody });
    expect(app.joined).toBe(false);
    expect(statSync(dataDir).uid).toBe(nobody);
    const command = await joinEmbedded({ dataDir });
    expect(command.joined).toBe(true);
    await app.leave();
    await make(command.connection);
    await command.leave();
    await expect(launch(dataDir, { uid: 1, gid: 1 })).rejects.toThrow(/cannot be used by uid 1|belongs to uid/);
  },
);

test("a data folder reached by a symbolic link is the same data folder", async () => {
  const dataDir = newFolder();
  const server = await joinEmbedded({ dataDir });
  const link = path.join(path.dirname(dataDir), "link");
  symlinkSync(dataDir, link);
  const again = await joinEmbedded({ dataDir: link });
  expect(again.joined).toBe(true);
  await server.leave();
  await again.leave();
});
