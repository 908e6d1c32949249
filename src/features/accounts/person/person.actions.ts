import { hashPassword } from "better-auth/crypto";
import type { Deps } from "../../../deps.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { addDays, localDay } from "../../../kernel/clock.ts";
import { newId } from "../../../kernel/id.ts";
import type { Language } from "../../../kernel/language.ts";
import { done, type Outcome, refuse } from "../../../kernel/outcome.ts";
import { brokenConstraint, type Db, inTransaction, type Tx } from "../../../platform/database/database.ts";
import { recordEvent } from "../../../platform/events.ts";
import { erasePersonRows } from "./erasure.queries.ts";
import * as q from "./person.queries.ts";
import * as rules from "./person.rules.ts";
import { newPersonKey, sealFor, unsealFor } from "./seal.ts";

type Use = Pick<Deps, "db" | "clock" | "secret">;
export type NewSignIn = {
  name: string;
  phone?: string | undefined;
  email?: string | undefined;
  language?: Language;
  /** Purposes agreed to besides the account itself. */
  news?: boolean;
  /** Number and address were proven elsewhere, so that no code is needed. */
  isConfirmed?: boolean;
} & ({ password: string } | { passwordHash: string });
export { hashPassword };

/** A person who can sign in: Better Auth's user, our person, the consent and the event in one transaction, so nothing can stand alone. */
export async function createPersonWithPassword(deps: Use, input: NewSignIn): Promise<Outcome<{ personId: string }>> {
  const contacts = readContacts(input);
  if (!contacts.ok) return contacts;
  let passwordHash: string;
  if ("passwordHash" in input) passwordHash = input.passwordHash;
  else {
    const checked = rules.checkPassword(input.password, [
      input.name,
      contacts.value.phone ?? "",
      contacts.value.email ?? "",
    ]);
    if (!checked.ok) return checked;
    passwordHash = await hashPassword(input.password);
  }
  return keepUnlessTaken(contacts.value, () =>
    inTransaction(deps.db, async (tx) => {
      const personId = newId();
      const authUserId = await insertSignIn(deps, tx, { ...contacts.value, name: input.name, passwordHash });
      await q.insertPerson(tx, {
        id: personId,
        authUserId,
        name: input.name,
        ...contacts.value,
        language: input.language ?? "vi",
        ...(input.isConfirmed && { contactsConfirmedAt: deps.clock.now() }),
      });
      const purposes: rules.ConsentPurpose[] = input.news ? ["ACCOUNT", "NEWS"] : ["ACCOUNT"];
      for (const purpose of purposes) await giveConsent(deps, tx, personId, purpose, "WEB");
      await recordEvent(tx, {
        at: deps.clock.now(),
        actorId: personId,
        subject: "person",
        subjectId: personId,
        verb: "sign_up",
      });
      return done({ personId });
    }),
  );
}

type Contacts = { phone: string | undefined; email: string | undefined };
function readContacts(input: { phone?: string | undefined; email?: string | undefined }): Outcome<Contacts> {
  const phone = input.phone ? rules.tidyPhone(input.phone) : undefined;
  if (input.phone && phone === undefined) return refuse("field.phone.invalid", "phone");
  const email = input.email ? rules.tidyEmail(input.email) : undefined;
  if (input.email && (email === undefined || !rules.isRealAddress(email)))
    return refuse("field.email.invalid", "email");
  return phone === undefined && email === undefined ? refuse("field.required", "contact") : done({ phone, email });
}

async function insertSignIn(
  deps: Use,
  tx: Tx,
  who: Contacts & { name: string; passwordHash: string | undefined },
): Promise<string> {
  const id = newId();
  const address = who.email ?? rules.signInAddress({ kind: "PHONE", value: who.phone ?? "" });
  await q.insertAuthUser(tx, {
    id,
    name: who.name,
    email: address,
    phone: who.phone,
    passwordHash: who.passwordHash,
    now: deps.clock.now(),
  });
  return id;
}

/** A phone number or e-mail belongs to one sign-in; the table decides when two register at once. */
async function keepUnlessTaken<T>(contacts: Contacts, work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await work();
  } catch (error) {
    const broken = brokenConstraint(error);
    if (broken === "user_email_key") return refuse("person.contact.taken", contacts.email ? "email" : "phone");
    if (broken === "user_phoneNumber_key") return refuse("person.contact.taken", "phone");
    throw error;
  }
}

const giveConsent = (
  deps: Use,
  tx: Tx,
  personId: string,
  purpose: rules.ConsentPurpose,
  channel: rules.ConsentChannel,
) =>
  q.insertConsent(tx, {
    id: newId(),
    personId,
    purpose,
    textVersion: rules.consentTextVersion,
    channel,
    at: deps.clock.now(),
  });

