// `npm run dev`: builds on every save and starts the server again; the page reloads itself by /assets/dev.js being asked for anew.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";

const node = process.execPath;
const vite = "node_modules/vite/bin/vite.js";
const children = [
  spawn(node, [vite, "build", "--watch", "--mode", "development", "--logLevel", "warn"], { stdio: "inherit" }),
  spawn(node, [vite, "build", "--ssr", "--watch", "--mode", "development", "--logLevel", "warn"], { stdio: "inherit" }),
];
while (!existsSync("dist/server/main.js") || !existsSync("dist/public/manifest.json"))
  await new Promise((later) => setTimeout(later, 100));
children.push(
  spawn(
    node,
    [
      "--enable-source-maps",
      "--watch-path=dist/server",
      "--watch-preserve-output",
      "dist/server/main.js",
      ...process.argv.slice(2),
    ],
    {
      stdio: "inherit",
      env: { ...process.env, NODE_ENV: "development" },
    },
  ),
);
const leave = () => {
  for (const child of children) child.kill("SIGTERM");
};
process.on("SIGINT", leave);
process.on("SIGTERM", leave);
