import { type Selectable, sql } from "kysely";
import { type GoodsKind, goodsKinds } from "../../../kernel/codes.ts";
import { decodeCursor, type Page, pageOf } from "../../../kernel/paging.ts";
import type { Db, Tx } from "../../../platform/database/database.ts";
import type { Listing as ListingTable } from "../../../platform/database/tables.ts";
import { type ListingDocument, type ListingKind, listingKinds } from "./listing.document.ts";
import { type DraftState, draftStates, type Listing, type ListingState, listingStates } from "./listing.rules.ts";

/** The listing and its versions in SQL; the snapshot is in listing.published.queries.ts, files in listing.file.queries.ts. */

const columns = [
  "listing.id",
  "listing.code",
  "listing.kind",
  "listing.goods_kind",
  "listing.organisation_id",
  "listing.created_by",
  "listing.state",
  "listing.draft",
  "listing.draft_state",
  "listing.published_version",
  "listing.first_published_at",
  "listing.confirmed_at",
  "listing.expires_on",
  "listing.submitted_at",
  "listing.taken_by",
  "listing.reason",
  "listing.version",
  "listing.updated_at",
  "organisation.legal_name",
  "organisation.verification_state",
] as const;
type Row = Omit<Selectable<ListingTable>, "created_at" | "source" | "source_id"> & {
  legal_name: string;
  verification_state: string;
};

/** One of a known list, or a fault: an unknown enumeration text never travels on. */
export function oneOf<T extends string>(known: readonly T[], text: string): T {
  const found = known.find((one) => one === text);
  if (found === undefined) throw new Error(`unknown text ${text} in the database`);
  return found;
}

const toListing = (r: Row): Listing => ({
  id: r.id,
  code: r.code,
  kind: oneOf<ListingKind>(listingKinds, r.kind),
  goodsKind: oneOf<GoodsKind>(goodsKinds, r.goods_kind),
  organisationId: r.organisation_id,
  organisationName: r.legal_name,
  organisationVerified: r.verification_state === "VERIFIED",
  createdBy: r.created_by,
  state: oneOf<ListingState>(listingStates, r.state),
  draft: r.draft as ListingDocument,
  draftState: oneOf<DraftState>(draftStates, r.draft_state),
  publishedVersion: r.published_version,
  firstPublishedAt: r.first_published_at ? new Date(r.first_published_at) : undefined,
  confirmedAt: r.confirmed_at ? new Date(r.confirmed_at) : undefined,
  expiresOn: r.expires_on ?? undefined,
  submittedAt: r.submitted_at ? new Date(r.submitted_at) : undefined,
  takenBy: r.taken_by ?? undefined,
  reason: r.reason ?? undefined,
  version: r.version,
  updatedAt: new Date(r.updated_at),
});

const from = (db: Db) =>
  db.selectFrom("listing").innerJoin("organisation", "organisation.id", "listing.organisation_id").select(columns);
const codePattern = /^TIN-\d{4}-\d{4,9}$/;

export async function listingByCode(db: Db, code: string): Promise<Listing | undefined> {
  if (!codePattern.test(code)) return undefined;
  const row = await from(db).where("listing.code", "=", code).executeTakeFirst();
  return row && toListing(row);
}
export async function listingById(db: Db, id: string): Promise<Listing | undefined> {
  const row = await from(db).where("listing.id", "=", id).executeTakeFirst();
  return row && toListing(row);
}
/** The listing with its row locked until the transaction ends: two who decide at once come one after the other. */
export async function lockListing(tx: Tx, code: string): Promise<Listing | undefined> {
  if (!codePattern.test(code)) return undefined;
  const row = await from(tx).where("listing.code", "=", code).forUpdate("listing").executeTakeFirst();
  return row && toListing(row);
}

export type NewListing = {
  id: string;
  code: string;
  kind: ListingKind;
  goodsKind: GoodsKind;
  organisationId: string;
  createdBy: string;
  draft: ListingDocument;
  source?: string | undefined;
  sourceId?: string | undefined;
};
/** False when the id is there already: the same form sent twice. */
export async function insertListing(tx: Tx, one: NewListing, now: Date): Promise<boolean> {
  const made = await tx
    .insertInto("listing")
    .values({
      id: one.id,
      code: one.code,
      kind: one.kind,
      goods_kind: one.goodsKind,
      organisation_id: one.organisationId,
      created_by: one.createdBy,
      draft: JSON.stringify(one.draft),
      source: one.source ?? null,
      source_id: one.sourceId ?? null,
      created_at: now,
      updated_at: now,
    })
    .onConflict((oc) => oc.column("id").doNothing())
    .executeTakeFirst();
  return made.numInsertedOrUpdatedRows === 1n;
}

