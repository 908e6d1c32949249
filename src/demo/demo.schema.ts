import { z } from "zod";
import { listingDocument } from "../features/exchange/index.ts";
import { roles } from "../kernel/actor.ts";
import { isDay } from "../kernel/clock.ts";
import { flows, goodsKinds, orgTypes, paymentModes } from "../kernel/codes.ts";

/** The content of `demo/*.yaml`: a wrong file is told before anything is written. */

const day = z.string().refine(isDay, "is not a day (YYYY-MM-DD)");
const key = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "is not a key");
const text = z.string().min(1);
const country = z.string().regex(/^[A-Z]{2}$/);
const wholeVnd = z.string().regex(/^[1-9]\d{0,15}$/, "is not a whole number of đồng");

const organisation = z.strictObject({
  key,
  orgType: z.enum(orgTypes),
  legalName: text,
  tradeName: text.optional(),
  nameEn: text.optional(),
  taxCode: z.string().nullable(),
  territory: key.nullable(),
  country,
  street: text,
  size: z.enum(["MICRO", "SMALL", "MEDIUM", "LARGE"]),
  establishedOn: day,
  legalRepresentative: text,
  isPublic: z.boolean(),
  isForeign: z.boolean(),
  verification: z.enum(["UNVERIFIED", "SUBMITTED", "VERIFIED"]),
  about: text,
});

const person = z.strictObject({
  key,
  name: text,
  phone: z.string().regex(/^0900 000 \d{3}$/, "is not a number of the demo (0900 000 xxx)"),
  email: z
    .string()
    .regex(/\.example\.vn$/, "is not under example.vn")
    .optional(),
  organisation: key,
  roles: z.array(z.enum(roles)).min(1),
});

const listing = z.strictObject({
  key,
  kind: z.enum(["OFFER", "REQUEST"]),
  goodsKind: z.enum(goodsKinds),
  organisation: key,
  state: z.enum([
    "DRAFT",
    "SUBMITTED",
    "IN_REVIEW",
    "CHANGES_REQUESTED",
    "PUBLISHED",
    "STALE",
    "WITHDRAWN",
    "CLOSED_DEAL",
  ]),
  publishedOn: day.nullable(),
  confirmedOn: day.optional(),
  reviewNote: text.optional(),
  picture: z.strictObject({ file: z.string().regex(/^[a-z-]+\.png$/), alt: text }).optional(),
  document: z.strictObject(listingDocument.shape).refine((document) => document.title !== undefined, "has no title"),
});

const registration = z.strictObject({
  required: z.boolean(),
  reason: text,
  number: text.optional(),
  certifiedOn: day.optional(),
});
const evidence = z.strictObject({
  kind: z.enum(["CONTRACT", "INVOICE", "PAYMENT", "ACCEPTANCE_MINUTES", "CERTIFICATE", "OTHER"]),
  level: z.int().min(2).max(4),
  on: day,
  /** Brought and not decided yet: work for an officer's first day. */
  isWaiting: z.boolean().optional(),
});
const deal = z.strictObject({
  key,
  title: text,
  signedOn: day,
  effectiveOn: day.nullable(),
  acceptedOn: day.optional(),
  state: z.enum(["CONTRACT_SIGNED", "EFFECTIVE", "IN_PERFORMANCE", "ACCEPTED", "LIQUIDATED", "CANCELLED"]),
  buyer: key,
  suppliers: z.array(z.strictObject({ organisation: key, shareBp: z.int().min(1).max(10_000) })).min(1),
  broker: key.optional(),
  flow: z.enum(flows),
  originCountry: country,
  counterpartyCountry: country,
  currency: z.string().regex(/^[A-Z]{3}$/),
  amount: z.string().optional(),
  rate: z.string().regex(/^\d+$/).optional(),
  rateDate: day.optional(),
  lines: z.array(z.strictObject({ goodsKind: z.enum(goodsKinds), description: text, valueVnd: wholeVnd })).min(1),
  paymentMode: z.enum(paymentModes),
  royaltyEstimate: z.boolean(),
  usesStateFunds: z.boolean(),
  sector: text,
  stField: text,
  territory: key,
  evidence: z.array(evidence),
  registration,
  offPlatform: z.boolean(),
  listing: key.optional(),
  correction: z.strictObject({ on: day, lineIndex: z.int().min(0), valueVnd: wholeVnd, reason: text }).optional(),
  cancelledOn: day.optional(),
  note: z.string(),
});

const interest = z.strictObject({
  key,
  listing: key,
  organisation: key,
  person: key.optional(),
  sentOn: day,
  state: z.enum(["NEW", "SCREENED", "FORWARDED", "ACCEPTED", "DECLINED", "NO_ANSWER", "DEAL_OPENED"]),
  broker: key.optional(),
  screenedOn: day.optional(),
  forwardedOn: day.optional(),
  answeredOn: day.optional(),
  declineReason: z
    .enum(["PRICE", "TRL_LOW", "FIELD_MISMATCH", "HAS_SOLUTION", "MISSING_INFORMATION", "PARTNER_CAPACITY", "OTHER"])
    .optional(),
  deal: key.optional(),
  cooperation: text,
  missingInformation: text,
  aboutUs: text,
});

const intermediary = z.strictObject({
  organisation: key,
  kind: z.enum(["EXCHANGE", "TRADE_CENTRE", "PROMOTION_CENTRE", "IP_VALUATION", "INNOVATION_CENTRE", "INCUBATOR"]),
  connected: z.boolean(),
  connectedAt: day.nullable(),
  evidence: text.nullable(),
});

const milestone = z.strictObject({
  indicator: z.literal("EXCHANGE_EST"),
  step: text,
  done: z.boolean(),
  on: day.nullable(),
  document: z.strictObject({ name: text, number: text, issuer: text }).nullable(),
  note: text.optional(),
});

export type DemoOrganisation = z.output<typeof organisation>;
export type DemoPerson = z.output<typeof person>;
export type DemoListing = z.output<typeof listing>;
export type DemoDeal = z.output<typeof deal>;
export type DemoInterest = z.output<typeof interest>;
export type DemoIntermediary = z.output<typeof intermediary>;
export type DemoMilestone = z.output<typeof milestone>;

/** Each part of the market with the schema of its records. */
export const demoParts = {
  organisations: z.array(organisation),
  people: z.array(person),
  listings: z.array(listing),
  deals: z.array(deal),
  interests: z.array(interest),
  intermediaries: z.array(intermediary),
  milestones: z.array(milestone),
} as const;
export type DemoPart = keyof typeof demoParts;
export type DemoMarket = { [P in DemoPart]: z.output<(typeof demoParts)[P]> };
