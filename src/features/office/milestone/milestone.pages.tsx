import type { Typed, Why } from "../../../kernel/form.ts";
import { inLanguage, type Language } from "../../../kernel/language.ts";
import { label } from "../../../province/index.ts";
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
import { Badge, Card, Details, Lead, Link, Muted, Table, Title } from "../../../ui/parts.tsx";
import type { Milestone, StepDone } from "./milestone.rules.ts";
import { milestoneWords } from "./milestone.words.ts";

type View = { language: Language; typed?: Typed; why?: Why };

/** The steps of a milestone with their documents, for everybody; `withdraw` adds the office's form to each. */
export function StepsTable({
  language,
  milestone,
  done,
  form,
}: {
  language: Language;
  milestone: Milestone;
  done: readonly StepDone[];
  form?: FormState;
}) {
  const t = milestoneWords[language];
  const rows = milestone.steps.map((step) => ({
    step,
    made: done.find((one) => one.milestoneKey === milestone.indicator.key && one.stepKey === step.key),
  }));
  return (
    <Table
      caption={label(milestone.indicator, language)}
      rows={rows}
      keyOf={(row) => row.step.key}
      columns={[
        { head: t.step, cell: ({ step }) => label(step.name, language) },
        {
          head: t.document,
          cell: ({ step, made }) =>
            made ? (
              <>
                <Link href={`/tep/${made.fileId}`}>{made.documentTitle}</Link>
                <Muted>{made.documentNumber ?? t.noNumber}</Muted>
              </>
            ) : (
              <Muted>{label(step.document, language)}</Muted>
            ),
        },
        { head: t.doneOn, cell: ({ made }) => (made ? showDay(made.doneOn) : <Badge tone="wait">{t.notDone}</Badge>) },
        ...(form
          ? [
              {
                head: t.withdraw,
                cell: ({ made }: (typeof rows)[number]) =>
                  made && (
                    <Details summary={t.withdraw}>
                      <Form action={inLanguage(language, `/van-phong/cot-moc/${made.id}/rut`)} label={t.withdraw}>
                        <TextArea form={form} name="reason" label={t.reason} rows={2} required />
                        <Button tone="danger">{t.withdraw}</Button>
                      </Form>
                    </Details>
                  ),
              },
            ]
          : []),
      ]}
    />
  );
}

export function MilestonesPage({
  view,
  milestones,
  done,
}: {
  view: View;
  milestones: readonly Milestone[];
  done: readonly StepDone[];
}) {
  const { language } = view;
  const t = milestoneWords[language];
  const form: FormState = { language, typed: view.typed ?? {}, why: view.why ?? {}, own: t.why };
  return (
    <>
      <Title>{t.title}</Title>
      <Lead>{t.lead}</Lead>
      <ErrorSummary
        form={form}
        labels={{
          step: t.step,
          doneOn: t.doneOn,
          documentTitle: t.documentTitle,
          documentNumber: t.documentNumber,
          file: t.file,
          reason: t.reason,
        }}
      />
      {milestones.map((milestone) => (
        <MilestoneCard
          key={milestone.indicator.key}
          language={language}
          form={form}
          milestone={milestone}
          done={done}
        />
      ))}
    </>
  );
}

function MilestoneCard({
  language,
  form,
  milestone,
  done,
}: {
  language: Language;
  form: FormState;
  milestone: Milestone;
  done: readonly StepDone[];
}) {
  const t = milestoneWords[language];
  const own = done.filter((one) => one.milestoneKey === milestone.indicator.key);
  const open = milestone.steps.filter((step) => !own.some((one) => one.stepKey === step.key));
  return (
    <Card title={label(milestone.indicator, language)}>
      <Muted>{t.progress(milestone.steps.length - open.length, milestone.steps.length)}</Muted>
      <StepsTable language={language} milestone={milestone} done={own} form={form} />
      {open.length > 0 && (
        <Form
          action={inLanguage(language, "/van-phong/cot-moc")}
          hidden={{ milestone: milestone.indicator.key }}
          files
          label={t.record}
        >
          <SelectField
            form={form}
            name="step"
            label={t.step}
            choices={open.map((step) => ({ value: step.key, label: label(step.name, language) }))}
            required
          />
          <TextField form={form} name="doneOn" label={t.doneOn} hint={t.dayHint} width="short" required />
          <TextField form={form} name="documentTitle" label={t.documentTitle} required />
          <TextField form={form} name="documentNumber" label={t.documentNumber} hint={t.numberHint} />
          <FileField form={form} name="file" label={t.file} required />
          <Button>{t.record}</Button>
        </Form>
      )}
    </Card>
  );
}
