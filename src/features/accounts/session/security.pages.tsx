import { renderSVG } from "uqr";
import { inLanguage, type Language } from "../../../kernel/language.ts";
import type { FormState } from "../../../ui/form.tsx";
import { Button, ErrorSummary, Form, TextField } from "../../../ui/form.tsx";
import { showInstant } from "../../../ui/format.ts";
import {
  Badge,
  Card,
  Drawing,
  Empty,
  Facts,
  Link,
  Muted,
  Notice,
  Row,
  Table,
  Text,
  Title,
} from "../../../ui/parts.tsx";
import { passwordMax } from "../person/person.rules.ts";
import { securityWords } from "./security.words.ts";
import type { OpenSession, Passkey } from "./session.queries.ts";
import { sessionWords } from "./session.words.ts";

export type SecurityView = {
  form: FormState;
  /** Which form was refused, so that its faults show at its own fields. */
  refused?: "password" | "totp" | "backup" | undefined;
  notice?: "passwordDone" | "totpDone" | "totpEnded" | "done" | "needed" | undefined;
  hasTotp: boolean;
  sessions: readonly OpenSession[];
  currentToken: string | undefined;
  passkeys: readonly Passkey[];
  backupCodes?: readonly string[] | undefined;
};

const root = (language: Language, rest = "") => inLanguage(language, `/khong-gian/bao-mat${rest}`);
const blank = (form: FormState): FormState => ({ ...form, typed: {}, why: {} });

const Password = ({ form, name, label, isNew }: { form: FormState; name: string; label: string; isNew?: boolean }) => (
  <TextField
    form={form}
    name={name}
    label={label}
    type="password"
    required
    autoComplete={isNew ? "new-password" : "current-password"}
    maxLength={passwordMax}
    hint={isNew ? sessionWords[form.language].passwordHint : undefined}
  />
);

export function SecurityPage(v: SecurityView) {
  const { language } = v.form;
  const t = securityWords[language];
  const s = sessionWords[language];
  return (
    <>
      <Title>{t.title}</Title>
      {v.notice && <Notice tone={v.notice === "needed" ? "wait" : "good"}>{t[v.notice]}</Notice>}
      <ErrorSummary
        form={v.form}
        labels={{ currentPassword: s.currentPassword, password: s.newPassword, code: t.code }}
      />
      <Card title={t.totp} id="hai-buoc">
        <TotpPart {...v} />
      </Card>
      <Card title={t.passkeys} id="khoa">
        <PasskeyPart {...v} />
      </Card>
      <Card title={t.password} id="mat-khau">
        <Form action={root(language, "/mat-khau")}>
          <Password
            form={v.refused === "password" ? v.form : blank(v.form)}
            name="currentPassword"
            label={s.currentPassword}
          />
          <Password
            form={v.refused === "password" ? v.form : blank(v.form)}
            name="password"
            label={s.newPassword}
            isNew
          />
          <Button>{t.password}</Button>
        </Form>
      </Card>
      <Card title={t.sessions} id="phien">
        <SessionsPart {...v} />
      </Card>
    </>
  );
}

function TotpPart(v: SecurityView) {
  const { language } = v.form;
  const t = securityWords[language];
  const form = v.refused === "totp" ? v.form : blank(v.form);
  if (!v.hasTotp)
    return (
      <>
        <Text>{t.totpOff}</Text>
        <Form action={root(language, "/ung-dung")}>
          <Password form={form} name="currentPassword" label={sessionWords[language].currentPassword} />
          <Button>{t.totpBegin}</Button>
        </Form>
      </>
    );
  return (
    <>
      <Text>
        <Badge tone="good">{t.totpOn}</Badge>
      </Text>
      {v.backupCodes && <BackupCodes language={language} codes={v.backupCodes} />}
      <Form action={root(language, "/ma-du-phong")} label={t.backupNew}>
        <Password
          form={v.refused === "backup" ? v.form : blank(v.form)}
          name="currentPassword"
          label={sessionWords[language].currentPassword}
        />
        <Row>
          <Button tone="plain">{t.backupNew}</Button>
        </Row>
      </Form>
      <Form action={root(language, "/ung-dung/tat")} label={t.totpEnd}>
        <Password form={form} name="currentPassword" label={sessionWords[language].currentPassword} />
        <Button tone="danger">{t.totpEnd}</Button>
      </Form>
    </>
  );
}

const BackupCodes = ({ language, codes }: { language: Language; codes: readonly string[] }) => (
  <Notice tone="wait">
    <strong>{securityWords[language].backupCodes}</strong>
    <Text>{codes.join("\n")}</Text>
    <Muted>{securityWords[language].backupHint}</Muted>
  </Notice>
);

