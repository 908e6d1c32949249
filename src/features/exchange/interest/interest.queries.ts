import type { Insertable, Updateable } from "kysely";
import { sql } from "kysely";
import { abilities } from "../../../kernel/actor.ts";
import type { Day } from "../../../kernel/clock.ts";
import { isLanguage, type Language } from "../../../kernel/language.ts";
import { decodeCursor, type Page, pageOf } from "../../../kernel/paging.ts";
import type { Db, Tx } from "../../../platform/database/database.ts";
import type { Interest as InterestTable } from "../../../platform/database/tables.ts";
import { type Interest, type InterestState, interestStates, type ReasonCode } from "./interest.rules.ts";

const columns = [
  "i.id",
  "i.code",
  "i.state",
  "i.version",
  "i.created_at",
  "i.contact_policy",
  "i.guest_name",
  "i.guest_phone",
  "i.guest_organisation",
  "i.cooperation",
  "i.missing_information",
  "i.about",
  "i.broker_organisation_id",
  "i.screening_note",
  "i.reason_code",
  "i.reason_note",
  "i.forwarded_at",
  "i.answered_at",
  "i.listing_id",
  "l.kind",
  "l.goods_kind",
  "p.short_code",
  "p.title",
  "to.id as to_id",
  "to.legal_name as to_name",
  "to.slug as to_slug",
  "from.id as from_id",
  "from.legal_name as from_name",
  "from.slug as from_slug",
  "d.code as deal_code",
] as const;

const read = (db: Db) =>
  db
    .selectFrom("interest as i")
    .innerJoin("listing as l", "l.id", "i.listing_id")
    .leftJoin("published_listing as p", "p.listing_id", "i.listing_id")
    .innerJoin("organisation as to", "to.id", "i.to_organisation_id")
    .leftJoin("organisation as from", "from.id", "i.from_organisation_id")
    .leftJoin("deal as d", "d.interest_id", "i.id")
    .select(columns);
type Row = Awaited<ReturnType<ReturnType<typeof read>["execute"]>>[number];

const stateOf = (text: string): InterestState => {
  const state = interestStates.find((s) => s === text);
  if (!state) throw new Error(`interest state ${text}`);
  return state;
};
const toInterest = (r: Row): Interest => ({
  id: r.id,
  code: r.code,
  state: stateOf(r.state),
  version: r.version,
  createdAt: r.created_at,
  listing: {
    id: r.listing_id,
    kind: r.kind as "OFFER" | "REQUEST",
    title: r.title ?? r.code,
    shortCode: r.short_code ?? undefined,
    goodsKind: r.goods_kind,
  },
  contactPolicy: r.contact_policy as Interest["contactPolicy"],
  to: { id: r.to_id, name: r.to_name, slug: r.to_slug },
  from: r.from_id && r.from_name && r.from_slug ? { id: r.from_id, name: r.from_name, slug: r.from_slug } : undefined,
  guest:
    r.guest_name && r.guest_phone
      ? { name: r.guest_name, phone: r.guest_phone, organisation: r.guest_organisation ?? undefined }
      : undefined,
  cooperation: r.cooperation,
  missingInformation: r.missing_information,
  about: r.about,
  brokerId: r.broker_organisation_id ?? undefined,
  screeningNote: r.screening_note ?? undefined,
  reasonCode: (r.reason_code ?? undefined) as ReasonCode | undefined,
  reasonNote: r.reason_note ?? undefined,
  forwardedAt: r.forwarded_at ?? undefined,
  answeredAt: r.answered_at ?? undefined,
  dealCode: r.deal_code ?? undefined,
});

export async function interestByCode(db: Db, code: string): Promise<Interest | undefined> {
  const row = await read(db).where("i.code", "=", code).executeTakeFirst();
  return row && toInterest(row);
}
export async function interestByLookup(db: Db, hash: string): Promise<Interest | undefined> {
  const row = await read(db).where("i.lookup_code_hash", "=", hash).executeTakeFirst();
  return row && toInterest(row);
}
/** The interest with its row locked until the transaction ends. */
export async function lockInterest(tx: Tx, code: string): Promise<Interest | undefined> {
  const row = await tx.selectFrom("interest").select("id").where("code", "=", code).forUpdate().executeTakeFirst();
  return row && interestByCode(tx, code);
}

export const interestPageSize = 20;
const newest = (rows: Row[]): Page<Interest> =>
  pageOf(rows.map(toInterest), interestPageSize, (i) => [i.createdAt.toISOString(), i.id]);
const oldest = newest;
function key(after: string | undefined): [string, string] | undefined {
  const parts = decodeCursor(after, 2);
  if (!parts || Number.isNaN(Date.parse(String(parts[0]))) || !/^[0-9a-f-]{36}$/.test(String(parts[1])))
    return undefined;
  return [String(parts[0]), String(parts[1])];
}
/** What the organisations sent, or what they were sent and may see; newest first. */
export async function interestsOf(
  db: Db,
  organisationIds: readonly string[],
  box: "SENT" | "RECEIVED",
  after?: string,
): Promise<Page<Interest>> {
  if (organisationIds.length === 0) return { rows: [] };
  let query = read(db)
    .orderBy("i.created_at", "desc")
    .orderBy("i.id", "desc")
    .limit(interestPageSize + 1);
  query =
    box === "SENT"
      ? query.where("i.from_organisation_id", "in", organisationIds)
      : query.where("i.to_organisation_id", "in", organisationIds).where("i.forwarded_at", "is not", null);
  const from = key(after);
  if (from) query = query.where(sql<boolean>`(i.created_at, i.id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`);
  return newest(await query.execute());
}

