import type { Why } from "../../../kernel/form.ts";
import type { Language } from "../../../kernel/language.ts";
import { inLanguage } from "../../../kernel/language.ts";
import { Button, ErrorSummary, Form, type FormState, TextField, TickField } from "../../../ui/form.tsx";
import { Card, Lead, Link, Muted, Notice, Row, Stack, Title } from "../../../ui/parts.tsx";
import { passwordMax } from "../person/person.rules.ts";
import { sessionWords } from "./session.words.ts";

type P = { form: FormState };
const wordsOf = (language: Language) => sessionWords[language];
/** A form's state with this noun's sentences. */
export const sessionForm = (language: Language, typed: FormState["typed"] = {}, why: Why = {}): FormState => ({
  language,
  typed,
  why,
  own: sessionWords[language].why,
});

const PasswordField = ({
  form,
  name = "password",
  label,
  isNew,
}: P & { name?: string; label: string; isNew?: boolean }) => (
  <TextField
    form={form}
    name={name}
    label={label}
    type="password"
    required
    autoComplete={isNew ? "new-password" : "current-password"}
    maxLength={passwordMax}
    hint={isNew ? wordsOf(form.language).passwordHint : undefined}
  />
);

export function SignUpPage({ form, next }: P & { next: string | undefined }) {
  const t = wordsOf(form.language);
  const labels = { name: t.name, contact: t.contact, password: t.password };
  return (
    <>
      <Title>{t.signUp}</Title>
      <Lead>{t.signUpLead}</Lead>
      <ErrorSummary form={form} labels={labels} />
      <Card>
        <Form action={inLanguage(form.language, "/dang-ky")} hidden={next ? { tiep: next } : {}}>
          <TextField form={form} name="name" label={t.name} required autoComplete="name" maxLength={120} />
          <TextField
            form={form}
            name="contact"
            label={t.contact}
            hint={t.contactHint}
            required
            autoComplete="username"
            maxLength={200}
          />
          <PasswordField form={form} label={t.password} isNew />
          <TickField form={form} name="consent" label={t.consent} hint={t.consentHint} required />
          <TickField form={form} name="news" label={t.news} />
          <Button>{t.signUp}</Button>
        </Form>
      </Card>
      <Link href={inLanguage(form.language, "/dang-nhap")}>{t.haveAccount}</Link>
    </>
  );
}

export function SignInPage({ form, next, isReset }: P & { next: string | undefined; isReset?: boolean }) {
  const t = wordsOf(form.language);
  return (
    <>
      <Title>{t.signIn}</Title>
      {isReset && <Notice tone="good">{t.resetDone}</Notice>}
      <ErrorSummary form={form} labels={{ contact: t.contact, password: t.password }} />
      <Card>
        <Form action={inLanguage(form.language, "/dang-nhap")} hidden={next ? { tiep: next } : {}}>
          <TextField
            form={form}
            name="contact"
            label={t.contact}
            hint={t.contactHint}
            required
            autoComplete="username webauthn"
            maxLength={200}
          />
          <PasswordField form={form} label={t.password} />
          <Button>{t.signIn}</Button>
        </Form>
      </Card>
      <PasskeyDoor language={form.language} next={next} />
      <Stack>
        <Link href={inLanguage(form.language, "/quen-mat-khau")}>{t.forgot}</Link>
        <Link href={inLanguage(form.language, "/dang-ky")}>{t.noAccount}</Link>
      </Stack>
    </>
  );
}

/** Shown by the script where the browser knows passkeys. */
const PasskeyDoor = ({ language, next }: { language: Language; next: string | undefined }) => (
  <div data-passkey="dang-nhap" data-next={inLanguage(language, next ?? "/khong-gian")} hidden>
    <Card>
      <Form action={inLanguage(language, "/dang-nhap")}>
        <Row>
          <Button tone="plain">{wordsOf(language).passkeyUse}</Button>
          <Muted>{wordsOf(language).passkeyHint}</Muted>
        </Row>
      </Form>
      <div data-passkey-problem hidden>
        <Notice tone="bad">{wordsOf(language).passkeyFailed}</Notice>
      </div>
    </Card>
  </div>
);

export function SecondFactorPage({ form, next }: P & { next: string | undefined }) {
  const t = wordsOf(form.language);
  return (
    <>
      <Title>{t.secondStep}</Title>
      <Lead>{t.secondStepLead}</Lead>
      <ErrorSummary form={form} labels={{ code: t.code }} />
      <Card>
        <Form action={inLanguage(form.language, "/dang-nhap/ma-xac-thuc")} hidden={next ? { tiep: next } : {}}>
          <TextField
            form={form}
            name="code"
            label={t.code}
            required
            autoComplete="one-time-code"
            maxLength={40}
            width="short"
          />
          <Button>{t.confirm}</Button>
        </Form>
      </Card>
      <Link href={inLanguage(form.language, "/dang-nhap")}>{t.signIn}</Link>
    </>
  );
}

export function ForgotPage({ form }: P) {
  const t = wordsOf(form.language);
  return (
    <>
      <Title>{t.forgotTitle}</Title>
      <Lead>{t.forgotLead}</Lead>
      <ErrorSummary form={form} labels={{ contact: t.contact }} />
      <Card>
        <Form action={inLanguage(form.language, "/quen-mat-khau")}>
          <TextField
            form={form}
            name="contact"
            label={t.contact}
            hint={t.contactHint}
            required
            autoComplete="username"
            maxLength={200}
          />
          <Button>{t.send}</Button>
        </Form>
      </Card>
    </>
  );
}

/** After a link (token) or after an SMS (phone and code). */
export function ResetPage({
  form,
  token,
  phone,
  isSent,
}: P & { token?: string | undefined; phone?: string | undefined; isSent?: boolean }) {
  const t = wordsOf(form.language);
  return (
    <>
      <Title>{t.resetTitle}</Title>
      {isSent && <Notice tone="info">{t.smsSent}</Notice>}
      <ErrorSummary form={form} labels={{ code: t.smsCode, password: t.newPassword }} />
      <Card>
        <Form
          action={inLanguage(form.language, "/dat-lai-mat-khau")}
          hidden={token ? { ma: token } : { phone: phone ?? "" }}
        >
          {!token && (
            <TextField
              form={form}
              name="code"
              label={t.smsCode}
              required
              autoComplete="one-time-code"
              inputMode="numeric"
              maxLength={10}
              width="short"
            />
          )}
          <PasswordField form={form} label={t.newPassword} isNew />
          <Button>{t.resetTitle}</Button>
        </Form>
      </Card>
      <Link href={inLanguage(form.language, "/quen-mat-khau")}>{t.forgotTitle}</Link>
    </>
  );
}

export const MailSentPage = ({ language }: { language: Language }) => (
  <>
    <Title>{wordsOf(language).forgotTitle}</Title>
    <Notice tone="info">{wordsOf(language).mailSent}</Notice>
    <Link href={inLanguage(language, "/dang-nhap")}>{wordsOf(language).signIn}</Link>
  </>
);
