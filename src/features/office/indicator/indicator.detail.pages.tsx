import type { GoodsKind } from "../../../kernel/codes.ts";
import { inLanguage, type Language } from "../../../kernel/language.ts";
import type { Page } from "../../../kernel/paging.ts";
import {
  countryName,
  type Definition,
  goodsKindName,
  isSucceededAt,
  label,
  provinceAt,
} from "../../../province/index.ts";
import { Switch } from "../../../ui/charts.tsx";
import { showDay, showVnd } from "../../../ui/format.ts";
import { type Column, Empty, Link, Muted, Pager, Section, Table, Title } from "../../../ui/parts.tsx";
import { countsOn, type Intermediary } from "../intermediary/intermediary.rules.ts";
import { StepsTable } from "../milestone/milestone.pages.tsx";
import type { StepDone } from "../milestone/milestone.rules.ts";
import type { DealBehind, LineagePart } from "./indicator.lineage.rules.ts";
import { lineageWords } from "./indicator.lineage.words.ts";
import { AreaNote, AskSwitches, DefinitionCard, FigureBlock, type View } from "./indicator.pages.tsx";
import type { Point, Reading } from "./indicator.readings.ts";
import { askQuery, segmentOf } from "./indicator.rules.ts";
import { nameOf, showFigure } from "./indicator.show.ts";
import { indicatorWords } from "./indicator.words.ts";

export type LineageView = {
  part: LineagePart;
  deals: Page<DealBehind> | undefined;
  titles: ReadonlyMap<string, string>;
  after: string | undefined;
  /** What stands behind figures that are no sums over deals. */
  intermediaries: readonly Intermediary[];
  steps: readonly StepDone[];
};

/** One figure, whole: formula, definition, area, and the deals behind it. */
export function IndicatorPage({
  view,
  reading,
  points,
  lineage,
}: {
  view: View;
  reading: Reading;
  points: readonly Point[];
  lineage: LineageView;
}) {
  const { language, ask } = view;
  const t = indicatorWords[language];
  const path = `/chi-tieu/${segmentOf(reading.indicator.key)}`;
  return (
    <>
      <Title over={<Link href={inLanguage(language, `/chi-tieu?${askQuery(ask)}`)}>{t.all}</Link>}>
        {nameOf(language, reading)}
      </Title>
      <AskSwitches view={view} path={path} />
      <AreaNote view={view} />
      <FigureBlock view={view} reading={reading} points={points} />
      <Areas view={view} reading={reading} />
      <DefinitionCard view={view} reading={reading} />
      <Versions language={language} reading={reading} />
      <Lineage view={view} reading={reading} lineage={lineage} path={path} />
    </>
  );
}

/** By area: the old province's figure, and the new province's, which nobody has. */
function Areas({ view, reading }: { view: View; reading: Reading }) {
  const { language, pack, ask } = view;
  const t = indicatorWords[language];
  const area = pack.province.areaAfterSuccession;
  if (!area || !isSucceededAt(pack, ask.period.to)) return null;
  const rows = [
    { name: label(area, language), value: showFigure(language, reading, reading.value) },
    { name: t.wholeProvince(label(provinceAt(pack, ask.period.to).fullName, language)), value: t.unknown },
  ];
  return (
    <Section title={t.rowArea}>
      <Table
        caption={t.rowArea}
        rows={rows}
        keyOf={(row) => row.name}
        columns={[
          { head: t.rowArea, cell: (row) => row.name },
          { head: t.chartValue, cell: (row) => row.value, number: true },
        ]}
      />
    </Section>
  );
}

function Versions({ language, reading }: { language: Language; reading: Reading }) {
  const t = indicatorWords[language];
  const span = (d: Definition) =>
    [d.validFrom ? t.since(showDay(d.validFrom)) : undefined, d.validTo ? t.until(showDay(d.validTo)) : undefined]
      .filter(Boolean)
      .join(" ") || t.always;
  return (
    <Section title={t.versions}>
      <Table
        caption={t.versions}
        rows={reading.indicator.definitions}
        keyOf={(d) => String(d.version)}
        columns={[
          { head: t.card, cell: (d) => t.version(d.version) },
          { head: t.validity, cell: span },
          { head: t.definition, cell: (d) => label(d.text, language) },
        ]}
      />
    </Section>
  );
}

