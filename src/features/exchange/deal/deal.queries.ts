import { sql } from "kysely";
import type { Day } from "../../../kernel/clock.ts";
import type { Flow, GoodsKind } from "../../../kernel/codes.ts";
import type { Db, Tx } from "../../../platform/database/database.ts";
import { type Deal, type DealEvidence, type DealLine, type DealState, dealStates, type Party } from "./deal.rules.ts";

/** Deals read whole in one statement: the row, its parties, lines, evidence and confirmations. */

const columns = [
  "d.id",
  "d.code",
  "d.title",
  "d.state",
  "d.state_before_dispute",
  "d.version",
  "d.request_text",
  "d.created_at",
  "d.buyer_organisation_id",
  "d.broker_organisation_id",
  "d.interest_id",
  "d.listing_id",
  "d.off_platform",
  "d.entered_by",
  "d.figures_by",
  "d.flow",
  "d.origin_country",
  "d.counterparty_country",
  "d.currency",
  "d.contract_amount",
  "d.rate",
  "d.rate_on",
  "d.value_vnd",
  "d.payment_mode",
  "d.is_royalty_estimate",
  "d.uses_state_funds",
  "d.sector",
  "d.st_field",
  "d.territory",
  "d.signed_on",
  "d.effective_on",
  "d.accepted_on",
  "d.cancelled_on",
  "d.cancel_reason",
  "d.registration_required",
  "d.registration_reason",
  "d.registration_exception",
  "d.registration_law",
  "d.registration_number",
  "d.registration_certified_on",
  "d.evidence_level",
  "d.recognised_on",
  "d.claimed_evidence_level",
  "d.claimed_evidence_note",
] as const;

/** A plain decimal without the zeros that numeric columns carry. */
const plain = (numeric: string | null) =>
  numeric === null ? undefined : numeric.includes(".") ? numeric.replace(/\.?0+$/, "") : numeric;

const stateOf = (text: string): DealState => {
  const state = dealStates.find((s) => s === text);
  if (!state) throw new Error(`deal state ${text}`);
  return state;
};

type OrNull<T> = { [K in keyof T]: undefined extends T[K] ? Exclude<T[K], undefined> | null : T[K] };
type PartyJson = OrNull<Party>;
/** JSON has no đồng and no instants: they travel as text. */
type LineJson = Omit<DealLine, "valueVnd"> & { valueVnd: string };
type EvidenceJson = OrNull<Omit<DealEvidence, "addedAt" | "decidedAt">> & { addedAt: string; decidedAt: string | null };

/** The members of an organisation are those of this day in Viet Nam. */
const partyFields = (today: Day) => sql`'id', o.id, 'name', o.legal_name, 'orgType', o.org_type, 'country', o.country,
  'taxCode', o.tax_code, 'isVerified', o.verification_state = 'VERIFIED', 'hasMembers', exists (select from membership m where m.organisation_id = o.id
    and m.valid_from <= ${today}::date and (m.valid_to is null or m.valid_to >= ${today}::date))`;
const partyAt = (column: string, today: Day) =>
  sql<PartyJson | null>`(select json_build_object(${partyFields(today)}) from organisation o where o.id = ${sql.ref(column)})`;
const suppliersOf = (today: Day) => sql<(PartyJson & { shareBp: number })[]>`(
  select coalesce(json_agg(json_build_object(${partyFields(today)}, 'shareBp', s.share_bp)
    order by s.share_bp desc, s.organisation_id), '[]')
  from deal_supplier s join organisation o on o.id = s.organisation_id where s.deal_id = d.id)`;
const lines = sql<LineJson[]>`(
  select coalesce(json_agg(json_build_object('id', l.id, 'position', l.position, 'goodsKind', l.goods_kind,
    'description', l.description, 'amount', l.amount::text, 'valueVnd', l.value_vnd::text) order by l.position), '[]')
  from deal_line l where l.deal_id = d.id and l.removed_at is null)`;
const evidence = sql<EvidenceJson[]>`(
  select coalesce(json_agg(json_build_object('id', e.id, 'kind', e.kind, 'fileId', e.file_id, 'fileName', f.name,
    'documentNumber', e.document_number, 'documentOn', e.document_on, 'addedBy', e.added_by, 'addedAt', e.added_at,
    'decision', e.decision, 'decidedAt', e.decided_at, 'reason', e.reason) order by e.added_at, e.id), '[]')
  from deal_evidence e join file f on f.id = e.file_id where e.deal_id = d.id)`;
const saidBy = (subject: "AGREEMENT" | "CONTRACT") => sql<string[]>`array(
  select c.organisation_id::text from deal_confirmation c where c.deal_id = d.id and c.subject = ${subject})`;

const rowBy = (db: Db, column: "d.id" | "d.code", value: string, today: Day) =>
  db
    .selectFrom("deal as d")
    .select(columns)
    .select([
      partyAt("d.buyer_organisation_id", today).as("buyer"),
      partyAt("d.broker_organisation_id", today).as("broker"),
      suppliersOf(today).as("suppliers"),
      lines.as("lines"),
      evidence.as("evidence"),
      saidBy("CONTRACT").as("confirmed_by"),
      saidBy("AGREEMENT").as("agreed_by"),
    ])
    .where(column, "=", value)
    .executeTakeFirst();
