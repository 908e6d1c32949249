import { addDays, localDay } from "../../../kernel/clock.ts";
import type { Typed, Why } from "../../../kernel/form.ts";
import { inLanguage, type Language } from "../../../kernel/language.ts";
import { Button, Form, type FormState } from "../../../ui/form.tsx";
import { showDay, showInstant } from "../../../ui/format.ts";
import { Badge, Card, Facts, Notice, Text, type Tone } from "../../../ui/parts.tsx";
import type { Contact, Contacts } from "./interest.contact.queries.ts";
import {
  closeAfterDays,
  type Interest,
  type InterestSide,
  type InterestState,
  isAnswered,
  showsContact,
  showsOwner,
} from "./interest.rules.ts";
import { interestWords } from "./interest.words.ts";

/** Pieces that the pages of interests share. */

export type Base = { language: Language };
const tones: Record<InterestState, Tone> = {
  NEW: "info",
  SCREENED: "info",
  FORWARDED: "wait",
  ACCEPTED: "good",
  DECLINED: "bad",
  NO_ANSWER: "plain",
  DEAL_OPENED: "good",
};
export const State = ({ language, state }: Base & { state: InterestState }) => (
  <Badge tone={tones[state]}>{interestWords[language].state[state]}</Badge>
);

export const formOf = (language: Language, typed: Typed, why: Why): FormState => ({
  language,
  typed,
  why,
  own: interestWords[language].why,
});

export function InterestFacts({
  language,
  interest,
  side,
}: Base & { interest: Interest; side: InterestSide | "GUEST" }) {
  const t = interestWords[language];
  const guest = interest.guest;
  return (
    <Facts
      of={[
        [t.code, interest.code],
        [t.status, <State language={language} state={interest.state} />],
        [t.when, showInstant(interest.createdAt)],
        [t.to, showsOwner(side, interest) ? interest.to.name : t.hiddenOwner],
        [t.from, interest.from?.name ?? guest?.organisation ?? (side === "OWNER" ? undefined : guest?.name)],
        [t.contact, guest && (showsContact(side, interest) ? `${guest.name}, ${guest.phone}` : t.anonymousYet)],
        [
          t.deadline,
          interest.state === "FORWARDED" &&
            interest.forwardedAt &&
            showDay(addDays(localDay(interest.forwardedAt), closeAfterDays)),
        ],
        [t.screenNote, side === "SCREENER" && interest.screeningNote],
        [t.reasonField, interest.reasonCode && t.reason[interest.reasonCode]],
        [t.note, interest.reasonNote],
        [t.q1, interest.cooperation],
        [t.q2, interest.missingInformation],
        [t.q3, interest.about],
      ]}
    />
  );
}

/** After they agreed to talk: whom to call, and what happens next. */
export function ContactCard({
  language,
  interest,
  side,
  contacts,
}: Base & { interest: Interest; side: InterestSide | "GUEST"; contacts: Contacts | undefined }) {
  const t = interestWords[language];
  if (!contacts || !isAnswered(interest) || side === "SCREENER") return null;
  const fields = (contact: Contact): [string, string | undefined][] => [
    [t.contactOrganisation, contact.organisation],
    [t.contactPerson, contact.person],
    [t.phone, contact.phones.join("\n") || undefined],
    [t.mail, contact.mails.join("\n") || undefined],
  ];
  const sides: [string, Contact][] = [[t.to, contacts.owner]];
  if (contacts.asker && side !== "GUEST") sides.push([t.from, contacts.asker]);
  return (
    <Card title={t.contactTitle} id="lien-he">
      <Text>{side === "GUEST" || interest.guest ? t.nextGuest : t.nextMember}</Text>
      {sides.map(([title, contact]) => (
        <Card key={title} title={title}>
          <Facts of={fields(contact)} />
        </Card>
      ))}
    </Card>
  );
}

/** Screened is not forwarded: the other side knows nothing until this button. */
export function ForwardCard({ language, interest, action }: Base & { interest: Interest; action: string }) {
  const t = interestWords[language];
  return (
    <Card title={t.verb.forward} id="chuyen">
      <Notice tone="wait">{t.notForwarded}</Notice>
      <Form action={inLanguage(language, action)} hidden={{ version: String(interest.version) }}>
        <Button name="verb" value="forward">
          {t.verb.forward}
        </Button>
      </Form>
    </Card>
  );
}
