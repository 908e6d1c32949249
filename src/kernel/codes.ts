/** Enumerations of the domain whose meaning the code itself depends on (domain.md §1.4, §2.2, §7). Lists that law changes are in the province pack. */

export const goodsKinds = [
  "TECHNOLOGY",
  "EQUIPMENT",
  "IP_ASSET",
  "RESEARCH_RESULT",
  "ST_SERVICE",
  "OCOP_PRODUCT",
] as const;
export type GoodsKind = (typeof goodsKinds)[number];

export const orgTypes = [
  "ENTERPRISE",
  "ST_ENTERPRISE",
  "STARTUP",
  "COOPERATIVE",
  "HOUSEHOLD",
  "UNIVERSITY",
  "COLLEGE",
  "INSTITUTE",
  "ST_ORG",
  "INTERMEDIARY",
  "STATE_AGENCY",
  "FUND_BANK",
  "ASSOCIATION",
  "FOREIGN",
] as const;
export type OrgType = (typeof orgTypes)[number];

export const flows = ["DOMESTIC", "INBOUND", "OUTBOUND"] as const;
export type Flow = (typeof flows)[number];

export const techClasses = ["ENCOURAGED", "NORMAL", "RESTRICTED", "PROHIBITED"] as const;
export const techObjects = [
  "KNOW_HOW",
  "PLAN_PROCESS_SPEC",
  "RATIONALISATION",
  "BUNDLED_EQUIPMENT",
  "DATA_MODEL_AI",
] as const;
export const transferRights = ["OWNERSHIP", "USE_EXCLUSIVE", "USE_NON_EXCLUSIVE", "SUBLICENSE"] as const;
export const transferForms = [
  "STANDALONE",
  "IN_INVESTMENT",
  "CAPITAL_CONTRIBUTION",
  "FRANCHISE",
  "WITH_IP_TRANSFER",
  "WITH_EQUIPMENT_SALE",
  "OTHER",
] as const;
export const transferMethods = ["DOCUMENTS", "TRAINING", "EXPERTS", "EQUIPMENT", "OTHER"] as const;
export const paymentModes = [
  "LUMP_SUM",
  "INSTALMENTS",
  "EQUITY",
  "ROYALTY_NET_SALE_PRICE",
  "ROYALTY_NET_REVENUE",
  "ROYALTY_PRE_TAX_PROFIT",
  "MIXED",
] as const;
export const priceKinds = ["INDICATIVE", "FLOOR", "FIRM", "NEGOTIABLE", "FREE"] as const;
export const ipTypes = [
  "PATENT",
  "UTILITY_SOLUTION",
  "INDUSTRIAL_DESIGN",
  "TRADEMARK",
  "GEOGRAPHICAL_INDICATION",
  "LAYOUT_DESIGN",
  "PLANT_VARIETY",
  "SOFTWARE_COPYRIGHT",
  "TRADE_SECRET",
] as const;
export const ipStatuses = ["NOT_FILED", "FILED", "GRANTED", "EXPIRED", "REFUSED", "NOT_REGISTRABLE"] as const;
export const contactPolicies = ["DIRECT", "VIA_BROKER", "ANONYMOUS"] as const;
export const visibilities = ["PUBLIC", "MEMBERS", "RESTRICTED"] as const;

/** TECH of decisions.md 1: what the technology shares sum over. */
export const techKinds: readonly GoodsKind[] = ["TECHNOLOGY", "IP_ASSET", "RESEARCH_RESULT"];
/** RESEARCH_TYPES of domain.md §1.4 (Trà Vinh adds other S&T organisations). */
export const researchTypes: readonly OrgType[] = ["UNIVERSITY", "COLLEGE", "INSTITUTE", "ST_ORG"];
