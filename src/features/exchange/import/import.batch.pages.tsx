import { inLanguage, type Language } from "../../../kernel/language.ts";
import { Button, ErrorSummary, Form, type FormState, SelectField } from "../../../ui/form.tsx";
import { showInstant, showNumber } from "../../../ui/format.ts";
import {
  Badge,
  ButtonLink,
  Card,
  Facts,
  Figure,
  Grid,
  Link,
  Muted,
  Notice,
  Problem,
  ProgressBar,
  Row,
  Section,
  Table,
  Text,
  Title,
} from "../../../ui/parts.tsx";
import type { Batch } from "./import.batch.ts";
import { columnsOf, headerOf } from "./import.columns.ts";
import { addressOf, tones } from "./import.pages.tsx";
import { sayFault, sayProblem, whyWords } from "./import.report.ts";
import { isUnderWay, type RowProblem } from "./import.rules.ts";
import { importWords } from "./import.words.ts";

/** One import's own page: progress, report, columns to choose, decision. */

const home = "/khong-gian/nhap-du-lieu";

type Publishing = "NONE" | "WAITS" | "MAY";
type BadRow = { number: number; problems: readonly RowProblem[] };
type BatchProps = {
  language: Language;
  batch: Batch;
  bad: readonly BadRow[];
  why: string | undefined;
  /** Whether it was asked to be published at once, and this reader decides on it. */
  publishing: Publishing;
  form: FormState;
};
export const ImportView = ({ language, batch, bad, why, publishing, form }: BatchProps) => {
  const t = importWords[language];
  return (
    <>
      <Title over={<Link href={inLanguage(language, home)}>{t.title}</Link>}>
        {t.kind[batch.kind]} – {batch.code}
      </Title>
      <Problem language={language} own={whyWords(language)} why={why} />
      <Card>
        <Facts
          of={[
            [
              t.head.state,
              <Badge key="state" tone={tones[batch.state]}>
                {t.state[batch.state]}
              </Badge>,
            ],
            [t.head.organisation, batch.organisationName],
            [t.head.source, batch.source],
            [t.head.file, batch.fileName],
            [t.head.sent, showInstant(batch.createdAt)],
          ]}
        />
      </Card>
      {isUnderWay(batch.state) && <UnderWay language={language} batch={batch} />}
      {batch.fileFault && batch.state !== "STAGING" && batch.state !== "FAILED" && (
        <Notice tone={batch.state === "MAPPING" ? "wait" : "bad"} why={batch.fileFault.fault}>
          {batch.state === "MAPPING" ? t.state.MAPPING : t.fileFault}.{" "}
          {sayFault(language, batch.fileFault.fault, batch.fileFault.detail)} {t.nothingChanged}
        </Notice>
      )}
      {batch.state === "FAILED" && (
        <Notice tone="bad" why={batch.fileFault?.fault}>
          {batch.fileFault ? sayFault(language, batch.fileFault.fault, batch.fileFault.detail) : t.failed}
        </Notice>
      )}
      {batch.state === "MAPPING" && <MappingForm form={form} batch={batch} />}
      {batch.read > 0 && !isUnderWay(batch.state) && <Figures language={language} batch={batch} />}
      <Decisions language={language} batch={batch} publishing={publishing} />
      {bad.length > 0 && <BadRows language={language} batch={batch} bad={bad} />}
    </>
  );
};

const UnderWay = ({ language, batch }: { language: Language; batch: Batch }) => {
  const t = importWords[language];
  const accepting = batch.state === "ACCEPTING";
  return (
    <Card>
      <ProgressBar
        done={accepting ? batch.written : batch.read}
        total={accepting ? batch.valid : batch.totalEstimate}
        poll={inLanguage(language, `${addressOf(batch)}/tien-do.json`)}
        label={accepting ? t.progress.ACCEPTING : t.progress.STAGING}
      />
      <Text>{t.progressHint}</Text>
      <Link href={inLanguage(language, addressOf(batch))}>{t.reload}</Link>
    </Card>
  );
};

const Figures = ({ language, batch }: { language: Language; batch: Batch }) => {
  const t = importWords[language];
  const n = (value: number) => showNumber(language, value);
  const written = batch.state === "ACCEPTED" || batch.written > 0;
  return (
    <Card>
      <Grid columns={3}>
        <Figure label={t.read} value={n(batch.read)} />
        <Figure label={t.valid} value={n(batch.valid)} />
        <Figure label={t.bad} value={n(batch.bad)} />
        {written && <Figure label={t.created} value={n(batch.created)} />}
        {written && <Figure label={t.updated} value={n(batch.updated)} />}
        {written && <Figure label={t.unchanged} value={n(batch.unchanged)} />}
        {batch.publish && <Figure label={t.published} value={n(batch.published)} />}
      </Grid>
    </Card>
  );
};

