import { createHmac, randomInt } from "node:crypto";
import type { Deps } from "../../../deps.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { done, type Outcome, refuse } from "../../../kernel/outcome.ts";
import { inTransaction } from "../../../platform/database/database.ts";
import { recordEvent } from "../../../platform/events.ts";
import { confirmContactRow, keepContactCode, takeContactCode } from "./contact.queries.ts";
import { contactWords } from "./contact.words.ts";
import { personById } from "./person.queries.ts";
import { unconfirmedContact } from "./person.rules.ts";

type Use = Pick<Deps, "db" | "clock" | "secret" | "messages">;
export const contactCodeMinutes = 30;

const hmacOf = (deps: Use, personId: string, code: string): Buffer =>
  createHmac("sha256", deps.secret).update(`contact code\n${personId}\n${code}`).digest();

/** Sends six digits to the first number or address of a person that is not proven yet. */
export const sendContactCode = (deps: Use, personId: string): Promise<Outcome<null>> =>
  inTransaction(deps.db, async (tx) => {
    const person = await personById(tx, personId);
    const contact = person && unconfirmedContact(person);
    if (!person || !contact) return refuse("person.contact.confirmed");
    const code = String(randomInt(1_000_000)).padStart(6, "0");
    const expiresAt = new Date(deps.clock.now().getTime() + contactCodeMinutes * 60_000);
    await keepContactCode(tx, personId, { contact: contact.value, hmac: hmacOf(deps, personId, code), expiresAt });
    const t = contactWords[person.language];
    await deps.messages.send(tx, {
      channel: contact.kind === "MAIL" ? "MAIL" : "SMS",
      recipient: contact.value,
      subject: t.subject,
      body: (contact.kind === "MAIL" ? t.mail : t.sms)(code, contactCodeMinutes),
    });
    return done(null);
  });

/** Who types the code that was sent has proven that the number or address is theirs. */
export const confirmContact = (deps: Use, actor: Actor, code: string): Promise<Outcome<null>> =>
  inTransaction(deps.db, async (tx) => {
    const now = deps.clock.now();
    const hmac = hmacOf(deps, actor.personId, code);
    const contact = await takeContactCode(tx, actor.personId, { hmac, now });
    if (!contact || !(await confirmContactRow(tx, actor.personId, contact, now)))
      return refuse("person.contact.code_wrong", "code");
    await recordEvent(tx, {
      at: now,
      actorId: actor.personId,
      subject: "person",
      subjectId: actor.personId,
      verb: "confirm_contact",
      detail: { channel: contact.includes("@") ? "MAIL" : "SMS" },
    });
    return done(null);
  });
