import { openPool } from "../src/platform/database/database.ts";
import { migrate, readMigrations } from "../src/platform/database/migrate.ts";
import { loadPack } from "../src/province/index.ts";
import { fillMarket, fillRollups } from "./support/market.ts";
import { seconds } from "./support/measure.ts";
export const run = async (args: string[]) => {
  const pool = openPool({ connectionString: "postgres://postgres@127.0.0.1:5432/bench_dev" }, { statementTimeoutMs: 600_000 });
  const pack = await loadPack("provinces/tra-vinh");
  if (!pack.ok) throw new Error("pack");
  await migrate(pool, await readMigrations("db/migrations"));
  await seconds("fill", () => fillMarket(pool, pack.pack, Number(args[0] ?? 1000000)));
  await seconds("rollups", () => fillRollups(pool));
  await pool.end();
};
