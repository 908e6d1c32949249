import { isDay } from "../../../kernel/clock.ts";
import type { Language } from "../../../kernel/language.ts";
import { countryName, fieldName, type ProvincePack, rowAt, sectorOf } from "../../../province/index.ts";
import { showDay, showNumber, showVnd } from "../../../ui/format.ts";
import { Facts, InLanguage, Notice } from "../../../ui/parts.tsx";
import { codeWords } from "./listing.codes.words.ts";
import type { ListingDocument } from "./listing.document.ts";
import { fieldWords } from "./listing.field.words.ts";
import { formWords } from "./listing.form.words.ts";

/** How what a listing says is shown: one text for every field, for the page, the preview and the comparison alike. */

type Money = {
  kind?: string;
  from?: string | undefined;
  to?: string | undefined;
  currency: string;
  unit?: string | undefined;
};

const amount = (language: Language, digits: string, currency: string): string =>
  currency === "VND" ? showVnd(language, BigInt(digits)) : `${showNumber(language, BigInt(digits))} ${currency}`;

/** "Giá tham khảo: 650.000.000 đồng – 1.200.000.000 đồng / gói". */
export function moneyText(language: Language, money: Money | undefined): string | undefined {
  if (!money) return undefined;
  const kinds: Record<string, string> = codeWords[language].priceKinds;
  const range = [money.from, money.to]
    .flatMap((one) => (one ? [amount(language, one, money.currency)] : []))
    .join(" – ");
  const unit = range && money.unit ? ` / ${money.unit}` : "";
  return (
    [money.kind ? kinds[money.kind] : undefined, range ? range + unit : undefined].filter(Boolean).join(": ") ||
    undefined
  );
}

type Words = Readonly<Record<string, string>>;
const listed = (words: Words, keys: readonly string[]): string => keys.map((key) => words[key] ?? key).join("; ");

/** A field's value as one text; undefined when there is nothing to show. */
export function shownText(
  pack: ProvincePack,
  language: Language,
  name: keyof ListingDocument,
  document: ListingDocument,
): string | undefined {
  const value = document[name];
  if (value === undefined || value === "" || (Array.isArray(value) && value.length === 0)) return undefined;
  const codes = codeWords[language];
  switch (name) {
    case "stField":
      return document.stField?.map((code) => fieldName(pack, code.slice(0, 3), language) ?? code).join("; ");
    case "sectors":
      return document.sectors?.map((key) => sectorOf(pack, key)?.name[language] ?? key).join("; ");
    case "vsic":
      return document.vsic?.map((one) => `${one.code} (${one.version})`).join("; ");
    case "trl":
    case "requiredTrlMin":
      return `${value} – ${pack.trl.levels.find((level) => level.level === value)?.name[language] ?? ""}`;
    case "originCountry":
      return countryName(pack, String(value), language);
    case "techClass":
      return pack.goods.techClasses.find((one) => one.key === value)?.name[language];
    case "techObjects":
      return document.techObjects
        ?.map((key) => pack.goods.techObjects.find((one) => one.key === key)?.name[language] ?? key)
        .join("; ");
    case "rightsOffered":
      return listed(codes.rights, document.rightsOffered ?? []);
    case "forms":
      return listed(codes.forms, document.forms ?? []);
    case "methods":
      return listed(codes.methods, document.methods ?? []);
    case "paymentModes":
      return listed(codes.paymentModes, document.paymentModes ?? []);
    case "contactPolicy":
      return codes.contactPolicies[value as keyof typeof codes.contactPolicies];
    case "visibility":
      return codes.visibilities[value as keyof typeof codes.visibilities];
    case "price":
      return moneyText(language, document.price);
    case "budget":
      return moneyText(language, document.budget);
    default:
      return (
        shownRecord(pack, language, name, document) ??
        (typeof value === "boolean"
          ? value
            ? "✓"
            : undefined
          : isDay(String(value))
            ? showDay(String(value))
            : Array.isArray(value)
              ? value.join(", ")
              : String(value))
      );
  }
}

