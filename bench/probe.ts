import { rebuildRollups } from "../src/features/exchange/deal/deal.rollup.ts";
import { prepareFigures } from "../src/features/office/indicator/indicator.folds.ts";
import { indicatorReadings } from "../src/features/office/indicator/indicator.readings.ts";
import { administrativeYear } from "../src/kernel/period.ts";
import { inTransaction, openDatabase, openPool } from "../src/platform/database/database.ts";
import { migrate, readMigrations } from "../src/platform/database/migrate.ts";
import { loadPack } from "../src/province/index.ts";
import { fillMarket } from "./support/market.ts";
import { measure, seconds } from "./support/measure.ts";
export const run = async (args: string[]) => {
  const pool = openPool(
    { connectionString: "postgres://postgres@127.0.0.1:5432/bench_dev" },
    { statementTimeoutMs: 600_000 },
  );
  const r = await loadPack("provinces/tra-vinh");
  if (!r.ok) throw new Error("pack");
  const pack = r.pack;
  const db = openDatabase(pool);
  if (args[0] !== "0") {
    await migrate(pool, await readMigrations("db/migrations"));
    await seconds("fill", () => fillMarket(pool, pack, Number(args[0] ?? 1000000)));
    await seconds("rollups", () => inTransaction(db, rebuildRollups));
    await seconds("prepare", () => prepareFigures(db, pack));
    await pool.query("vacuum analyze");
  }
  const ask = { period: administrativeYear(2025), scope: "ALL" as const };
  const out = {
    all: await measure(100, () => indicatorReadings(db, pack, ask)),
    key: await measure(100, () => indicatorReadings(db, pack, { ...ask, scope: "KEY_SECTORS" })),
    custom: await measure(30, () =>
      indicatorReadings(db, pack, { ...ask, period: { from: "2025-01-03", to: "2025-11-27", regime: "CUSTOM" } }),
    ),
    known: await measure(5, () => indicatorReadings(db, pack, { ...ask, asKnownOn: "2025-12-31" }), 1),
  };
  await pool.end();
  return out;
};
