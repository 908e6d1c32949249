import type { Day } from "../../../kernel/clock.ts";
import { inLanguage, type Language } from "../../../kernel/language.ts";
import { isSucceededAt, label, type ProvincePack, provinceAt } from "../../../province/index.ts";
import { BarChart, Charted, type ChartPoint, Switch } from "../../../ui/charts.tsx";
import { showDay, showNumber, showPercent, showVnd } from "../../../ui/format.ts";
import {
  Badge,
  Card,
  Columns,
  Details,
  Facts,
  Figure,
  Lead,
  Link,
  Muted,
  Notice,
  Row,
  Stack,
  Table,
  Text,
  Title,
} from "../../../ui/parts.tsx";
import type { Figures, Point, Reading } from "./indicator.readings.ts";
import { type Ask, askQuery, isOver, segmentOf, yearOfPeriod, yearsShown } from "./indicator.rules.ts";
import {
  nameOf,
  shortNameOf,
  showDevelopedList,
  showFigure,
  showFormula,
  showGap,
  showPeriod,
  showPoint,
  showTarget,
  verdictOf,
} from "./indicator.show.ts";
import { indicatorWords } from "./indicator.words.ts";

export type View = { language: Language; pack: ProvincePack; ask: Ask; today: Day };

/** Year, kind of year and scope, as addresses. */
export function AskSwitches({ view, path }: { view: View; path: string }) {
  const { language, pack, ask, today } = view;
  const t = indicatorWords[language];
  const to = (over: Parameters<typeof askQuery>[1]) => inLanguage(language, `${path}?${askQuery(ask, over)}`);
  const year = yearOfPeriod(ask.period);
  const scopes = [
    ["ALL", "tat-ca"],
    ["KEY_SECTORS", "chu-luc"],
  ] as const;
  const regimes = [
    ["ADMINISTRATIVE", "hanh-chinh"],
    ["CALENDAR", "duong-lich"],
  ] as const;
  const custom = ask.period.regime === "CUSTOM";
  return (
    <>
      {!custom && (
        <>
          <Switch
            label={t.year}
            options={yearsShown(pack, ask.period, today).map((y) => ({
              href: to({ nam: String(y) }),
              text: String(y),
              current: y === year,
            }))}
          />
          <Switch
            label={t.regimeLabel}
            options={regimes.map(([key, value]) => ({
              href: to({ "che-do": value }),
              text: t.regime[key],
              current: ask.period.regime === key,
            }))}
          />
        </>
      )}
      <Switch
        label={t.scopeLabel}
        options={scopes.map(([key, value]) => ({
          href: to({ "pham-vi": value }),
          text: t.scope[key],
          current: ask.scope === key,
        }))}
      />
    </>
  );
}

/** After the merger the figures stand for the old province; the new one has none of its own (decisions.md 6). */
export function AreaNote({ view }: { view: View }) {
  const { language, pack, ask } = view;
  const area = pack.province.areaAfterSuccession;
  if (!area || !isSucceededAt(pack, ask.period.to)) return null;
  const t = indicatorWords[language];
  const whole = t.wholeProvince(label(provinceAt(pack, ask.period.to).fullName, language));
  return (
    <Notice>
      {t.area(label(area, language))} {whole}: {t.unknown}.
    </Notice>
  );
}

export function IndicatorsPage({ view, figures }: { view: View; figures: Figures }) {
  const { language, ask } = view;
  const t = indicatorWords[language];
  return (
    <>
      <Title>{t.title}</Title>
      <Lead>{t.lead}</Lead>
      <AskSwitches view={view} path="/chi-tieu" />
      <AreaNote view={view} />
      <Muted>
        {t.period}: {showPeriod(ask.period)}. {ask.asKnownOn ? t.knownOn(showDay(ask.asKnownOn)) : ""}
      </Muted>
      {figures.readings.map((reading) => (
        <Card key={reading.indicator.key} title={nameOf(language, reading)} id={segmentOf(reading.indicator.key)}>
          <Columns
            main={
              <FigureBlock
                more
                view={view}
                reading={reading}
                points={figures.series.get(reading.indicator.key) ?? []}
              />
            }
            side={<DefinitionCard view={view} reading={reading} brief />}
          />
        </Card>
      ))}
      <Link href={inLanguage(language, `/chi-tieu.json?${askQuery(ask)}`)}>{t.open}</Link>
    </>
  );
}