export type Registration = {
  name: string;
  phone: string | undefined;
  email: string | undefined;
  citizenId: string | undefined;
  language: Language;
  channel: "PAPER" | "PHONE";
};
/** An operator registers somebody who agreed on paper or by phone. With a number or address they may later set a password by a code. */
export async function registerPerson(
  deps: Use,
  actor: Actor,
  input: Registration,
): Promise<Outcome<{ personId: string }>> {
  if (!rules.mayRegister(actor)) return refuse("person.missing");
  const given = input.phone !== undefined || input.email !== undefined;
  const contacts = given ? readContacts(input) : done({ phone: undefined, email: undefined });
  if (!contacts.ok) return contacts;
  return keepUnlessTaken(contacts.value, () =>
    inTransaction(deps.db, async (tx) => {
      const id = newId();
      const authUserId = given
        ? await insertSignIn(deps, tx, { ...contacts.value, name: input.name, passwordHash: undefined })
        : undefined;
      await q.insertPerson(tx, {
        id,
        authUserId,
        name: input.name,
        ...contacts.value,
        language: input.language,
        registeredBy: actor.personId,
      });
      await giveConsent(deps, tx, id, "ACCOUNT", input.channel);
      if (input.citizenId) await keepCitizenId(deps, tx, id, input.citizenId);
      await recordEvent(tx, {
        at: deps.clock.now(),
        actorId: actor.personId,
        subject: "person",
        subjectId: id,
        verb: "register",
        detail: { channel: input.channel },
      });
      return done({ personId: id });
    }),
  );
}

/** Keeps a citizen id so that only the person's own key opens it. */
export async function keepCitizenId(
  deps: Pick<Deps, "secret">,
  tx: Tx,
  personId: string,
  citizenId: string,
): Promise<void> {
  let key = await q.personKey(tx, personId);
  if (!key) {
    key = newPersonKey(deps.secret);
    await q.insertPersonKey(tx, personId, key);
  }
  await q.saveCitizenId(tx, personId, sealFor(deps.secret, key, citizenId));
}
/** Undefined when there is none or its key was destroyed. */
export async function readCitizenId(deps: Pick<Deps, "secret">, db: Db, personId: string): Promise<string | undefined> {
  const [key, sealed] = [await q.personKey(db, personId), await q.citizenIdSealed(db, personId)];
  return key && sealed ? unsealFor(deps.secret, key, sealed) : undefined;
}

export const saveProfile = (
  deps: Use,
  actor: Actor,
  input: { name: string; language: Language; version: number },
): Promise<Outcome<null>> =>
  inTransaction(deps.db, async (tx) => {
    if (!(await q.savePerson(tx, actor.personId, input.version, input))) return refuse("record.stale");
    await q.saveAuthName(tx, actor.personId, input.name);
    await recordEvent(tx, {
      at: deps.clock.now(),
      actorId: actor.personId,
      subject: "person",
      subjectId: actor.personId,
      verb: "edit",
    });
    return done(null);
  });

/** Gives or takes back the consent to news; the consent to the account itself ends by erasure. */
export const setNewsConsent = (deps: Use, actor: Actor, agreed: boolean): Promise<Outcome<null>> =>
  inTransaction(deps.db, async (tx) => {
    const standing = (await q.consentsOf(tx, actor.personId)).some((c) => c.purpose === "NEWS" && !c.withdrawnAt);
    if (standing === agreed) return done(null);
    if (agreed) await giveConsent(deps, tx, actor.personId, "NEWS", "WEB");
    else await q.withdrawConsentRows(tx, actor.personId, deps.clock.now(), "NEWS");
    const verb = agreed ? "consent" : "withdraw_consent";
    await recordEvent(tx, {
      at: deps.clock.now(),
      actorId: actor.personId,
      subject: "person",
      subjectId: actor.personId,
      verb,
      detail: { purpose: "NEWS" },
    });
    return done(null);
  });

export const askErasure = (deps: Use, actor: Actor): Promise<Outcome<null>> =>
  inTransaction(deps.db, async (tx) => {
    const dueOn = addDays(localDay(deps.clock.now()), rules.erasureDays);
    if (!(await q.insertErasureRequest(tx, { id: newId(), personId: actor.personId, dueOn })))
      return refuse("person.erasure.asked");
    await recordEvent(tx, {
      at: deps.clock.now(),
      actorId: actor.personId,
      subject: "person",
      subjectId: actor.personId,
      verb: "ask_erasure",
    });
    return done(null);
  });

/** Clears what a higher feature keeps about a person; it gets the contacts before they are gone, to find what names no person. */
export type OnErase = (tx: Tx, person: ErasedPerson) => Promise<void>;
export type ErasedPerson = { id: string; phone: string | undefined; email: string | undefined };

/**
 * The office carries out what a person asked: name, contacts, sign-in and the key of the citizen id go, with messages to them, what others
 * wrote about them in accounts, and what higher features clear; contract facts and the history of events stay under the id.
 */
export async function erasePerson(
  deps: Use & Pick<Deps, "messages">,
  actor: Actor,
  personId: string,
  onErase: readonly OnErase[] = [],
): Promise<Outcome<null>> {
  const erased = await inTransaction(deps.db, async (tx) => {
    const [asked] = rules.mayErase(actor) ? await q.openErasureRequests(tx, personId) : [];
    const person = asked && (await q.personById(tx, personId));
    if (!person || personId === actor.personId) return refuse("person.missing");
    const now = deps.clock.now();
    for (const clear of onErase) await clear(tx, { id: personId, phone: person.phone, email: person.email });
    await q.withdrawConsentRows(tx, personId, now);
    const messageIds = await erasePersonRows(tx, personId, actor.personId, now, localDay(now));
    await recordEvent(tx, {
      at: now,
      actorId: actor.personId,
      subject: "person",
      subjectId: personId,
      verb: "erase",
    });
    return done(messageIds);
  });
  if (!erased.ok) return erased;
  await deps.messages.forget?.(erased.value);
  return done(null);
}
