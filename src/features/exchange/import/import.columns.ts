import type { Language } from "../../../kernel/language.ts";
import { dealColumnWords } from "./import.deal.words.ts";
import { listingColumnWords } from "./import.listing.words.ts";
import type { ImportKind } from "./import.rules.ts";

/** The columns of each kind of import, as data: the template, the reader of rows and the names of faults come from here. */

export type ChoiceName =
  | "goodsKinds"
  | "sectors"
  | "fields"
  | "countries"
  | "techClasses"
  | "techObjects"
  | "rights"
  | "forms"
  | "methods"
  | "priceKinds"
  | "paymentModes"
  | "ipTypes"
  | "ipStatuses"
  | "contactPolicies"
  | "visibilities"
  | "flows"
  | "territories"
  | "orgTypes"
  | "registrationExceptions";

export type ColumnKey = keyof typeof listingColumnWords.vi | keyof typeof dealColumnWords.vi;
export type ImportColumn = {
  key: ColumnKey;
  as: "TEXT" | "LIST" | "CHOICE" | "CHOICES" | "NUMBER" | "MONEY" | "DECIMAL" | "DAY" | "YES_NO" | "PARTY" | "PARTIES";
  of?: ChoiceName;
  required?: true;
  example: string;
  /** Of a deal's line; the other columns of a deal must say the same in each of its rows. */
  line?: true;
};

const text = (key: ColumnKey, example = ""): ImportColumn => ({ key, as: "TEXT", example });
const one = (key: ColumnKey, of: ChoiceName, example: string): ImportColumn => ({ key, as: "CHOICE", of, example });
const some = (key: ColumnKey, of: ChoiceName, example: string): ImportColumn => ({ key, as: "CHOICES", of, example });
const must = (column: ImportColumn): ImportColumn => ({ ...column, required: true });
const ofLine = (column: ImportColumn): ImportColumn => ({ ...column, line: true });

const begin: readonly ImportColumn[] = [
  must(text("sourceId", "CN-2025-001")),
  must(one("goodsKind", "goodsKinds", "Công nghệ")),
  must(text("title", "Quy trình nhân giống dừa sáp bằng nuôi cấy phôi")),
  text("titleEn", "Embryo culture of makapuno coconut"),
  text("titleKm"),
  text("summaryPublic", "Quy trình nhân giống dừa sáp đạt tỷ lệ trái sáp trên 90 %."),
];
const end: readonly ImportColumn[] = [
  { key: "keywords", as: "LIST", example: "dừa sáp; nuôi cấy phôi" },
  some("sectors", "sectors", "Dừa và sản phẩm từ dừa"),
  some("stField", "fields", "209; 401"),
  one("techClass", "techClasses", "Công nghệ thông thường"),
  some("forms", "forms", "Chuyển giao độc lập"),
  some("methods", "methods", "Đào tạo"),
  one("contactPolicy", "contactPolicies", "DIRECT"),
  one("visibility", "visibilities", "PUBLIC"),
  text("confidentialDetail"),
];

const offers: readonly ImportColumn[] = [
  ...begin,
  text("description", "Phôi hữu cơ được nuôi cấy trong môi trường…"),
  text("problemSolved"),
  text("advantagesVsExisting"),
  text("economicComparison"),
  text("applicationFields", "Trồng trọt, chế biến dừa"),
  text("references"),
  { key: "trl", as: "NUMBER", example: "7" },
  text("trlEvidence"),
  one("originCountry", "countries", "VN"),
  some("techObjects", "techObjects", "Bí quyết kỹ thuật"),
  { key: "ipc", as: "LIST", example: "A01H 4/00" },
  one("ipType", "ipTypes", "PATENT"),
  one("ipStatus", "ipStatuses", "GRANTED"),
  text("ipNumber", "1-0012345"),
  text("ownershipParty", "Trường Đại học Ví dụ"),
  { key: "ownershipDeclared", as: "YES_NO", example: "Có" },
  some("rightsOffered", "rights", "USE_NON_EXCLUSIVE"),
  text("territory", "Đồng bằng sông Cửu Long"),
  one("priceKind", "priceKinds", "NEGOTIABLE"),
  { key: "priceFrom", as: "MONEY", example: "250.000.000" },
  { key: "priceTo", as: "MONEY", example: "400.000.000" },
  text("priceCurrency", "VND"),
  text("priceUnit", "quy trình"),
  some("paymentModes", "paymentModes", "LUMP_SUM"),
  text("minConditions"),
  text("warranty"),
  text("afterSale"),
  text("environmentalNote"),
  ...end,
];

