#!/usr/bin/env node
// `npx san …`: starts the built command line; builds it first when it is not there.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const node = path.join(root, "node_modules/.bin/node");
const cli = path.join(root, "dist/server/cli.js");
if (!existsSync(node)) {
  console.error("OpenSàn is not installed here yet. Run:  npm ci");
  process.exit(2);
}
if (!existsSync(cli)) {
  const built = spawnSync(node, [path.join(root, "node_modules/vite/bin/vite.js"), "build", "--ssr", "--logLevel", "error"], { cwd: root, stdio: ["ignore", 2, 2] });
  if (built.status !== 0) process.exit(built.status ?? 2);
}
const ran = spawnSync(node, ["--enable-source-maps", cli, ...process.argv.slice(2)], { stdio: "inherit" });
process.exit(ran.status ?? 1);
