import { indicatorReadings } from "../src/features/office/indicator/indicator.readings.ts";
import { readingJson } from "../src/features/office/indicator/indicator.json.ts";
import { administrativeYear } from "../src/kernel/period.ts";
import { openDatabase } from "../src/platform/database/database.ts";
import { loadPack } from "../src/province/index.ts";
import { fillMarket, fillRollups } from "./support/market.ts";
import { measure, seconds } from "./support/measure.ts";
import { withScratch } from "./support/scratch.ts";
export const run = (args: string[]) => withScratch("probe", async (pool) => {
  const pack = await loadPack("provinces/tra-vinh");
  if (!pack.ok) throw new Error("pack");
  await seconds("fill", () => fillMarket(pool, pack.pack, Number(args[0] ?? 1000000)));
  await seconds("rollups", () => fillRollups(pool));
  for (const t of ["counted_line","deal","counted_rollup","counted_deal_rollup","counted_span_rollup","counted_span_deal_rollup"]) console.error(t, (await pool.query(`select count(*) from ${t}`)).rows[0].count);
  console.error((await pool.query(`select span_from, span_to, count(*) filter (where sector='*') a, count(*) filter (where sector<>'*') b from counted_span_rollup where span_to-span_from>300 group by 1,2 order by 1`)).rows.map(r=>Object.values(r).join(" ")).join("\n"));
  console.error((await pool.query(`select span_from, span_to, count(*) filter (where sector='*') a, count(distinct profile) p from counted_span_deal_rollup where span_to-span_from>300 group by 1,2 order by 1`)).rows.map(r=>Object.values(r).join(" ")).join("\n"));
  const db = openDatabase(pool);
  const ask = { period: administrativeYear(2025), scope: "ALL" as const };
  console.error(JSON.stringify((await indicatorReadings(db, pack.pack, ask)).map(readingJson), null, 1));
  return { all: await measure(100, () => indicatorReadings(db, pack.pack, ask)), key: await measure(100, () => indicatorReadings(db, pack.pack, { ...ask, scope: "KEY_SECTORS" })),
    custom: await measure(30, () => indicatorReadings(db, pack.pack, { ...ask, period: { from: "2025-01-03", to: "2025-11-27", regime: "CUSTOM" } })),
    known: await measure(5, () => indicatorReadings(db, pack.pack, { ...ask, asKnownOn: "2025-12-31" }), 1) };
});
