import type { Actor } from "../../../kernel/actor.ts";
import { inTransaction, type Tx } from "../../../platform/database/database.ts";
import { enterDealIn } from "../deal/deal.office.actions.ts";
import { lockListing } from "../listing/listing.queries.ts";
import { publishListing } from "../listing/listing.review.actions.ts";
import { submitListing } from "../listing/listing.submit.actions.ts";
import { peopleOf } from "./import.actor.ts";
import type { Batch } from "./import.batch.ts";
import { Choices } from "./import.choices.ts";
import { dealEntryOf, placeOf } from "./import.deal.row.ts";
import { type ImportDeps, type OnProgress, recordImport, yearOf } from "./import.deps.ts";
import { draftDefaults, governedFields } from "./import.listing.row.ts";
import { headersRead } from "./import.mapping.ts";
import { batchById, changeBatch, holdingBatch } from "./import.queries.ts";
import { RowReader } from "./import.row.ts";
import { type RowProblem, takesImport } from "./import.rules.ts";
import {
  addTally,
  createListings,
  dealGroups,
  draftsOfBatch,
  knownListings,
  markWritten,
  noteProblems,
  pendingRows,
  type Tally,
  updateListings,
} from "./import.write.queries.ts";

/** Accepting: the staged rows become listings or deals, chunk by chunk, each chunk a transaction with its progress. */

const listingChunk = 1_000;
const dealChunk = 100;
const nothing: Tally = { written: 0, created: 0, updated: 0, unchanged: 0, turnedBad: 0 };

/** Goes on where the last run ended. Undefined while another process is at it. */
export const runAccepting = (
  deps: ImportDeps,
  batchId: string,
  onProgress: OnProgress = () => {},
): Promise<Batch | undefined> =>
  holdingBatch(deps.pool, batchId, async () => {
    const batch = await batchById(deps.db, batchId);
    if (batch?.state !== "ACCEPTING") return batch;
    const people = await peopleOf(deps, batch);
    if (!people.ok) return giveUp(deps, batch, people.why);
    const { sender, decider } = people.value;
    let written = batch.written;
    for (let after: number | string = batch.kind === "DEALS" ? "" : 0; ; ) {
      const chunk = await inTransaction(deps.db, (tx) =>
        typeof after === "string"
          ? acceptDeals(tx, deps, batch, sender, after)
          : acceptListings(tx, deps, batch, after),
      );
      if (chunk === undefined) break;
      after = chunk.after;
      written += chunk.tally.written;
      onProgress({ phase: "ACCEPTING", done: written, total: batch.valid });
    }
    if (decider) await publishAll(deps, batch, { sender, decider }, onProgress);
    await inTransaction(deps.db, async (tx) => {
      await changeBatch(tx, batch.id, { state: "ACCEPTED" }, deps.clock.now());
      const end = await batchById(tx, batch.id);
      await recordImport(tx, batch.acceptedBy ?? batch.personId, batch, "finish", {
        created: end?.created ?? 0,
        updated: end?.updated ?? 0,
        unchanged: end?.unchanged ?? 0,
        published: end?.published ?? 0,
      });
    });
    return batchById(deps.db, batchId);
  });

/** Whoever it is done for may not do it any more: it stops before the first row, and says so. */
async function giveUp(deps: ImportDeps, batch: Batch, why: string): Promise<Batch | undefined> {
  await inTransaction(deps.db, async (tx) => {
    const change = { state: "FAILED", fileFault: { fault: why, detail: "" } } as const;
    await changeBatch(tx, batch.id, change, deps.clock.now());
    await recordImport(tx, undefined, batch, "fail", { why });
  });
  return batchById(deps.db, batch.id);
}

type Chunk = { after: number | string; tally: Tally } | undefined;

