import type { Actor } from "../../../kernel/actor.ts";
import { inLanguage, type Language } from "../../../kernel/language.ts";
import type { Page } from "../../../kernel/paging.ts";
import type { HistoryEntry } from "../../../platform/history.ts";
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
import { type Refused, refusedAt } from "./deal.http.ts";
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
  Waits,
} from "./deal.parts.tsx";
import { mayCorrect, mayEditFigures, verbsFor } from "./deal.rules.ts";
import type { Shown } from "./deal.shown.rules.ts";
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
      {p.list.rows.length === 0 ? <Empty>{t.empty}</Empty> : <DealTable language={p.language} rows={p.list.rows} />}
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
  shown: Shown;
  history: readonly HistoryEntry[];
  people: ReadonlyMap<string, string>;
  entries: readonly Entry[];
  refused: Refused | undefined;
};
/** Before a deal counts or has a document there is nothing to correct: its makers still write it. */
const isCorrectable = (deal: DealProps["deal"]) =>
  deal.state !== "CANCELLED" && (deal.recognisedOn !== undefined || deal.evidence.length > 0);
export function OfficeDealPage(p: OfficeDealProps) {
  const { language, pack, deal, actor, shown } = p;
  const t = dealWords[language];
  return (
    <>
      <Title over={<Link href={inLanguage(language, "/van-phong/giao-dich")}>{t.office}</Link>}>
        {shown.names ? `${deal.code} – ${deal.title}` : deal.code}
      </Title>
      <Problem language={language} own={t.why} why={p.refused?.why[""]} />
      <Waits language={language} deal={deal} />
      <Claimed language={language} deal={deal} shown={shown} />
      <Card>
        <CountedFacts language={language} pack={pack} deal={deal} shown={shown} />
        {shown.talks && <PrivateFacts language={language} pack={pack} deal={deal} />}
      </Card>
      {!shown.talks && <Muted>{shown.names ? t.deciderNote : t.officerNote}</Muted>}
      <Lines language={language} pack={pack} deal={deal} shown={shown} />
      <Row>
        {mayEditFigures(actor, deal) && (
          <ButtonLink href={inLanguage(language, `/giao-dich/${deal.code}/hop-dong`)} tone="plain">
            {t.editContract}
          </ButtonLink>
        )}
        {isCorrectable(deal) && shown.names && mayCorrect(actor, deal) && (
          <ButtonLink href={inLanguage(language, `/van-phong/giao-dich/${deal.code}/dieu-chinh`)} tone="plain">
            {t.correct}
          </ButtonLink>
        )}
      </Row>
      <RegistrationCard language={language} pack={pack} deal={deal} />
      <Evidence language={language} actor={actor} deal={deal} shown={shown} refused={p.refused} />
      <Entries language={language} entries={p.entries} shown={shown} />
      <Annul {...p} />
      <History language={language} history={p.history} people={p.people} />
    </>
  );
}

function Entries({ language, entries, shown }: { language: Language; entries: readonly Entry[]; shown: Shown }) {
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
          { head: t.suppliers, cell: (e) => (shown.names ? e.supplier : "–") },
          { head: t.entryValue, number: true, cell: (e) => showVnd(language, e.valueVnd) },
          { head: t.evidenceLevel, number: true, cell: (e) => e.evidenceLevel },
          { head: t.entryReason, cell: reason },
        ]}
      />
    </Section>
  );
}

function Annul({ language, deal, actor, refused }: OfficeDealProps) {
  const t = dealWords[language];
  if (!verbsFor(actor, deal).includes("annul")) return null;
  const { typed, why } = refusedAt(refused, "annul");
  const { "": _, ...fields } = why;
  const form = { language, typed, why: fields, own: t.why };
  return (
    <Details summary={t.annul} open={refused?.form === "annul"}>
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
