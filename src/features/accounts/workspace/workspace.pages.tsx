import type { ComponentChildren } from "preact";
import { type Actor, can, secondFactorRoles } from "../../../kernel/actor.ts";
import { inLanguage, type Language } from "../../../kernel/language.ts";
import { Button, Form } from "../../../ui/form.tsx";
import { showInstant } from "../../../ui/format.ts";
import {
  Badge,
  ButtonLink,
  Card,
  Empty,
  Facts,
  Grid,
  Lead,
  Link,
  Muted,
  Notice,
  Row,
  Stack,
  Text,
  Title,
} from "../../../ui/parts.tsx";
import { VerificationBadge } from "../organisation/organisation.pages.tsx";
import type { Organisation } from "../organisation/organisation.rules.ts";
import { isSysAdmin } from "../organisation/organisation.rules.ts";
import { roleWords } from "../organisation/role.words.ts";
import { mayRegister } from "../person/person.rules.ts";
import type { SentMessage } from "./workspace.queries.ts";
import { workspaceWords } from "./workspace.words.ts";

const needsFactor = (actor: Actor): boolean =>
  !actor.secondFactor && actor.memberships.some((m) => secondFactorRoles.includes(m.role));

/** A card of links; nothing when none is left. */
const Links = ({
  title,
  of,
}: {
  title: string;
  of: readonly (readonly [href: string, label: string, shown: boolean, note?: string])[];
}) => {
  const shown = of.filter(([, , isShown]) => isShown);
  return shown.length === 0 ? null : (
    <Card title={title}>
      <Stack>
        {shown.map(([href, label, , note]) => (
          <div key={href}>
            <Link href={href}>{label}</Link>
            {note && <Muted>{note}</Muted>}
          </div>
        ))}
      </Stack>
    </Card>
  );
};

export function WorkspacePage({
  actor,
  organisations,
  language,
  cards,
}: {
  actor: Actor;
  organisations: readonly Organisation[];
  language: Language;
  cards: ComponentChildren;
}) {
  const t = workspaceWords[language];
  const to = (path: string) => inLanguage(language, path);
  return (
    <>
      <Title over={t.workspace}>{t.hello(actor.name)}</Title>
      {needsFactor(actor) && (
        <Notice tone="wait">
          {t.factorNeeded} <Link href={to("/khong-gian/bao-mat")}>{t.security}</Link>
        </Notice>
      )}
      <Grid columns={2}>
        <Links
          title={t.tasks}
          of={[
            [to("/khong-gian/tin-dang"), t.listings, can(actor, "listing.write.request")],
            [to("/khong-gian/quan-tam"), t.interests, can(actor, "interest.express") || can(actor, "interest.screen")],
            [to("/khong-gian/giao-dich"), t.deals, can(actor, "deal.write")],
            [to("/khong-gian/nhap-du-lieu"), t.imports, can(actor, "import.listings") || can(actor, "import.deals")],
          ]}
        />
        <Links
          title={t.account}
          of={[
            [to("/khong-gian/ho-so"), t.profile, true],
            [to("/khong-gian/bao-mat"), t.security, true],
          ]}
        />
      </Grid>
      {cards}
      <Card title={t.organisations} id="to-chuc">
        {organisations.length === 0 ? (
          <Empty action={<ButtonLink href={to("/khong-gian/to-chuc/moi")}>{t.declare}</ButtonLink>}>{t.none}</Empty>
        ) : (
          <Organisations {...{ actor, organisations, language }} />
        )}
      </Card>
    </>
  );
}

function Organisations({
  actor,
  organisations,
  language,
}: {
  actor: Actor;
  organisations: readonly Organisation[];
  language: Language;
}) {
  const t = workspaceWords[language];
  const rolesIn = (o: Organisation) =>
    actor.memberships.filter((m) => m.organisationId === o.id).map((m) => roleWords[language][m.role]);
  return (
    <Stack>
      {organisations.map((o) => (
        <div key={o.id}>
          <Row>
            <strong>{o.legalName}</strong>
            <VerificationBadge language={language} state={o.verification} />
            {actor.organisationId === o.id && <Badge tone="info">{t.current}</Badge>}
          </Row>
          <Muted>{rolesIn(o).join(", ")}</Muted>
          <Row>
            <Link href={inLanguage(language, `/khong-gian/to-chuc/${o.slug}`)}>{t.manage}</Link>
            {actor.organisationId !== o.id && (
              <Form action={inLanguage(language, "/khong-gian/to-chuc-hien-tai")} hidden={{ organisationId: o.id }}>
                <Button tone="quiet">{t.workFor}</Button>
              </Form>
            )}
          </Row>
        </div>
      ))}
      <div>
        <ButtonLink tone="plain" href={inLanguage(language, "/khong-gian/to-chuc/moi")}>
          {t.declare}
        </ButtonLink>
      </div>
    </Stack>
  );
}

export type OfficeLink = { href: string; label: string; note?: string };
export function OfficePage({
  actor,
  language,
  waiting,
  links,
}: {
  actor: Actor;
  language: Language;
  waiting: number;
  links: readonly OfficeLink[];
}) {
  const t = workspaceWords[language];
  const to = (path: string) => inLanguage(language, path);
  return (
    <>
      <Title>{t.office}</Title>
      <Lead>{t.officeLead}</Lead>
      <Links
        title={t.office}
        of={[
          [to("/van-phong/xac-minh"), t.verification, can(actor, "organisation.verify"), t.waitingCount(waiting)],
          [to("/van-phong/nguoi-dung"), t.people, mayRegister(actor)],
          [to("/van-phong/vai-tro"), t.officeRoles, isSysAdmin(actor)],
          ...links.map((l) => [l.href, l.label, true, l.note ?? ""] as const),
        ]}
      />
    </>
  );
}

export function MailboxPage({ language, messages }: { language: Language; messages: readonly SentMessage[] }) {
  const t = workspaceWords[language];
  return (
    <>
      <Title>{t.mailbox}</Title>
      <Lead>{t.mailboxLead}</Lead>
      {messages.length === 0 && <Empty>{t.mailboxEmpty}</Empty>}
      {messages.map((m) => (
        <Card key={m.id} title={m.subject}>
          <Facts
            of={[
              [t.to, m.recipient],
              [t.at, `${showInstant(m.createdAt)} · ${m.channel === "SMS" ? t.channels.SMS : t.channels.MAIL}`],
            ]}
          />
          <Text>
            <LinkedText text={m.body} />
          </Text>
        </Card>
      ))}
    </>
  );
}
/** Addresses of ours in a message as links. */
const LinkedText = ({ text }: { text: string }) => (
  <>{text.split(/(https?:\/\/\S+)/).map((part, index) => (index % 2 === 1 ? <Link href={part}>{part}</Link> : part))}</>
);
