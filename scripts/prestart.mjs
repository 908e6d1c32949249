// Runs before `npm start` and `npm test` on whatever Node the machine has: says the one command that mends a missing or wrong Node 24, and
// builds what is not built yet or older than its sources.
import { spawn } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";

const major = Number(process.versions.node.split(".")[0]);
if (major < 24) {
  console.error(
    `OpenSàn runs on Node 24, which comes with its packages; this is Node ${process.versions.node}.\nRun:  npm ci`,
  );
  process.exit(1);
}

const changedAt = (at) =>
  statSync(at).isDirectory()
    ? Math.max(0, ...readdirSync(at).map((name) => changedAt(path.join(at, name))))
    : statSync(at).mtimeMs;
const built = ["dist/server/main.js", "dist/server/cli.js", "dist/public/manifest.json"];
const isFresh =
  built.every((file) => existsSync(file)) &&
  Math.min(...built.map((file) => statSync(file).mtimeMs)) >
    Math.max(...["src", "vite.config.ts", "package-lock.json"].map(changedAt));
if (isFresh) process.exit(0);

const build = (...args) =>
  new Promise((done) => {
    spawn(process.execPath, ["node_modules/vite/bin/vite.js", "build", "--logLevel", "error", ...args], {
      stdio: ["ignore", 2, 2],
    }).once("exit", done);
  });
const codes = await Promise.all([build(), build("--ssr")]);
process.exit(codes.find((code) => code !== 0) ?? 0);
