import type { Role } from "../../../kernel/actor.ts";
import type { Why } from "../../../kernel/form.ts";
import { inLanguage, type Language } from "../../../kernel/language.ts";
import {
  Button,
  ErrorSummary,
  FileField,
  Form,
  type FormState,
  SelectField,
  TextArea,
  TextField,
} from "../../../ui/form.tsx";
import { showDay, showInstant } from "../../../ui/format.ts";
import {
  ButtonLink,
  Card,
  Details,
  Lead,
  Link,
  Muted,
  Notice,
  Problem,
  Row,
  Table,
  Title,
} from "../../../ui/parts.tsx";
import type { Invitation, Member } from "./member.queries.ts";
import { VerificationBadge } from "./organisation.pages.tsx";
import type { Organisation } from "./organisation.rules.ts";
import { organisationWords } from "./organisation.words.ts";
import { roleWords } from "./role.words.ts";
import type { Verification } from "./verification.queries.ts";

type Base = { language: Language; organisation: Organisation };
const root = (p: Base, rest: string) => inLanguage(p.language, `/khong-gian/to-chuc/${p.organisation.slug}${rest}`);
const blank = (form: FormState): FormState => ({ ...form, typed: {}, why: {} });

export type MembersView = Base & {
  members: readonly Member[];
  invitations: readonly Invitation[];
  ownPersonId: string;
  /** Roles that the reader may give here; none for a plain member. */
  grantable: readonly Role[];
  /** Roles that end by the reader's hand: those a manager may give. */
  endable: readonly Role[];
  form: FormState;
  refused: "invite" | "role" | undefined;
};
export function MembersPart(p: MembersView) {
  const t = organisationWords[p.language];
  const may = p.grantable.length > 0;
  const choices = p.grantable.map((value) => ({ value, label: roleWords[p.language][value] }));
  const people = [...new Map(p.members.map((m) => [m.personId, m.name]))].map(([value, label]) => ({ value, label }));
  const ends = (m: Member) => m.personId === p.ownPersonId || p.endable.includes(m.role);
  return (
    <Card title={t.members} id="thanh-vien">
      {p.refused && <ErrorSummary form={p.form} labels={{ contact: t.contact, role: t.role }} />}
      <Table
        caption={t.members}
        rows={p.members}
        keyOf={(m) => m.membershipId}
        columns={[
          { head: t.member, cell: (m) => m.name },
          { head: t.role, cell: (m) => roleWords[p.language][m.role] },
          { head: t.since, cell: (m) => showDay(m.validFrom) },
          {
            head: t.endRole,
            cell: (m) =>
              ends(m) && (
                <Form action={root(p, `/thanh-vien/${m.membershipId}/thoi`)} label={t.endRole}>
                  <Button tone="quiet">{t.endRole}</Button>
                </Form>
              ),
          },
        ]}
      />
      {may && <InvitationsPart {...p} choices={choices} />}
      {may && (
        <Details summary={t.giveRole} open={p.refused === "role"}>
          <Form action={root(p, "/vai-tro")}>
            <SelectField
              form={p.refused === "role" ? p.form : blank(p.form)}
              name="personId"
              label={t.member}
              required
              choices={people}
            />
            <SelectField
              form={p.refused === "role" ? p.form : blank(p.form)}
              name="role"
              label={t.role}
              required
              choices={choices}
            />
            <Button tone="plain">{t.give}</Button>
          </Form>
        </Details>
      )}
    </Card>
  );
}

function InvitationsPart(p: MembersView & { choices: { value: string; label: string }[] }) {
  const t = organisationWords[p.language];
  const form = p.refused === "invite" ? p.form : blank(p.form);
  return (
    <>
      {p.invitations.length > 0 && (
        <Table
          caption={t.openInvitations}
          rows={p.invitations}
          keyOf={(i) => i.id}
          columns={[
            { head: t.openInvitations, cell: (i) => i.contact },
            { head: t.role, cell: (i) => roleWords[p.language][i.role] },
            { head: t.expires, cell: (i) => showInstant(i.expiresAt) },
            {
              head: t.revoke,
              cell: (i) => (
                <Form action={root(p, `/loi-moi/${i.id}/thu-hoi`)} label={t.revoke}>
                  <Button tone="quiet">{t.revoke}</Button>
                </Form>
              ),
            },
          ]}
        />
      )}
      <Details summary={t.invite} open={p.refused === "invite"}>
        <Muted>{t.inviteHint}</Muted>
        <Form action={root(p, "/loi-moi")}>
          <TextField form={form} name="contact" label={t.contact} required maxLength={200} />
          <SelectField form={form} name="role" label={t.role} required choices={p.choices} />
          <Button tone="plain">{t.sendInvite}</Button>
        </Form>
      </Details>
    </>
  );
}

export type VerificationView = Base & {
  form: FormState;
  maySubmit: boolean;
  history: readonly Verification[];
  isRefused: boolean;
  /** Endings of files that are taken. */
  accept: string;
};
export function VerificationPart(p: VerificationView) {
  const t = organisationWords[p.language];
  const last = p.history[0];
  return (
    <Card title={t.verification} id="xac-thuc">
      <Row>
        <VerificationBadge language={p.language} state={p.organisation.verification} />
        {p.organisation.verification === "SUBMITTED" && <Muted>{t.waiting}</Muted>}
      </Row>
      {last?.decision === "REJECTED" && p.organisation.verification === "REJECTED" && (
        <Notice tone="bad">{`${t.reason}: ${last.reason}`}</Notice>
      )}
      {p.maySubmit && (
        <>
          {p.isRefused && <ErrorSummary form={p.form} labels={{ files: t.evidence, note: t.note }} />}
          <Muted>{t.verificationLead}</Muted>
          <Form action={root(p, "/xac-thuc")} files>
            <FileField form={p.form} name="files" label={t.evidence} accept={p.accept} multiple required />
            <TextArea form={p.form} name="note" label={t.note} maxLength={2000} />
            <Button>{t.submit}</Button>
          </Form>
        </>
      )}
    </Card>
  );
}

export function InvitationPage(p: Base & { role: Role; token: string; isSignedIn: boolean; why?: string | undefined }) {
  const t = organisationWords[p.language];
  const after = `?tiep=${encodeURIComponent(`/loi-moi/${p.token}`)}`;
  return (
    <>
      <Title>{t.invitation}</Title>
      <Problem language={p.language} own={t.why} why={p.why} />
      <Lead>{t.invitedTo(p.organisation.legalName, roleWords[p.language][p.role])}</Lead>
      {p.isSignedIn ? (
        <Form action={inLanguage(p.language, `/loi-moi/${p.token}`)}>
          <Button>{t.accept}</Button>
        </Form>
      ) : (
        <>
          <Notice>{t.signInFirst}</Notice>
          <Row>
            <ButtonLink href={inLanguage(p.language, `/dang-nhap${after}`)}>{t.signIn}</ButtonLink>
            <ButtonLink tone="plain" href={inLanguage(p.language, `/dang-ky${after}`)}>
              {t.signUp}
            </ButtonLink>
          </Row>
        </>
      )}
    </>
  );
}
export const InvitationOverPage = ({ language, why }: { language: Language; why: Why[string] }) => (
  <>
    <Title>{organisationWords[language].invitation}</Title>
    <Problem language={language} own={organisationWords[language].why} why={why} />
    <Link href={inLanguage(language, "/khong-gian")}>{organisationWords[language].organisation}</Link>
  </>
);
