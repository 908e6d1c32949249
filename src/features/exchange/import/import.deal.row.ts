import type { Day } from "../../../kernel/clock.ts";
import type { Flow, GoodsKind } from "../../../kernel/codes.ts";
import type { ProvincePack } from "../../../province/index.ts";
import { type ContractInput, contractProblems, type PartyRef } from "../deal/deal.contract.rules.ts";
import type { DealEntry } from "../deal/deal.office.actions.ts";
import type { RegistrationException } from "../registration/registration.rules.ts";
import { type ColumnKey, columnsOf } from "./import.columns.ts";
import type { Values } from "./import.row.ts";
import type { Party } from "./import.values.ts";

/** The rows of one deal as the entry that the deal's own action takes: one row for each line of the contract. */

export type DealRow = { number: number; values: Values };
/** Problems by row number, with the key of our column; the caller puts the file's header in its place. */
export type DealProblem = { number: number; column: ColumnKey | undefined; why: string };

const text = (values: Values, key: ColumnKey): string | undefined => {
  const value = values[key];
  return typeof value === "string" && value !== "" ? value : undefined;
};
const headColumns = columnsOf("DEALS").filter((column) => !column.line);

/** All rows of a deal must say the same of the contract; what is blank in a later row is taken from the first. */
export function differencesIn(rows: readonly DealRow[]): DealProblem[] {
  const [first, ...others] = rows;
  if (!first) return [];
  return others.flatMap((row) =>
    headColumns
      .filter(
        ({ key }) =>
          row.values[key] !== undefined && JSON.stringify(row.values[key]) !== JSON.stringify(first.values[key]),
      )
      .map(({ key }) => ({ number: row.number, column: key, why: "import.deal.differs" })),
  );
}

function contractOf(rows: readonly DealRow[], head: Values, pack: ProvincePack): ContractInput {
  const flow = (text(head, "flow") ?? "DOMESTIC") as Flow;
  const suppliers = (Array.isArray(head.suppliers) ? head.suppliers : []) as { party: Party; shareBp: number }[];
  const currency = text(head, "currency") ?? "VND";
  return {
    lines: rows.map(({ values }) => ({
      goodsKind: text(values, "lineGoodsKind") as GoodsKind,
      description: text(values, "lineDescription") ?? "",
      amount: text(values, "lineAmount") ?? "0",
    })),
    suppliers: suppliers.map(({ party, shareBp }) => ({
      party: partyRef(party, head, "supplierOrgType", "supplierCountry"),
      shareBp,
    })),
    currency,
    rate: currency === "VND" ? undefined : text(head, "rate"),
    rateOn: currency === "VND" ? undefined : text(head, "rateOn"),
    flow,
    originCountry: text(head, "dealOriginCountry") ?? "",
    counterpartyCountry:
      text(head, "counterpartyCountry") ?? (flow === "DOMESTIC" ? pack.province.domesticCountry : ""),
    paymentMode: text(head, "paymentMode"),
    isRoyaltyEstimate: head.isRoyaltyEstimate === true,
    usesStateFunds: head.usesStateFunds === true,
    registrationException: text(head, "registrationException") as RegistrationException | undefined,
    sector: text(head, "sector"),
    stField: text(head, "dealField"),
    territory: text(head, "dealTerritory"),
    signedOn: text(head, "signedOn"),
    effectiveOn: text(head, "effectiveOn"),
  };
}

const partyRef = (party: Party, head: Values, type: ColumnKey, country: ColumnKey): PartyRef => ({
  ...party,
  orgType: text(head, type) as PartyRef["orgType"],
  country: text(head, country),
});

export function dealEntryOf(
  rows: readonly DealRow[],
  source: { name: string; id: string },
  pack: ProvincePack,
): DealEntry {
  const head = rows[0]?.values ?? {};
  const level = head.claimedEvidenceLevel;
  return {
    title: text(head, "dealTitle") ?? "",
    buyer: partyRef((head.buyer ?? {}) as Party, head, "buyerOrgType", "buyerCountry"),
    contract: contractOf(rows, head, pack),
    claimed:
      typeof level === "number" ? { evidenceLevel: level, note: text(head, "claimedEvidenceNote") ?? "" } : undefined,
    source,
  };
}

const columnOfField: Record<string, ColumnKey> = {
  Amount: "lineAmount",
  Kind: "lineGoodsKind",
  Description: "lineDescription",
  originCountry: "dealOriginCountry",
  stField: "dealField",
  territory: "dealTerritory",
};
/** Where a problem that the deal's rules name by form field stands in the file. */
export function placeOf(field: string, rows: readonly DealRow[]): { number: number; column: ColumnKey | undefined } {
  const first = rows[0]?.number ?? 0;
  const line = /^line(\d+)(\w+)$/.exec(field);
  if (line) return { number: rows[Number(line[1]) - 1]?.number ?? first, column: columnOfField[line[2] ?? ""] };
  if (field.startsWith("supplier")) return { number: first, column: "suppliers" };
  const key = columnOfField[field] ?? columnsOf("DEALS").find((column) => column.key === field)?.key;
  return { number: first, column: key };
}

/** Everything that can be known of a deal without looking at the organisations. */
export function dealProblems(
  rows: readonly DealRow[],
  entry: DealEntry,
  pack: ProvincePack,
  today: Day,
): DealProblem[] {
  const problems = differencesIn(rows);
  const first = rows[0]?.number ?? 0;
  const add = (column: ColumnKey, why: string, number = first) => problems.push({ number, column, why });
  for (const [field, why] of Object.entries(contractProblems(entry.contract, pack, today)))
    problems.push({ ...placeOf(field, rows), why });
  if (entry.title.length < 5) add("dealTitle", "field.too_short");
  if (entry.title.length > 200) add("dealTitle", "field.too_long");
  if (entry.claimed && entry.claimed.evidenceLevel > 4) add("claimedEvidenceLevel", "field.invalid");
  if ((entry.claimed?.note.length ?? 0) > 500) add("claimedEvidenceNote", "field.too_long");
  if (!/^[A-Z]{3}$/.test(entry.contract.currency)) add("currency", "field.choice.invalid");
  if (entry.contract.currency !== "VND" && entry.contract.rate !== undefined && Number(entry.contract.rate) <= 0)
    add("rate", "field.money.invalid");
  for (const { number, values } of rows) {
    if ((text(values, "lineDescription")?.length ?? 0) > 500) add("lineDescription", "field.too_long", number);
    const amount = text(values, "lineAmount") ?? "0";
    if (Number(amount) <= 0 || !/^\d+(\.\d{1,4})?$/.test(amount)) add("lineAmount", "field.money.invalid", number);
  }
  return problems;
}
