import { sql } from "kysely";
import { type GoodsKind, goodsKinds, type OrgType, orgTypes } from "../../../kernel/codes.ts";
import { decodeCursor, type Page, pageOf } from "../../../kernel/paging.ts";
import type { Db, Tx } from "../../../platform/database/database.ts";
import { type ListingKind, listingKinds, type PublishedDocument } from "./listing.document.ts";
import { type FileVisibility, fileVisibilities } from "./listing.file.queries.ts";
import { oneOf } from "./listing.queries.ts";

/** The snapshot that portal, search, feeds and other features read. */
export type Published = {
  listingId: string;
  shortCode: string;
  slug: string;
  version: number;
  kind: ListingKind;
  goodsKind: GoodsKind;
  title: string;
  document: PublishedDocument;
  visibility: FileVisibility;
  state: "PUBLISHED" | "STALE" | "CLOSED_DEAL";
  publishedAt: Date;
  firstPublishedAt: Date;
  expiresOn: string;
  organisation: {
    id: string;
    name: string;
    slug: string;
    orgType: OrgType;
    isVerified: boolean;
    territory: string | undefined;
    country: string;
  };
};

const columns = [
  "p.listing_id",
  "p.short_code",
  "p.slug",
  "p.version",
  "p.kind",
  "p.goods_kind",
  "p.title",
  "p.document",
  "p.visibility",
  "p.state",
  "p.published_at",
  "p.first_published_at",
  "p.expires_on",
  "o.id as organisation_id",
  "o.legal_name",
  "o.slug as organisation_slug",
  "o.org_type",
  "o.verification_state",
  "o.territory",
  "o.country",
] as const;

/** What is shown now: neither what was withdrawn or suspended, which is kept, nor the offers of a seller who is not verified (any more). */
const from = (db: Db) =>
  db
    .selectFrom("published_listing as p")
    .innerJoin("organisation as o", "o.id", "p.organisation_id")
    .where("p.withdrawn_at", "is", null)
    .where((eb) => eb.or([eb("p.kind", "<>", "OFFER"), eb("o.verification_state", "=", "VERIFIED")]))
    .select(columns);
type Row = Awaited<ReturnType<ReturnType<typeof from>["execute"]>>[number];

const toPublished = (r: Row): Published => ({
  listingId: r.listing_id,
  shortCode: r.short_code,
  slug: r.slug,
  version: r.version,
  kind: oneOf<ListingKind>(listingKinds, r.kind),
  goodsKind: oneOf<GoodsKind>(goodsKinds, r.goods_kind),
  title: r.title,
  document: r.document as unknown as PublishedDocument,
  visibility: oneOf(fileVisibilities, r.visibility),
  state: oneOf(["PUBLISHED", "STALE", "CLOSED_DEAL"] as const, r.state),
  publishedAt: new Date(r.published_at),
  firstPublishedAt: new Date(r.first_published_at),
  expiresOn: r.expires_on,
  organisation: {
    id: r.organisation_id,
    name: r.legal_name,
    slug: r.organisation_slug,
    orgType: oneOf<OrgType>(orgTypes, r.org_type),
    isVerified: r.verification_state === "VERIFIED",
    territory: r.territory ?? undefined,
    country: r.country,
  },
});

/** Whose listing it is matters to deals and interests even where the page hides it (contact policy ANONYMOUS). */
export async function publishedByShortCode(db: Db, shortCode: string): Promise<Published | undefined> {
  if (!/^[a-z0-9]{8}$/.test(shortCode)) return undefined;
  const row = await from(db).where("p.short_code", "=", shortCode).executeTakeFirst();
  return row && toPublished(row);
}
export async function publishedById(db: Db, listingId: string): Promise<Published | undefined> {
  const row = await from(db).where("p.listing_id", "=", listingId).executeTakeFirst();
  return row && toPublished(row);
}
/** In no particular order; ids that are not shown are left out. */
export async function publishedByIds(db: Db, ids: readonly string[]): Promise<Published[]> {
  if (ids.length === 0) return [];
  return (
    await from(db)
      .where("p.listing_id", "in", [...ids])
      .execute()
  ).map(toPublished);
}

