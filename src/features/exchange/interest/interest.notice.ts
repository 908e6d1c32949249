import type { Deps } from "../../../deps.ts";
import type { Tx } from "../../../platform/database/database.ts";
import { mailOf } from "./interest.queries.ts";
import type { Interest } from "./interest.rules.ts";
import { interestWords } from "./interest.words.ts";

type NoticeDeps = Pick<Deps, "messages" | "config">;

/** Tells the listing's owner that somebody asks; silent where the organisation gave no address. No contact leaves by mail. */
export async function tellOwner(
  deps: NoticeDeps,
  tx: Tx,
  interest: Interest,
  what: "forward" | "remind",
): Promise<void> {
  const recipient = await mailOf(tx, interest.to.id);
  if (!recipient) return;
  const t = interestWords.vi.notice;
  const address = `${deps.config.publicUrl}/khong-gian/quan-tam/${interest.code}`;
  await deps.messages.send(tx, {
    channel: "MAIL",
    recipient,
    subject: t.subject(interest.code),
    body: (what === "forward" ? t.forwarded : t.reminded)(interest.listing.title, address),
  });
}

/** Tells the asker that there is an answer: by mail to an organisation, by SMS to a guest's phone. */
export async function tellAsker(deps: NoticeDeps, tx: Tx, interest: Interest): Promise<void> {
  const t = interestWords.vi.notice;
  if (interest.guest) {
    const body = t.answeredGuest(interest.code, `${deps.config.publicUrl}/quan-tam/tra-cuu`);
    await deps.messages.send(tx, {
      channel: "SMS",
      recipient: interest.guest.phone,
      subject: t.subject(interest.code),
      body,
    });
    return;
  }
  const recipient = interest.from && (await mailOf(tx, interest.from.id));
  if (!recipient) return;
  const body = t.answered(
    interest.listing.title,
    interestWords.vi.state[interest.state],
    `${deps.config.publicUrl}/khong-gian/quan-tam/${interest.code}`,
  );
  await deps.messages.send(tx, { channel: "MAIL", recipient, subject: t.subject(interest.code), body });
}
