import { localDay } from "../../../kernel/clock.ts";
import type { Typed, Why } from "../../../kernel/form.ts";
import { inLanguage, type Language, languages } from "../../../kernel/language.ts";
import {
  Button,
  ErrorSummary,
  Form,
  type FormState,
  RadioField,
  SelectField,
  TextField,
  TickField,
} from "../../../ui/form.tsx";
import { showDay, showInstant } from "../../../ui/format.ts";
import { Badge, ButtonLink, Card, Empty, Facts, Lead, Muted, Notice, Table, Text, Title } from "../../../ui/parts.tsx";
import { contactWords } from "./contact.words.ts";
import type { Consent, ErasureRequest } from "./person.queries.ts";
import { type Person, unconfirmedContact } from "./person.rules.ts";
import { personWords } from "./person.words.ts";

export const personForm = (language: Language, typed: Typed = {}, why: Why = {}): FormState => ({
  language,
  typed,
  why,
  own: personWords[language].why,
});
const languageChoices = (language: Language) =>
  languages.map((value) => ({ value, label: personWords[language].languages[value] }));
const wordOf = (words: Readonly<Record<string, string>>, key: string): string => words[key] ?? key;

export type ProfileView = {
  form: FormState;
  person: Person;
  consents: readonly Consent[];
  erasureDue: string | undefined;
  isSaved: boolean;
  refused: "profile" | "contact" | "erasure" | undefined;
};
export function ProfilePage(v: ProfileView) {
  const { language } = v.form;
  const t = personWords[language];
  const { person } = v;
  const typed: Typed = { name: person.name, language: person.language };
  const form = v.refused === "profile" ? v.form : personForm(language, typed);
  return (
    <>
      <Title>{t.profile}</Title>
      {v.isSaved && <Notice tone="good">{t.saved}</Notice>}
      <ErrorSummary form={v.form} labels={{ name: t.name, code: contactWords[language].code, sure: t.erasureAsk }} />
      <Card>
        <Form action={inLanguage(language, "/khong-gian/ho-so")} hidden={{ version: String(person.version) }}>
          <TextField form={form} name="name" label={t.name} required maxLength={120} autoComplete="name" />
          <SelectField
            form={form}
            name="language"
            label={t.language}
            required
            empty={false}
            choices={languageChoices(language)}
          />
          <Button>{t.save}</Button>
        </Form>
        <Facts
          of={[
            [t.phone, person.phone && withState(language, person.phone, person.phoneConfirmedAt)],
            [t.email, person.email && withState(language, person.email, person.emailConfirmedAt)],
          ]}
        />
        <Muted>{t.contactNote}</Muted>
      </Card>
      <ContactCard {...v} />
      <ConsentsCard language={language} consents={v.consents} />
      <DataCard {...v} />
    </>
  );
}

const withState = (language: Language, contact: string, confirmedAt: Date | undefined): string =>
  `${contact} (${confirmedAt ? contactWords[language].confirmed : contactWords[language].unconfirmed})`;

/** Absent once everything is proven. */
function ContactCard({ form, person, refused }: ProfileView) {
  const { language } = form;
  const t = contactWords[language];
  const contact = unconfirmedContact(person);
  if (!contact) return null;
  return (
    <Card title={t.title} id="lien-he">
      <Text>{t.lead(contact.value)}</Text>
      <Form action={inLanguage(language, "/khong-gian/ho-so/lien-he")}>
        <TextField
          form={refused === "contact" ? form : personForm(language)}
          name="code"
          label={t.code}
          maxLength={12}
          width="short"
          autoComplete="one-time-code"
          required
        />
        <Button>{t.confirm}</Button>
      </Form>
      <Form action={inLanguage(language, "/khong-gian/ho-so/lien-he/gui-lai")}>
        <Button tone="plain">{t.resend}</Button>
      </Form>
    </Card>
  );
}