/** An organisation's public listings, newest first; those that hide their owner are not among them. */
export async function listingsOfOrganisation(
  db: Db,
  organisationId: string,
  after: string | undefined,
  size: number,
): Promise<Page<Published>> {
  const key = decodeCursor(after, 2);
  let rows = from(db)
    .where("p.organisation_id", "=", organisationId)
    .where("p.visibility", "=", "PUBLIC")
    .where(sql<boolean>`p.document->>'contactPolicy' is distinct from 'ANONYMOUS'`);
  if (key && /^[\dT:.Z-]{20,30}$/.test(String(key[0])) && /^[0-9a-f-]{36}$/.test(String(key[1])))
    rows = rows.where(sql<boolean>`(p.published_at, p.listing_id) < (${key[0]}::timestamptz, ${key[1]}::uuid)`);
  const found = await rows
    .orderBy("p.published_at", "desc")
    .orderBy("p.listing_id", "desc")
    .limit(size + 1)
    .execute();
  return pageOf(found.map(toPublished), size, (one) => [one.publishedAt.toISOString(), one.listingId]);
}

/** All that the catalogue holds, in batches by key. */
export async function publishedAfter(db: Db, afterId: string, size: number): Promise<Published[]> {
  return (await from(db).where("p.listing_id", ">", afterId).orderBy("p.listing_id").limit(size).execute()).map(
    toPublished,
  );
}

export type Snapshot = {
  listingId: string;
  shortCode: string;
  slug: string;
  version: number;
  kind: ListingKind;
  goodsKind: GoodsKind;
  organisationId: string;
  title: string;
  document: PublishedDocument;
  visibility: FileVisibility;
  publishedAt: Date;
  expiresOn: string;
};
/** Replaces the snapshot in one step; the short code of the first publication stays for ever. */
export async function putSnapshot(tx: Tx, one: Snapshot): Promise<void> {
  const shown = {
    slug: one.slug,
    version: one.version,
    goods_kind: one.goodsKind,
    title: one.title,
    document: JSON.stringify(one.document),
    visibility: one.visibility,
    state: "PUBLISHED",
    published_at: one.publishedAt,
    expires_on: one.expiresOn,
    withdrawn_at: null,
  };
  await tx
    .insertInto("published_listing")
    .values({
      ...shown,
      listing_id: one.listingId,
      short_code: one.shortCode,
      kind: one.kind,
      organisation_id: one.organisationId,
      first_published_at: one.publishedAt,
    })
    .onConflict((oc) => oc.column("listing_id").doUpdateSet(shown))
    .execute();
}

/** Hides the snapshot at once, or shows it again; undefined fields stay. */
export async function markSnapshot(
  tx: Tx,
  listingId: string,
  change: { state?: "PUBLISHED" | "STALE" | "CLOSED_DEAL"; hiddenAt?: Date | null; expiresOn?: string },
): Promise<void> {
  const set = { state: change.state, withdrawn_at: change.hiddenAt, expires_on: change.expiresOn };
  const given = Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined));
  if (Object.keys(given).length)
    await tx.updateTable("published_listing").set(given).where("listing_id", "=", listingId).execute();
}

/** The snapshot's document even while it is hidden: for the reviewer's comparison and to open its files again. */
export async function snapshotDocument(
  db: Db,
  listingId: string,
): Promise<{ document: PublishedDocument; shortCode: string } | undefined> {
  const row = await db
    .selectFrom("published_listing")
    .select(["document", "short_code"])
    .where("listing_id", "=", listingId)
    .executeTakeFirst();
  return row && { document: row.document as unknown as PublishedDocument, shortCode: row.short_code };
}

export type SimilarListing = { title: string; shortCode: string; similarity: number };
/** Published listings whose title is like this one: the reviewer's hint of a duplicate. */
export async function similarListings(db: Db, listingId: string, title: string): Promise<SimilarListing[]> {
  const likeness = sql<number>`similarity(title, ${title})`;
  const rows = await db
    .selectFrom("published_listing")
    .select(["title", "short_code", likeness.as("likeness")])
    .where(sql<boolean>`title % ${title}`)
    .where("listing_id", "<>", listingId)
    .where("withdrawn_at", "is", null)
    .where(likeness, ">", 0.5)
    .orderBy("likeness", "desc")
    .orderBy("listing_id")
    .limit(5)
    .execute();
  return rows.map((r) => ({ title: r.title, shortCode: r.short_code, similarity: Number(r.likeness) }));
}
