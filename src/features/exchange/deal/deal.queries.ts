import { sql } from "kysely";
import type { Flow, GoodsKind, OrgType } from "../../../kernel/codes.ts";
import type { Db, Tx } from "../../../platform/database/database.ts";
import {
  type Deal,
  type DealEvidence,
  type DealLine,
  type DealState,
  dealStates,
  type EvidenceKind,
  type Party,
} from "./deal.rules.ts";

/** Deals read whole: the row, its parties, lines, evidence and confirmations. */

const columns = [
  "id",
  "code",
  "title",
  "state",
  "version",
  "request_text",
  "created_at",
  "buyer_organisation_id",
  "broker_organisation_id",
  "interest_id",
  "listing_id",
  "off_platform",
  "entered_by",
  "figures_by",
  "flow",
  "origin_country",
  "counterparty_country",
  "currency",
  "contract_amount",
  "rate",
  "rate_on",
  "value_vnd",
  "payment_mode",
  "is_royalty_estimate",
  "uses_state_funds",
  "sector",
  "st_field",
  "territory",
  "signed_on",
  "effective_on",
  "accepted_on",
  "cancelled_on",
  "cancel_reason",
  "registration_required",
  "registration_reason",
  "registration_exception",
  "registration_law",
  "registration_number",
  "registration_certified_on",
  "evidence_level",
  "recognised_on",
  "claimed_evidence_level",
  "claimed_evidence_note",
] as const;

const rowBy = (db: Db, column: "id" | "code", value: string) =>
  db.selectFrom("deal").select(columns).where(column, "=", value).executeTakeFirst();
type Row = NonNullable<Awaited<ReturnType<typeof rowBy>>>;

/** A plain decimal without the zeros that numeric columns carry. */
const plain = (numeric: string | null) =>
  numeric === null ? undefined : numeric.includes(".") ? numeric.replace(/\.?0+$/, "") : numeric;

const stateOf = (text: string): DealState => {
  const state = dealStates.find((s) => s === text);
  if (!state) throw new Error(`deal state ${text}`);
  return state;
};

const toDeal = (r: Row, parts: Parts): Deal => ({
  id: r.id,
  code: r.code,
  title: r.title,
  state: stateOf(r.state),
  version: r.version,
  requestText: r.request_text,
  createdAt: r.created_at,
  buyer: parts.party(r.buyer_organisation_id),
  suppliers: parts.suppliers.map((s) => ({ ...parts.party(s.organisation_id), shareBp: s.share_bp })),
  broker: r.broker_organisation_id === null ? undefined : parts.party(r.broker_organisation_id),
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
  lines: parts.lines,
  evidence: parts.evidence,
  confirmedBy: parts.confirmedBy,
});

type Parts = {
  party(id: string): Party;
  suppliers: { organisation_id: string; share_bp: number }[];
  lines: DealLine[];
  evidence: DealEvidence[];
  confirmedBy: string[];
};

async function partsOf(db: Db, r: Row): Promise<Parts> {
  const suppliers = await db
    .selectFrom("deal_supplier")
    .select(["organisation_id", "share_bp"])
    .where("deal_id", "=", r.id)
    .orderBy("share_bp", "desc")
    .orderBy("organisation_id")
    .execute();
  const ids = [
    r.buyer_organisation_id,
    ...suppliers.map((s) => s.organisation_id),
    ...(r.broker_organisation_id ? [r.broker_organisation_id] : []),
  ];
  const parties = await partiesBy(db, ids);
  const confirmations = await db
    .selectFrom("deal_confirmation")
    .select("organisation_id")
    .where("deal_id", "=", r.id)
    .where("subject", "=", "CONTRACT")
    .execute();
  return {
    party: (id) => {
      const found = parties.get(id);
      if (!found) throw new Error(`organisation ${id} is referenced and missing`);
      return found;
    },
    suppliers,
    lines: await linesOf(db, r.id),
    evidence: await evidenceOf(db, r.id),
    confirmedBy: confirmations.map((c) => c.organisation_id),
  };
}

