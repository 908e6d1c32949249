import { sql } from "kysely";
import type { Db } from "../../../platform/database/database.ts";
import type { ListingDocument } from "../listing/listing.document.ts";

/** What one line of the catalogue shows: read from the snapshot at the moment it is shown. */
export type CatalogueRow = {
  id: string;
  shortCode: string;
  slug: string;
  kind: string;
  goodsKind: string;
  title: string;
  summary: string;
  price: ListingDocument["price"];
  budget: ListingDocument["budget"];
  trl: number | undefined;
  publishedAt: Date;
  organisationName: string | undefined;
  isVerified: boolean;
  territory: string | undefined;
  visibility: string;
};

/** Rows by id, of those that are shown now; the index may be a moment behind, this never is. */
export async function catalogueRows(db: Db, ids: readonly string[]): Promise<Map<string, CatalogueRow>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("published_listing as p")
    .innerJoin("organisation as o", "o.id", "p.organisation_id")
    .select([
      "p.listing_id",
      "p.short_code",
      "p.slug",
      "p.kind",
      "p.goods_kind",
      "p.title",
      "p.visibility",
      "p.published_at",
      "o.legal_name",
      "o.verification_state",
      "o.territory",
      sql<string | null>`p.document->>'summaryPublic'`.as("summary"),
      sql<ListingDocument["price"] | null>`p.document->'price'`.as("price"),
      sql<ListingDocument["budget"] | null>`p.document->'budget'`.as("budget"),
      sql<number | null>`(p.document->>'trl')::int`.as("trl"),
      sql<boolean>`p.document->>'contactPolicy' = 'ANONYMOUS'`.as("anonymous"),
    ])
    .where("p.listing_id", "in", [...ids])
    .where("p.withdrawn_at", "is", null)
    .where((eb) => eb.or([eb("p.kind", "<>", "OFFER"), eb("o.verification_state", "=", "VERIFIED")]))
    .where("p.state", "<>", "CLOSED_DEAL")
    .where("p.visibility", "<>", "RESTRICTED")
    .execute();
  return new Map(
    rows.map((r) => [
      r.listing_id,
      {
        id: r.listing_id,
        shortCode: r.short_code,
        slug: r.slug,
        kind: r.kind,
        goodsKind: r.goods_kind,
        title: r.title,
        summary: r.summary ?? "",
        price: r.price ?? undefined,
        budget: r.budget ?? undefined,
        trl: r.trl ?? undefined,
        publishedAt: new Date(r.published_at),
        organisationName: r.anonymous ? undefined : r.legal_name,
        isVerified: r.verification_state === "VERIFIED",
        territory: r.anonymous ? undefined : (r.territory ?? undefined),
        visibility: r.visibility,
      },
    ]),
  );
}

/** Where the feed of events was read to: every transaction below it had ended. */
export type FeedPlace = string;
export type FeedEvent = { id: string; subject: string; subjectId: string };

export async function feedPlace(db: Db): Promise<FeedPlace> {
  const { rows } = await sql<{ place: string }>`select pg_snapshot_xmin(pg_current_snapshot())::text as place`.execute(
    db,
  );
  return rows[0]?.place ?? "0";
}

/**
 * All that is visible from the place on, with the next place: the oldest transaction still running. An event that commits late has a
 * transaction at or above that, so it is met by a later reading; one above it may be met twice, which does no harm.
 */
export async function readFeed(db: Db, from: FeedPlace): Promise<{ place: FeedPlace; events: FeedEvent[] }> {
  const { rows } = await sql<{ place: string; id: string | null; subject: string | null; subject_id: string | null }>`
    with now as (select pg_snapshot_xmin(pg_current_snapshot()) as xmin)
    select now.xmin::text as place, event.id, event.subject, event.subject_id
    from now left join event on event.xid >= ${from}::xid8 and event.subject in ('listing', 'organisation')`.execute(
    db,
  );
  return {
    place: rows[0]?.place ?? from,
    events: rows.flatMap((r) =>
      r.id && r.subject && r.subject_id ? [{ id: r.id, subject: r.subject, subjectId: r.subject_id }] : [],
    ),
  };
}

export async function listingIdsOfOrganisations(db: Db, organisationIds: readonly string[]): Promise<string[]> {
  if (organisationIds.length === 0) return [];
  const rows = await db
    .selectFrom("published_listing")
    .select("listing_id")
    .where("organisation_id", "in", [...organisationIds])
    .execute();
  return rows.map((row) => row.listing_id);
}
