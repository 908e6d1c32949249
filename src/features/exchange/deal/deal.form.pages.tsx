import { type Typed, textOf, type Why } from "../../../kernel/form.ts";
import { inLanguage, type Language } from "../../../kernel/language.ts";
import type { ProvincePack } from "../../../province/index.ts";
import { Button, ErrorSummary, FileField, Form, type FormState, TextArea, TextField } from "../../../ui/form.tsx";
import { Card, Lead, Link, Text, Title } from "../../../ui/parts.tsx";
import { ContractFields, labelsOf } from "./deal.form.fields.tsx";
import { dealFormWords } from "./deal.form.words.ts";
import type { Deal } from "./deal.rules.ts";
import { dealWords } from "./deal.words.ts";

/** The contract form: the parties', the office's for off-platform deals, and the office's correction. */

export type ContractPageProps = {
  language: Language;
  pack: ProvincePack;
  deal: Deal;
  typed: Typed;
  why: Why;
  version: string;
  isCorrection: boolean;
};
export function ContractPage(p: ContractPageProps) {
  const t = dealFormWords[p.language];
  const w = dealWords[p.language];
  const form: FormState = { language: p.language, typed: p.typed, why: p.why, own: w.why };
  const back = p.isCorrection ? `/van-phong/giao-dich/${p.deal.code}` : `/giao-dich/${p.deal.code}`;
  return (
    <>
      <Title over={<Link href={inLanguage(p.language, back)}>{p.deal.code}</Link>}>
        {p.isCorrection ? w.correct : t.contractTitle}
      </Title>
      <Lead>{p.isCorrection ? w.correctLead : t.contractLead}</Lead>
      <ErrorSummary form={form} labels={labelsOf(p.language)} />
      <Form
        action={inLanguage(p.language, `${back}/${p.isCorrection ? "dieu-chinh" : "hop-dong"}`)}
        hidden={{ version: p.version }}
      >
        {p.isCorrection && <TextArea form={form} name="reason" label={w.correctReason} rows={3} required />}
        <ContractFields language={p.language} pack={p.pack} form={form} />
        <Button>{p.isCorrection ? w.correct : w.editContract}</Button>
      </Form>
    </>
  );
}

/** The office enters a deal made elsewhere, with its contract if at hand. */
export function EnterPage(p: { language: Language; pack: ProvincePack; typed: Typed; why: Why }) {
  const t = dealFormWords[p.language];
  const w = dealWords[p.language];
  const form: FormState = { language: p.language, typed: p.typed, why: p.why, own: w.why };
  return (
    <>
      <Title>{t.enterTitle}</Title>
      <Lead>{t.enterLead}</Lead>
      <Text>{t.moneyLead}</Text>
      <ErrorSummary form={form} labels={labelsOf(p.language)} />
      <Form action={inLanguage(p.language, "/van-phong/giao-dich/moi")} hidden={{ id: textOf(p.typed, "id") }} files>
        <TextField form={form} name="title" label={w.title} maxLength={200} required />
        <TextField form={form} name="buyer" label={t.buyer} hint={t.supplierHint} maxLength={200} required />
        <ContractFields language={p.language} pack={p.pack} form={form} />
        <Card title={w.step.ACCEPTANCE}>
          <TextField form={form} name="acceptedOn" label={t.acceptedOn} hint={t.dayHint} width="short" />
        </Card>
        <Card title={w.evidence}>
          <FileField form={form} name="file" label={t.file} hint={t.fileHint} />
        </Card>
        <Button>{t.enterTitle}</Button>
      </Form>
    </>
  );
}