const Staged = ({ language, batch, publishing }: { language: Language; batch: Batch; publishing: Publishing }) => {
  const t = importWords[language];
  const n = showNumber(language, batch.valid);
  const part = batch.bad > 0 ? "valid" : "all";
  const action = inLanguage(language, addressOf(batch));
  return (
    <Card>
      {batch.valid === 0 ? (
        <Notice tone="bad" why="import.accept.nothing">
          {t.noValidRow}
        </Notice>
      ) : (
        <Text>
          {t.nothingChanged} {t.acceptHint[batch.kind]}
        </Text>
      )}
      {publishing === "WAITS" && <Notice tone="wait">{t.publishWaits}</Notice>}
      <Row>
        {batch.valid === 0 && <ButtonLink href={inLanguage(language, `${home}/moi`)}>{t.sendMended}</ButtonLink>}
        {batch.valid > 0 && publishing === "MAY" && (
          <Form action={action} hidden={{ decision: `publish-${part}` }}>
            <Button>{batch.bad > 0 ? t.publishValid(n) : t.publishAll}</Button>
          </Form>
        )}
        {batch.valid > 0 && (
          <Form action={action} hidden={{ decision: `accept-${part}` }}>
            <Button tone={publishing === "NONE" ? "primary" : "plain"}>
              {batch.bad > 0 ? t.acceptValid(n) : t.acceptAll}
            </Button>
          </Form>
        )}
        <Cancel language={language} batch={batch} />
      </Row>
    </Card>
  );
};

const Cancel = ({ language, batch }: { language: Language; batch: Batch }) => (
  <Form action={inLanguage(language, addressOf(batch))} hidden={{ decision: "cancel" }}>
    <Button tone="plain">{importWords[language].cancel}</Button>
  </Form>
);

const Decisions = ({ language, batch, publishing }: { language: Language; batch: Batch; publishing: Publishing }) => {
  const t = importWords[language];
  const action = inLanguage(language, addressOf(batch));
  const cancel = <Cancel language={language} batch={batch} />;
  const again = (
    <ButtonLink href={inLanguage(language, `${home}/moi`)} tone="plain">
      {t.again}
    </ButtonLink>
  );
  if (batch.state === "STAGED") return <Staged language={language} batch={batch} publishing={publishing} />;
  if (batch.state === "FAILED")
    return (
      <Row>
        <Form action={action} hidden={{ decision: "retry" }}>
          <Button>{t.retry}</Button>
        </Form>
        {batch.written === 0 && cancel}
      </Row>
    );
  if (batch.state === "MAPPING") return cancel;
  if (isUnderWay(batch.state)) return null;
  const see = batch.kind === "DEALS" ? ["/khong-gian/giao-dich", t.toDeals] : ["/khong-gian/tin-dang", t.toListings];
  return (
    <Row>
      {batch.state === "ACCEPTED" && <ButtonLink href={inLanguage(language, see[0] ?? "")}>{see[1]}</ButtonLink>}
      {again}
    </Row>
  );
};

const BadRows = ({ language, batch, bad }: { language: Language; batch: Batch; bad: readonly BadRow[] }) => {
  const t = importWords[language];
  return (
    <Section title={t.badRows} id="dong-loi">
      <Text>{t.badRowsHint}</Text>
      <ButtonLink href={inLanguage(language, `${addressOf(batch)}/dong-loi`)} tone="plain">
        {t.badRowsFile} (.{batch.format})
      </ButtonLink>
      <Muted>{t.badRowsShown(showNumber(language, bad.length), showNumber(language, batch.bad))}</Muted>
      <Table
        caption={t.badRows}
        rows={bad}
        keyOf={(row) => String(row.number)}
        columns={[
          { head: t.row, cell: (row) => showNumber(language, row.number), number: true },
          {
            head: t.reason,
            cell: (row) =>
              row.problems.map((problem) => (
                <div key={`${problem.column}${problem.why}`} data-why={problem.why}>
                  {sayProblem(language, problem)}
                </div>
              )),
          },
        ]}
      />
    </Section>
  );
};

const MappingForm = ({ form, batch }: { form: FormState; batch: Batch }) => {
  const { language } = form;
  const t = importWords[language];
  const state = { ...form, own: whyWords(language) };
  const columns = columnsOf(batch.kind);
  const choices = [
    { value: "", label: t.skip },
    ...columns.map((column) => ({ value: column.key, label: headerOf(column.key, language) })),
  ];
  return (
    <Card title={t.mapping}>
      <Text>{t.mappingLead}</Text>
      <Muted>
        {t.mappingRequired(
          columns
            .filter((column) => column.required)
            .map((column) => headerOf(column.key, language))
            .join(", "),
        )}
      </Muted>
      <ErrorSummary form={state} />
      <Form action={inLanguage(language, `${addressOf(batch)}/cot`)} label={t.mapping}>
        {batch.headers.map((header, index) => (
          <SelectField
            key={header}
            form={state}
            name={`column${index}`}
            label={header}
            choices={choices}
            empty={false}
            required
          />
        ))}
        <Button>{t.mapSend}</Button>
      </Form>
    </Card>
  );
};
