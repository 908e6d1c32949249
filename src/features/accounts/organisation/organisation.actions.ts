import { randomBytes } from "node:crypto";
import type { Deps } from "../../../deps.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { localDay } from "../../../kernel/clock.ts";
import { newId } from "../../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../../kernel/outcome.ts";
import { codeFrom, slugOf } from "../../../kernel/text.ts";
import { nextCode } from "../../../platform/counter.ts";
import { brokenConstraint, inTransaction, type Tx } from "../../../platform/database/database.ts";
import { recordEvent } from "../../../platform/events.ts";
import { territoriesAt } from "../../../province/index.ts";
import { keptCode, maskOf, openCitizenCode } from "./citizen.ts";
import { grantRole } from "./member.actions.ts";
import type { OrganisationInput } from "./organisation.input.ts";
import * as q from "./organisation.queries.ts";
import type { CitizenCode } from "./organisation.rules.ts";
import {
  checkTaxCode,
  firstRolesOf,
  isVerified,
  mayManage,
  maySeeInside,
  type Organisation,
  stepVerification,
  tidyTaxCode,
} from "./organisation.rules.ts";

type Use = Pick<Deps, "db" | "clock" | "pack" | "secret">;

export type OrganisationToMake = q.OrganisationFacts & {
  id?: string;
  agencyKey?: string | undefined;
  isDemo?: boolean | undefined;
  createdBy?: string | undefined;
  /** Given, the organisation is verified from then on: for the command line and the demo. */
  verifiedAt?: Date | undefined;
};
/** Makes an organisation with its code, address and event. Whoever calls has checked the facts; the table still refuses a second tax code. */
export async function createOrganisation(
  tx: Tx,
  clock: Deps["clock"],
  made: OrganisationToMake,
): Promise<Organisation> {
  const code = await nextCode(tx, "TC", Number(localDay(clock.now()).slice(0, 4)));
  const plain = slugOf(made.legalName) || "to-chuc";
  const isFree = plain !== "moi" && (await q.organisationBySlug(tx, plain)) === undefined;
  const slug = isFree ? plain : `${plain}-${codeFrom(randomBytes(5))}`;
  const organisation = await q.insertOrganisation(tx, { ...made, id: made.id ?? newId(), code, slug });
  await recordEvent(tx, {
    at: clock.now(),
    actorId: made.createdBy,
    organisationId: organisation.id,
    subject: "organisation",
    subjectId: organisation.id,
    verb: "create",
    detail: { code, orgType: made.orgType },
  });
  return organisation;
}

/** Somebody declares their organisation and becomes its first member. */
export async function foundOrganisation(
  deps: Use,
  actor: Actor,
  input: OrganisationInput,
): Promise<Outcome<Organisation>> {
  const facts = readFacts(deps, input);
  if (!facts.ok) return facts;
  return keepUnlessTaken(() =>
    inTransaction(deps.db, async (tx) => {
      if (await isTaken(deps, tx, facts.value, undefined)) return refuse("organisation.tax_code.taken", "taxCode");
      const organisation = await createOrganisation(tx, deps.clock, { ...facts.value, createdBy: actor.personId });
      const from = localDay(deps.clock.now());
      for (const role of firstRolesOf(organisation.orgType))
        await grantRole(tx, {
          personId: actor.personId,
          organisationId: organisation.id,
          role,
          from,
          grantedBy: actor.personId,
          at: deps.clock.now(),
        });
      return done(organisation);
    }),
  );
}

/** What the operator verified is name, kind and tax code: changing one of them makes a verified organisation ask again. */
const changesIdentity = (o: Organisation, f: q.OrganisationFacts): boolean =>
  o.legalName !== f.legalName ||
  o.orgType !== f.orgType ||
  o.taxCode !== f.taxCode ||
  o.country !== f.country ||
  !isSameCode(o.citizenCode, f.citizenCode);
const isSameCode = (a: CitizenCode | undefined, b: CitizenCode | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.hmac.equals(b.hmac));

