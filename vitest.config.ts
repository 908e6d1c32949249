import { defineConfig } from "vitest/config";

/** One process, two workers that share one database each (style.md §5); browser journeys run apart so that they have the machine. */
export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  test: {
    include: ["src/**/*.test.{ts,tsx}", "test/**/*.test.ts"],
    globalSetup: ["test/support/server.ts"],
    setupFiles: ["test/support/properties.ts"],
    pool: "threads",
    isolate: false,
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    expect: { requireAssertions: true },
  },
});
