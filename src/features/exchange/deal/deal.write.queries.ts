import type { Insertable, Updateable } from "kysely";
import { sql } from "kysely";
import { newId } from "../../../kernel/id.ts";
import type { Tx } from "../../../platform/database/database.ts";
import type { Deal as DealTable } from "../../../platform/database/tables.ts";
import type { RegistrationDecision } from "../registration/registration.rules.ts";
import { type ContractInput, isEstimate } from "./deal.contract.rules.ts";
import type { ContractMoney } from "./deal.money.rules.ts";
import type { Deal, EvidenceKind } from "./deal.rules.ts";

export const insertDeal = async (tx: Tx, row: Insertable<DealTable>): Promise<void> => {
  await tx.insertInto("deal").values(row).execute();
};

/** Saves some columns and moves the version on; the caller holds the row. */
export async function patchDeal(tx: Tx, id: string, patch: Updateable<DealTable>): Promise<void> {
  await tx
    .updateTable("deal")
    .set((eb) => ({ ...patch, version: eb("version", "+", 1), updated_at: sql`now()` }))
    .where("id", "=", id)
    .execute();
}

/** The system's own consequences (level, recognition) belong to the change that caused them: no version of their own. */
export async function setSettled(
  tx: Tx,
  id: string,
  evidenceLevel: number,
  recognisedOn: string | undefined,
): Promise<void> {
  await tx
    .updateTable("deal")
    .set({ evidence_level: evidenceLevel, recognised_on: recognisedOn ?? null })
    .where("id", "=", id)
    .execute();
}

export type ContractToWrite = {
  contract: ContractInput;
  money: ContractMoney;
  suppliers: readonly { organisationId: string; shareBp: number }[];
  /** Undefined leaves the earlier decision: a recognised deal keeps the one it was recognised by. */
  registration: RegistrationDecision | undefined;
  figuresBy: string;
  at: Date;
};

/** The columns of a deal that its contract fills. */
export function contractColumns(of: ContractToWrite) {
  const c = of.contract;
  return {
    flow: c.flow,
    origin_country: c.originCountry,
    counterparty_country: c.counterpartyCountry,
    currency: c.currency,
    contract_amount: of.money.contractAmount,
    rate: c.rate ?? null,
    rate_on: c.rateOn ?? null,
    value_vnd: of.money.valueVnd,
    payment_mode: c.paymentMode ?? null,
    is_royalty_estimate: isEstimate(c),
    uses_state_funds: c.usesStateFunds,
    sector: c.sector ?? null,
    st_field: c.stField ?? null,
    territory: c.territory ?? null,
    signed_on: c.signedOn ?? null,
    effective_on: c.effectiveOn ?? null,
    registration_exception: c.registrationException ?? null,
    figures_by: of.figuresBy,
    ...(of.registration && {
      registration_required: of.registration.required,
      registration_reason: of.registration.reason,
      registration_law: of.registration.law ?? null,
    }),
  };
}

/** Brings a deal to its contract, with other columns saved along. */
export async function writeContract(
  tx: Tx,
  deal: Pick<Deal, "id">,
  of: ContractToWrite,
  patch: Updateable<DealTable> = {},
): Promise<void> {
  await patchDeal(tx, deal.id, { ...contractColumns(of), ...patch });
  await writeLines(tx, deal.id, of);
  await removeLinesBeyond(tx, deal.id, of.contract.lines.length, of.at);
  await tx.deleteFrom("deal_supplier").where("deal_id", "=", deal.id).execute();
  await insertSuppliers(tx, deal.id, of.suppliers);
}

/** A new deal with its contract. */
export async function insertWhole(
  tx: Tx,
  row: Insertable<DealTable> & { id: string },
  of: ContractToWrite,
): Promise<void> {
  await insertDeal(tx, row);
  await writeLines(tx, row.id, of);
  await insertSuppliers(tx, row.id, of.suppliers);
}

export async function insertSuppliers(
  tx: Tx,
  dealId: string,
  suppliers: readonly { organisationId: string; shareBp: number }[],
): Promise<void> {
  await tx
    .insertInto("deal_supplier")
    .values(suppliers.map((s) => ({ deal_id: dealId, organisation_id: s.organisationId, share_bp: s.shareBp })))
    .execute();
}

/** A position keeps its row and id, so that entries counted before still name the line they counted. */
async function writeLines(tx: Tx, dealId: string, of: ContractToWrite): Promise<void> {
  await tx
    .insertInto("deal_line")
    .values(
      of.contract.lines.map((line, index) => ({
        id: newId(),
        deal_id: dealId,
        position: index + 1,
        goods_kind: line.goodsKind,
        description: line.description,
        amount: line.amount,
        value_vnd: of.money.lineValues[index] ?? 0n,
      })),
    )
    .onConflict((oc) =>
      oc.columns(["deal_id", "position"]).doUpdateSet({
        goods_kind: sql`excluded.goods_kind`,
        description: sql`excluded.description`,
        amount: sql`excluded.amount`,
        value_vnd: sql`excluded.value_vnd`,
        removed_at: null,
      }),
    )
    .execute();
}
async function removeLinesBeyond(tx: Tx, dealId: string, count: number, at: Date): Promise<void> {
  await tx
    .updateTable("deal_line")
    .set({ removed_at: at })
    .where("deal_id", "=", dealId)
    .where("position", ">", count)
    .where("removed_at", "is", null)
    .execute();
}

export async function insertConfirmation(
  tx: Tx,
  of: {
    dealId: string;
    organisationId: string;
    subject: "AGREEMENT" | "CONTRACT";
    personId: string;
    dealVersion: number;
    at: Date;
  },
): Promise<void> {
  await tx
    .insertInto("deal_confirmation")
    .values({
      deal_id: of.dealId,
      organisation_id: of.organisationId,
      subject: of.subject,
      person_id: of.personId,
      deal_version: of.dealVersion,
      at: of.at,
    })
    .onConflict((oc) => oc.doNothing())
    .execute();
}
/** Changed figures are to be confirmed anew; that the parties agreed to deal stands. */
export async function dropConfirmations(tx: Tx, dealId: string): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom("deal_confirmation")
    .where("deal_id", "=", dealId)
    .where("subject", "=", "CONTRACT")
    .executeTakeFirst();
  return Number(numDeletedRows);
}

export async function insertEvidence(
  tx: Tx,
  of: {
    dealId: string;
    kind: EvidenceKind;
    fileId: string;
    documentNumber: string | undefined;
    documentOn: string | undefined;
    addedBy: string;
    at: Date;
  },
): Promise<string> {
  const id = newId();
  await tx
    .insertInto("deal_evidence")
    .values({
      id,
      deal_id: of.dealId,
      kind: of.kind,
      file_id: of.fileId,
      document_number: of.documentNumber ?? null,
      document_on: of.documentOn ?? null,
      added_by: of.addedBy,
      added_at: of.at,
    })
    .execute();
  return id;
}
export async function decideEvidenceRow(
  tx: Tx,
  of: { id: string; decision: "CONFIRMED" | "REFUSED"; decidedBy: string; at: Date; reason: string | undefined },
): Promise<void> {
  await tx
    .updateTable("deal_evidence")
    .set({ decision: of.decision, decided_by: of.decidedBy, decided_at: of.at, reason: of.reason || null })
    .where("id", "=", of.id)
    .where("decision", "is", null)
    .execute();
}
