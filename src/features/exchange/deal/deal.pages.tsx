import type { Actor } from "../../../kernel/actor.ts";
import type { Typed, Why } from "../../../kernel/form.ts";
import { inLanguage, type Language } from "../../../kernel/language.ts";
import type { Page } from "../../../kernel/paging.ts";
import type { HistoryEntry } from "../../../platform/history.ts";
import { Button, ErrorSummary, Form, TextArea, TextField } from "../../../ui/form.tsx";
import { showDay, showVnd } from "../../../ui/format.ts";
import {
  ButtonLink,
  Card,
  Empty,
  Facts,
  Lead,
  Link,
  Muted,
  Notice,
  Pager,
  Problem,
  Row,
  Table,
  Title,
} from "../../../ui/parts.tsx";
import type { Interest } from "../interest/interest.rules.ts";
import { Evidence } from "./deal.evidence.parts.tsx";
import { type Refused, refusedAt } from "./deal.http.ts";
import type { DealRow } from "./deal.list.queries.ts";
import {
  Claimed,
  CountedFacts,
  type DealProps,
  History,
  Lines,
  PrivateFacts,
  RegistrationCard,
  StateBadge,
  Steps,
  Waits,
} from "./deal.parts.tsx";
import { confirmableBy, type DealVerb, mayEditFigures, signingLacks, verbsFor } from "./deal.rules.ts";
import type { Shown } from "./deal.shown.rules.ts";
import { dealWords } from "./deal.words.ts";

/** Screens of those who make a deal. */

export function OpenPage(p: { language: Language; interest: Interest; typed: Typed; why: Why }) {
  const t = dealWords[p.language];
  const form = { language: p.language, typed: p.typed, why: p.why, own: t.why };
  return (
    <>
      <Title
        over={<Link href={inLanguage(p.language, `/khong-gian/quan-tam/${p.interest.code}`)}>{p.interest.code}</Link>}
      >
        {t.open}
      </Title>
      <Lead>{t.openLead}</Lead>
      <ErrorSummary form={form} labels={{ title: t.title, requestText: t.requestText }} />
      <Form action={inLanguage(p.language, "/khong-gian/giao-dich/moi")} hidden={{ interest: p.interest.code }}>
        <TextField form={form} name="title" label={t.title} maxLength={200} required />
        <TextArea form={form} name="requestText" label={t.requestText} rows={6} required />
        <Button>{t.open}</Button>
      </Form>
    </>
  );
}

export function DealList(p: { language: Language; list: Page<DealRow>; after: string | undefined }) {
  const t = dealWords[p.language];
  return (
    <>
      <Title>{t.mine}</Title>
      {p.list.rows.length === 0 ? (
        <Empty action={<ButtonLink href={inLanguage(p.language, "/khong-gian/quan-tam")}>{t.toInterests}</ButtonLink>}>
          {t.empty} {t.emptyHint}
        </Empty>
      ) : (
        <DealTable language={p.language} rows={p.list.rows} />
      )}
      <Pager
        language={p.language}
        nextHref={p.list.next && inLanguage(p.language, `/khong-gian/giao-dich?sau=${p.list.next}`)}
        firstHref={p.after && inLanguage(p.language, "/khong-gian/giao-dich")}
      />
    </>
  );
}

export function DealTable({ language, rows }: { language: Language; rows: readonly DealRow[] }) {
  const t = dealWords[language];
  // A party meets its deal on its own page, the office on the office's.
  const base = (d: DealRow) => (d.reach === "PARTY" || d.reach === "BROKER" ? "/giao-dich" : "/van-phong/giao-dich");
  const counting = (d: DealRow) =>
    d.recognisedOn
      ? d.state === "CANCELLED"
        ? t.cancelledCounted
        : showDay(d.recognisedOn)
      : d.isWaitingCertificate && d.state !== "CANCELLED"
        ? t.waitingCertificate
        : t.notCounted;
  return (
    <Table
      caption={t.mine}
      rows={rows}
      keyOf={(d) => d.id}
      columns={[
        {
          head: t.code,
          nowrap: true,
          cell: (d) => <Link href={inLanguage(language, `${base(d)}/${d.code}`)}>{d.code}</Link>,
        },
        { head: t.title, cell: (d) => d.title ?? "–" },
        { head: t.buyer, cell: (d) => d.buyerName ?? "–" },
        { head: t.value, number: true, cell: (d) => (d.valueVnd > 0n ? showVnd(language, d.valueVnd) : "–") },
        { head: t.status, cell: (d) => <StateBadge language={language} state={d.state} /> },
        { head: t.recognisedOn, cell: counting },
      ]}
    />
  );
}