/** Fields that are rows or small records. */
function shownRecord(
  pack: ProvincePack,
  language: Language,
  name: keyof ListingDocument,
  document: ListingDocument,
): string | undefined {
  const codes = codeWords[language];
  const part = fieldWords[language].part;
  const dated = (label: string, day: string | undefined) => (day ? `${label} ${showDay(day)}` : undefined);
  const joined = (parts: (string | undefined)[]) => parts.filter(Boolean).join(", ");
  switch (name) {
    case "technicalSpecs":
      return document.technicalSpecs
        ?.map((one) => `${one.name}: ${one.value}${one.unit ? ` ${one.unit}` : ""}`)
        .join("\n");
    case "ownership":
      return document.ownership?.map((one) => `${one.party}: ${showNumber(language, one.sharePercent)}%`).join("\n");
    case "ipRights":
      return document.ipRights
        ?.map((one) =>
          joined([
            codes.ipTypes[one.type],
            codes.ipStatuses[one.status].toLowerCase(),
            one.number,
            one.country && countryName(pack, one.country, language),
            dated(part.filedOn.toLowerCase(), one.filedOn),
            dated(part.grantedOn.toLowerCase(), one.grantedOn),
            dated(part.expiresOn.toLowerCase(), one.expiresOn),
          ]),
        )
        .join("\n");
    case "fundedByState":
      return (
        document.fundedByState &&
        joined([document.fundedByState.taskCode, `${showNumber(language, document.fundedByState.sharePercent)}%`])
      );
    case "ocop":
      return (
        document.ocop &&
        joined([
          pack.goods.ocopGroups.find((one) => one.key === document.ocop?.group)?.name[language] ?? document.ocop.group,
          "★".repeat(document.ocop.stars),
          document.ocop.certificateNumber,
          dated(part.expiresOn.toLowerCase(), document.ocop.expiresOn),
        ])
      );
    default:
      return undefined;
  }
}

/** Fields that hold what somebody wrote, and so its language. */
const freeTexts: readonly (keyof ListingDocument)[] = [
  "trlEvidence",
  "technicalSpecs",
  "environmentalNote",
  "keywords",
  "ownership",
  "territory",
  "minConditions",
  "warranty",
  "afterSale",
  "deadlineNote",
];

/** Fields as terms with their values, in this order; empty ones are left out. */
export function FieldFacts(p: {
  pack: ProvincePack;
  language: Language;
  names: readonly (keyof ListingDocument)[];
  document: ListingDocument;
}) {
  const label = fieldWords[p.language].label;
  const shown = (name: keyof ListingDocument) => {
    const text = shownText(p.pack, p.language, name, p.document);
    return text !== undefined && freeTexts.includes(name) ? <InLanguage lang="vi">{text}</InLanguage> : text;
  };
  return <Facts of={p.names.map((name) => [label[name], shown(name)] as const)} />;
}

/** What the law's lists mean for this technology, with its basis and whether somebody verified it (decisions.md 7). */
export function TechClassNotice({
  pack,
  language,
  techClass,
  day,
}: {
  pack: ProvincePack;
  language: Language;
  techClass: string | undefined;
  day: string;
}) {
  const rule = rowAt(
    pack.goods.techClasses.filter((one) => one.key === techClass),
    day,
  );
  if (!rule || rule.effect === "NONE") return null;
  const t = formWords[language];
  return (
    <Notice tone={rule.effect === "FORBIDDEN" ? "bad" : "wait"}>
      <strong>{rule.name[language]}.</strong> {rule.effectText[language]}. {t.legalBasis}: {rule.source} (
      {rule.verifiedOn ? t.verifiedOn(showDay(rule.verifiedOn)) : t.notVerified}).
    </Notice>
  );
}
