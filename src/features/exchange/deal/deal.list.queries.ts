import { type RawBuilder, sql } from "kysely";
import { type Actor, organisationsWhere } from "../../../kernel/actor.ts";
import { decodeCursor, type Page, pageOf } from "../../../kernel/paging.ts";
import type { Db } from "../../../platform/database/database.ts";
import type { OfficeBox } from "./deal.input.ts";
import type { DealState, Parties, Reach } from "./deal.rules.ts";

/** Lists of deals: a member's own, the office's queue, and the deals behind a figure. */

export type DealRow = {
  id: string;
  code: string;
  /** Undefined where the reader may not know it (deal.shown.rules.ts). */
  title: string | undefined;
  state: DealState;
  buyerName: string | undefined;
  valueVnd: bigint;
  createdAt: Date;
  evidenceLevel: number;
  recognisedOn: string | undefined;
  isWaitingCertificate: boolean;
  reach: Reach | undefined;
} & Parties & { evidence: readonly unknown[] };
export const dealPageSize = 20;
const columns = [
  "d.id",
  "d.code",
  "d.title",
  "d.state",
  "o.legal_name",
  "d.value_vnd",
  "d.created_at",
  "d.evidence_level",
  "d.recognised_on",
  "d.registration_required",
  "d.registration_certified_on",
  "d.signed_on",
  "d.off_platform",
  "d.buyer_organisation_id",
  "d.broker_organisation_id",
  "d.entered_by",
] as const;
const isVerified = (column: string) =>
  sql<boolean>`coalesce((select v.verification_state = 'VERIFIED' from organisation v where v.id = ${sql.ref(column)}), false)`;
const supplierSides = sql<{ id: string; isVerified: boolean }[]>`(select coalesce(json_agg(json_build_object(
  'id', s.organisation_id, 'isVerified', v.verification_state = 'VERIFIED')), '[]')
  from deal_supplier s join organisation v on v.id = s.organisation_id where s.deal_id = d.id)`;
const evidenceIds = sql<string[]>`array(select e.id::text from deal_evidence e where e.deal_id = d.id)`;
const read = (db: Db) =>
  db
    .selectFrom("deal as d")
    .innerJoin("organisation as o", "o.id", "d.buyer_organisation_id")
    .select(columns)
    .select([
      supplierSides.as("suppliers"),
      evidenceIds.as("evidence"),
      isVerified("d.buyer_organisation_id").as("buyer_verified"),
      isVerified("d.broker_organisation_id").as("broker_verified"),
    ]);
type Row = Awaited<ReturnType<ReturnType<typeof read>["execute"]>>[number];
const toRow = (r: Row): DealRow => ({
  id: r.id,
  code: r.code,
  title: r.title,
  state: r.state as DealState,
  buyerName: r.legal_name,
  reach: undefined,
  buyer: { id: r.buyer_organisation_id, isVerified: r.buyer_verified },
  suppliers: r.suppliers,
  broker:
    r.broker_organisation_id === null ? undefined : { id: r.broker_organisation_id, isVerified: r.broker_verified },
  enteredBy: r.entered_by,
  evidence: r.evidence,
  valueVnd: BigInt(r.value_vnd),
  createdAt: r.created_at,
  evidenceLevel: r.evidence_level,
  recognisedOn: r.recognised_on ?? undefined,
  offPlatform: r.off_platform,
  isWaitingCertificate: r.registration_required && r.registration_certified_on === null && r.signed_on !== null,
});
function cursorOf(after: string | undefined): [string, string] | undefined {
  const parts = decodeCursor(after, 2);
  if (!parts || Number.isNaN(Date.parse(String(parts[0]))) || !/^[0-9a-f-]{36}$/.test(String(parts[1])))
    return undefined;
  return [String(parts[0]), String(parts[1])];
}

/** Deals that the actor is a party of, or named broker in; newest first. */
export async function dealsOf(db: Db, actor: Actor, after?: string): Promise<Page<DealRow>> {
  const mine = [...new Set(actor.memberships.map((m) => m.organisationId))];
  if (mine.length === 0) return { rows: [] };
  const brokering = organisationsWhere(actor, "deal.write");
  let query = read(db)
    .where((eb) =>
      eb.or([
        eb("d.buyer_organisation_id", "in", mine),
        ...(brokering.length ? [eb("d.broker_organisation_id", "in", brokering)] : []),
        eb.exists(
          eb
            .selectFrom("deal_supplier as s")
            .select("s.deal_id")
            .whereRef("s.deal_id", "=", "d.id")
            .where("s.organisation_id", "in", mine),
        ),
      ]),
    )
    .orderBy("d.created_at", "desc")
    .orderBy("d.id", "desc")
    .limit(dealPageSize + 1);
  const from = cursorOf(after);
  if (from) query = query.where(sql<boolean>`(d.created_at, d.id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`);
  return pageOf((await query.execute()).map(toRow), dealPageSize, (d) => [d.createdAt.toISOString(), d.id]);
}