export type DealPageProps = DealProps & {
  actor: Actor;
  shown: Shown;
  history: readonly HistoryEntry[];
  refused?: Refused | undefined;
};
/** One deal, whole for those who made it; an officer is shown the counted fields only. */
export function DealPage(p: DealPageProps) {
  const t = dealWords[p.language];
  const { language, pack, deal, shown } = p;
  const counted = (
    <>
      <Title over={`${t.deal} ${deal.code}`}>{shown.names ? deal.title : deal.code}</Title>
      <Problem language={language} own={t.why} why={p.refused?.why[""]} />
    </>
  );
  if (!shown.talks) {
    return (
      <>
        {counted}
        <Card>
          <CountedFacts language={language} pack={pack} deal={deal} shown={shown} />
        </Card>
        <Muted>{t.officerNote}</Muted>
        <ButtonLink href={inLanguage(language, `/van-phong/giao-dich/${deal.code}`)}>{t.office}</ButtonLink>
      </>
    );
  }
  return (
    <>
      {counted}
      <Steps language={language} deal={deal} />
      <Waits language={language} deal={deal} />
      <Claimed language={language} deal={deal} shown={shown} />
      <Card>
        <CountedFacts language={language} pack={pack} deal={deal} shown={shown} />
        <PrivateFacts language={language} pack={pack} deal={deal} />
      </Card>
      <Lines language={language} pack={pack} deal={deal} shown={shown} />
      {mayEditFigures(p.actor, deal) && (
        <ButtonLink href={inLanguage(language, `/giao-dich/${deal.code}/hop-dong`)} tone="plain">
          {t.editContract}
        </ButtonLink>
      )}
      <Confirmations {...p} />
      <RegistrationCard language={language} pack={pack} deal={deal} />
      <NextSteps {...p} />
      <Evidence language={language} actor={p.actor} deal={deal} shown={shown} refused={p.refused} />
      <History language={language} history={p.history} />
    </>
  );
}

function Confirmations({ language, deal, actor }: DealPageProps) {
  const t = dealWords[language];
  if (deal.offPlatform || deal.lines.length === 0) return null;
  const names = [deal.buyer, ...deal.suppliers]
    .filter((party) => deal.confirmedBy.includes(party.id))
    .map((party) => party.name);
  return (
    <Card title={t.confirmations}>
      <Facts of={[[t.confirmedBy, names.length ? names.join("\n") : t.notConfirmed]]} />
      {confirmableBy(actor, deal).length > 0 && (
        <Form
          action={inLanguage(language, `/giao-dich/${deal.code}/xac-nhan`)}
          hidden={{ version: String(deal.version) }}
        >
          <Muted>{t.confirmHint}</Muted>
          <Button>{t.confirm}</Button>
        </Form>
      )}
    </Card>
  );
}

const canStillSign = (deal: DealProps["deal"]) => deal.state === "OPEN" || deal.state === "AGREED";
const weighty: readonly DealVerb[] = ["cancel", "dispute"];
function NextSteps({ language, deal, actor, refused }: DealPageProps) {
  const t = dealWords[language];
  const verbs = verbsFor(actor, deal).filter((verb) => verb !== "annul");
  const [lack] = canStillSign(deal) && mayEditFigures(actor, deal) ? signingLacks(deal) : [];
  if (verbs.length === 0 && !lack) return null;
  const agreed = [deal.buyer, ...deal.suppliers].filter((p) => deal.agreedBy.includes(p.id)).map((p) => p.name);
  const { "": _, ...why } = refusedAt(refused, "step").why;
  const form = { language, typed: refusedAt(refused, "step").typed, why, own: t.why };
  return (
    <Card title={t.next} id="buoc">
      {deal.state === "OPEN" && agreed.length > 0 && <Muted>{t.agreedBy(agreed.join(", "))}</Muted>}
      {lack && (
        <Notice tone="wait">{t.why[lack === "FIGURES" ? "deal.contract.missing" : "deal.sign.unproven"]}</Notice>
      )}
      <ErrorSummary form={form} labels={{ acceptedOn: t.acceptedOn, reason: t.reason }} />
      <Form action={inLanguage(language, `/giao-dich/${deal.code}/buoc`)} hidden={{ version: String(deal.version) }}>
        {verbs.includes("accept") && <TextField form={form} name="acceptedOn" label={t.acceptedOn} width="short" />}
        {verbs.includes("cancel") && <TextField form={form} name="reason" label={t.reason} maxLength={2_000} />}
        <Row>
          {verbs.map((verb) => (
            <Button key={verb} name="verb" value={verb} tone={weighty.includes(verb) ? "danger" : "primary"}>
              {t.verb[verb]}
            </Button>
          ))}
        </Row>
      </Form>
    </Card>
  );
}