type Row = NonNullable<Awaited<ReturnType<typeof rowBy>>>;

const partyFrom = (json: PartyJson | null): Party => {
  if (!json) throw new Error("an organisation is referenced and missing");
  const { id, name, orgType, country, taxCode, hasMembers, isVerified } = json;
  return { id, name, orgType, country, taxCode: taxCode ?? undefined, hasMembers, isVerified };
};
const lineFrom = (l: LineJson): DealLine => ({
  ...l,
  goodsKind: l.goodsKind as GoodsKind,
  amount: plain(l.amount) ?? "0",
  valueVnd: BigInt(l.valueVnd),
});
const evidenceFrom = (e: EvidenceJson): DealEvidence => ({
  ...e,
  documentNumber: e.documentNumber ?? undefined,
  documentOn: e.documentOn ?? undefined,
  addedAt: new Date(e.addedAt),
  decision: e.decision ?? undefined,
  decidedAt: e.decidedAt ? new Date(e.decidedAt) : undefined,
  reason: e.reason ?? undefined,
});

const toDeal = (r: Row): Deal => ({
  id: r.id,
  code: r.code,
  title: r.title,
  state: stateOf(r.state),
  stateBeforeDispute: (r.state_before_dispute ?? undefined) as Deal["stateBeforeDispute"],
  version: r.version,
  requestText: r.request_text,
  createdAt: r.created_at,
  buyer: partyFrom(r.buyer),
  suppliers: r.suppliers.map((s) => ({ ...partyFrom(s), shareBp: s.shareBp })),
  broker: r.broker ? partyFrom(r.broker) : undefined,
  interestId: r.interest_id ?? undefined,
  listingId: r.listing_id ?? undefined,
  offPlatform: r.off_platform,
  enteredBy: r.entered_by,
  figuresBy: r.figures_by ?? undefined,
  flow: r.flow as Flow,
  originCountry: r.origin_country,
  counterpartyCountry: r.counterparty_country,
  currency: r.currency,
  contractAmount: plain(r.contract_amount),
  rate: plain(r.rate),
  rateOn: r.rate_on ?? undefined,
  valueVnd: BigInt(r.value_vnd),
  paymentMode: r.payment_mode ?? undefined,
  isRoyaltyEstimate: r.is_royalty_estimate,
  usesStateFunds: r.uses_state_funds,
  sector: r.sector ?? undefined,
  stField: r.st_field ?? undefined,
  territory: r.territory ?? undefined,
  signedOn: r.signed_on ?? undefined,
  effectiveOn: r.effective_on ?? undefined,
  acceptedOn: r.accepted_on ?? undefined,
  cancelledOn: r.cancelled_on ?? undefined,
  cancelReason: r.cancel_reason ?? undefined,
  registration: {
    required: r.registration_required,
    reason: r.registration_reason ?? undefined,
    exception: r.registration_exception ?? undefined,
    law: r.registration_law ?? undefined,
    number: r.registration_number ?? undefined,
    certifiedOn: r.registration_certified_on ?? undefined,
  },
  evidenceLevel: r.evidence_level,
  recognisedOn: r.recognised_on ?? undefined,
  claimedEvidenceLevel: r.claimed_evidence_level ?? undefined,
  claimedEvidenceNote: r.claimed_evidence_note ?? undefined,
  lines: r.lines.map(lineFrom),
  evidence: r.evidence.map(evidenceFrom),
  confirmedBy: r.confirmed_by,
  agreedBy: r.agreed_by,
});

/** The deal with this code, whoever asks: the caller's rules decide what they see of it. */
export async function dealByCode(db: Db, code: string, today: Day): Promise<Deal | undefined> {
  const row = await rowBy(db, "d.code", code, today);
  return row && toDeal(row);
}
export async function findDeal(db: Db, id: string, today: Day): Promise<Deal | undefined> {
  const row = await rowBy(db, "d.id", id, today);
  return row && toDeal(row);
}
export async function dealById(db: Db, id: string, today: Day): Promise<Deal> {
  const deal = await findDeal(db, id, today);
  if (!deal) throw new Error(`deal ${id} is missing`);
  return deal;
}

/** The deal with its row locked until the transaction ends: every action begins here, so that two never work on the same figures. */
export async function lockDeal(tx: Tx, code: string, today: Day): Promise<Deal | undefined> {
  const row = await tx.selectFrom("deal").select("id").where("code", "=", code).forUpdate().executeTakeFirst();
  return row && dealById(tx, row.id, today);
}

/** An office's deal from this source, locked. Two runs of one import wait for each other at its first writing. */
export async function lockImported(
  tx: Tx,
  organisationId: string | undefined,
  source: { name: string; id: string },
  today: Day,
): Promise<Deal | undefined> {
  const row = await tx
    .selectFrom("deal")
    .select("id")
    .where("entered_organisation_id", organisationId ? "=" : "is", organisationId ?? null)
    .where("source", "=", source.name)
    .where("source_id", "=", source.id)
    .forUpdate()
    .executeTakeFirst();
  return row && dealById(tx, row.id, today);
}

/** Holds an id that a form brought, so that the same form sent twice at once is entered by one and found by the other. */
export async function holdId(tx: Tx, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${id}, 4))`.execute(tx);
}
