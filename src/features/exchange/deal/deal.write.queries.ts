import type { Insertable, Updateable } from "kysely";
import { sql } from "kysely";
import type { OrgType } from "../../../kernel/codes.ts";
import { newId } from "../../../kernel/id.ts";
import { slugOf } from "../../../kernel/text.ts";
import { nextCode } from "../../../platform/counter.ts";
import type { Tx } from "../../../platform/database/database.ts";
import type { Deal as DealTable } from "../../../platform/database/tables.ts";
import type { RegistrationDecision } from "../registration/registration.rules.ts";
import { type ContractInput, isEstimate, type PartyRef } from "./deal.contract.rules.ts";
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

export async function writeContract(tx: Tx, deal: Pick<Deal, "id">, of: ContractToWrite): Promise<void> {
  const c = of.contract;
  await patchDeal(tx, deal.id, {
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
  });
  await writeLines(tx, deal.id, of);
  await tx.deleteFrom("deal_supplier").where("deal_id", "=", deal.id).execute();
  await tx
    .insertInto("deal_supplier")
    .values(of.suppliers.map((s) => ({ deal_id: deal.id, organisation_id: s.organisationId, share_bp: s.shareBp })))
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
  await tx
    .updateTable("deal_line")
    .set({ removed_at: of.at })
    .where("deal_id", "=", dealId)
    .where("position", ">", of.contract.lines.length)
    .where("removed_at", "is", null)
    .execute();
}

export async function insertConfirmation(
  tx: Tx,
  of: { dealId: string; organisationId: string; personId: string; dealVersion: number; at: Date },
): Promise<void> {
  await tx
    .insertInto("deal_confirmation")
    .values({
      deal_id: of.dealId,
      organisation_id: of.organisationId,
      subject: "CONTRACT",
      person_id: of.personId,
      deal_version: of.dealVersion,
      at: of.at,
    })
    .onConflict((oc) => oc.doNothing())
    .execute();
}
export async function dropConfirmations(tx: Tx, dealId: string): Promise<number> {
  const { numDeletedRows } = await tx.deleteFrom("deal_confirmation").where("deal_id", "=", dealId).executeTakeFirst();
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

/** The organisation a reference means: undefined when none, or when a name fits several. */
export async function findParty(tx: Tx, ref: PartyRef): Promise<string | undefined> {
  if (ref.organisationId) {
    return (await tx.selectFrom("organisation").select("id").where("id", "=", ref.organisationId).executeTakeFirst())
      ?.id;
  }
  if (ref.taxCode) {
    const byCode = await tx
      .selectFrom("organisation")
      .select("id")
      .where("tax_code", "=", ref.taxCode)
      .executeTakeFirst();
    if (byCode) return byCode.id;
  }
  if (!ref.name) return undefined;
  const { name, taxCode } = ref;
  const named = await tx
    .selectFrom("organisation")
    .select(["id", "tax_code"])
    .where((eb) =>
      eb.or([
        eb("code", "=", name),
        eb(sql`fold(legal_name)`, "=", sql`fold(${name})`),
        eb(sql`fold(trade_name)`, "=", sql`fold(${name})`),
      ]),
    )
    .where("name_fold", "like", sql<string>`'%' || replace(replace(fold(${name}), '%', '\\%'), '_', '\\_') || '%'`)
    .limit(2)
    .execute();
  const fitting = taxCode ? named.filter((o) => o.tax_code === null) : named;
  return fitting.length === 1 ? fitting[0]?.id : undefined;
}

/** Enters an organisation the market does not know yet, unverified and without members. */
export async function enterParty(
  tx: Tx,
  of: { name: string; orgType: OrgType; taxCode: string | undefined; country: string; createdBy: string; year: number },
): Promise<string> {
  const id = newId();
  await tx
    .insertInto("organisation")
    .values({
      id,
      code: await nextCode(tx, "TC", of.year),
      slug: `${slugOf(of.name) || "to-chuc"}-${id.slice(-6)}`,
      legal_name: of.name,
      org_type: of.orgType,
      tax_code: of.taxCode ?? null,
      country: of.country,
      is_foreign: of.orgType === "FOREIGN" || of.country !== "VN",
      created_by: of.createdBy,
    })
    .execute();
  return id;
}
