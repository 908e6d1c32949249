import { localDay } from "../../../kernel/clock.ts";
import { inTransaction, type Tx } from "../../../platform/database/database.ts";
import type { PartyRef } from "../deal/deal.contract.rules.ts";
import { findParty } from "../deal/deal.party.queries.ts";
import type { Batch } from "./import.batch.ts";
import { Choices } from "./import.choices.ts";
import { type DealProblem, dealEntryOf, dealProblems } from "./import.deal.row.ts";
import type { ImportDeps } from "./import.deps.ts";
import type { Mapping } from "./import.mapping.ts";
import { RowReader } from "./import.row.ts";
import type { RowProblem } from "./import.rules.ts";
import { dealGroups, noteProblems } from "./import.write.queries.ts";

const dealChunk = 200;
/** Deals are judged whole: the lines together, the parties found; a fault in one row holds back the rows beside it. */
export async function judgeDeals(deps: ImportDeps, batch: Batch, mapping: Mapping): Promise<void> {
  const reader = new RowReader("DEALS", mapping, new Choices(deps.pack));
  for (let after = ""; ; ) {
    const last = await inTransaction(deps.db, async (tx) => {
      const groups = await dealGroups(tx, batch.id, after, dealChunk, false);
      const isKnown = partyFinder(tx);
      for (const group of groups)
        await noteProblems(tx, batch.id, await dealRowProblems(isKnown, deps, batch, group, reader));
      return groups.at(-1)?.sourceId;
    });
    if (last === undefined) return;
    after = last;
  }
}

type Group = Awaited<ReturnType<typeof dealGroups>>[number];
/** Whether a party is on the system; each is asked for once, however many deals name it. */
export function partyFinder(tx: Tx): (party: PartyRef) => Promise<boolean> {
  const asked = new Map<string, boolean>();
  return async (party) => {
    const key = JSON.stringify([party.organisationId, party.taxCode, party.name]);
    const before = asked.get(key);
    if (before !== undefined) return before;
    const found = (await findParty(tx, party)) !== undefined;
    asked.set(key, found);
    return found;
  };
}

export async function dealRowProblems(
  isKnown: (party: PartyRef) => Promise<boolean>,
  deps: Pick<ImportDeps, "pack" | "clock">,
  batch: Pick<Batch, "source">,
  group: Group,
  reader: RowReader,
): Promise<{ number: number; problems: RowProblem[] }[]> {
  const isBad = group.rows.some((row) => row.isBad);
  const found: DealProblem[] = [];
  if (!isBad) {
    const entry = dealEntryOf(group.rows, { name: batch.source, id: group.sourceId }, deps.pack);
    found.push(...dealProblems(group.rows, entry, deps.pack, localDay(deps.clock.now())));
    const first = group.rows[0]?.number ?? 0;
    const parties = [
      { column: "buyer" as const, party: entry.buyer },
      ...entry.contract.suppliers.map(({ party }) => ({ column: "suppliers" as const, party })),
    ];
    for (const { column, party } of parties)
      if (!(party.name && party.orgType) && !(await isKnown(party)))
        found.push({ number: first, column, why: "import.party.unknown" });
  }
  return group.rows.flatMap((row) => {
    const own = found
      .filter((one) => one.number === row.number)
      .map(({ column, why }): RowProblem => ({ why, ...(column && { column: reader.headerOf(column) }) }));
    if (own.length > 0) return [{ number: row.number, problems: own }];
    return !row.isBad && (isBad || found.length > 0)
      ? [{ number: row.number, problems: [{ why: "import.deal.other_row" }] }]
      : [];
  });
}