/** Shown once: the key for the app and the backup codes, and the field that proves the app has the key. */
export function EnrolPage({
  form,
  secret,
  uri,
  codes,
}: {
  form: FormState;
  secret: string;
  uri: string;
  codes: readonly string[];
}) {
  const { language } = form;
  const t = securityWords[language];
  return (
    <>
      <Title>{t.totpBegin}</Title>
      <ErrorSummary form={form} labels={{ code: t.code }} />
      <Card>
        <Text>{t.totpSteps}</Text>
        <Drawing svg={renderSVG(uri)} alt={t.openInApp} size={200} />
        <Facts of={[[t.key, secret.match(/.{1,4}/g)?.join(" ")]]} />
        <Text>
          <Link href={uri}>{t.openInApp}</Link>
        </Text>
        <Form action={root(language, "/ung-dung/xac-nhan")} hidden={{ uri }}>
          {codes.map((code) => (
            <input key={code} type="hidden" name="codes[]" value={code} />
          ))}
          <TextField
            form={form}
            name="code"
            label={t.code}
            required
            autoComplete="one-time-code"
            inputMode="numeric"
            maxLength={10}
            width="short"
          />
          <Button>{sessionWords[language].confirm}</Button>
        </Form>
      </Card>
      <BackupCodes language={language} codes={codes} />
    </>
  );
}

function PasskeyPart({ form, passkeys }: SecurityView) {
  const { language } = form;
  const t = securityWords[language];
  return (
    <>
      <Text>{t.passkeysHint}</Text>
      {passkeys.length === 0 ? (
        <Empty>{t.passkeyNone}</Empty>
      ) : (
        passkeys.map((passkey) => (
          <Form key={passkey.id} action={root(language, `/khoa/${passkey.id}`)}>
            <Row>
              <span>{passkey.name ?? t.passkeyUnnamed}</span>
              {passkey.createdAt && <Muted>{showInstant(passkey.createdAt)}</Muted>}
              <Button tone="quiet">{t.remove}</Button>
            </Row>
          </Form>
        ))
      )}
      <div data-passkey="them" data-next={root(language)} hidden>
        <Form action={root(language)}>
          <TextField form={blank(form)} name="passkeyName" label={t.passkeyName} maxLength={60} />
          <Button tone="plain">{t.passkeyAdd}</Button>
        </Form>
        <div data-passkey-problem hidden>
          <Notice tone="bad">{t.passkeyFailed}</Notice>
        </div>
      </div>
    </>
  );
}

function SessionsPart({ form, sessions, currentToken }: SecurityView) {
  const { language } = form;
  const t = securityWords[language];
  return (
    <>
      <Table
        caption={t.sessions}
        rows={sessions}
        keyOf={(s) => s.id}
        columns={[
          {
            head: t.device,
            cell: (s) => (
              <>
                {deviceOf(s.userAgent) ?? t.unknownDevice}{" "}
                {s.token === currentToken && <Badge tone="info">{t.thisDevice}</Badge>}{" "}
                {s.secondFactor && <Badge tone="good">{t.twoSteps}</Badge>}
              </>
            ),
          },
          { head: t.since, cell: (s) => showInstant(s.createdAt) },
          { head: t.until, cell: (s) => showInstant(s.expiresAt) },
          {
            head: t.end,
            cell: (s) => (
              <Form action={root(language, `/phien/${s.id}`)} label={t.end}>
                <Button tone="quiet">{t.end}</Button>
              </Form>
            ),
          },
        ]}
      />
      {sessions.length > 1 && (
        <Form action={root(language, "/phien-khac")}>
          <Button tone="plain">{t.endOthers}</Button>
        </Form>
      )}
    </>
  );
}

/** The browser and system out of a user agent, as far as people care. */
function deviceOf(agent: string | undefined): string | undefined {
  if (!agent) return undefined;
  const browser = /(Edg|OPR|coc_coc_browser|Firefox|CriOS|Chrome|Safari)\//.exec(agent)?.[1];
  const system = /(Android|iPhone|iPad|Windows|Mac OS X|Linux)/.exec(agent)?.[1];
  const names: Record<string, string> = {
    Edg: "Edge",
    OPR: "Opera",
    coc_coc_browser: "Cốc Cốc",
    CriOS: "Chrome",
    "Mac OS X": "macOS",
  };
  const parts = [browser, system].filter((part) => part !== undefined).map((part) => names[part] ?? part);
  return parts.length > 0 ? parts.join(" · ") : undefined;
}