/** The value set large, the target with the plan's own words, what is missing, and the years. */
export function FigureBlock({
  view,
  reading,
  points,
  more,
}: {
  view: View;
  reading: Reading;
  points: readonly Point[];
  more?: boolean;
}) {
  const { language } = view;
  const t = indicatorWords[language];
  const note = reading.unknown ? t.why[reading.unknown] : undefined;
  return (
    <Stack>
      <Figure value={showFigure(language, reading, reading.value)} label={shortNameOf(language, reading)} note={note} />
      {reading.yearOnYear !== undefined && reading.yearOnYear !== null && (
        <Muted>
          {t.yearOnYear}: {showPercent(language, reading.yearOnYear)}
        </Muted>
      )}
      <TargetBlock view={view} reading={reading} />
      <YearChart view={view} reading={reading} points={points} />
      {more && (
        <Link href={inLanguage(language, `/chi-tieu/${segmentOf(reading.indicator.key)}?${askQuery(view.ask)}`)}>
          {t.details}
        </Link>
      )}
    </Stack>
  );
}

export function TargetBlock({ view, reading }: { view: View; reading: Reading }) {
  const { language, today } = view;
  const t = indicatorWords[language];
  const { target } = reading;
  if (!target) return <Muted>{t.noTarget}</Muted>;
  const verdict = verdictOf(language, reading);
  const gap = showGap(language, reading, today);
  const number = showTarget(language, reading);
  const now = showFigure(language, reading, reading.value);
  return (
    <Stack>
      <Row>
        <strong>
          {number === undefined
            ? reading.toward
              ? t.toward(target.year)
              : t.targetIn(target.year)
            : `${t.targetIn(target.year)}: ${number} · ${isOver(reading.period, today) ? t.reachedInPeriod(now) : t.reachedNow(now)}`}
        </strong>
        <span data-met={String(reading.met)}>
          <Badge tone={verdict.tone}>{verdict.text}</Badge>
        </span>
        {reading.exceeded && <Badge tone="info">{t.exceeded}</Badge>}
      </Row>
      <Muted>
        {t.verbatim}: <q lang="vi">{target.verbatim}</q>
      </Muted>
      {gap && <p data-gap={reading.gap?.kind}>{gap}</p>}
    </Stack>
  );
}

function YearChart({ view, reading, points }: { view: View; reading: Reading; points: readonly Point[] }) {
  const { language, ask } = view;
  const t = indicatorWords[language];
  if (points.every((point) => point.value === null)) return null;
  const caption = t.chart(shortNameOf(language, reading));
  const drawn: ChartPoint[] = points.map((point) => ({
    label: String(point.year),
    value: point.value,
    text: showPoint(language, reading, point.value),
    current: point.year === yearOfPeriod(ask.period),
  }));
  return (
    <Charted
      caption={caption}
      chart={<BarChart points={drawn} label={caption} />}
      table={
        <Details summary={t.chartValue}>
          <Table
            caption={caption}
            rows={points}
            keyOf={(point) => String(point.year)}
            columns={[
              { head: t.chartYear, cell: (point) => point.year },
              { head: t.chartValue, cell: (point) => showFigure(language, reading, point.value), number: true },
            ]}
          />
        </Details>
      }
    />
  );
}

/** What stands beside every number: definition, version, parts, period, cut-off. `brief` leaves to the figure's own page what a narrow column has no room for. */
export function DefinitionCard({ view, reading, brief }: { view: View; reading: Reading; brief?: boolean }) {
  const { language, pack } = view;
  const t = indicatorWords[language];
  const { definition, numerator, denominator } = reading;
  const money = definition.kind === "SHARE" || definition.kind === "GROWTH";
  const show = (value: bigint | null) =>
    value === null ? undefined : money ? showVnd(language, value) : showNumber(language, value);
  const growth = definition.kind === "GROWTH" ? definition.baselineYear : undefined;
  return (
    <Details summary={`${t.card} · ${t.version(definition.version)}`} open={!brief}>
      <Text>{label(definition.text, language)}</Text>
      <Facts
        of={[
          [growth === undefined ? t.numerator : t.valueNow, money ? show(numerator) : undefined],
          [growth === undefined ? t.denominator : t.valueBaseline(growth), money ? show(denominator) : undefined],
          [t.formula, brief ? undefined : showFormula(language, reading)],
          [t.period, showPeriod(reading.period)],
          [t.cutOff, showDay(reading.cutOff)],
          [t.deals, money ? t.dealCount(showNumber(language, reading.dealCount)) : undefined],
          [t.note, definition.note && !brief ? label(definition.note, language) : undefined],
          // The source is cited in Vietnamese; a reader of another language is told what it is worth.
          [
            t.source,
            brief || language !== "vi" ? t.mark[definition.mark] : `${definition.source} (${t.mark[definition.mark]})`,
          ],
        ]}
      />
      <Muted>{showDevelopedList(language, pack, reading)}</Muted>
    </Details>
  );
}
