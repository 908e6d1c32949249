import { z } from "zod";
import { isDay } from "../../../kernel/clock.ts";
import {
  contactPolicies,
  ipStatuses,
  ipTypes,
  paymentModes,
  priceKinds,
  techClasses,
  techObjects,
  transferForms,
  transferMethods,
  transferRights,
  visibilities,
} from "../../../kernel/codes.ts";

/** What a listing says (domain.md §7.2), kept as one JSON document: a draft may miss anything, `listing.rules.ts` says what publication needs. */

/** No control characters and no half characters: a JSON column refuses them. */
const clean = (typed: string): string => typed.toWellFormed().replace(/(?![\n\t])\p{Cc}/gu, "");
const text = (max: number) => z.string().overwrite(clean).trim().max(max, "field.too_long");
export const listingText = text;
const day = z.string().refine(isDay, "field.day.invalid");
const amount = z.string().regex(/^\d{1,18}$/, "field.money.invalid"); // whole units of `currency`, decimal text

export const ipRight = z.object({
  type: z.enum(ipTypes),
  number: text(60).optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  status: z.enum(ipStatuses),
  filedOn: day.optional(),
  grantedOn: day.optional(),
  expiresOn: day.optional(),
});

export const price = z.object({
  kind: z.enum(priceKinds),
  from: amount.optional(),
  to: amount.optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default("VND"),
  unit: text(60).optional(),
});

export const listingDocument = z
  .object({
    title: text(150),
    titleEn: text(150),
    titleKm: text(150),
    summaryPublic: text(500),
    description: text(20_000),
    confidentialDetail: text(20_000),
    problemSolved: text(4_000),
    advantagesVsExisting: text(4_000),
    economicComparison: text(4_000),
    applicationFields: text(2_000),
    technicalSpecs: z.array(z.object({ name: text(120), value: text(200), unit: text(40).optional() })).max(40),
    stField: z.array(z.string().regex(/^\d{1,5}$/)).max(5),
    sectors: z.array(z.string().regex(/^[A-Z0-9_.-]{1,40}$/)).max(5),
    vsic: z.array(z.object({ version: z.string(), code: z.string().regex(/^[A-Z0-9]{1,6}$/) })).max(5),
    ipc: z.array(z.string().regex(/^[A-H]\d{2}[A-Z](\s?\d{1,4}\/\d{2,6})?$/, "listing.ipc.invalid")).max(10),
    keywords: z.array(text(60)).max(10, "listing.keywords.too_many"),
    trl: z.number().int().min(1).max(9),
    trlEvidence: text(2_000),
    originCountry: z.string().regex(/^[A-Z]{2}$/),
    ownership: z.array(z.object({ party: text(200), sharePercent: z.number().min(0).max(100) })).max(10),
    ownershipDeclared: z.boolean(),
    ipRights: z.array(ipRight).max(10),
    noveltyWarningAccepted: z.boolean(),
    techObjects: z.array(z.enum(techObjects)).max(10),
    rightsOffered: z.array(z.enum(transferRights)).max(10),
    forms: z.array(z.enum(transferForms)).max(10),
    methods: z.array(z.enum(transferMethods)).max(10),
    territory: text(300),
    price,
    paymentModes: z.array(z.enum(paymentModes)).max(10),
    minConditions: text(2_000),
    warranty: text(2_000),
    afterSale: text(2_000),
    references: text(4_000),
    contactPolicy: z.enum(contactPolicies),
    visibility: z.enum(visibilities),
    techClass: z.enum(techClasses),
    environmentalNote: text(2_000),
    fundedByState: z.object({ taskCode: text(60), sharePercent: z.number().min(0).max(100) }),
    ocop: z.object({
      group: text(60),
      stars: z.number().int().min(1).max(5),
      certificateNumber: text(60),
      expiresOn: day.optional(),
    }),
    // REQUEST adds
    need: text(4_000),
    currentSituation: text(4_000),
    requiredTrlMin: z.number().int().min(1).max(9),
    budget: z.object({ from: amount.optional(), to: amount.optional(), currency: z.string().default("VND") }),
    neededBy: day,
    partnerSought: text(2_000),
    absorptionCapacity: text(2_000),
    deadlineNote: text(500),
  })
  .partial();

export type ListingDocument = z.output<typeof listingDocument>;

/** A file as the snapshot shows it. */
export type PublishedFile = {
  id: string;
  kind: "PICTURE" | "ATTACHMENT";
  visibility: "PUBLIC" | "MEMBERS";
  alt: string;
  name: string;
  mediaType: string;
  size: number;
};

const neverPublished = ["confidentialDetail", "ownershipDeclared", "noveltyWarningAccepted"] as const;
/** What a snapshot says: everything but the confidential part, with its files. */
export type PublishedDocument = Omit<ListingDocument, (typeof neverPublished)[number]> & { files: PublishedFile[] };

export function publicPart(document: ListingDocument, files: PublishedFile[]): PublishedDocument {
  const shown: ListingDocument = { ...document };
  for (const key of neverPublished) delete shown[key];
  return { ...shown, files };
}

export const listingKinds = ["OFFER", "REQUEST"] as const;
export type ListingKind = (typeof listingKinds)[number];
