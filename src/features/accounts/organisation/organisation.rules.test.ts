import fc from "fast-check";
import { expect, test } from "vitest";
import { type Actor, type Role, roles } from "../../../kernel/actor.ts";
import { orgTypes } from "../../../kernel/codes.ts";
import { nextStep } from "../../../kernel/steps.ts";
import {
  checkTaxCode,
  grantableRoles,
  memberRolesOf,
  type Organisation,
  officeRoles,
  stepVerification,
  taxCheckDigit,
  tidyTaxCode,
  type VerificationState,
  type VerificationVerb,
  verificationStates,
  verificationSteps,
  verificationVerbs,
} from "./organisation.rules.ts";

const nine = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 9 }).map((digits) => digits.join(""));

test("a code with its check digit is taken, and with any other tenth digit it is not", () => {
  fc.assert(
    fc.property(nine, (text) => {
      const digit = taxCheckDigit(text);
      for (let tenth = 0; tenth <= 9; tenth++)
        expect(checkTaxCode("ENTERPRISE", text + tenth).ok).toBe(tenth === digit);
    }),
  );
});

test("one wrong digit in a right code is found", () => {
  fc.assert(
    fc.property(nine, fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 9 }), (text, at, add) => {
      const digit = taxCheckDigit(text);
      fc.pre(digit !== undefined);
      const wrong = text.slice(0, at) + ((Number(text[at]) + add) % 10) + text.slice(at + 1);
      expect(checkTaxCode("ENTERPRISE", wrong + digit).ok).toBe(false);
    }),
  );
});

test("tax codes that are printed on papers are taken in every spelling", () => {
  for (const code of ["0100109106", "0300588569", "0101243150"])
    expect([code, checkTaxCode("ENTERPRISE", code).ok]).toEqual([code, true]);
  expect(tidyTaxCode("0100 109 106 - 001")).toBe("0100109106-001");
  expect(checkTaxCode("ENTERPRISE", "0100109106-001").ok).toBe(true);
});

test("twelve digits are a household's citizen number, foreign organisations may have no code, others must", () => {
  expect(checkTaxCode("HOUSEHOLD", "084185000123").ok).toBe(true);
  for (const type of orgTypes.filter((t) => t !== "HOUSEHOLD"))
    expect(checkTaxCode(type, "084185000123").ok).toBe(false);
  for (const type of orgTypes) expect(checkTaxCode(type, undefined).ok).toBe(type === "FOREIGN");
});

const expected: Record<VerificationState, Partial<Record<VerificationVerb, VerificationState>>> = {
  UNVERIFIED: { submit: "SUBMITTED", change: "UNVERIFIED" },
  SUBMITTED: { verify: "VERIFIED", reject: "REJECTED" },
  VERIFIED: { change: "UNVERIFIED" },
  REJECTED: { submit: "SUBMITTED", change: "UNVERIFIED" },
  EXPIRED: { submit: "SUBMITTED", change: "UNVERIFIED" },
  SUSPENDED: {},
};
for (const state of verificationStates)
  for (const verb of verificationVerbs)
    test(`an organisation in ${state} asked to ${verb} goes where the table says`, () =>
      expect(nextStep(verificationSteps, state, verb)).toBe(expected[state][verb]));

const organisationIn = (verification: VerificationState, over: Partial<Organisation> = {}): Organisation => ({
  id: "o",
  code: "TC-2026-0001",
  slug: "o",
  legalName: "O",
  tradeName: undefined,
  nameEn: undefined,
  orgType: "ENTERPRISE",
  taxCode: undefined,
  citizenCode: undefined,
  country: "VN",
  territory: undefined,
  street: undefined,
  size: undefined,
  establishedOn: undefined,
  website: undefined,
  legalRepresentative: undefined,
  phone: undefined,
  email: undefined,
  about: undefined,
  isPublic: false,
  isForeign: false,
  vsic: [],
  agencyKey: undefined,
  verification,
  verifiedAt: undefined,
  isDemo: false,
  version: 1,
  createdAt: new Date(0),
  ...over,
});
const actorWith = (role: Role, organisationId: string, secondFactor = true): Actor => ({
  personId: "p",
  name: "P",
  organisationId,
  secondFactor,
  memberships: [{ organisationId, organisationName: "", role }],
});

test("only an operator of another organisation decides, in every state where a decision is open", () => {
  for (const state of verificationStates)
    for (const role of roles)
      for (const organisationId of ["o", "elsewhere"]) {
        const may = stepVerification(actorWith(role, organisationId), organisationIn(state), "verify").ok;
        expect([state, role, organisationId, may]).toEqual([
          state,
          role,
          organisationId,
          state === "SUBMITTED" && role === "EXCHANGE_OPERATOR" && organisationId !== "o",
        ]);
      }
});

test("roles of the state are given by an administrator with a second factor, in organisations of the office only", () => {
  const office = organisationIn("VERIFIED", { orgType: "STATE_AGENCY" });
  expect(grantableRoles(actorWith("SYS_ADMIN", "x"), office)).toEqual(["UNIT_HEAD", ...officeRoles]);
  expect(grantableRoles(actorWith("SYS_ADMIN", "x", false), office)).toEqual([]);
  expect(grantableRoles(actorWith("SYS_ADMIN", "x"), organisationIn("VERIFIED"))).toEqual([]);
  for (const role of roles.filter((r) => r !== "SYS_ADMIN"))
    expect(grantableRoles(actorWith(role, "o"), office).filter((given) => officeRoles.includes(given))).toEqual([]);
});

test("brokers are of intermediaries and transfer managers of research only", () => {
  for (const type of orgTypes) {
    expect(memberRolesOf(type).includes("BROKER")).toBe(type === "INTERMEDIARY");
    expect(memberRolesOf(type).includes("TTO_MANAGER")).toBe(
      ["UNIVERSITY", "COLLEGE", "INSTITUTE", "ST_ORG"].includes(type),
    );
  }
});