export type ListingChange = {
  state?: ListingState;
  draft?: ListingDocument;
  draftState?: DraftState;
  publishedVersion?: number;
  firstPublishedAt?: Date;
  confirmedAt?: Date;
  expiresOn?: string;
  submittedAt?: Date | null;
  takenBy?: string | null;
  reason?: string | null;
};
/** False when somebody else saved first. */
export async function changeListing(tx: Tx, listing: Listing, change: ListingChange, now: Date): Promise<boolean> {
  const set = {
    state: change.state,
    draft: change.draft && JSON.stringify(change.draft),
    draft_state: change.draftState,
    published_version: change.publishedVersion,
    first_published_at: change.firstPublishedAt,
    confirmed_at: change.confirmedAt,
    expires_on: change.expiresOn,
    submitted_at: change.submittedAt,
    taken_by: change.takenBy,
    reason: change.reason,
  };
  const given = Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined));
  const { numUpdatedRows } = await tx
    .updateTable("listing")
    .set((eb) => ({ ...given, updated_at: now, version: eb("version", "+", 1) }))
    .where("id", "=", listing.id)
    .where("version", "=", listing.version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** The listings somebody may open (`openableBy`), last changed first. */
export async function listingsOf(
  db: Db,
  who: { offersOf: string[]; requestsOf: string[]; writtenBy: string | undefined },
  after: string | undefined,
  size: number,
): Promise<Page<Listing>> {
  const key = decodeCursor(after, 2);
  let rows = from(db).where((eb) => {
    const of = (kind: ListingKind, ids: string[]) =>
      ids.length ? [eb.and([eb("listing.kind", "=", kind), eb("listing.organisation_id", "in", ids)])] : [];
    const own = who.writtenBy === undefined ? [] : [eb("listing.created_by", "=", who.writtenBy)];
    return eb.or([...of("OFFER", who.offersOf), ...of("REQUEST", who.requestsOf), ...own]);
  });
  if (key && isInstantKey(key))
    rows = rows.where(sql<boolean>`(listing.updated_at, listing.id) < (${key[0]}::timestamptz, ${key[1]}::uuid)`);
  const found = await rows
    .orderBy("listing.updated_at", "desc")
    .orderBy("listing.id", "desc")
    .limit(size + 1)
    .execute();
  return pageOf(found.map(toListing), size, (one) => [one.updatedAt.toISOString(), one.id]);
}

/** What waits for review, oldest first. */
export async function waitingListings(db: Db, after: string | undefined, size: number): Promise<Page<Listing>> {
  const key = decodeCursor(after, 2);
  let rows = from(db).where((eb) =>
    eb.or([
      eb("listing.state", "in", ["SUBMITTED", "IN_REVIEW"]),
      eb.and([eb("listing.draft_state", "=", "SUBMITTED"), eb("listing.state", "in", ["PUBLISHED", "STALE"])]),
    ]),
  );
  if (key && isInstantKey(key))
    rows = rows.where(sql<boolean>`(listing.submitted_at, listing.id) > (${key[0]}::timestamptz, ${key[1]}::uuid)`);
  const found = await rows
    .orderBy("listing.submitted_at")
    .orderBy("listing.id")
    .limit(size + 1)
    .execute();
  return pageOf(found.map(toListing), size, (one) => [(one.submittedAt ?? one.updatedAt).toISOString(), one.id]);
}
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** A cursor is typed by strangers too: an instant and a key, or it is none. */
const isInstantKey = (key: (string | number)[]): boolean =>
  /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(String(key[0])) && uuid.test(String(key[1]));

export type ListingVersion = { number: number; document: ListingDocument; submittedBy: string; submittedAt: Date };
export async function lastVersion(db: Db, listingId: string): Promise<ListingVersion | undefined> {
  const row = await db
    .selectFrom("listing_version")
    .select(["number", "document", "submitted_by", "submitted_at"])
    .where("listing_id", "=", listingId)
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
  return (
    row && {
      number: row.number,
      document: row.document as ListingDocument,
      submittedBy: row.submitted_by,
      submittedAt: new Date(row.submitted_at),
    }
  );
}
export async function insertVersion(tx: Tx, listing: Listing, submittedBy: string, now: Date): Promise<number> {
  const number = ((await lastVersion(tx, listing.id))?.number ?? 0) + 1;
  await tx
    .insertInto("listing_version")
    .values({
      listing_id: listing.id,
      number,
      document: JSON.stringify(listing.draft),
      submitted_by: submittedBy,
      submitted_at: now,
    })
    .execute();
  return number;
}
export async function insertReview(
  tx: Tx,
  review: {
    id: string;
    listingId: string;
    number: number;
    reviewerId: string;
    checklist: readonly string[];
    decision: string;
    reason: string | undefined;
  },
  now: Date,
): Promise<void> {
  await tx
    .insertInto("listing_review")
    .values({
      id: review.id,
      listing_id: review.listingId,
      version_number: review.number,
      reviewer_id: review.reviewerId,
      decision: review.decision,
      checklist: JSON.stringify(Object.fromEntries(review.checklist.map((item) => [item, true]))),
      reason: review.reason ?? null,
      decided_at: now,
    })
    .execute();
}

export type ReviewRecord = { decision: string; reason: string | undefined; at: Date; number: number };
export async function reviewsOf(db: Db, listingId: string): Promise<ReviewRecord[]> {
  const rows = await db
    .selectFrom("listing_review")
    .select(["decision", "reason", "decided_at", "version_number"])
    .where("listing_id", "=", listingId)
    .orderBy("decided_at")
    .limit(50)
    .execute();
  return rows.map((r) => ({
    decision: r.decision,
    reason: r.reason ?? undefined,
    at: new Date(r.decided_at),
    number: r.version_number,
  }));
}