/** What waits to be screened: all for an operator, what was given to them for brokers; oldest first. */
export async function interestsToScreen(
  db: Db,
  reach: "ALL" | readonly string[],
  after?: string,
): Promise<Page<Interest>> {
  if (reach !== "ALL" && reach.length === 0) return { rows: [] };
  let query = read(db)
    .where("i.state", "in", ["NEW", "SCREENED"])
    .orderBy("i.created_at")
    .orderBy("i.id")
    .limit(interestPageSize + 1);
  if (reach !== "ALL") query = query.where("i.broker_organisation_id", "in", reach);
  const from = key(after);
  if (from) query = query.where(sql<boolean>`(i.created_at, i.id) > (${from[0]}::timestamptz, ${from[1]}::uuid)`);
  return oldest(await query.execute());
}

const openStates: InterestState[] = ["NEW", "SCREENED", "FORWARDED", "ACCEPTED"];
export async function hasOpenInterest(
  db: Db,
  listingId: string,
  by: { organisationId: string } | { phone: string },
): Promise<boolean> {
  let query = db
    .selectFrom("interest")
    .select("id")
    .where("listing_id", "=", listingId)
    .where("state", "in", openStates)
    .limit(1);
  query =
    "phone" in by
      ? query.where("guest_phone", "=", by.phone)
      : query.where("from_organisation_id", "=", by.organisationId);
  return (await query.executeTakeFirst()) !== undefined;
}

export const insertInterest = async (tx: Tx, row: Insertable<InterestTable>): Promise<void> => {
  await tx.insertInto("interest").values(row).execute();
};
export async function patchInterest(tx: Tx, id: string, patch: Updateable<InterestTable>): Promise<void> {
  await tx
    .updateTable("interest")
    .set((eb) => ({ ...patch, version: eb("version", "+", 1) }))
    .where("id", "=", id)
    .execute();
}

/** Forwarded before `before` and unanswered; `unreminded` leaves out those reminded already. */
export async function waitingSince(db: Db, before: Date, unreminded: boolean, limit: number): Promise<string[]> {
  let query = db
    .selectFrom("interest")
    .select("code")
    .where("state", "=", "FORWARDED")
    .where("forwarded_at", "<=", before);
  if (unreminded) query = query.where("reminded_at", "is", null);
  return (await query.orderBy("forwarded_at").orderBy("id").limit(limit).execute()).map((r) => r.code);
}

export type Broker = { id: string; name: string };
/** Verified intermediaries in which somebody may screen on this day: whom the office may give an interest to. */
const brokersOn = (db: Db, today: Day) =>
  db
    .selectFrom("organisation as o")
    .select(["o.id", "o.legal_name"])
    .where("o.org_type", "=", "INTERMEDIARY")
    .where("o.verification_state", "=", "VERIFIED")
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom("membership as m")
          .select("m.id")
          .whereRef("m.organisation_id", "=", "o.id")
          .where("m.role", "in", abilities["interest.screen"])
          .where("m.valid_from", "<=", today)
          .where((on) => on.or([on("m.valid_to", "is", null), on("m.valid_to", ">=", today)])),
      ),
    );
export async function brokers(db: Db, today: Day): Promise<Broker[]> {
  const rows = await brokersOn(db, today).orderBy(sql`o.legal_name collate "vi-x-icu"`).limit(200).execute();
  return rows.map((r) => ({ id: r.id, name: r.legal_name }));
}
export const isBroker = async (db: Db, organisationId: string, today: Day): Promise<boolean> =>
  (await brokersOn(db, today).where("o.id", "=", organisationId).executeTakeFirst()) !== undefined;

/** Where the two sides get their mail, and the language of the people known behind them: who asked, who wrote the listing. */
export type NoticeTo = { owner: Recipient; asker: Recipient };
type Recipient = { mail: string | undefined; language: Language };
export async function noticeTo(db: Db, interestId: string): Promise<NoticeTo> {
  const row = await db
    .selectFrom("interest as i")
    .innerJoin("listing as l", "l.id", "i.listing_id")
    .innerJoin("organisation as to", "to.id", "i.to_organisation_id")
    .leftJoin("organisation as from", "from.id", "i.from_organisation_id")
    .leftJoin("person as author", "author.id", "l.created_by")
    .leftJoin("person as asker", "asker.id", "i.from_person_id")
    .select(["to.email as to_mail", "from.email as from_mail", "author.language as owns", "asker.language as asks"])
    .where("i.id", "=", interestId)
    .executeTakeFirstOrThrow();
  const languageOf = (text: string | null): Language => (text && isLanguage(text) ? text : "vi");
  return {
    owner: { mail: row.to_mail ?? undefined, language: languageOf(row.owns) },
    asker: { mail: row.from_mail ?? undefined, language: languageOf(row.asks) },
  };
}
