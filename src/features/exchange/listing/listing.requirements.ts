import { type GoodsKind, techKinds } from "../../../kernel/codes.ts";
import type { ListingDocument, ListingKind } from "./listing.document.ts";

/** What publication needs: one rule for the task list, the last step and submission alike. Pure. */

export const formSteps = [
  "co-ban",
  "mo-ta",
  "cong-nghe",
  "so-huu-tri-tue",
  "chuyen-giao",
  "gia",
  "tep",
  "xem-lai",
] as const;
export type FormStep = (typeof formSteps)[number];
const requestSteps: readonly FormStep[] = ["co-ban", "mo-ta", "cong-nghe", "gia", "tep", "xem-lai"];
export const stepsOf = (kind: ListingKind): readonly FormStep[] => (kind === "OFFER" ? formSteps : requestSteps);

/** Something that stands in the way of publication; `field` is where to put it right. */
export type Missing = { step: FormStep; field: string; why: string };
export type ToCheck = {
  kind: ListingKind;
  goodsKind: GoodsKind;
  draft: ListingDocument;
  organisationVerified: boolean;
  pictures: readonly { alt: string | undefined }[];
};

const isTech = (goodsKind: GoodsKind): boolean => techKinds.includes(goodsKind);

/** The fields without which this kind of listing is not published, each with its step. */
export function requiredFields(kind: ListingKind, goodsKind: GoodsKind): [FormStep, keyof ListingDocument][] {
  if (kind === "REQUEST")
    return [
      ["co-ban", "title"],
      ["co-ban", "summaryPublic"],
      ["mo-ta", "need"],
      ["cong-nghe", "stField"],
    ];
  const always: [FormStep, keyof ListingDocument][] = [
    ["co-ban", "title"],
    ["co-ban", "summaryPublic"],
    ["mo-ta", "description"],
    ["cong-nghe", "stField"],
    ["cong-nghe", "originCountry"],
    ["so-huu-tri-tue", "ownershipDeclared"],
    ["gia", "price"],
  ];
  const tech: [FormStep, keyof ListingDocument][] = [
    ["mo-ta", "problemSolved"],
    ["mo-ta", "advantagesVsExisting"],
    ["cong-nghe", "trl"],
    ["cong-nghe", "trlEvidence"],
    ["chuyen-giao", "rightsOffered"],
  ];
  return [
    ...always,
    ...(isTech(goodsKind) ? tech : []),
    ...(goodsKind === "TECHNOLOGY" || goodsKind === "EQUIPMENT"
      ? ([["mo-ta", "economicComparison"]] as [FormStep, keyof ListingDocument][])
      : []),
    ...(goodsKind === "OCOP_PRODUCT" ? ([["cong-nghe", "ocop"]] as [FormStep, keyof ListingDocument][]) : []),
  ];
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === "" || value === false || (Array.isArray(value) && value.length === 0);

export const needsNoveltyWarning = (document: ListingDocument): boolean =>
  document.ipRights?.some((right) => right.status === "NOT_FILED") ?? false;

/** Everything that is missing, in the order of the steps. */
export function missingOf(listing: ToCheck): Missing[] {
  const { draft } = listing;
  const missing: Missing[] = requiredFields(listing.kind, listing.goodsKind)
    .filter(([, field]) => isEmpty(draft[field]))
    .map(([step, field]) => ({ step, field, why: "field.required" }));
  const add = (step: FormStep, field: string, why: string) => missing.push({ step, field, why });
  if (draft.title && draft.title.length < 10) add("co-ban", "title", "listing.title.too_short");
  if (draft.techClass === "PROHIBITED") add("cong-nghe", "techClass", "listing.prohibited");
  if (listing.kind === "OFFER") {
    if (needsNoveltyWarning(draft) && !draft.noveltyWarningAccepted)
      add("so-huu-tri-tue", "noveltyWarningAccepted", "listing.novelty.not_accepted");
    if (!sharesAddUp(draft)) add("so-huu-tri-tue", "ownership", "listing.ownership.sum");
    if (listing.goodsKind === "IP_ASSET" && isEmpty(draft.ipRights))
      add("so-huu-tri-tue", "ipRights", "field.required");
    const unverified = unverifiedSeller(listing);
    if (unverified) add("xem-lai", unverified.field, unverified.why);
  }
  const money = listing.kind === "OFFER" ? draft.price : draft.budget;
  if (money?.from && money.to && BigInt(money.from) > BigInt(money.to))
    add("gia", listing.kind === "OFFER" ? "price" : "budget", "listing.price.order");
  if (listing.pictures.some((picture) => !picture.alt)) add("tep", "alt", "listing.picture.alt_missing");
  const order = stepsOf(listing.kind);
  return missing.sort((a, b) => order.indexOf(a.step) - order.indexOf(b.step));
}

/** Only verified sellers are on the floor (decisions.md 7): asked by whatever puts or keeps an offer there. */
export const unverifiedSeller = (listing: {
  kind: ListingKind;
  organisationVerified: boolean;
}): Pick<Missing, "field" | "why"> | undefined =>
  listing.kind === "OFFER" && !listing.organisationVerified
    ? { field: "organisation", why: "listing.organisation.not_verified" }
    : undefined;

function sharesAddUp(draft: ListingDocument): boolean {
  if (!draft.ownership?.length) return true;
  return Math.abs(draft.ownership.reduce((sum, part) => sum + part.sharePercent, 0) - 100) < 0.005;
}

export type SectionStatus = "EMPTY" | "STARTED" | "DONE";
/** A section's status for the task list: by the same rule as submission, besides whether anything is there. */
export function sectionStatus(step: FormStep, missing: readonly Missing[], hasContent: boolean): SectionStatus {
  if (missing.some((m) => m.step === step)) return hasContent ? "STARTED" : "EMPTY";
  return hasContent || step === "xem-lai" ? "DONE" : "EMPTY";
}