export async function editOrganisation(
  deps: Use,
  actor: Actor,
  slug: string,
  input: OrganisationInput & { version: number },
): Promise<Outcome<Organisation>> {
  return keepUnlessTaken(() =>
    inTransaction(deps.db, async (tx) => {
      const organisation = await q.organisationBySlug(tx, slug);
      if (!organisation || !maySeeInside(actor, organisation)) return refuse("organisation.missing");
      if (!mayManage(actor, organisation)) return refuse("action.not_allowed");
      if (organisation.version !== input.version) return refuse("record.stale");
      const facts = readFacts(deps, input, organisation);
      if (!facts.ok) return facts;
      if (await isTaken(deps, tx, facts.value, organisation.id))
        return refuse("organisation.tax_code.taken", "taxCode");
      let verification = organisation.verification;
      if (changesIdentity(organisation, facts.value)) {
        if (verification === "SUBMITTED") return refuse("organisation.identity.waiting", "legalName");
        const stepped = stepVerification(actor, organisation, "change");
        if (!stepped.ok) return stepped;
        verification = stepped.value;
      }
      if (!(await q.saveOrganisation(tx, organisation, facts.value, verification))) return refuse("record.stale");
      const detail = { from: organisation.verification, to: verification };
      await recordEvent(tx, {
        at: deps.clock.now(),
        actorId: actor.personId,
        organisationId: organisation.id,
        subject: "organisation",
        subjectId: organisation.id,
        verb: "edit",
        detail,
      });
      return done({ ...organisation, ...facts.value, verification, version: organisation.version + 1 } as Organisation);
    }),
  );
}

/** The whole form made consistent: country by kind, a tax code that is one, a place that the pack knows. */
function readFacts(
  deps: Pick<Deps, "pack" | "clock" | "secret">,
  input: OrganisationInput,
  before?: Organisation,
): Outcome<q.OrganisationFacts> {
  const country = input.orgType === "FOREIGN" ? input.country : "VN";
  if (country === undefined || (input.orgType === "FOREIGN" && country === "VN"))
    return refuse("organisation.country.missing", "country");
  if (!deps.pack.countries.countries.some((c) => c.code === country)) return refuse("field.choice.invalid", "country");
  const known = input.territory === undefined || input.territory === before?.territory;
  if (!known && !territoriesAt(deps.pack, localDay(deps.clock.now())).some((t) => t.key === input.territory))
    return refuse("field.choice.invalid", "territory");
  const code = readCode(deps, input, before);
  return code.ok ? done({ ...input, country, ...code.value, vsic: before?.vsic ?? [] }) : code;
}

/** The code in the form it is kept. A masked citizen id that comes back untouched means the one that is kept already. */
function readCode(
  deps: Pick<Deps, "secret">,
  input: OrganisationInput,
  before: Organisation | undefined,
): Outcome<Pick<q.OrganisationFacts, "taxCode" | "citizenCode">> {
  const code = input.taxCode;
  if (before?.citizenCode && code === tidyTaxCode(maskOf(before.citizenCode)))
    return input.orgType === "HOUSEHOLD"
      ? done({ taxCode: undefined, citizenCode: before.citizenCode })
      : refuse("organisation.tax_code.citizen_id_not_household", "taxCode");
  const checked =
    input.orgType === "FOREIGN" && code && !/^\d{10}(-\d{3})?$/.test(code)
      ? refuse("organisation.tax_code.foreign", "taxCode")
      : checkTaxCode(input.orgType, code);
  return checked.ok ? done(keptCode(deps.secret, checked.value)) : checked;
}

const isTaken = async (deps: Use, tx: Tx, facts: q.OrganisationFacts, ownId: string | undefined): Promise<boolean> => {
  const code = facts.citizenCode ? openCitizenCode(deps.secret, facts.citizenCode) : facts.taxCode;
  const other = code ? await q.organisationByTaxCode(tx, deps.secret, code) : undefined;
  return other !== undefined && other.id !== ownId;
};
/** Two who declare one tax code, or one name, at the same moment: the table decides. */
async function keepUnlessTaken<T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await work();
  } catch (error) {
    const broken = brokenConstraint(error);
    if (broken === "organisation_tax_code_key" || broken === "organisation_citizen_code_hmac_key")
      return refuse("organisation.tax_code.taken", "taxCode");
    if (broken === "organisation_slug_key") return refuse("record.stale");
    throw error;
  }
}

/** What everybody may see: verified organisations, and one's own. */
export const maySeePublicly = (actor: Actor | undefined, organisation: Organisation): boolean =>
  isVerified(organisation) || maySeeInside(actor, organisation);
