import type { Actor } from "../../../kernel/actor.ts";
import type { Typed, Why } from "../../../kernel/form.ts";
import { inLanguage, type Language } from "../../../kernel/language.ts";
import type { Page } from "../../../kernel/paging.ts";
import { Button, ErrorSummary, Form, TextArea } from "../../../ui/form.tsx";
import { showInstant, showVnd } from "../../../ui/format.ts";
import {
  ButtonLink,
  Card,
  Details,
  Empty,
  Link,
  Muted,
  Notice,
  Pager,
  Problem,
  Row,
  Section,
  Table,
  Title,
} from "../../../ui/parts.tsx";
import { evidenceRaised } from "./deal.count.ts";
import type { Entry } from "./deal.entry.queries.ts";
import { Evidence } from "./deal.evidence.parts.tsx";
import { type OfficeBox, officeBoxes } from "./deal.input.ts";
import type { DealRow } from "./deal.list.queries.ts";
import { DealTable } from "./deal.pages.tsx";
import {
  Claimed,
  CountedFacts,
  type DealProps,
  History,
  Lines,
  PrivateFacts,
  RegistrationCard,
} from "./deal.parts.tsx";
import type { HistoryEntry } from "./deal.queries.ts";
import { mayCorrect, mayEditFigures, type Reach, seesAll, verbsFor } from "./deal.rules.ts";
import { dealWords } from "./deal.words.ts";

/** Screens of the office: what waits, and one deal as the office may see it. */

export function OfficeDealList(p: {
  language: Language;
  box: OfficeBox;
  list: Page<DealRow>;
  after: string | undefined;
  mayEnter: boolean;
}) {
  const t = dealWords[p.language];
  const here = `/van-phong/giao-dich?muc=${p.box}`;
  return (
    <>
      <Title>{t.office}</Title>
      <Row>
        {officeBoxes.map((box) => (
          <ButtonLink
            key={box}
            href={inLanguage(p.language, `/van-phong/giao-dich?muc=${box}`)}
            tone={box === p.box ? "primary" : "plain"}
          >
            {t.box[box]}
          </ButtonLink>
        ))}
        {p.mayEnter && (
          <ButtonLink href={inLanguage(p.language, "/van-phong/giao-dich/moi")} tone="quiet">
            {t.enter}
          </ButtonLink>
        )}
      </Row>
      {p.list.rows.length === 0 ? (
        <Empty>{t.empty}</Empty>
      ) : (
        <DealTable language={p.language} rows={p.list.rows} base="/van-phong/giao-dich" />
      )}
      <Pager
        language={p.language}
        nextHref={p.list.next && inLanguage(p.language, `${here}&sau=${p.list.next}`)}
        firstHref={p.after && inLanguage(p.language, here)}
      />
    </>
  );
}

export type OfficeDealProps = DealProps & {
  actor: Actor;
  reach: Reach;
  history: readonly HistoryEntry[];
  entries: readonly Entry[];
  typed: Typed;
  why: Why;
};
export function OfficeDealPage(p: OfficeDealProps) {
  const { language, pack, deal, actor } = p;
  const t = dealWords[language];
  const all = seesAll(p.reach);
  return (
    <>
      <Title over={<Link href={inLanguage(language, "/van-phong/giao-dich")}>{t.office}</Link>}>
        {all ? `${deal.code} – ${deal.title}` : deal.code}
      </Title>
      <Problem language={language} own={t.why} why={p.why[""]} />
      <Claimed language={language} deal={deal} />
      <Card>
        <CountedFacts language={language} pack={pack} deal={deal} />
        {all && <PrivateFacts language={language} pack={pack} deal={deal} />}
      </Card>
      {!all && <Muted>{t.officerNote}</Muted>}
      <Lines language={language} pack={pack} deal={deal} />
      <Row>
        {mayEditFigures(actor, deal) && (
          <ButtonLink href={inLanguage(language, `/giao-dich/${deal.code}/hop-dong`)} tone="plain">
            {t.editContract}
          </ButtonLink>
        )}
        {mayCorrect(actor, deal) && deal.state !== "CANCELLED" && (
          <ButtonLink href={inLanguage(language, `/van-phong/giao-dich/${deal.code}/dieu-chinh`)} tone="plain">
            {t.correct}
          </ButtonLink>
        )}
      </Row>
      <RegistrationCard language={language} pack={pack} deal={deal} />
      <Evidence language={language} actor={actor} deal={deal} />
      <Entries language={language} entries={p.entries} />
      <Annul {...p} />
      <History language={language} history={p.history} />
    </>
  );
}

function Entries({ language, entries }: { language: Language; entries: readonly Entry[] }) {
  const t = dealWords[language];
  if (entries.length === 0) return null;
  const reason = (e: Entry) =>
    e.entry === "COUNT" ? t.firstCount : e.reason === evidenceRaised ? t.evidenceRaised : e.reason;
  return (
    <Section title={t.entries}>
      <Table
        caption={t.entries}
        rows={entries}
        keyOf={(e) => e.id}
        columns={[
          { head: t.entryDay, cell: (e) => showInstant(e.recordedAt) },
          { head: t.suppliers, cell: (e) => e.supplier },
          { head: t.entryValue, number: true, cell: (e) => showVnd(language, e.valueVnd) },
          { head: t.evidenceLevel, number: true, cell: (e) => e.evidenceLevel },
          { head: t.entryReason, cell: reason },
        ]}
      />
    </Section>
  );
}

function Annul({ language, deal, actor, typed, why }: OfficeDealProps) {
  const t = dealWords[language];
  if (!verbsFor(actor, deal).includes("annul")) return null;
  const form = { language, typed, why: why[""] ? {} : why, own: t.why };
  return (
    <Details summary={t.annul} open={Object.keys(form.why).length > 0}>
      <Notice tone="wait">{t.annulHint}</Notice>
      <ErrorSummary form={form} labels={{ reason: t.reason }} />
      <Form
        action={inLanguage(language, `/van-phong/giao-dich/${deal.code}/huy`)}
        hidden={{ version: String(deal.version) }}
      >
        <TextArea form={form} name="reason" label={t.reason} rows={3} required />
        <Button tone="danger">{t.annul}</Button>
      </Form>
    </Details>
  );
}