async function acceptListings(tx: Tx, deps: ImportDeps, batch: Batch, after: number): Promise<Chunk> {
  const rows = await pendingRows(tx, batch.id, after, listingChunk);
  const last = rows.at(-1);
  if (!last) return undefined;
  const kind = batch.kind === "OFFERS" ? "OFFER" : "REQUEST";
  const known = new Map(
    (
      await knownListings(
        tx,
        batch,
        rows.map((row) => row.sourceId),
      )
    ).map((one) => [one.sourceId, one]),
  );
  const reader = new RowReader(
    batch.kind,
    batch.mapping ?? { source: batch.source, columns: {} },
    new Choices(deps.pack),
  );
  const bad: { number: number; problems: RowProblem[] }[] = [];
  const updates: { number: number; sourceId: string; id: string }[] = [];
  for (const row of rows) {
    const listing = known.get(row.sourceId);
    if (!listing) continue;
    const why =
      listing.kind !== kind ? "import.row.other_kind" : takesImport(listing) ? undefined : "import.row.locked";
    if (why) bad.push({ number: row.number, problems: [{ column: reader.headerOf("sourceId"), why }] });
    else updates.push({ ...row, id: listing.id });
  }
  const writing = { batch, personId: batch.personId, kind, now: deps.clock.now() } as const;
  const fresh = rows.filter((row) => !known.has(row.sourceId));
  await createListings(tx, writing, fresh, draftDefaults, yearOf(deps));
  const updated = await updateListings(tx, writing, updates, governedFields(columnsThere(batch)), draftDefaults);
  await noteProblems(tx, batch.id, bad);
  const tally = {
    written: fresh.length + updates.length,
    created: fresh.length,
    updated,
    unchanged: updates.length - updated,
    turnedBad: bad.length,
  };
  await addTally(tx, batch.id, tally, deps.clock.now());
  return { after: last.number, tally };
}

/** The columns of ours that this file speaks of, be it by a blank cell. */
function columnsThere(batch: Batch): string[] {
  const there = new Set(batch.headers);
  return Object.entries(batch.mapping?.columns ?? {}).flatMap(([key, rule]) =>
    rule.const !== undefined || headersRead(rule).some((name) => there.has(name)) ? [key] : [],
  );
}

async function acceptDeals(tx: Tx, deps: ImportDeps, batch: Batch, actor: Actor, after: string): Promise<Chunk> {
  const groups = await dealGroups(tx, batch.id, after, dealChunk, true);
  const last = groups.at(-1);
  if (!last) return undefined;
  const reader = new RowReader("DEALS", batch.mapping ?? { source: batch.source, columns: {} }, new Choices(deps.pack));
  const tally = { ...nothing };
  for (const { sourceId, rows } of groups) {
    const entered = await enterDealIn(
      tx,
      deps,
      actor,
      dealEntryOf(rows, { name: batch.source, id: sourceId }, deps.pack),
    );
    if (entered.ok) {
      await markWritten(tx, batch.id, sourceId, entered.value.deal.id);
      tally.written += rows.length;
      tally[({ CREATED: "created", UPDATED: "updated", UNCHANGED: "unchanged" } as const)[entered.value.entry]]++;
      continue;
    }
    tally.turnedBad += rows.length;
    const places = Object.entries(entered.why).map(([field, why]) => ({ ...placeOf(field, rows), why }));
    const problemsAt = (number: number): RowProblem[] =>
      places
        .filter((place) => place.number === number)
        .map(({ column, why }) => ({ why, ...(column && { column: reader.headerOf(column) }) }));
    await noteProblems(
      tx,
      batch.id,
      rows.map(({ number }) => ({
        number,
        problems: problemsAt(number).length ? problemsAt(number) : [{ why: "import.deal.other_row" }],
      })),
    );
  }
  await addTally(tx, batch.id, tally, deps.clock.now());
  return { after: last.sourceId, tally };
}

/**
 * Sends and publishes each listing by the workflow's own actions: sent by who imported, decided by who accepted, two persons. What still
 * misses something required stays a draft; its task list says what.
 */
async function publishAll(
  deps: ImportDeps,
  batch: Batch,
  { sender, decider }: { sender: Actor; decider: Actor },
  onProgress: OnProgress,
): Promise<void> {
  const { catalogue, ...quiet } = deps;
  let published = batch.published;
  let done = 0;
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const drafts = await inTransaction(deps.db, (tx) => draftsOfBatch(tx, batch.id, after, 200));
    const last = drafts.at(-1);
    if (!last) break;
    after = last.id;
    for (const { code } of drafts) {
      if (await publishOne(quiet, sender, decider, code)) published++;
      done++;
    }
    await changeBatch(deps.db, batch.id, { published }, deps.clock.now());
    onProgress({ phase: "PUBLISHING", done, total: undefined });
  }
  await catalogue?.refresh();
}

async function publishOne(deps: ImportDeps, sender: Actor, decider: Actor, code: string): Promise<boolean> {
  const before = await inTransaction(deps.db, (tx) => lockListing(tx, code));
  if (!before) return false;
  if (before.state !== "SUBMITTED" && before.draftState !== "SUBMITTED") {
    const sent = await submitListing(deps, sender, code, { version: before.version });
    if (!sent.ok) return false;
  }
  const waiting = await inTransaction(deps.db, (tx) => lockListing(tx, code));
  return waiting !== undefined && (await publishListing(deps, decider, code, { version: waiting.version })).ok;
}