const requests: readonly ImportColumn[] = [
  ...begin,
  text("need", "Cần dây chuyền sấy cơm dừa 2 tấn/ngày, tiết kiệm năng lượng"),
  text("currentSituation"),
  text("description"),
  text("applicationFields"),
  { key: "requiredTrlMin", as: "NUMBER", example: "7" },
  { key: "budgetFrom", as: "MONEY", example: "500.000.000" },
  { key: "budgetTo", as: "MONEY", example: "1.200.000.000" },
  text("budgetCurrency", "VND"),
  { key: "neededBy", as: "DAY", example: "30/06/2026" },
  text("deadlineNote"),
  text("partnerSought"),
  text("absorptionCapacity"),
  ...end,
];

const deals: readonly ImportColumn[] = [
  must(text("dealId", "HD-2025-017")),
  must(text("dealTitle", "Chuyển giao quy trình nhân giống dừa sáp")),
  must({ key: "buyer", as: "PARTY", example: "2100123456" }),
  one("buyerOrgType", "orgTypes", "ENTERPRISE"),
  one("buyerCountry", "countries", "VN"),
  must({ key: "suppliers", as: "PARTIES", example: "2100654321:60; 0300654321:40" }),
  one("supplierOrgType", "orgTypes", "UNIVERSITY"),
  one("supplierCountry", "countries", "VN"),
  must({ key: "signedOn", as: "DAY", example: "15/03/2025" }),
  { key: "effectiveOn", as: "DAY", example: "01/04/2025" },
  must(one("flow", "flows", "Trong nước")),
  must(one("dealOriginCountry", "countries", "VN")),
  one("counterpartyCountry", "countries", "VN"),
  text("currency", "VND"),
  { key: "rate", as: "DECIMAL", example: "25.450" },
  { key: "rateOn", as: "DAY", example: "15/03/2025" },
  one("paymentMode", "paymentModes", "LUMP_SUM"),
  { key: "isRoyaltyEstimate", as: "YES_NO", example: "Không" },
  { key: "usesStateFunds", as: "YES_NO", example: "Không" },
  one("registrationException", "registrationExceptions", ""),
  one("sector", "sectors", "Dừa và sản phẩm từ dừa"),
  one("dealField", "fields", "209"),
  one("dealTerritory", "territories", ""),
  { key: "claimedEvidenceLevel", as: "NUMBER", example: "2" },
  text("claimedEvidenceNote", "Hợp đồng số 17/2025/HĐCG"),
  ofLine(must(one("lineGoodsKind", "goodsKinds", "Công nghệ"))),
  ofLine(must(text("lineDescription", "Quy trình nhân giống"))),
  ofLine(must({ key: "lineAmount", as: "DECIMAL", example: "350.000.000" })),
];

export const columnsOf = (kind: ImportKind): readonly ImportColumn[] =>
  ({ OFFERS: offers, REQUESTS: requests, DEALS: deals })[kind];
export const identityOf = (kind: ImportKind): ColumnKey => (kind === "DEALS" ? "dealId" : "sourceId");

const words = (key: ColumnKey, language: Language): readonly [string, string] =>
  (listingColumnWords[language] as Record<string, readonly [string, string]>)[key] ??
  (dealColumnWords[language] as Record<string, readonly [string, string]>)[key] ?? [key, ""];
export const headerOf = (key: ColumnKey, language: Language): string => words(key, language)[0];
export const noteOf = (key: ColumnKey, language: Language): string => words(key, language)[1];
