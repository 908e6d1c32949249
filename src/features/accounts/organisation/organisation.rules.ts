import { type Actor, can, canApart, isMember, type Role, roles, secondFactorRoles } from "../../../kernel/actor.ts";
import { type OrgType, researchTypes } from "../../../kernel/codes.ts";
import { done, type Outcome, refuse } from "../../../kernel/outcome.ts";
import { nextStep, type Steps, verbsFrom } from "../../../kernel/steps.ts";

/** A citizen id as it is kept: found by its HMAC, opened by the installation's secret, shown by its last four digits. */
export type CitizenCode = { hmac: Buffer; sealed: Buffer; end: string };

export const verificationStates = ["UNVERIFIED", "SUBMITTED", "VERIFIED", "REJECTED", "EXPIRED", "SUSPENDED"] as const;
export type VerificationState = (typeof verificationStates)[number];
export const verificationVerbs = ["submit", "verify", "reject", "change"] as const;
export type VerificationVerb = (typeof verificationVerbs)[number];

/** `change` is a change of what was verified (name, type, tax code): a verified organisation must ask again. */
export const verificationSteps: Steps<VerificationState, VerificationVerb> = {
  UNVERIFIED: { submit: "SUBMITTED", change: "UNVERIFIED" },
  SUBMITTED: { verify: "VERIFIED", reject: "REJECTED" },
  VERIFIED: { change: "UNVERIFIED" },
  REJECTED: { submit: "SUBMITTED", change: "UNVERIFIED" },
  EXPIRED: { submit: "SUBMITTED", change: "UNVERIFIED" },
  SUSPENDED: {},
};
export const isVerificationState = (text: string): text is VerificationState =>
  (verificationStates as readonly string[]).includes(text);

export const organisationSizes = ["MICRO", "SMALL", "MEDIUM", "LARGE"] as const;
export type OrganisationSize = (typeof organisationSizes)[number];

export type Organisation = {
  id: string;
  code: string;
  slug: string;
  legalName: string;
  tradeName: string | undefined;
  nameEn: string | undefined;
  orgType: OrgType;
  taxCode: string | undefined;
  /** A household's code is a citizen id, sealed; then there is no taxCode. */
  citizenCode: CitizenCode | undefined;
  country: string;
  territory: string | undefined;
  street: string | undefined;
  size: OrganisationSize | undefined;
  establishedOn: string | undefined;
  website: string | undefined;
  legalRepresentative: string | undefined;
  phone: string | undefined;
  email: string | undefined;
  about: string | undefined;
  isPublic: boolean;
  isForeign: boolean;
  vsic: readonly string[];
  agencyKey: string | undefined;
  verification: VerificationState;
  verifiedAt: Date | undefined;
  isDemo: boolean;
  version: number;
  createdAt: Date;
};

export const isVerified = (organisation: { verification: VerificationState }): boolean =>
  organisation.verification === "VERIFIED";

/** Weights of the check digit of a Vietnamese tax code. */
const taxWeights = [31, 29, 23, 19, 17, 13, 7, 5, 3];
/** The tenth digit that nine digits of a tax code demand; undefined where the sum leaves none. */
export function taxCheckDigit(nine: string): number | undefined {
  const sum = taxWeights.reduce((total, weight, index) => total + weight * Number(nine[index]), 0);
  const digit = 10 - (sum % 11);
  return digit === 10 ? undefined : digit;
}

/** Takes off what people type between the digits: "1400 100 190 001" is "1400100190-001"; a citizen id keeps its 12 digits. */
export function tidyTaxCode(text: string): string {
  const digits = text.replace(/[\s.-]/g, "");
  return /^\d{13}$/.test(digits) ? `${digits.slice(0, 10)}-${digits.slice(10)}` : digits;
}

