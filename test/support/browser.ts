import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import bundled from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

/** The browser of CHROMIUM_PATH, or the one that came with `npm ci`. No machine lacks one, so no journey is ever skipped. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? (await bundled.executablePath());
  return chromium.launch({
    executablePath,
    headless: true,
    env: { ...process.env, HOME: await mkdtemp(path.join(tmpdir(), "opensan-browser-")) } as Record<string, string>,
    // Not the package's own arguments: a single process ends with its first context, and web security stays on.
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
