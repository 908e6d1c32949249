import type { Day } from "../../../kernel/clock.ts";
import type { Typed, Why } from "../../../kernel/form.ts";
import { inLanguage, type Language } from "../../../kernel/language.ts";
import { label, type ProvincePack } from "../../../province/index.ts";
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
import { showDay } from "../../../ui/format.ts";
import { Badge, Card, Details, Empty, Facts, Lead, Link, Table, Title } from "../../../ui/parts.tsx";
import { countsOn, type Intermediary, intermediaryKinds } from "./intermediary.rules.ts";
import { intermediaryWords } from "./intermediary.words.ts";

type View = { language: Language; pack: ProvincePack; today: Day; typed?: Typed; why?: Why };
const formOf = ({ language, typed, why }: View): FormState => ({
  language,
  typed: typed ?? {},
  why: why ?? {},
  own: intermediaryWords[language].why,
});

export const intermediaryKindName = (pack: ProvincePack, kind: string, language: Language): string => {
  const found = pack.goods.intermediaryKinds.find((one) => one.key === kind);
  return found ? label(found, language) : kind;
};
const kindChoices = (pack: ProvincePack, language: Language) =>
  intermediaryKinds.map((kind) => ({ value: kind, label: intermediaryKindName(pack, kind, language) }));

const State = ({ language, is, today }: { language: Language; is: Intermediary; today: Day }) => {
  const t = intermediaryWords[language];
  return countsOn(is, today) ? <Badge tone="good">{t.counted}</Badge> : <Badge tone="wait">{t.notCounted}</Badge>;
};

export function IntermediariesPage({
  view,
  all,
  candidates,
}: {
  view: View;
  all: readonly Intermediary[];
  candidates: readonly { code: string; name: string }[];
}) {
  const { language, pack, today } = view;
  const t = intermediaryWords[language];
  const form = formOf(view);
  return (
    <>
      <Title>{t.title}</Title>
      <Lead>{t.lead}</Lead>
      {all.length === 0 ? (
        <Empty>{t.none}</Empty>
      ) : (
        <Table
          caption={t.title}
          rows={all}
          keyOf={(one) => one.id}
          columns={[
            {
              head: t.organisation,
              cell: (one) => (
                <Link href={inLanguage(language, `/van-phong/trung-gian/${one.id}`)}>{one.organisationName}</Link>
              ),
            },
            { head: t.kind, cell: (one) => intermediaryKindName(pack, one.kind, language) },
            { head: t.formedOn, cell: (one) => showDay(one.formedOn) },
            { head: t.connectedOn, cell: (one) => one.connection && showDay(one.connection.connectedOn) },
            { head: t.state, cell: (one) => <State language={language} is={one} today={today} /> },
          ]}
        />
      )}
      <Card title={t.record} id="ghi-nhan">
        <ErrorSummary form={form} labels={{ organisation: t.organisation, kind: t.kind, formedOn: t.formedOn }} />
        <Form action={inLanguage(language, "/van-phong/trung-gian")} label={t.record}>
          <TextField form={form} name="organisation" label={t.organisation} hint={t.organisationHint} required />
          {candidates.length > 0 && (
            <Details summary={t.candidates}>
              <Facts of={candidates.map((one) => [one.code, one.name] as const)} />
            </Details>
          )}
          <SelectField form={form} name="kind" label={t.kind} choices={kindChoices(pack, language)} required />
          <TextField form={form} name="formedOn" label={t.formedOn} hint="31/12/2025" width="short" required />
          <Button>{t.record}</Button>
        </Form>
      </Card>
    </>
  );
}

export function IntermediaryPage({ view, is }: { view: View; is: Intermediary }) {
  const { language, pack, today } = view;
  const t = intermediaryWords[language];
  const form = formOf(view);
  const at = inLanguage(language, `/van-phong/trung-gian/${is.id}`);
  const { connection } = is;
  return (
    <>
      <Title over={<Link href={inLanguage(language, "/van-phong/trung-gian")}>{t.title}</Link>}>
        {is.organisationName}
      </Title>
      <Card>
        <Facts
          of={[
            [t.kind, intermediaryKindName(pack, is.kind, language)],
            [t.formedOn, showDay(is.formedOn)],
            [t.state, <State key="state" language={language} is={is} today={today} />],
            [t.connectedOn, connection && showDay(connection.connectedOn)],
            [t.documentTitle, connection && `${connection.documentTitle} (${connection.documentNumber ?? t.noNumber})`],
            [
              t.file,
              connection && (
                <Link key="file" href={`/tep/${connection.fileId}`}>
                  {t.file}
                </Link>
              ),
            ],
          ]}
        />
      </Card>
      <ErrorSummary
        form={form}
        labels={{
          connectedOn: t.connectedOn,
          documentTitle: t.documentTitle,
          documentNumber: t.documentNumber,
          file: t.file,
          reason: t.reason,
        }}
      />
      {connection ? (
        <Withdraw language={language} form={form} is={is} at={at} />
      ) : (
        <Connect language={language} form={form} is={is} at={at} />
      )}
    </>
  );
}

type CardProps = { language: Language; form: FormState; is: Intermediary; at: string };
function Withdraw({ language, form, is, at }: CardProps) {
  const t = intermediaryWords[language];
  return (
    <Card title={t.withdraw}>
      <Form action={`${at}/rut`} hidden={{ version: String(is.version) }} label={t.withdraw}>
        <TextArea form={form} name="reason" label={t.reason} required />
        <Button tone="danger">{t.withdraw}</Button>
      </Form>
    </Card>
  );
}
function Connect({ language, form, is, at }: CardProps) {
  const t = intermediaryWords[language];
  return (
    <Card title={t.connect}>
      <Form action={`${at}/ket-noi`} hidden={{ version: String(is.version) }} files label={t.connect}>
        <TextField form={form} name="connectedOn" label={t.connectedOn} hint="31/12/2025" width="short" required />
        <TextField form={form} name="documentTitle" label={t.documentTitle} required />
        <TextField form={form} name="documentNumber" label={t.documentNumber} />
        <FileField form={form} name="file" label={t.file} required />
        <Button>{t.connect}</Button>
      </Form>
    </Card>
  );
}
