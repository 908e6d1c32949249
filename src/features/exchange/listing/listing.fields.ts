import type { ListingDocument, ListingKind } from "./listing.document.ts";
import type { FormStep } from "./listing.requirements.ts";

/** The fields of each step of the form, as data: one reader and one page serve them all. */

export type ChoiceList =
  | "sectors"
  | "contactPolicies"
  | "visibilities"
  | "fields"
  | "trl"
  | "countries"
  | "techClasses"
  | "techObjects"
  | "ipTypes"
  | "ipStatuses"
  | "rights"
  | "forms"
  | "methods"
  | "priceKinds"
  | "paymentModes"
  | "ocopGroups"
  | "stars"
  | "currencies";
export type Part = {
  name: string;
  as: "text" | "money" | "day" | "percent" | "choice" | "number";
  of?: ChoiceList;
  max?: number;
};
export type Field =
  | { name: keyof ListingDocument; as: "text" | "area" | "day"; max: number; rows?: number }
  | { name: keyof ListingDocument; as: "choice" | "number"; of: ChoiceList }
  | { name: keyof ListingDocument; as: "checks"; of: ChoiceList }
  | { name: keyof ListingDocument; as: "tick" }
  | { name: keyof ListingDocument; as: "list"; max: number }
  | { name: keyof ListingDocument; as: "rows"; parts: readonly Part[]; max: number }
  | { name: keyof ListingDocument; as: "group"; parts: readonly Part[] };

const text = (name: keyof ListingDocument, max: number): Field => ({ name, as: "text", max });
const area = (name: keyof ListingDocument, max: number, rows = 4): Field => ({ name, as: "area", max, rows });
const money: readonly Part[] = [
  { name: "from", as: "money" },
  { name: "to", as: "money" },
  { name: "currency", as: "choice", of: "currencies" },
];
const basics: readonly Field[] = [
  text("title", 150),
  area("summaryPublic", 500, 3),
  text("titleEn", 150),
  text("titleKm", 150),
  { name: "keywords", as: "list", max: 600 },
  { name: "sectors", as: "checks", of: "sectors" },
  { name: "contactPolicy", as: "choice", of: "contactPolicies" },
  { name: "visibility", as: "choice", of: "visibilities" },
];
const ocop: Field = {
  name: "ocop",
  as: "group",
  parts: [
    { name: "group", as: "choice", of: "ocopGroups" },
    { name: "stars", as: "number", of: "stars" },
    { name: "certificateNumber", as: "text", max: 60 },
    { name: "expiresOn", as: "day" },
  ],
};

const offerFields: Record<FormStep, readonly Field[]> = {
  "co-ban": basics,
  "mo-ta": [
    area("description", 20_000, 10),
    area("problemSolved", 4_000),
    area("advantagesVsExisting", 4_000),
    area("economicComparison", 4_000),
    area("applicationFields", 2_000, 3),
    area("references", 4_000, 3),
    area("confidentialDetail", 20_000, 6),
  ],
  "cong-nghe": [
    { name: "stField", as: "checks", of: "fields" },
    { name: "trl", as: "number", of: "trl" },
    area("trlEvidence", 2_000, 3),
    { name: "originCountry", as: "choice", of: "countries" },
    { name: "techClass", as: "choice", of: "techClasses" },
    { name: "techObjects", as: "checks", of: "techObjects" },
    { name: "ipc", as: "list", max: 300 },
    {
      name: "technicalSpecs",
      as: "rows",
      max: 40,
      parts: [
        { name: "name", as: "text", max: 120 },
        { name: "value", as: "text", max: 200 },
        { name: "unit", as: "text", max: 40 },
      ],
    },
    area("environmentalNote", 2_000, 2),
  ],
  "so-huu-tri-tue": [
    {
      name: "ipRights",
      as: "rows",
      max: 10,
      parts: [
        { name: "type", as: "choice", of: "ipTypes" },
        { name: "status", as: "choice", of: "ipStatuses" },
        { name: "number", as: "text", max: 60 },
        { name: "country", as: "choice", of: "countries" },
        { name: "filedOn", as: "day" },
        { name: "grantedOn", as: "day" },
        { name: "expiresOn", as: "day" },
      ],
    },
    { name: "noveltyWarningAccepted", as: "tick" },
    {
      name: "ownership",
      as: "rows",
      max: 10,
      parts: [
        { name: "party", as: "text", max: 200 },
        { name: "sharePercent", as: "percent" },
      ],
    },
    {
      name: "fundedByState",
      as: "group",
      parts: [
        { name: "taskCode", as: "text", max: 60 },
        { name: "sharePercent", as: "percent" },
      ],
    },
    { name: "ownershipDeclared", as: "tick" },
  ],
  "chuyen-giao": [
    { name: "rightsOffered", as: "checks", of: "rights" },
    { name: "forms", as: "checks", of: "forms" },
    { name: "methods", as: "checks", of: "methods" },
    text("territory", 300),
    area("minConditions", 2_000, 3),
    area("warranty", 2_000, 3),
    area("afterSale", 2_000, 3),
  ],
  gia: [
    {
      name: "price",
      as: "group",
      parts: [{ name: "kind", as: "choice", of: "priceKinds" }, ...money, { name: "unit", as: "text", max: 60 }],
    },
    { name: "paymentModes", as: "checks", of: "paymentModes" },
  ],
  tep: [],
  "xem-lai": [],
};

const requestFields: Partial<Record<FormStep, readonly Field[]>> = {
  "co-ban": basics,
  "mo-ta": [
    area("need", 4_000, 6),
    area("currentSituation", 4_000),
    area("description", 20_000, 6),
    area("applicationFields", 2_000, 3),
    area("partnerSought", 2_000, 3),
    area("absorptionCapacity", 2_000, 3),
    area("confidentialDetail", 20_000, 4),
  ],
  "cong-nghe": [
    { name: "stField", as: "checks", of: "fields" },
    { name: "requiredTrlMin", as: "number", of: "trl" },
    { name: "forms", as: "checks", of: "forms" },
    { name: "methods", as: "checks", of: "methods" },
    { name: "techClass", as: "choice", of: "techClasses" },
  ],
  gia: [
    { name: "budget", as: "group", parts: money },
    { name: "neededBy", as: "day", max: 10 },
    text("deadlineNote", 500),
  ],
};

/** The fields of a step for this kind of listing and goods. */
export function fieldsFor(kind: ListingKind, goodsKind: string, step: FormStep): readonly Field[] {
  if (kind === "REQUEST") return requestFields[step] ?? [];
  const fields = offerFields[step];
  return step === "cong-nghe" && goodsKind === "OCOP_PRODUCT" ? [ocop, ...fields] : fields;
}
