import type { ComponentChildren } from "preact";
import type { Role } from "../../../kernel/actor.ts";
import { orgTypes } from "../../../kernel/codes.ts";
import { inLanguage, type Language } from "../../../kernel/language.ts";
import { Button, ErrorSummary, Form, type FormState, SelectField, TextArea, TextField } from "../../../ui/form.tsx";
import { showInstant } from "../../../ui/format.ts";
import { Card, Empty, Facts, Lead, Link, Notice, Problem, Row, Table, Title } from "../../../ui/parts.tsx";
import type { FileRecord } from "../file/file.rules.ts";
import { personWords } from "../person/person.words.ts";
import type { OfficeHolder } from "./member.queries.ts";
import { VerificationBadge } from "./organisation.pages.tsx";
import { needsSecondFactor, type Organisation, rolesGivenInOffices } from "./organisation.rules.ts";
import { organisationWords } from "./organisation.words.ts";
import { roleWords } from "./role.words.ts";
import type { Verification, Waiting } from "./verification.queries.ts";

export function QueuePage({ language, waiting }: { language: Language; waiting: readonly Waiting[] }) {
  const t = personWords[language];
  const typeOf = (key: string) => orgTypes.find((type) => type === key);
  return (
    <>
      <Title>{t.queue}</Title>
      <Lead>{t.decideLead}</Lead>
      {waiting.length === 0 ? (
        <Empty>{t.queueEmpty}</Empty>
      ) : (
        <Table
          caption={t.queue}
          rows={waiting}
          keyOf={(w) => w.id}
          columns={[
            {
              head: organisationWords[language].organisation,
              cell: (w) => <Link href={inLanguage(language, `/van-phong/xac-minh/${w.id}`)}>{w.name}</Link>,
            },
            {
              head: organisationWords[language].orgType,
              cell: (w) => organisationWords[language].orgTypes[typeOf(w.orgType) ?? "ENTERPRISE"],
            },
            { head: t.asked, cell: (w) => showInstant(w.submittedAt) },
          ]}
        />
      )}
    </>
  );
}

export type OfficeRolesView = {
  form: FormState;
  offices: readonly Organisation[];
  holders: readonly OfficeHolder[];
  why: string | undefined;
};
/** SYS_ADMIN's page: roles of the state, in organisations of the office. */
export function OfficeRolesPage({ form, offices, holders, why }: OfficeRolesView) {
  const { language } = form;
  const t = personWords[language];
  const labelOf = (role: Role) => `${roleWords[language][role]}${needsSecondFactor(role) ? ` (${t.factor})` : ""}`;
  return (
    <>
      <Title>{t.officeRoles}</Title>
      <Lead>{t.officeRolesLead}</Lead>
      <Problem language={language} own={t.why} why={why} />
      <ErrorSummary form={form} labels={{ organisationId: t.organisation, contact: t.contact, role: t.role }} />
      <Card title={t.give}>
        <Form action={inLanguage(language, "/van-phong/vai-tro")}>
          <SelectField
            form={form}
            name="organisationId"
            label={t.organisation}
            required
            choices={offices.map((o) => ({ value: o.id, label: o.legalName }))}
          />
          <TextField form={form} name="contact" label={t.contact} required maxLength={200} />
          <SelectField
            form={form}
            name="role"
            label={t.role}
            required
            choices={rolesGivenInOffices.map((value) => ({ value, label: labelOf(value) }))}
          />
          <Button>{t.give}</Button>
        </Form>
      </Card>
      <Card title={t.holders}>
        <Table
          caption={t.holders}
          rows={holders}
          keyOf={(h) => h.membershipId}
          columns={[
            { head: t.name, cell: (h) => h.name },
            { head: t.role, cell: (h) => labelOf(h.role) },
            { head: t.organisation, cell: (h) => h.organisationName },
            {
              head: t.end,
              cell: (h) => (
                <Form
                  action={inLanguage(language, `/van-phong/vai-tro/${h.organisationId}/${h.membershipId}/thoi`)}
                  label={t.end}
                >
                  <Button tone="quiet">{t.end}</Button>
                </Form>
              ),
            },
          ]}
        />
      </Card>
    </>
  );
}

export type DecideView = {
  language: Language;
  organisation: Organisation;
  verification: Verification;
  files: readonly FileRecord[];
  facts: ComponentChildren;
  mayDecide: boolean;
  form: FormState;
};
/** What the operator decides on. */
export function DecidePage(p: DecideView) {
  const t = organisationWords[p.language];
  return (
    <>
      <Title over={t.verification}>{p.organisation.legalName}</Title>
      <VerificationBadge language={p.language} state={p.verification.decision ?? "SUBMITTED"} />
      <ErrorSummary form={p.form} labels={{ reason: t.reason }} />
      <Card title={t.edit}>{p.facts}</Card>
      <EvidenceCard {...p} />
      {p.mayDecide && <DecisionCard {...p} />}
      {!p.mayDecide && !p.verification.decision && <Notice tone="wait">{personWords[p.language].own}</Notice>}
    </>
  );
}
const EvidenceCard = ({ language, verification, files }: DecideView) => (
  <Card title={organisationWords[language].evidence}>
    <Facts
      of={[
        [personWords[language].asked, showInstant(verification.submittedAt)],
        [personWords[language].by, verification.submittedByName],
        [organisationWords[language].note, verification.note],
        [organisationWords[language].reason, verification.reason],
      ]}
    />
    <ul>
      {files.map((file) => (
        <li key={file.id}>
          <Link href={`/tep/${file.id}`}>{file.name}</Link>
        </li>
      ))}
    </ul>
  </Card>
);
const DecisionCard = ({ language, verification, form }: DecideView) => (
  <Card title={personWords[language].decide}>
    <Form action={inLanguage(language, `/van-phong/xac-minh/${verification.id}`)}>
      <TextArea form={form} name="reason" label={organisationWords[language].reason} maxLength={2000} />
      <Row>
        <Button name="decision" value="VERIFIED">
          {personWords[language].accept}
        </Button>
        <Button name="decision" value="REJECTED" tone="danger">
          {personWords[language].refuse}
        </Button>
      </Row>
    </Form>
  </Card>
);