async function partiesBy(db: Db, ids: readonly string[]): Promise<Map<string, Party>> {
  const rows = await db
    .selectFrom("organisation")
    .select(["id", "legal_name", "org_type", "country", "tax_code"])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom("membership")
            .select("membership.id")
            .whereRef("membership.organisation_id", "=", "organisation.id")
            .where(sql<boolean>`(valid_to is null or valid_to >= current_date)`),
        )
        .as("has_members"),
    )
    .where("id", "in", ids)
    .execute();
  return new Map(
    rows.map((o) => [
      o.id,
      {
        id: o.id,
        name: o.legal_name,
        orgType: o.org_type as OrgType,
        country: o.country,
        taxCode: o.tax_code ?? undefined,
        hasMembers: Boolean(o.has_members),
      },
    ]),
  );
}

async function linesOf(db: Db, dealId: string): Promise<DealLine[]> {
  const rows = await db
    .selectFrom("deal_line")
    .select(["id", "position", "goods_kind", "description", "amount", "value_vnd"])
    .where("deal_id", "=", dealId)
    .where("removed_at", "is", null)
    .orderBy("position")
    .execute();
  return rows.map((l) => ({
    id: l.id,
    position: l.position,
    goodsKind: l.goods_kind as GoodsKind,
    description: l.description,
    amount: plain(l.amount) ?? "0",
    valueVnd: BigInt(l.value_vnd),
  }));
}

async function evidenceOf(db: Db, dealId: string): Promise<DealEvidence[]> {
  const rows = await db
    .selectFrom("deal_evidence as e")
    .innerJoin("file as f", "f.id", "e.file_id")
    .select([
      "e.id",
      "e.kind",
      "e.file_id",
      "f.name",
      "e.document_number",
      "e.document_on",
      "e.added_by",
      "e.added_at",
      "e.decision",
      "e.decided_at",
      "e.reason",
    ])
    .where("e.deal_id", "=", dealId)
    .orderBy("e.added_at")
    .orderBy("e.id")
    .execute();
  return rows.map((e) => ({
    id: e.id,
    kind: e.kind as EvidenceKind,
    fileId: e.file_id,
    fileName: e.name,
    documentNumber: e.document_number ?? undefined,
    documentOn: e.document_on ?? undefined,
    addedBy: e.added_by,
    addedAt: e.added_at,
    decision: (e.decision ?? undefined) as DealEvidence["decision"],
    decidedAt: e.decided_at ?? undefined,
    reason: e.reason ?? undefined,
  }));
}

/** The deal with this code, whoever asks: the caller's rules decide what they see of it. */
export async function dealByCode(db: Db, code: string): Promise<Deal | undefined> {
  const row = await rowBy(db, "code", code);
  return row && toDeal(row, await partsOf(db, row));
}
export async function dealById(db: Db, id: string): Promise<Deal> {
  const row = await rowBy(db, "id", id);
  if (!row) throw new Error(`deal ${id} is missing`);
  return toDeal(row, await partsOf(db, row));
}

/** The deal with its row locked until the transaction ends: every action begins here, so that two never work on the same figures. */
export async function lockDeal(tx: Tx, code: string): Promise<Deal | undefined> {
  const row = await tx.selectFrom("deal").select("id").where("code", "=", code).forUpdate().executeTakeFirst();
  return row && dealById(tx, row.id);
}

export type HistoryEntry = {
  id: string;
  at: Date;
  verb: string;
  organisation: string | undefined;
  detail: Record<string, unknown>;
};
const historyMax = 100;
/** What happened to a record, oldest first. */
export async function historyOf(db: Db, subject: string, subjectId: string): Promise<HistoryEntry[]> {
  const rows = await db
    .selectFrom("event as e")
    .leftJoin("organisation as o", "o.id", "e.organisation_id")
    .select(["e.id", "e.at", "e.verb", "o.legal_name", "e.detail"])
    .where("e.subject", "=", subject)
    .where("e.subject_id", "=", subjectId)
    .orderBy("e.id", "desc")
    .limit(historyMax)
    .execute();
  return rows.reverse().map((e) => ({
    id: e.id,
    at: e.at,
    verb: e.verb,
    organisation: e.legal_name ?? undefined,
    detail: (e.detail ?? {}) as Record<string, unknown>,
  }));
}
