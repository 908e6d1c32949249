import {
  createOrganisation,
  createPersonWithPassword,
  decideVerification,
  grantRole,
  organisationById,
  registerPerson,
  submitVerification,
} from "../features/accounts/index.ts";
import type { Role } from "../kernel/actor.ts";
import { addDays, type Day } from "../kernel/clock.ts";
import { inTransaction } from "../platform/database/database.ts";
import { paperOf } from "./demo.paper.ts";
import type { DemoMarket, DemoOrganisation, DemoPerson } from "./demo.schema.ts";
import { found, type Load, memberOf, must, type Step } from "./demo.steps.ts";

/**
 * Organisations with their people. The office and the exchange are set up as the command line does; all others join when the exchange
 * opens, ask for verification with a paper, and the exchange's operator decides.
 */

const officeOpensOn: Day = "2021-01-04";
const exchangeOpensOn: Day = "2022-03-14";
const operator = "duyen-van-hanh";
const later = (a: Day, b: Day): Day => (a > b ? a : b);

export function peopleSteps(market: DemoMarket): Step[] {
  return market.organisations.flatMap((organisation) => {
    const members = market.people.filter((person) => person.organisation === organisation.key);
    const isOffice = members.some((person) => person.roles.some((role) => foundedRoles.includes(role)));
    return isOffice ? officeSteps(organisation, members) : memberSteps(organisation, members);
  });
}
/** Organisations with these people are of the state or run the exchange: nobody there verifies or is verified. */
const foundedRoles: readonly Role[] = ["EXCHANGE_OPERATOR", "PROGRAMME_OFFICER"];

function officeSteps(organisation: DemoOrganisation, members: readonly DemoPerson[]): Step[] {
  const day = later(officeOpensOn, addDays(organisation.establishedOn, 7));
  return [
    step(day, 8, `${organisation.key}: set up`, (load) => makeOrganisation(load, organisation, true)),
    ...members.map((person) => step(day, 8, `${person.key}: sign up`, (load) => signUp(load, person, day))),
  ];
}

function memberSteps(organisation: DemoOrganisation, members: readonly DemoPerson[]): Step[] {
  const knownOn = later(officeOpensOn, addDays(organisation.establishedOn, 7));
  const joinedOn = later(exchangeOpensOn, addDays(knownOn, 7));
  const steps = [step(knownOn, 8, `${organisation.key}: enter`, (load) => makeOrganisation(load, organisation, false))];
  if (members.length === 0)
    steps.push(
      step(joinedOn, 8, `${organisation.key}: register`, (load) =>
        registerRepresentative(load, organisation, joinedOn),
      ),
    );
  for (const [index, person] of members.entries()) {
    // Who joins first manages the organisation, as who declares one does.
    const joining = index === 0 ? { ...person, roles: [...new Set<Role>(["UNIT_HEAD", ...person.roles])] } : person;
    steps.push(step(joinedOn, 8, `${person.key}: sign up`, (load) => signUp(load, joining, joinedOn)));
  }
  if (organisation.verification === "UNVERIFIED") return steps;
  const asksOn = organisation.verification === "SUBMITTED" ? later(joinedOn, "2026-11-10") : joinedOn;
  let asked = "";
  steps.push(
    step(asksOn, 9, `${organisation.key}: ask for verification`, async (load) => {
      asked = await askVerification(load, organisation);
    }),
  );
  if (organisation.verification === "VERIFIED")
    steps.push(
      step(addDays(asksOn, 1), 9, `${organisation.key}: verify`, async (load) => {
        must(
          await decideVerification(load.deps, found(load.people, operator), asked, {
            decision: "VERIFIED",
            reason: undefined,
          }),
        );
      }),
    );
  return steps;
}

const step = (day: Day, hour: number, what: string, run: Step["run"]): Step => ({ day, hour, what, run });

async function makeOrganisation(load: Load, of: DemoOrganisation, isVerified: boolean): Promise<void> {
  const { clock } = load.deps;
  const facts = {
    legalName: of.legalName,
    tradeName: of.tradeName,
    nameEn: of.nameEn,
    orgType: of.orgType,
    taxCode: of.taxCode ?? undefined,
    country: of.country,
    territory: of.territory ?? undefined,
    street: of.street,
    size: of.size,
    establishedOn: of.establishedOn,
    legalRepresentative: of.legalRepresentative,
    about: of.about,
    isPublic: of.isPublic,
  };
  const made = await inTransaction(load.deps.db, (tx) =>
    createOrganisation(tx, clock, { ...facts, isDemo: true, ...(isVerified && { verifiedAt: clock.now() }) }),
  );
  load.organisations.set(of.key, made.id);
}

async function signUp(load: Load, person: DemoPerson, from: Day): Promise<void> {
  const { name, phone, email } = person;
  const { personId } = must(
    await createPersonWithPassword(load.deps, {
      name,
      phone,
      email,
      passwordHash: load.passwordHash,
      isConfirmed: true,
    }),
  );
  await join(load, person.key, { personId, name, organisation: person.organisation, roles: person.roles, from });
}

/** Who has no account of the demo is spoken for by its legal representative, registered by the operator with consent on paper. */
async function registerRepresentative(load: Load, organisation: DemoOrganisation, from: Day): Promise<void> {
  const name = organisation.legalRepresentative.replace(/^((GS|PGS|TS|ThS)\.\s*)+/, "").replace(/\s*\(.*\)$/, "");
  const input = {
    name,
    phone: undefined,
    email: undefined,
    citizenId: undefined,
    language: "vi",
    channel: "PAPER",
  } as const;
  const { personId } = must(await registerPerson(load.deps, found(load.people, operator), input));
  await join(load, `@${organisation.key}`, {
    personId,
    name,
    organisation: organisation.key,
    roles: ["UNIT_HEAD", "MEMBER_BUYER", "MEMBER_SELLER"],
    from,
  });
}

async function join(
  load: Load,
  key: string,
  of: { personId: string; name: string; organisation: string; roles: readonly Role[]; from: Day },
): Promise<void> {
  const organisationId = found(load.organisations, of.organisation);
  const organisationName =
    load.market.organisations.find((one) => one.key === of.organisation)?.legalName ?? of.organisation;
  const at = load.deps.clock.now();
  await inTransaction(load.deps.db, async (tx) => {
    for (const role of of.roles)
      await grantRole(tx, { personId: of.personId, organisationId, role, from: of.from, at });
  });
  const memberships = of.roles.map((role) => ({ organisationId, organisationName, role }));
  load.people.set(key, { personId: of.personId, name: of.name, memberships, organisationId, secondFactor: false });
}

async function askVerification(load: Load, organisation: DemoOrganisation): Promise<string> {
  const stands = await organisationById(load.deps.db, found(load.organisations, organisation.key));
  const paper = paperOf("Giấy tờ chứng minh tư cách pháp nhân", [
    `${organisation.legalName}.`,
    "Tài liệu do bản trình diễn OpenSàn sinh ra; tổ chức và nội dung là hư cấu.",
  ]);
  const file = new File([paper], `ho-so-${organisation.key}.pdf`, { type: "application/pdf" });
  const asker = memberOf(load, organisation.key, "organisation.manage");
  return must(await submitVerification(load.deps, asker, stands?.slug ?? "", { note: undefined, files: [file] }))
    .verificationId;
}
