import type { Actor } from "../../../kernel/actor.ts";
import { inLanguage, type Language } from "../../../kernel/language.ts";
import { Button, ErrorSummary, FileField, Form, type FormState, SelectField, TextField } from "../../../ui/form.tsx";
import { showDay } from "../../../ui/format.ts";
import { Badge, Card, Details, Empty, Link, Muted, Row, Section, Stack } from "../../../ui/parts.tsx";
import { type Refused, refusedAt } from "./deal.http.ts";
import { type Deal, type DealEvidence, evidenceKinds, mayAddEvidence, mayDecide } from "./deal.rules.ts";
import type { Shown } from "./deal.shown.rules.ts";
import { dealWords } from "./deal.words.ts";

type Props = { language: Language; actor: Actor; deal: Deal; shown: Shown; refused: Refused | undefined };
/** A form as it was sent, its problems of no field apart: the page says those on top. */
function formOf(language: Language, refused: Refused | undefined, name: string): FormState {
  const { typed, why } = refusedAt(refused, name);
  const { "": _, ...fields } = why;
  return { language, typed, why: fields, own: dealWords[language].why };
}

/** The documents behind a deal; whoever may decide finds the buttons beside each. */
export function Evidence(p: Props) {
  const { language, actor, deal } = p;
  const t = dealWords[language];
  return (
    <Section title={t.evidence} id="tai-lieu">
      {deal.evidence.length === 0 ? (
        <Empty>{t.noEvidence}</Empty>
      ) : (
        <Stack>
          {deal.evidence.map((one) => (
            <OneDocument key={one.id} {...p} one={one} />
          ))}
        </Stack>
      )}
      {mayAddEvidence(actor, deal) && <AddEvidence language={language} deal={deal} refused={p.refused} />}
    </Section>
  );
}

function OneDocument({ language, actor, deal, one, shown, refused }: Props & { one: DealEvidence }) {
  const t = dealWords[language];
  const form = formOf(language, refused, one.id);
  const tone = one.decision === "CONFIRMED" ? "good" : one.decision === "REFUSED" ? "bad" : "wait";
  return (
    <Card title={t.evidenceKind[one.kind]}>
      <Row>
        {shown.names && <Link href={`/tep/${one.fileId}`}>{one.fileName}</Link>}
        {shown.names && one.documentNumber && <span>{one.documentNumber}</span>}
        {one.documentOn && <span>{showDay(one.documentOn)}</span>}
        <Badge tone={tone}>{t.decision[one.decision ?? "WAITING"]}</Badge>
      </Row>
      {shown.names && one.reason && <Muted>{one.reason}</Muted>}
      {one.decision === undefined && mayDecide(actor, deal, one) && (
        <Form
          action={inLanguage(language, `/van-phong/giao-dich/${deal.code}/minh-chung/${one.id}`)}
          hidden={{ version: String(deal.version) }}
        >
          <ErrorSummary form={form} labels={{ reason: t.reason }} />
          <TextField form={form} name="reason" label={t.reason} maxLength={2_000} />
          <Row>
            <Button name="decision" value="CONFIRMED">
              {t.doConfirm}
            </Button>
            <Button name="decision" value="REFUSED" tone="danger">
              {t.doRefuse}
            </Button>
          </Row>
        </Form>
      )}
    </Card>
  );
}

function AddEvidence({ language, deal, refused }: Pick<Props, "language" | "deal" | "refused">) {
  const t = dealWords[language];
  const form = formOf(language, refused, "evidence");
  return (
    <Details summary={t.addEvidence} open={refused?.form === "evidence"}>
      <ErrorSummary
        form={form}
        labels={{ kind: t.kind, documentNumber: t.number, documentOn: t.documentOn, file: t.file }}
      />
      <Form
        action={inLanguage(language, `/giao-dich/${deal.code}/minh-chung`)}
        hidden={{ version: String(deal.version) }}
        files
      >
        <SelectField
          form={form}
          name="kind"
          label={t.kind}
          hint={t.certificateHint}
          choices={evidenceKinds.map((kind) => ({ value: kind, label: t.evidenceKind[kind] }))}
          required
        />
        <TextField form={form} name="documentNumber" label={t.number} maxLength={80} width="short" />
        <TextField form={form} name="documentOn" label={t.documentOn} width="short" />
        <FileField form={form} name="file" label={t.file} required />
        <Button>{t.addEvidence}</Button>
      </Form>
    </Details>
  );
}
