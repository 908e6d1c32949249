import { describe, expect, test } from "vitest";
import { offer } from "../../../../test/support/listings.ts";
import { nextStep } from "../../../kernel/steps.ts";
import { listingDocument, publicPart } from "./listing.document.ts";
import { fieldsFor } from "./listing.fields.ts";
import { readStep, typedOfDocument } from "./listing.input.ts";
import { missingOf, stepsOf } from "./listing.requirements.ts";
import {
  contactHints,
  draftStates,
  draftSteps,
  draftVerbs,
  listingStates,
  listingSteps,
  listingVerbs,
} from "./listing.rules.ts";

/** Every way out of every state, written out apart from the table that the product uses. */
const ways: Record<string, string> = {
  "DRAFT SUBMIT": "SUBMITTED",
  "DRAFT ARCHIVE": "ARCHIVED",
  "SUBMITTED TAKE": "IN_REVIEW",
  "SUBMITTED RECALL": "DRAFT",
  "IN_REVIEW REQUEST_CHANGES": "CHANGES_REQUESTED",
  "IN_REVIEW REJECT": "REJECTED",
  "IN_REVIEW PUBLISH": "PUBLISHED",
  "CHANGES_REQUESTED SUBMIT": "SUBMITTED",
  "CHANGES_REQUESTED ARCHIVE": "ARCHIVED",
  "REJECTED ARCHIVE": "ARCHIVED",
  "PUBLISHED CONFIRM": "PUBLISHED",
  "PUBLISHED PUBLISH": "PUBLISHED",
  "PUBLISHED GO_STALE": "STALE",
  "PUBLISHED EXPIRE": "EXPIRED",
  "PUBLISHED SUSPEND": "SUSPENDED",
  "PUBLISHED CLOSE_DEAL": "CLOSED_DEAL",
  "PUBLISHED WITHDRAW": "WITHDRAWN",
  "STALE CONFIRM": "PUBLISHED",
  "STALE PUBLISH": "PUBLISHED",
  "STALE EXPIRE": "EXPIRED",
  "STALE SUSPEND": "SUSPENDED",
  "STALE CLOSE_DEAL": "CLOSED_DEAL",
  "STALE WITHDRAW": "WITHDRAWN",
  "EXPIRED RENEW": "PUBLISHED",
  "EXPIRED ARCHIVE": "ARCHIVED",
  "SUSPENDED RESTORE": "PUBLISHED",
  "SUSPENDED WITHDRAW": "WITHDRAWN",
  "WITHDRAWN ARCHIVE": "ARCHIVED",
  "CLOSED_DEAL ARCHIVE": "ARCHIVED",
};
describe("every state with every verb", () => {
  for (const state of listingStates)
    test(state, () => {
      for (const verb of listingVerbs)
        expect(nextStep(listingSteps, state, verb), `${state} ${verb}`).toBe(ways[`${state} ${verb}`]);
    });
  const drafts: Record<string, string> = {
    "CLEAN EDIT": "CHANGED",
    "CHANGED EDIT": "CHANGED",
    "CHANGED SUBMIT": "SUBMITTED",
    "SUBMITTED RECALL": "CHANGED",
    "SUBMITTED REQUEST_CHANGES": "CHANGES_REQUESTED",
    "SUBMITTED REJECT": "CHANGES_REQUESTED",
    "SUBMITTED PUBLISH": "CLEAN",
    "CHANGES_REQUESTED EDIT": "CHANGES_REQUESTED",
    "CHANGES_REQUESTED SUBMIT": "SUBMITTED",
  };
  test("the next version of a published listing moves by its own verbs alone", () => {
    for (const state of draftStates)
      for (const verb of draftVerbs)
        expect(nextStep(draftSteps, state, verb), `${state} ${verb}`).toBe(drafts[`${state} ${verb}`]);
  });
});

describe("what publication needs", () => {
  const whole = { kind: "OFFER" as const, goodsKind: "TECHNOLOGY" as const, organisationVerified: true, pictures: [] };
  const draft = { ...offer, title: "Máy sấy cơm dừa" };
  const whys = (over: object) => missingOf({ ...whole, draft: { ...draft, ...over } }).map((m) => m.why);
  test("a whole offer lacks nothing; an empty one says all that is missing", () => {
    expect(missingOf({ ...whole, draft })).toEqual([]);
    expect(missingOf({ ...whole, draft: {} }).length).toBeGreaterThan(8);
  });
  test("an unfiled right needs the warning accepted; shares add up; prohibited technology never", () => {
    expect(whys({ ipRights: [{ type: "PATENT", status: "NOT_FILED" }] })).toEqual(["listing.novelty.not_accepted"]);
    expect(whys({ ipRights: [{ type: "PATENT", status: "NOT_FILED" }], noveltyWarningAccepted: true })).toEqual([]);
    expect(
      whys({
        ownership: [
          { party: "A", sharePercent: 60 },
          { party: "B", sharePercent: 30 },
        ],
      }),
    ).toEqual(["listing.ownership.sum"]);
    expect(whys({ techClass: "PROHIBITED" })).toEqual(["listing.prohibited"]);
    expect(whys({ price: { kind: "FIRM", from: "20", to: "10", currency: "VND" } })).toEqual(["listing.price.order"]);
  });
  test("only a verified seller may offer; a need may wait for verification", () => {
    expect(missingOf({ ...whole, draft, organisationVerified: false }).map((m) => m.why)).toEqual([
      "listing.organisation.not_verified",
    ]);
    const need = { title: "Cần máy bóc vỏ dừa", summaryPublic: "x", need: "x", stField: ["203"] };
    expect(missingOf({ ...whole, kind: "REQUEST", draft: need, organisationVerified: false })).toEqual([]);
  });
  test("the snapshot never holds the confidential part", () => {
    expect(JSON.stringify(publicPart(draft, []))).not.toContain("CONFIDENTIAL-MARK");
  });
  test("contact details in public text are pointed at", () => {
    expect(
      contactHints({ description: "Gọi 0912 345 678", need: "không có gì", confidentialDetail: "a@b.vn" }),
    ).toEqual(["description"]);
  });
});

test("a saved document shown in the form and sent unchanged is the same document", () => {
  const rich = listingDocument.parse({
    ...offer,
    title: "Máy sấy cơm dừa",
    keywords: ["dừa", "sấy"],
    ipc: ["A01H 4/00"],
    technicalSpecs: [{ name: "Công suất", value: "2", unit: "tấn" }],
    ownership: [
      { party: "Trường", sharePercent: 62.5 },
      { party: "HTX", sharePercent: 37.5 },
    ],
    ipRights: [{ type: "PATENT", status: "FILED", number: "1-2025-00012", country: "VN", filedOn: "2025-03-05" }],
    fundedByState: { taskCode: "ĐT-01", sharePercent: 50 },
  });
  for (const step of stepsOf("OFFER")) {
    const fields = fieldsFor("OFFER", "TECHNOLOGY", step);
    const read = readStep(fields, typedOfDocument(fields, rich));
    expect(read.why).toEqual({});
    for (const { name } of fields) if (rich[name] !== undefined) expect(read.set[name]).toEqual(rich[name]);
  }
});
