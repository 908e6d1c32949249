import { createHash } from "node:crypto";
import { sql } from "kysely";
import { type Conditions, conditionsOf, type Fold, foldsOf } from "../../../engine/indicators/index.ts";
import { type Db, inTransaction } from "../../../platform/database/database.ts";
import { locks } from "../../../platform/locks.ts";
import type { ProvincePack } from "../../../province/index.ts";
import type { Folded } from "./indicator.queries.ts";
import { predicatesOf } from "./indicator.rules.ts";

/** Which values the pack's definitions tell apart: of every version, under every version of the lists they name, and by scope. */
function conditionsOfPack(pack: ProvincePack): Conditions[] {
  const predicates = pack.indicators.indicators.flatMap((indicator) => indicator.definitions.flatMap(predicatesOf));
  const developed =
    pack.developed.lists.find((list) => list.key === pack.developed.default)?.versions.map((v) => v.codes) ?? [];
  const keySectors = pack.sectors.keySectors.map((list) => list.sectors);
  const { domesticCountry } = pack.province;
  const all = [
    ...(developed.length > 0 ? developed : [[]]).map((codes) => ({
      developed: codes,
      keySectors: keySectors[0] ?? [],
      domesticCountry,
    })),
    ...keySectors.map((sectors) => ({ developed: developed[0] ?? [], keySectors: sectors, domesticCountry })),
  ];
  const ofScope: Conditions[] = keySectors.map((values) => ({
    from: undefined,
    to: undefined,
    tests: [{ key: "sector", op: "IN", values }],
  }));
  return [...all.flatMap((lists) => predicates.map((predicate) => conditionsOf(predicate, lists))), ...ofScope];
}

const known = new WeakMap<ProvincePack, Folded>();
export function foldedOf(pack: ProvincePack): Folded {
  const found = known.get(pack);
  if (found) return found;
  const folds = foldsOf(conditionsOfPack(pack));
  const folded = {
    folds,
    hash: createHash("sha256")
      .update(JSON.stringify([...folds]))
      .digest("hex"),
  };
  known.set(pack, folded);
  return folded;
}

const rowsOf = (key: string, fold: Fold) =>
  fold.classes.flatMap((one) => one.values.map((value) => ({ key, value: String(value), stands: String(one.stands) })));

/**
 * Makes the folded sums fit the pack: at start, and after the pack's definitions or lists changed. Nothing to do costs one query; counting
 * waits while they are made anew. True when they were; `anew` makes them in any case. Figures are right before, during and after; only slower until it is done.
 */
export async function prepareFigures(db: Db, pack: ProvincePack, { anew = false } = {}): Promise<boolean> {
  const { folds, hash } = foldedOf(pack);
  const now = await db.selectFrom("figure_fold_state").select("hash").executeTakeFirst();
  if (now?.hash === hash && !anew) return false;
  return inTransaction(db, async (tx) => {
    await sql`set local statement_timeout = 0`.execute(tx);
    await sql`set local work_mem = '256MB'`.execute(tx);
    await sql`select pg_advisory_xact_lock(${locks.figures})`.execute(tx);
    const again = await tx.selectFrom("figure_fold_state").select("hash").executeTakeFirst();
    if (again?.hash === hash && !anew) return false;
    await tx.deleteFrom("figure_fold").execute();
    const rows = [...folds].flatMap(([key, fold]) => rowsOf(key, fold));
    if (rows.length > 0) await tx.insertInto("figure_fold").values(rows).execute();
    await tx.deleteFrom("figure_fold_state").execute();
    await tx.insertInto("figure_fold_state").values({ hash }).execute();
    await sql`select remake_figures()`.execute(tx);
    return true;
  });
}