function Lineage({
  view,
  reading,
  lineage,
  path,
}: {
  view: View;
  reading: Reading;
  lineage: LineageView;
  path: string;
}) {
  const { language, ask } = view;
  const t = indicatorWords[language];
  const w = lineageWords[language];
  if (reading.definition.kind === "COUNT" || reading.definition.kind === "MILESTONE")
    return <Records view={view} reading={reading} lineage={lineage} />;
  const { deals, part } = lineage;
  const growth = reading.definition.kind === "GROWTH" ? reading.definition : undefined;
  const here = (over: Record<string, string>) =>
    inLanguage(
      language,
      `${path}?${askQuery(ask)}${Object.entries(over)
        .map(([k, v]) => `&${k}=${encodeURIComponent(v)}`)
        .join("")}#giao-dich`,
    );
  const own: Record<string, string> = part === "BASELINE" ? { phan: "nam-goc" } : {};
  return (
    <Section title={t.deals} id="giao-dich">
      {growth && (
        <Switch
          label={t.deals}
          options={[
            { href: here({}), text: w.lineagePeriod, current: part === "PERIOD" },
            {
              href: here({ phan: "nam-goc" }),
              text: w.lineageBaseline(growth.baselineYear),
              current: part === "BASELINE",
            },
          ]}
        />
      )}
      <Muted>{w.lineageLead}</Muted>
      {deals && deals.rows.length > 0 ? (
        <Table
          caption={t.deals}
          rows={deals.rows}
          keyOf={(deal) => `${deal.day}-${deal.dealId}`}
          columns={columnsOf(view, reading, lineage)}
        />
      ) : (
        <Empty>{w.noDeals}</Empty>
      )}
      <Pager
        language={language}
        nextHref={deals?.next && here({ ...own, sau: deals.next })}
        firstHref={lineage.after && here(own)}
      />
    </Section>
  );
}

/** The records behind a count or a milestone, each with its document. */
function Records({
  view: { language, ask },
  reading,
  lineage,
}: {
  view: View;
  reading: Reading;
  lineage: LineageView;
}) {
  const w = lineageWords[language];
  if (reading.definition.kind === "MILESTONE") {
    const done = lineage.steps.filter((step) => step.doneOn <= ask.period.to);
    return (
      <Section title={w.stepsOfMilestone}>
        <StepsTable
          language={language}
          milestone={{ indicator: reading.indicator, steps: reading.definition.steps }}
          done={done}
        />
      </Section>
    );
  }
  const counted = lineage.intermediaries.filter((one) => countsOn(one, ask.period.to));
  return (
    <Section title={w.connected}>
      {counted.length === 0 ? (
        <Empty>{w.noConnected}</Empty>
      ) : (
        <Table
          caption={w.connected}
          rows={counted}
          keyOf={(one) => one.id}
          columns={[
            {
              head: w.connected,
              cell: (one) => (
                <Link href={inLanguage(language, `/to-chuc/${one.organisationSlug}`)}>{one.organisationName}</Link>
              ),
            },
            { head: w.connectedOn, cell: (one) => one.connection && showDay(one.connection.connectedOn) },
            { head: w.document, cell: (one) => one.connection?.documentTitle },
          ]}
        />
      )}
    </Section>
  );
}

function columnsOf({ language, pack }: View, reading: Reading, lineage: LineageView): Column<DealBehind>[] {
  const w = lineageWords[language];
  const orgTypes: Readonly<Record<string, string>> = w.orgType;
  const documents: Readonly<Record<string, string>> = w.documents;
  const flowName = (key: string) => pack.goods.flows.find((flow) => flow.key === key)?.name[language] ?? key;
  const sums: Column<DealBehind>[] =
    reading.definition.kind === "GROWTH"
      ? [{ head: w.amount, cell: (deal) => showVnd(language, deal.denominator), number: true }]
      : [
          {
            head: w.inNumerator,
            cell: (deal) => (deal.numerator === 0n ? "–" : showVnd(language, deal.numerator)),
            number: true,
          },
          { head: w.inDenominator, cell: (deal) => showVnd(language, deal.denominator), number: true },
        ];
  return [
    {
      head: w.code,
      cell: (deal) => (
        <>
          <Link href={inLanguage(language, `/giao-dich/${deal.code}`)}>{deal.code}</Link>
          <Muted>{lineage.titles.get(deal.dealId)}</Muted>
        </>
      ),
    },
    { head: w.day, cell: (deal) => showDay(deal.day) },
    {
      head: w.kinds,
      cell: (deal) => deal.goodsKinds.map((kind) => goodsKindName(pack, kind as GoodsKind, language)).join("; "),
    },
    { head: w.flow, cell: (deal) => flowName(deal.flow) },
    { head: w.origin, cell: (deal) => countryName(pack, deal.originCountry, language) },
    { head: w.supplier, cell: (deal) => deal.supplierTypes.map((type) => orgTypes[type] ?? type).join("; ") },
    {
      head: w.evidence,
      cell: (deal) => (
        <>
          {deal.evidenceLevel}
          <Muted>
            {deal.documents
              .map((one) => `${documents[one.kind] ?? one.kind}${one.count > 1 ? ` × ${one.count}` : ""}`)
              .join(", ")}
          </Muted>
        </>
      ),
    },
    ...sums,
  ];
}
