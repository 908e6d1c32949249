import type { Day } from "../../../kernel/clock.ts";
import type { Flow, GoodsKind, OrgType } from "../../../kernel/codes.ts";
import type { Why } from "../../../kernel/form.ts";
import { countryOf, fieldsOf, type ProvincePack, sectorOf } from "../../../province/index.ts";
import type { RegistrationException } from "../registration/registration.rules.ts";
import { contractMoney } from "./deal.money.rules.ts";
import { firstDay } from "./deal.rules.ts";

/** What a contract says, and what is wrong with it: the same for the parties' form, the office's form and the import. */

export const lineSlots = 6;
export const supplierSlots = 4;
/** A contract above this is a slip of the keys: a hundred thousand billion đồng. */
const valueMax = 10n ** 14n;

/** An organisation by id, tax code or name. With `orgType` an unknown one may be entered along with the deal (office and import only). */
export type PartyRef = {
  organisationId?: string | undefined;
  taxCode?: string | undefined;
  name?: string | undefined;
  orgType?: OrgType | undefined;
  country?: string | undefined;
};
export type ContractInput = {
  /** Amounts are plain decimals in the contract's currency. */
  lines: readonly { goodsKind: GoodsKind; description: string; amount: string }[];
  suppliers: readonly { party: PartyRef; shareBp: number }[];
  currency: string;
  rate?: string | undefined;
  rateOn?: Day | undefined;
  flow: Flow;
  originCountry: string;
  counterpartyCountry: string;
  paymentMode?: string | undefined;
  isRoyaltyEstimate: boolean;
  usesStateFunds: boolean;
  registrationException?: RegistrationException | undefined;
  sector?: string | undefined;
  stField?: string | undefined;
  territory?: string | undefined;
  signedOn?: Day | undefined;
  effectiveOn?: Day | undefined;
};

/** A contract paid by royalties only has no value yet: what it states is a declared estimate, and is flagged so. */
export const isEstimate = (contract: Pick<ContractInput, "paymentMode" | "isRoyaltyEstimate">): boolean =>
  contract.isRoyaltyEstimate || (contract.paymentMode?.startsWith("ROYALTY_") ?? false);

/** Every problem at once, by form field; {} for a contract that may be saved. */
export function contractProblems(contract: ContractInput, pack: ProvincePack, today: Day): Why {
  const why: Why = {};
  const add = (field: string, key: string) => {
    why[field] ??= key;
  };
  if (contract.lines.length === 0) add("line1Amount", "deal.lines.missing");
  if (contract.lines.length > lineSlots) add("line1Amount", "deal.lines.too_many");
  if (contract.suppliers.length === 0) add("supplier1", "deal.supplier.missing");
  if (contract.suppliers.length > supplierSlots) add("supplier1", "deal.supplier.too_many");
  if (contract.suppliers.reduce((sum, s) => sum + s.shareBp, 0) !== 10_000) add("supplier1Share", "deal.shares.sum");
  if (contract.lines.length > 0) {
    const money = contractMoney(
      contract.lines.map((line) => line.amount),
      contract.currency,
      contract.rate,
    );
    if (!money.ok) add(money.field ?? "", money.why);
    else if (money.value.valueVnd > valueMax) add("line1Amount", "deal.value.too_large");
  }
  if (contract.currency !== "VND" && !contract.rateOn) add("rateOn", "field.required");
  if (contract.rateOn && contract.rateOn > today) add("rateOn", "deal.day.future");
  for (const name of ["rateOn", "signedOn", "effectiveOn"] as const)
    if (contract[name] && contract[name] < firstDay) add(name, "deal.day.too_early");
  for (const [field, why] of placeProblems(contract, pack)) add(field, why);
  if (contract.signedOn && contract.signedOn > today) add("signedOn", "deal.day.future");
  if (contract.effectiveOn && !contract.signedOn) add("signedOn", "field.required");
  if (contract.effectiveOn && contract.signedOn && contract.effectiveOn < contract.signedOn)
    add("effectiveOn", "deal.day.before_signing");
  return why;
}

function placeProblems(contract: ContractInput, pack: ProvincePack): [string, string][] {
  const problems: [string, string][] = [];
  const home = pack.province.domesticCountry;
  if (!countryOf(pack, contract.originCountry)) problems.push(["originCountry", "field.choice.invalid"]);
  if (!countryOf(pack, contract.counterpartyCountry)) problems.push(["counterpartyCountry", "field.choice.invalid"]);
  if ((contract.flow === "DOMESTIC") !== (contract.counterpartyCountry === home))
    problems.push(["counterpartyCountry", "deal.flow.country"]);
  if (contract.sector && !sectorOf(pack, contract.sector)) problems.push(["sector", "field.choice.invalid"]);
  if (contract.stField && !fieldsOf(pack).some((f) => f.code === contract.stField))
    problems.push(["stField", "field.choice.invalid"]);
  if (contract.territory && !pack.territories.territories.some((t) => t.key === contract.territory))
    problems.push(["territory", "field.choice.invalid"]);
  return problems;
}
