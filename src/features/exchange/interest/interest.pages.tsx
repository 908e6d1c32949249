import type { Actor } from "../../../kernel/actor.ts";
import type { Typed, Why } from "../../../kernel/form.ts";
import { inLanguage } from "../../../kernel/language.ts";
import type { HistoryEntry } from "../../../platform/history.ts";
import {
  Button,
  ErrorSummary,
  Form,
  SearchForm,
  SelectField,
  TextArea,
  TextField,
  TickField,
} from "../../../ui/form.tsx";
import { showInstant } from "../../../ui/format.ts";
import {
  ButtonLink,
  Card,
  Lead,
  Link,
  Muted,
  Notice,
  Problem,
  Row,
  Section,
  Text,
  Timeline,
  Title,
} from "../../../ui/parts.tsx";
import type { Published } from "../listing/listing.published.queries.ts";
import type { Contacts } from "./interest.contact.queries.ts";
import { type Base, ContactCard, ForwardCard, formOf, InterestFacts } from "./interest.parts.tsx";
import type { Broker } from "./interest.queries.ts";
import { type Interest, type InterestSide, reasonCodes, verbsFor } from "./interest.rules.ts";
import { interestWords } from "./interest.words.ts";

/** Somebody came without a listing: an interest is always about one. */
export function ChoosePage({ language }: Base) {
  const t = interestWords[language];
  return (
    <>
      <Title>{t.ask}</Title>
      <Lead>{t.chooseLead}</Lead>
      <SearchForm action={inLanguage(language, "/san")} label={t.chooseSearch}>
        <TextField
          form={formOf(language, {}, {})}
          name="tu-khoa"
          label={t.chooseWord}
          type="search"
          maxLength={200}
          required
        />
        <Button>{t.chooseSearch}</Button>
      </SearchForm>
      <Row>
        <ButtonLink href={inLanguage(language, "/san")} tone="plain">
          {t.browse}
        </ButtonLink>
        <ButtonLink href={inLanguage(language, "/nhu-cau")} tone="plain">
          {t.browseNeeds}
        </ButtonLink>
      </Row>
    </>
  );
}

/** The three questions; without an organisation to speak for, also who asks. */
export function AskPage(
  p: Base & { listing: Published; listingHref: string; organisation: string | undefined; typed: Typed; why: Why },
) {
  const t = interestWords[p.language];
  const form = formOf(p.language, p.typed, p.why);
  const title = p.listing.kind === "REQUEST" ? t.askRequest : t.ask;
  const labels = {
    cooperation: t.q1,
    missingInformation: t.q2,
    about: t.q3,
    name: t.name,
    phone: t.phone,
    organisation: t.organisation,
    consent: t.consent,
  };
  return (
    <>
      <Title over={<Link href={inLanguage(p.language, p.listingHref)}>{p.listing.title}</Link>}>{title}</Title>
      <Lead>{t.askLead}</Lead>
      <ErrorSummary form={form} labels={labels} />
      <Form action={inLanguage(p.language, "/quan-tam/moi")} hidden={{ tin: p.listing.shortCode }}>
        <TextArea form={form} name="cooperation" label={t.q1} hint={t.q1Hint} required />
        <TextArea form={form} name="missingInformation" label={t.q2} hint={t.q2Hint} required />
        <TextArea form={form} name="about" label={t.q3} hint={t.q3Hint} required />
        {p.organisation ? (
          <Muted>{t.asOrganisation(p.organisation)}</Muted>
        ) : (
          <Card title={t.guestTitle}>
            <Text>{t.guestLead}</Text>
            <TextField form={form} name="name" label={t.name} autoComplete="name" required />
            <TextField form={form} name="phone" label={t.phone} type="tel" autoComplete="tel" width="short" required />
            <TextField form={form} name="organisation" label={t.organisation} autoComplete="organization" />
            <TickField form={form} name="consent" label={t.consent} required />
          </Card>
        )}
        <Button>{t.send}</Button>
      </Form>
    </>
  );
}

export function LookupPage(
  p: Base & {
    newCode?: string | undefined;
    found?: Interest | undefined;
    contacts?: Contacts | undefined;
    typed: Typed;
    why: Why;
  },
) {
  const t = interestWords[p.language];
  const form = formOf(p.language, p.newCode ? { code: p.newCode } : p.typed, p.why);
  return (
    <>
      <Title>{t.lookup}</Title>
      {p.newCode && (
        <Notice tone="good">
          {t.sentDone} {t.yourCode}: <strong>{p.newCode}</strong>. {t.keepCode}
        </Notice>
      )}
      {p.found && (
        <Card title={p.found.listing.title}>
          <InterestFacts language={p.language} interest={p.found} side="GUEST" />
        </Card>
      )}
      {p.found && <ContactCard language={p.language} interest={p.found} side="GUEST" contacts={p.contacts} />}
      <Lead>{t.lookupLead}</Lead>
      <ErrorSummary form={form} labels={{ code: t.lookupCode }} />
      <Form action={inLanguage(p.language, "/quan-tam/tra-cuu")}>
        <TextField form={form} name="code" label={t.lookupCode} width="short" required />
        <Button>{t.lookupDo}</Button>
      </Form>
    </>
  );
}

