import { inLanguage, type Language } from "../../../kernel/language.ts";
import {
  Button,
  type Choice,
  ErrorSummary,
  FileField,
  Form,
  type FormState,
  SelectField,
  TextField,
  TickField,
} from "../../../ui/form.tsx";
import { showInstant, showNumber } from "../../../ui/format.ts";
import {
  Badge,
  ButtonLink,
  Card,
  Empty,
  Lead,
  Link,
  Muted,
  Pager,
  Row,
  Section,
  Table,
  Title,
  type Tone,
} from "../../../ui/parts.tsx";
import type { Batch } from "./import.batch.ts";
import { addressOfKind } from "./import.input.ts";
import { whyWords } from "./import.report.ts";
import type { ImportKind, ImportState } from "./import.rules.ts";
import { importWords } from "./import.words.ts";

const home = "/khong-gian/nhap-du-lieu";
export const addressOf = (batch: Pick<Batch, "code">): string => `${home}/${batch.code}`;
export const tones: Record<ImportState, Tone> = {
  STAGING: "info",
  MAPPING: "wait",
  STAGED: "wait",
  REFUSED: "bad",
  ACCEPTING: "info",
  ACCEPTED: "good",
  CANCELLED: "plain",
  FAILED: "bad",
};

const Templates = ({ language, kinds }: { language: Language; kinds: readonly ImportKind[] }) => {
  const t = importWords[language];
  return (
    <Card title={t.templates}>
      <Row>
        {kinds.map((kind) => (
          <Link key={kind} href={inLanguage(language, `${home}/mau/${addressOfKind[kind]}`)}>
            {t.template[kind]} (.xlsx)
          </Link>
        ))}
      </Row>
      <Muted>{t.templatesHint}</Muted>
    </Card>
  );
};

type ListProps = {
  language: Language;
  batches: readonly Batch[];
  kinds: readonly ImportKind[];
  nextHref: string | undefined;
  firstHref: string | undefined;
};
export const ImportListView = ({ language, batches, kinds, nextHref, firstHref }: ListProps) => {
  const t = importWords[language];
  const begin = <ButtonLink href={inLanguage(language, `${home}/moi`)}>{t.start}</ButtonLink>;
  return (
    <>
      <Title>{t.title}</Title>
      <Lead>{t.lead}</Lead>
      <Section title={t.list}>
        {batches.length === 0 ? (
          <Empty action={begin}>{t.empty}</Empty>
        ) : (
          <>
            <Row>{begin}</Row>
            <Table
              caption={t.list}
              rows={batches}
              keyOf={(batch) => batch.id}
              columns={[
                { head: t.head.code, cell: (b) => <Link href={inLanguage(language, addressOf(b))}>{b.code}</Link> },
                { head: t.head.kind, cell: (b) => t.kind[b.kind] },
                { head: t.head.source, cell: (b) => b.source },
                { head: t.head.organisation, cell: (b) => b.organisationName },
                { head: t.head.state, cell: (b) => <Badge tone={tones[b.state]}>{t.state[b.state]}</Badge> },
                { head: t.head.rows, cell: (b) => showNumber(language, b.read), number: true },
                { head: t.head.sent, cell: (b) => showInstant(b.createdAt) },
              ]}
            />
          </>
        )}
        <Pager language={language} nextHref={nextHref} firstHref={firstHref} />
      </Section>
      <Templates language={language} kinds={kinds} />
    </>
  );
};

type NewProps = {
  form: FormState;
  kinds: readonly ImportKind[];
  organisations: readonly Choice[];
  accept: string;
  isOperator: boolean;
};
export const ImportNewView = ({ form, kinds, organisations, accept, isOperator }: NewProps) => {
  const t = importWords[form.language];
  const state = { ...form, own: whyWords(form.language) };
  return (
    <>
      <Title over={<Link href={inLanguage(form.language, home)}>{t.title}</Link>}>{t.start}</Title>
      <Lead>{t.lead}</Lead>
      <ErrorSummary
        form={state}
        labels={{
          kind: t.field.kind,
          organisationId: t.field.organisationId,
          organisation: t.field.organisation,
          publish: t.field.publish,
          source: t.field.source,
          file: t.field.file,
        }}
      />
      <Form action={inLanguage(form.language, `${home}/moi`)} files label={t.start}>
        <SelectField
          form={state}
          name="kind"
          label={t.field.kind}
          required
          empty={kinds.length > 1}
          choices={kinds.map((kind) => ({ value: kind, label: t.kind[kind] }))}
        />
        <SelectField
          form={state}
          name="organisationId"
          label={t.field.organisationId}
          required={!isOperator}
          empty={organisations.length > 1}
          choices={organisations}
        />
        {isOperator && (
          <TextField
            form={state}
            name="organisation"
            label={t.field.organisation}
            hint={t.field.organisationHint}
            maxLength={200}
          />
        )}
        <TextField
          form={state}
          name="source"
          label={t.field.source}
          hint={t.field.sourceHint}
          required
          maxLength={60}
        />
        <FileField form={state} name="file" label={t.field.file} hint={t.field.fileHint} required accept={accept} />
        {isOperator && <TickField form={state} name="publish" label={t.field.publish} hint={t.field.publishHint} />}
        <Button>{t.send}</Button>
      </Form>
      <Templates language={form.language} kinds={kinds} />
    </>
  );
};
