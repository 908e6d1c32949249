// Makes package-lock.json whole and free of addresses. Some mirrors serve no packages for platforms other than their own; npm then leaves
// those optional packages out of the lock, and `npm ci` refuses it. Here each gets its entry: version, and the platform its name tells.
// Run after every `npm install`:  node scripts/lock.mjs
import { readFileSync, writeFileSync } from "node:fs";

const file = "package-lock.json";
const lock = JSON.parse(readFileSync(file, "utf8"));
const systems = [
  "android",
  "darwin",
  "linux",
  "win32",
  "windows",
  "freebsd",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "aix",
];
const processors = ["arm64", "x64", "arm", "ia32", "ppc64", "riscv64", "s390x", "loong64", "mips64el", "wasm32"];

const platformOf = (name) => {
  const words = name.split("/").at(-1).split(/[-.]/);
  const system = systems.find((one) => words.includes(one));
  const cpu = processors.find((one) => words.includes(one));
  const libc = words.some((word) => word.startsWith("musl"))
    ? "musl"
    : words.some((word) => word.startsWith("gnu"))
      ? "glibc"
      : undefined;
  return {
    ...(system && { os: [system === "windows" ? "win32" : system] }),
    ...(cpu && { cpu: [cpu] }),
    ...(libc && system === "linux" && { libc: [libc] }),
  };
};

let added = 0;
for (const [path, entry] of Object.entries(lock.packages)) {
  delete entry.resolved;
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const beside = `${path.slice(0, path.lastIndexOf("node_modules/") + "node_modules/".length)}${name}`;
    if (
      [`${path}/node_modules/${name}`, beside, `node_modules/${name}`].some(
        (at) => lock.packages[at]?.version === version,
      )
    )
      continue;
    const platform = platformOf(name);
    if (!platform.os && !platform.cpu) continue;
    const at = lock.packages[beside] ? `${path}/node_modules/${name}` : beside;
    lock.packages[at] = { version, ...(entry.dev && { dev: true }), optional: true, ...platform };
    added++;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} entries added for other platforms`);
