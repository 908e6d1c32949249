import type { Actor } from "../../../kernel/actor.ts";
import { inLanguage, type Language } from "../../../kernel/language.ts";
import { Button, FileField, Form, SelectField, TextField } from "../../../ui/form.tsx";
import { showDay } from "../../../ui/format.ts";
import { Badge, Card, Details, Empty, Link, Muted, Row, Section, Stack } from "../../../ui/parts.tsx";
import { type Deal, type DealEvidence, evidenceKinds, mayAddEvidence, mayDecide } from "./deal.rules.ts";
import { dealWords } from "./deal.words.ts";

type Props = { language: Language; actor: Actor; deal: Deal };
const plain = (language: Language) => ({ language, typed: {}, why: {}, own: dealWords[language].why });

/** The documents behind a deal; whoever may decide finds the buttons beside each. */
export function Evidence({ language, actor, deal }: Props) {
  const t = dealWords[language];
  return (
    <Section title={t.evidence} id="tai-lieu">
      {deal.evidence.length === 0 ? (
        <Empty>{t.noEvidence}</Empty>
      ) : (
        <Stack>
          {deal.evidence.map((one) => (
            <OneDocument key={one.id} language={language} actor={actor} deal={deal} one={one} />
          ))}
        </Stack>
      )}
      {mayAddEvidence(actor, deal) && <AddEvidence language={language} deal={deal} />}
    </Section>
  );
}

function OneDocument({ language, actor, deal, one }: Props & { one: DealEvidence }) {
  const t = dealWords[language];
  const tone = one.decision === "CONFIRMED" ? "good" : one.decision === "REFUSED" ? "bad" : "wait";
  return (
    <Card title={t.evidenceKind[one.kind]}>
      <Row>
        <Link href={`/tep/${one.fileId}`}>{one.fileName}</Link>
        {one.documentNumber && <span>{one.documentNumber}</span>}
        {one.documentOn && <span>{showDay(one.documentOn)}</span>}
        <Badge tone={tone}>{t.decision[one.decision ?? "WAITING"]}</Badge>
      </Row>
      {one.reason && <Muted>{one.reason}</Muted>}
      {one.decision === undefined && mayDecide(actor, deal, one) && (
        <Form
          action={inLanguage(language, `/van-phong/giao-dich/${deal.code}/chung-cu/${one.id}`)}
          hidden={{ version: String(deal.version) }}
        >
          <TextField form={plain(language)} name="reason" label={t.reason} maxLength={2_000} />
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

function AddEvidence({ language, deal }: { language: Language; deal: Deal }) {
  const t = dealWords[language];
  const form = plain(language);
  return (
    <Details summary={t.addEvidence}>
      <Form
        action={inLanguage(language, `/giao-dich/${deal.code}/chung-cu`)}
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