function Answer({
  language,
  actor,
  interest,
  action,
  typed,
  why,
}: Base & { actor: Actor; interest: Interest; action: string; typed: Typed; why: Why }) {
  const t = interestWords[language];
  // Forwarding has its own card above this one.
  const verbs = verbsFor(actor, interest).filter((verb) => verb !== "open_deal" && verb !== "forward");
  if (verbs.length === 0) return null;
  const form = formOf(language, typed, why);
  return (
    <Card title={t.answer}>
      <ErrorSummary form={form} labels={{ reasonCode: t.reasonField, note: t.note }} />
      <Form action={inLanguage(language, action)} hidden={{ version: String(interest.version) }}>
        <TextArea form={form} name="note" label={t.note} rows={3} />
        {verbs.includes("decline") && (
          <SelectField
            form={form}
            name="reasonCode"
            label={t.reasonField}
            choices={reasonCodes.map((code) => ({ value: code, label: t.reason[code] }))}
          />
        )}
        <Row>
          {verbs.map((verb) => (
            <Button key={verb} name="verb" value={verb} tone={verb === "decline" ? "plain" : "primary"}>
              {t.verb[verb]}
            </Button>
          ))}
        </Row>
      </Form>
    </Card>
  );
}

export type InterestPageProps = Base & {
  actor: Actor;
  interest: Interest;
  side: InterestSide;
  contacts: Contacts | undefined;
  history: HistoryEntry[];
  brokers: Broker[];
  typed: Typed;
  why: Why;
};
/** One interest, for either side and for whoever screens it. */
export function InterestPage(p: InterestPageProps) {
  const t = interestWords[p.language];
  const base = p.side === "SCREENER" ? "/van-phong/quan-tam" : "/khong-gian/quan-tam";
  const verbs = verbsFor(p.actor, p.interest);
  const words = t.verb as Record<string, string>;
  return (
    <>
      <Title over={<Link href={inLanguage(p.language, base)}>{p.side === "SCREENER" ? t.queue : t.mine}</Link>}>
        {p.interest.listing.title}
      </Title>
      <Problem language={p.language} own={t.why} why={p.why[""]} />
      <Card>
        <InterestFacts language={p.language} interest={p.interest} side={p.side} />
      </Card>
      <ContactCard language={p.language} interest={p.interest} side={p.side} contacts={p.contacts} />
      {verbs.includes("forward") && (
        <ForwardCard language={p.language} interest={p.interest} action={`${base}/${p.interest.code}`} />
      )}
      <Answer
        language={p.language}
        actor={p.actor}
        interest={p.interest}
        action={`${base}/${p.interest.code}`}
        typed={p.typed}
        why={p.why[""] ? {} : p.why}
      />
      {p.brokers.length > 0 && verbs.length > 0 && (
        <Card title={t.assign}>
          <Form
            action={inLanguage(p.language, `/van-phong/quan-tam/${p.interest.code}/moi-gioi`)}
            hidden={{ version: String(p.interest.version) }}
          >
            <SelectField
              form={formOf(p.language, p.interest.brokerId ? { broker: p.interest.brokerId } : {}, {})}
              name="broker"
              label={t.broker}
              choices={p.brokers.map((b) => ({ value: b.id, label: b.name }))}
              required
            />
            <Button tone="plain">{t.assign}</Button>
          </Form>
        </Card>
      )}
      {verbs.includes("open_deal") && (
        <ButtonLink href={inLanguage(p.language, `/khong-gian/giao-dich/moi?quan-tam=${p.interest.code}`)}>
          {t.openDeal}
        </ButtonLink>
      )}
      {p.interest.state === "ACCEPTED" && p.interest.guest && <Notice>{t.guestDeal}</Notice>}
      {p.interest.dealCode && p.side !== "SCREENER" && (
        <ButtonLink href={inLanguage(p.language, `/giao-dich/${p.interest.dealCode}`)}>{t.seeDeal}</ButtonLink>
      )}
      <Section title={t.history}>
        <Timeline
          entries={p.history.map((e) => ({ key: e.id, when: showInstant(e.at), what: words[e.verb] ?? e.verb }))}
        />
      </Section>
    </>
  );
}
