// `npm run bench -- pages|indicators|import`: runs one bench through Vite's loader; JSON on stdout, notes on stderr.
import { createServer } from "vite";

const [name = "", ...rest] = process.argv.slice(2);
if (!/^[a-z]+$/.test(name)) {
  console.error("npm run bench -- pages | indicators | import");
  process.exit(2);
}
const vite = await createServer({
  server: { middlewareMode: true, watch: null, ws: false },
  appType: "custom",
  logLevel: "error",
});
try {
  const { run } = await vite.ssrLoadModule(`/bench/${name}.ts`);
  console.log(JSON.stringify(await run(rest), null, 2));
} finally {
  await vite.close();
}
