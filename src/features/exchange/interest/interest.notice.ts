import type { Deps } from "../../../deps.ts";
import { inLanguage, type Language } from "../../../kernel/language.ts";
import type { Tx } from "../../../platform/database/database.ts";
import { noticeTo } from "./interest.queries.ts";
import type { Interest } from "./interest.rules.ts";
import { interestWords } from "./interest.words.ts";

type NoticeDeps = Pick<Deps, "messages" | "config">;

/** Tells the listing's owner that somebody asks; in the language of who wrote the listing; silent where the organisation gave no address. No contact leaves by mail. */
export async function tellOwner(
  deps: NoticeDeps,
  tx: Tx,
  interest: Interest,
  what: "forward" | "remind",
): Promise<void> {
  const { mail: recipient, language } = (await noticeTo(tx, interest.id)).owner;
  if (!recipient) return;
  const t = interestWords[language].notice;
  const address = `${deps.config.publicUrl}${inLanguage(language, `/khong-gian/quan-tam/${interest.code}`)}`;
  await deps.messages.send(tx, {
    channel: "MAIL",
    recipient,
    subject: t.subject(interest.code),
    body: (what === "forward" ? t.forwarded : t.reminded)(interest.listing.title, address),
  });
}

/** Tells the asker that there is an answer: by mail to an organisation, by SMS to a guest's phone. */
export async function tellAsker(deps: NoticeDeps, tx: Tx, interest: Interest): Promise<void> {
  const { mail: recipient, language } = (await noticeTo(tx, interest.id)).asker;
  const t = interestWords[language].notice;
  if (interest.guest) {
    const body = t.answeredGuest(interest.code, `${deps.config.publicUrl}${inLanguage(language, "/quan-tam/tra-cuu")}`);
    await deps.messages.send(tx, {
      channel: "SMS",
      recipient: interest.guest.phone,
      subject: t.subject(interest.code),
      body,
    });
    return;
  }
  if (!recipient) return;
  const body = t.answered(
    interest.listing.title,
    interestWords[language].state[interest.state],
    `${deps.config.publicUrl}${inLanguage(language, `/khong-gian/quan-tam/${interest.code}`)}`,
  );
  await deps.messages.send(tx, { channel: "MAIL", recipient, subject: t.subject(interest.code), body });
}

/** A guest gets the look-up code on the phone too, so that a lost page is not a lost answer. */
export async function tellLookupCode(
  deps: NoticeDeps,
  tx: Tx,
  of: { code: string; phone: string; lookupCode: string; language: Language },
): Promise<void> {
  const t = interestWords[of.language].notice;
  const address = `${deps.config.publicUrl}${inLanguage(of.language, "/quan-tam/tra-cuu")}`;
  await deps.messages.send(tx, {
    channel: "SMS",
    recipient: of.phone,
    subject: t.subject(of.code),
    body: t.lookup(of.code, of.lookupCode, address),
  });
}
