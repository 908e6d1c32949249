import { readFileSync } from "node:fs";
import {
  contactOf,
  createOrganisation,
  createPersonWithPassword,
  grantRole,
  isContactConfirmed,
  organisationBySlug,
  personBySignIn,
  tidyEmail,
  tidyPhone,
} from "../features/accounts/index.ts";
import { type Role, roles } from "../kernel/actor.ts";
import { localDay } from "../kernel/clock.ts";
import { type OrgType, orgTypes } from "../kernel/codes.ts";
import { inTransaction } from "../platform/database/database.ts";
import type { AddCommand, Options, WithInstallation } from "./command.ts";

/** `san add-organisation`, `san add-person`, `san grant`: how an empty installation gets its first office, operator and officers. */

const wrong = (sentence: string): undefined => {
  console.error(sentence);
  process.exitCode = 2;
};

export function addPeopleCommands(command: AddCommand, withInstallation: WithInstallation): void {
  command("add-organisation", "enter an organisation of the office, e.g. the Sở KH&CN or the operator of the exchange")
    .requiredOption("--name <name>", "its legal name")
    .option("--type <type>", `one of ${orgTypes.join(", ")}`, "STATE_AGENCY")
    .option("--agency <key>", "the agency of the province pack that it is")
    .action(async (options: Options & { name: string; type: string; agency?: string }) => {
      const orgType = orgTypes.find((one) => one === options.type);
      if (!orgType) return wrong(`--type ${options.type}: one of ${orgTypes.join(", ")}`);
      await withInstallation(options, async ({ deps }) => {
        if (options.agency && !deps.pack.agencies.agencies.some((agency) => agency.key === options.agency)) {
          console.error(`--agency ${options.agency}: the province pack has no such agency`);
          return 2;
        }
        const made = await inTransaction(deps.db, (tx) =>
          createOrganisation(tx, deps.clock, officeOf(options.name, orgType, options.agency, deps.clock.now())),
        );
        console.log(made.slug);
        return 0;
      });
    });

  command("add-person", "enter somebody who can sign in; the password is read from standard input")
    .requiredOption("--name <name>", "as shown")
    .requiredOption("--sign-in <phone or e-mail>", "what they sign in with")
    .action((options: Options & { name: string; signIn: string }) =>
      withInstallation(options, async ({ deps }) => {
        const password = readFileSync(0, "utf8").trim();
        const [phone, email] = [tidyPhone(options.signIn), tidyEmail(options.signIn)];
        const made = await createPersonWithPassword(deps, {
          name: options.name,
          password,
          ...(phone ? { phone } : { email: email ?? options.signIn }),
        });
        if (made.ok) console.log(made.value.personId);
        else console.error(`Refused: ${made.why}`);
        return made.ok ? 0 : 1;
      }),
    );

  command("grant", "give somebody a role in an organisation")
    .requiredOption("--sign-in <phone or e-mail>", "who")
    .requiredOption("--organisation <slug>", "where")
    .requiredOption("--role <role>", `one of ${roles.join(", ")}`)
    .option("--yes", "also where the number or address was never confirmed by its holder")
    .action(async (options: Options & Grantee & { role: string }) => {
      const role = roles.find((one) => one === options.role);
      if (!role) return wrong(`--role ${options.role}: one of ${roles.join(", ")}`);
      await withInstallation(options, ({ deps }) => grant(deps, options, role));
    });
}

const officeOf = (legalName: string, orgType: OrgType, agencyKey: string | undefined, verifiedAt: Date) => ({
  legalName,
  orgType,
  agencyKey,
  verifiedAt,
  country: "VN",
  isPublic: true,
});

type Grantee = { signIn: string; organisation: string; yes?: boolean };
async function grant(
  deps: Parameters<Parameters<WithInstallation>[1]>[0]["deps"],
  options: Grantee,
  role: Role,
): Promise<number> {
  const person = await personBySignIn(
    deps.db,
    tidyPhone(options.signIn) ?? tidyEmail(options.signIn) ?? options.signIn,
  );
  const organisation = await organisationBySlug(deps.db, options.organisation);
  if (!person || !organisation) {
    console.error(person ? `No organisation ${options.organisation}` : `Nobody signs in with ${options.signIn}`);
    return 1;
  }
  const contact = contactOf(options.signIn);
  if (!options.yes && !(contact && (await isContactConfirmed(deps.db, contact)))) {
    console.error(`Nobody confirmed that ${options.signIn} is theirs; with --yes they get the role all the same`);
    return 1;
  }
  const from = localDay(deps.clock.now());
  const isNew = await inTransaction(deps.db, (tx) =>
    grantRole(tx, { personId: person.id, organisationId: organisation.id, role, from, grantedBy: person.id }),
  );
  console.log(isNew ? "Granted." : "They hold it already.");
  return 0;
}
