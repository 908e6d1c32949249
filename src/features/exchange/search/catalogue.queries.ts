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

/** Where the feed of events was read to: a snapshot of the database, which says of every transaction whether it was seen. */
export type FeedPlace = string;
export type FeedEvent = { id: string; subject: string; subjectId: string };
/** Within one reading: up to which place, after which event. */
export type FeedCursor = { until: FeedPlace; xid: string; id: string };
export type FeedPage = { place: FeedPlace; events: FeedEvent[]; next: FeedCursor | undefined };

export async function feedPlace(db: Db): Promise<FeedPlace> {
  const { rows } = await sql<{ place: string }>`select pg_current_snapshot()::text as place`.execute(db);
  if (!rows[0]) throw new Error("the database gave no snapshot");
  return rows[0].place;
}

const feedPage = 1_000;
/**
 * A page of the events committed between a place and now, with the next place. What was still running at the place is read when it has
 * committed, however late; nothing is read twice, however long a transaction runs.
 */
export async function readFeed(db: Db, from: FeedPlace, after?: FeedCursor, size = feedPage): Promise<FeedPage> {
  const of = sql`select xid, id, subject, subject_id from event where subject in ('listing', 'organisation')`;
  const further = after ? sql`and (e.xid, e.id) > (${after.xid}::xid8, ${after.id}::uuid)` : sql``;
  type Row = {
    place: string;
    xid: string | null;
    id: string | null;
    subject: string | null;
    subject_id: string | null;
  };
  const { rows } = await sql<Row>`
    with place as (select coalesce(${after?.until ?? null}::pg_snapshot, pg_current_snapshot()) as until)
    select place.until::text as place, fresh.xid::text as xid, fresh.id, fresh.subject, fresh.subject_id
    from place left join lateral (
      select * from (
        ${of} and xid >= pg_snapshot_xmax(${from}::pg_snapshot)
        union all
        ${of} and xid = any(array(select pg_snapshot_xip(${from}::pg_snapshot)))
      ) e
      where pg_visible_in_snapshot(e.xid, place.until) ${further}
      order by e.xid, e.id limit ${size + 1}
    ) fresh on true
    order by fresh.xid, fresh.id`.execute(db);
  const found = rows.flatMap(({ xid, id, subject, subject_id }) =>
    xid && id && subject && subject_id ? [{ xid, id, subject, subjectId: subject_id }] : [],
  );
  const events = found.slice(0, size);
  const place = rows[0]?.place ?? from;
  const last = events.at(-1);
  const next = found.length > size && last ? { until: place, xid: last.xid, id: last.id } : undefined;
  return { place, events, next };
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