/** What the office looks at: deals with documents to decide, those that wait for a certificate, all of them; `enteredBy` narrows to one's own entries. */
export async function dealsForOffice(
  db: Db,
  box: OfficeBox,
  enteredBy: string | undefined,
  after?: string,
): Promise<Page<DealRow>> {
  let query = read(db)
    .orderBy("d.created_at", "desc")
    .orderBy("d.id", "desc")
    .limit(dealPageSize + 1);
  if (box === "EVIDENCE") {
    query = query
      .where("d.state", "<>", "CANCELLED")
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom("deal_evidence as e")
            .select("e.id")
            .whereRef("e.deal_id", "=", "d.id")
            .where("e.decision", "is", null),
        ),
      );
  }
  if (box === "CERTIFICATE")
    query = query
      .where("d.registration_required", "=", true)
      .where("d.registration_certified_on", "is", null)
      .where("d.state", "<>", "CANCELLED")
      .where("d.signed_on", "is not", null);
  if (enteredBy) query = query.where("d.entered_by", "=", enteredBy).where("d.off_platform", "=", true);
  const from = cursorOf(after);
  if (from) query = query.where(sql<boolean>`(d.created_at, d.id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`);
  return pageOf((await query.execute()).map(toRow), dealPageSize, (d) => [d.createdAt.toISOString(), d.id]);
}

/** Conditions on counted lines by the keys that predicates may use; lists that the pack names are handed in as codes. */
export type Condition<T> = { in: readonly T[] } | { notIn: readonly T[] };
export type LineFilter = {
  from: string;
  to: string;
  goodsKind?: Condition<string>;
  flow?: Condition<string>;
  originCountry?: Condition<string>;
  supplierOrgType?: Condition<string>;
  sector?: Condition<string>;
  territory?: Condition<string>;
  evidenceLevel?: Condition<number> | { min: number };
  /** As known on this day in Viet Nam: later entries are left out (decisions.md 2). */
  asKnownOn?: string;
};
const filterColumns = {
  goodsKind: "goods_kind",
  flow: "flow",
  originCountry: "origin_country",
  supplierOrgType: "supplier_org_type",
  sector: "sector",
  territory: "territory",
} as const;

/** The filter as conditions over counted_line (`c`), for this list and for sums that must agree with it. */
export function lineConditions(filter: LineFilter): RawBuilder<boolean>[] {
  const all = [sql<boolean>`c.recognised_on between ${filter.from}::date and ${filter.to}::date`];
  const member = (column: string, condition: Condition<string | number>, type: "text" | "int") =>
    "in" in condition
      ? sql<boolean>`${sql.ref(`c.${column}`)} = any(${[...condition.in]}::${sql.raw(type)}[])`
      : sql<boolean>`${sql.ref(`c.${column}`)} <> all(${[...condition.notIn]}::${sql.raw(type)}[])`;
  for (const [key, column] of Object.entries(filterColumns)) {
    const condition = filter[key as keyof typeof filterColumns];
    if (condition) all.push(member(column, condition, "text"));
  }
  const level = filter.evidenceLevel;
  if (level)
    all.push("min" in level ? sql<boolean>`c.evidence_level >= ${level.min}` : member("evidence_level", level, "int"));
  if (filter.asKnownOn)
    all.push(
      sql<boolean>`c.recorded_at < ((${filter.asKnownOn}::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh')`,
    );
  return all;
}

export type DealBehind = {
  dealId: string;
  code: string;
  title: string;
  recognisedOn: string;
  valueVnd: bigint;
  lineCount: number;
  evidenceLevel: number;
  registrationNumber: string | undefined;
  offPlatform: boolean;
  isRoyaltyEstimate: boolean;
  /** Confirmed documents behind it, by kind. */
  evidence: { kind: string; count: number }[];
};
/** The deals behind a figure, by recognition day, each with the sum of its lines that satisfy the filter. */
export async function dealsBehind(db: Db, filter: LineFilter, after?: string, size = 50): Promise<Page<DealBehind>> {
  const conditions = lineConditions(filter);
  const key = decodeCursor(after, 2);
  if (key && /^\d{4}-\d{2}-\d{2}$/.test(String(key[0])) && /^[0-9a-f-]{36}$/.test(String(key[1])))
    conditions.push(sql<boolean>`(c.recognised_on, c.deal_id) > (${key[0]}::date, ${key[1]}::uuid)`);
  const { rows } = await sql<{
    deal_id: string;
    code: string;
    title: string;
    day: string;
    value: string;
    lines: number;
    level: number;
    number: string | null;
    off: boolean;
    estimate: boolean;
    evidence: { kind: string; count: number }[] | null;
  }>`
    select f.deal_id, d.code, d.title, f.day, f.value, f.lines, f.level, d.registration_number as number, d.off_platform as off, d.is_royalty_estimate as estimate,
           (select jsonb_agg(jsonb_build_object('kind', kind, 'count', n) order by kind) from (
              select kind, count(*)::int as n from deal_evidence e where e.deal_id = f.deal_id and e.decision = 'CONFIRMED' group by kind) k) as evidence
    from (
      select c.deal_id, c.recognised_on as day, sum(c.value_vnd) as value, sum(sign(c.value_vnd))::int as lines, max(c.evidence_level) as level
      from counted_line c where ${sql.join(conditions, sql` and `)}
      group by c.deal_id, c.recognised_on having sum(c.value_vnd) <> 0
      order by c.recognised_on, c.deal_id limit ${size + 1}
    ) f join deal d on d.id = f.deal_id order by f.day, f.deal_id`.execute(db);
  const found = rows.map(
    (r): DealBehind => ({
      dealId: r.deal_id,
      code: r.code,
      title: r.title,
      recognisedOn: r.day,
      valueVnd: BigInt(r.value),
      lineCount: r.lines,
      evidenceLevel: r.level,
      registrationNumber: r.number ?? undefined,
      offPlatform: r.off,
      isRoyaltyEstimate: r.estimate,
      evidence: r.evidence ?? [],
    }),
  );
  return pageOf(found, size, (d) => [d.recognisedOn, d.dealId]);
}
