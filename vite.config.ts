import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";

/** Two builds from one file: browser files into dist/public (hashed, with a manifest), the server and `san` into dist/server. */
export default defineConfig(({ isSsrBuild }) => ({
  plugins: [tailwindcss()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  base: "/assets/",
  publicDir: false,
  build: isSsrBuild
    ? {
        outDir: "dist/server",
        emptyOutDir: true,
        target: "node24",
        sourcemap: true,
        rolldownOptions: { input: { main: "src/main.ts", cli: "src/cli.ts" } },
      }
    : {
        outDir: "dist/public",
        emptyOutDir: true,
        manifest: "manifest.json",
        assetsDir: "",
        rolldownOptions: { input: { style: "src/ui/style.css", site: "src/islands/site.ts" } },
      },
}));