/** Which kinds of code an organisation may have: a household its owner's citizen id, a foreign one none or any of these. */
export function checkTaxCode(orgType: OrgType, code: string | undefined): Outcome<string | undefined> {
  if (code === undefined || code === "") {
    return orgType === "FOREIGN" ? done(undefined) : refuse("organisation.tax_code.missing", "taxCode");
  }
  if (/^\d{12}$/.test(code)) {
    return orgType === "HOUSEHOLD" ? done(code) : refuse("organisation.tax_code.citizen_id_not_household", "taxCode");
  }
  if (!/^\d{10}(-\d{3})?$/.test(code)) return refuse("organisation.tax_code.shape", "taxCode");
  return taxCheckDigit(code) === Number(code[9]) ? done(code) : refuse("organisation.tax_code.check_digit", "taxCode");
}

/** Roles that a manager may give inside their own organisation. */
export function memberRolesOf(orgType: OrgType): Role[] {
  const given: Role[] = ["UNIT_HEAD", "MEMBER_BUYER", "MEMBER_SELLER", "EXPERT"];
  if (researchTypes.includes(orgType)) given.push("TTO_MANAGER");
  if (orgType === "INTERMEDIARY") given.push("BROKER");
  return given;
}
/** What the first member of a new organisation holds: enough to manage it and to do its trade. */
export const firstRolesOf = (orgType: OrgType): Role[] => memberRolesOf(orgType).filter((role) => role !== "EXPERT");

/** Roles of the state: given by SYS_ADMIN or by the command line only, in organisations of the office. */
export const officeRoles: readonly Role[] = roles.filter(
  (role) => !["UNIT_HEAD", "MEMBER_BUYER", "MEMBER_SELLER", "EXPERT", "TTO_MANAGER", "BROKER"].includes(role),
);
/** What SYS_ADMIN gives in an organisation of the office: the roles of the state, and who manages the organisation itself. */
export const rolesGivenInOffices: readonly Role[] = ["UNIT_HEAD", ...officeRoles];
export const isOffice = (organisation: Pick<Organisation, "orgType" | "agencyKey">): boolean =>
  organisation.agencyKey !== undefined || organisation.orgType === "STATE_AGENCY";

export const isSysAdmin = (actor: Actor | undefined): boolean =>
  actor?.secondFactor === true && actor.memberships.some((m) => m.role === "SYS_ADMIN");

export const maySeeInside = (actor: Actor | undefined, organisation: Organisation): boolean =>
  isMember(actor, organisation.id);
export const mayManage = (actor: Actor | undefined, organisation: Organisation): boolean =>
  can(actor, "organisation.manage", organisation.id);

/** Who may give which roles in an organisation: one answer for page and action. */
export function grantableRoles(actor: Actor, organisation: Organisation): Role[] {
  const own = mayManage(actor, organisation) ? memberRolesOf(organisation.orgType) : [];
  const state = isSysAdmin(actor) && isOffice(organisation) ? rolesGivenInOffices : [];
  return [...new Set([...own, ...state])];
}

/** The steps of verification that somebody may take now; nobody decides about an organisation they belong to. */
export function verificationVerbsFor(actor: Actor | undefined, organisation: Organisation): VerificationVerb[] {
  const operator = canApart(actor, "organisation.verify", { organisations: [organisation.id] });
  return verbsFrom(verificationSteps, organisation.verification).filter((verb) =>
    verb === "verify" || verb === "reject" ? operator : mayManage(actor, organisation),
  );
}

export function stepVerification(
  actor: Actor,
  organisation: Organisation,
  verb: VerificationVerb,
): Outcome<VerificationState> {
  const decides = verb === "verify" || verb === "reject";
  if (decides && isMember(actor, organisation.id)) return refuse("verification.own_organisation");
  const to = nextStep(verificationSteps, organisation.verification, verb);
  if (!to || !verificationVerbsFor(actor, organisation).includes(verb)) return refuse("verification.step.not_open");
  return done(to);
}

/** A role that needs a second factor is of no use without one: the page says so beside it. */
export const needsSecondFactor = (role: Role): boolean => secondFactorRoles.includes(role);
