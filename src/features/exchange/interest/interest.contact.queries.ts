import type { Day } from "../../../kernel/clock.ts";
import type { Db } from "../../../platform/database/database.ts";

/** Whom each side calls once they agreed to talk: the organisation, and its person behind the interest while they are still its member. */
export type Contact = { organisation: string; person: string | undefined; phones: string[]; mails: string[] };
export type Contacts = { owner: Contact; asker: Contact | undefined };

export async function contactsOf(db: Db, interestId: string, today: Day): Promise<Contacts> {
  const row = await db
    .selectFrom("interest as i")
    .innerJoin("listing as l", "l.id", "i.listing_id")
    .innerJoin("organisation as to", "to.id", "i.to_organisation_id")
    .leftJoin("organisation as from", "from.id", "i.from_organisation_id")
    .select(["i.answered_by", "l.created_by", "i.from_person_id", "to.id as to_id", "from.id as from_id"])
    .select(["to.legal_name as to_name", "to.phone as to_phone", "to.email as to_email"])
    .select(["from.legal_name as from_name", "from.phone as from_phone", "from.email as from_email"])
    .where("i.id", "=", interestId)
    .executeTakeFirstOrThrow();
  const answers = row.answered_by ?? row.created_by;
  const owner = contactOf({ name: row.to_name, phone: row.to_phone, email: row.to_email });
  return {
    owner: owner(await memberOf(db, answers, row.to_id, today)),
    asker:
      row.from_id && row.from_name
        ? contactOf({ name: row.from_name, phone: row.from_phone, email: row.from_email })(
            await memberOf(db, row.from_person_id, row.from_id, today),
          )
        : undefined,
  };
}

type Reached = { name: string; phone: string | null; email: string | null };
const contactOf =
  (organisation: Reached) =>
  (person: Reached | undefined): Contact => ({
    organisation: organisation.name,
    person: person?.name,
    phones: distinct(person?.phone, organisation.phone),
    mails: distinct(person?.email, organisation.email),
  });
const distinct = (...values: (string | null | undefined)[]) =>
  [...new Set(values.filter((v) => v != null && v !== ""))] as string[];

const memberOf = (db: Db, personId: string | null, organisationId: string, today: Day): Promise<Reached | undefined> =>
  personId === null
    ? Promise.resolve(undefined)
    : db
        .selectFrom("person as p")
        .select(["p.name", "p.phone", "p.email"])
        .where("p.id", "=", personId)
        .where("p.erased_at", "is", null)
        .where((eb) =>
          eb.exists(
            eb
              .selectFrom("membership as m")
              .select("m.id")
              .whereRef("m.person_id", "=", "p.id")
              .where("m.organisation_id", "=", organisationId)
              .where("m.valid_from", "<=", today)
              .where((on) => on.or([on("m.valid_to", "is", null), on("m.valid_to", ">=", today)])),
          ),
        )
        .executeTakeFirst();