function ConsentsCard({ language, consents }: { language: Language; consents: readonly Consent[] }) {
  const t = personWords[language];
  const hasNews = consents.some((c) => c.purpose === "NEWS" && !c.withdrawnAt);
  return (
    <Card title={t.consents} id="dong-y">
      <Table
        caption={t.consents}
        rows={consents}
        keyOf={(c) => c.id}
        columns={[
          { head: t.consents, cell: (c) => wordOf(t.purposes, c.purpose) },
          { head: t.given, cell: (c) => `${showInstant(c.givenAt)} (${wordOf(t.channels, c.channel)})` },
          { head: t.version, cell: (c) => c.textVersion },
          { head: t.withdrawn, cell: (c) => c.withdrawnAt && showInstant(c.withdrawnAt) },
        ]}
      />
      <Form action={inLanguage(language, "/khong-gian/ho-so/nhan-tin")} hidden={{ agreed: hasNews ? "no" : "yes" }}>
        <Button tone="plain">{hasNews ? t.newsWithdraw : t.newsGive}</Button>
      </Form>
    </Card>
  );
}

function DataCard({ form, erasureDue, refused }: ProfileView) {
  const { language } = form;
  const t = personWords[language];
  return (
    <Card title={t.myData} id="du-lieu">
      <Text>{t.exportLead}</Text>
      <ButtonLink tone="plain" href={inLanguage(language, "/khong-gian/ho-so/du-lieu.json")}>
        {t.export}
      </ButtonLink>
      <Text>{t.erasureLead}</Text>
      {erasureDue ? (
        <Notice tone="wait">{t.erasureDue(showDay(erasureDue))}</Notice>
      ) : (
        <Form action={inLanguage(language, "/khong-gian/ho-so/xoa")}>
          <TickField form={refused === "erasure" ? form : personForm(language)} name="sure" label={t.erasureSure} />
          <Button tone="danger">{t.erasureAsk}</Button>
        </Form>
      )}
    </Card>
  );
}

export type PeopleView = {
  form: FormState;
  registered: string | undefined;
  mayRegister: boolean;
  erasures: readonly ErasureRequest[];
  mayErase: boolean;
};
/** The office's page about people: registering with consent, and requests for erasure. */
export function PeoplePage(v: PeopleView) {
  const { language } = v.form;
  const t = personWords[language];
  return (
    <>
      <Title>{t.people}</Title>
      {v.registered && <Notice tone="good">{t.registered(v.registered)}</Notice>}
      <ErrorSummary
        form={v.form}
        labels={{ name: t.name, phone: t.phone, email: t.email, citizenId: t.citizenId, channel: t.channel }}
      />
      {v.mayRegister && <RegisterCard form={v.form} />}
      {v.mayErase && (
        <Card title={t.erasures}>
          {v.erasures.length === 0 ? (
            <Empty>{t.erasuresNone}</Empty>
          ) : (
            <Table
              caption={t.erasures}
              rows={v.erasures}
              keyOf={(r) => r.id}
              columns={[
                { head: t.name, cell: (r) => r.name },
                { head: t.asked, cell: (r) => showDay(localDay(r.askedAt)) },
                { head: t.due, cell: (r) => <Badge tone="wait">{showDay(r.dueOn)}</Badge> },
                {
                  head: t.erase,
                  cell: (r) => (
                    <Form action={inLanguage(language, `/van-phong/nguoi-dung/${r.personId}/xoa`)} label={t.erase}>
                      <Button tone="danger">{t.erase}</Button>
                    </Form>
                  ),
                },
              ]}
            />
          )}
        </Card>
      )}
    </>
  );
}
function RegisterCard({ form }: { form: FormState }) {
  const t = personWords[form.language];
  return (
    <Card title={t.register}>
      <Lead>{t.registerLead}</Lead>
      <Form action={inLanguage(form.language, "/van-phong/nguoi-dung")}>
        <TextField form={form} name="name" label={t.name} required maxLength={120} />
        <TextField form={form} name="phone" label={t.phone} type="tel" maxLength={40} width="short" />
        <TextField form={form} name="email" label={t.email} type="email" maxLength={200} />
        <TextField
          form={form}
          name="citizenId"
          label={t.citizenId}
          hint={t.citizenIdHint}
          inputMode="numeric"
          maxLength={20}
          width="short"
        />
        <SelectField
          form={form}
          name="language"
          label={t.language}
          required
          empty={false}
          choices={languageChoices(form.language)}
        />
        <RadioField
          form={form}
          name="channel"
          label={t.channel}
          required
          choices={[
            { value: "PAPER", label: t.channels.PAPER, hint: t.paperHint },
            { value: "PHONE", label: t.channels.PHONE },
          ]}
        />
        <TickField form={form} name="consent" label={t.consentSeen} />
        <Button>{t.register}</Button>
      </Form>
    </Card>
  );
}
