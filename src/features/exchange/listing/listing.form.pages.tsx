import type { ComponentChildren } from "preact";
import { textOf } from "../../../kernel/form.ts";
import { inLanguage, type Language } from "../../../kernel/language.ts";
import type { ProvincePack } from "../../../province/index.ts";
import {
  Button,
  CheckboxesField,
  ErrorSummary,
  Form,
  type FormState,
  SelectField,
  TextArea,
  TextField,
  TickField,
} from "../../../ui/form.tsx";
import { Card, Details, Facts, Grid, Link, Muted, Notice, Problem, Row, StepList, Title } from "../../../ui/parts.tsx";
import { choicesOf } from "./listing.choices.ts";
import type { ListingDocument } from "./listing.document.ts";
import { fieldWords } from "./listing.field.words.ts";
import type { Field, Part } from "./listing.fields.ts";
import { formWords } from "./listing.form.words.ts";
import { type FormStep, requiredFields, stepsOf } from "./listing.requirements.ts";
import type { Listing } from "./listing.rules.ts";
import { shownText, TechClassNotice } from "./listing.show.tsx";

/** One step of the form: its fields come from listing.fields.ts. */

type Shown = { pack: ProvincePack; language: Language; day: string };

export const listingAddress = (language: Language, code: string, step?: string): string =>
  inLanguage(language, `/khong-gian/tin-dang/${code}${step ? `/${step}` : ""}`);

export function stepLabel(language: Language, listing: Pick<Listing, "kind">, step: FormStep): string {
  const t = formWords[language];
  const own: Partial<Record<FormStep, string>> = listing.kind === "REQUEST" ? t.requestStep : {};
  return own[step] ?? t.step[step];
}

/** The frame of every step: where one is, what the reviewer said, what waits. */
export function StepFrame({
  listing,
  step,
  language,
  children,
}: {
  listing: Listing;
  step: FormStep;
  language: Language;
  children: ComponentChildren;
}) {
  const t = formWords[language];
  const steps = stepsOf(listing.kind).map((key) => ({
    key,
    label: stepLabel(language, listing, key),
    href: listingAddress(language, listing.code, key),
  }));
  return (
    <>
      <Title
        over={
          <Link href={listingAddress(language, listing.code)}>{`${listing.code} · ${listing.draft.title ?? ""}`}</Link>
        }
      >
        {stepLabel(language, listing, step)}
      </Title>
      <StepList steps={steps} current={step} label={t.sections} />
      {listing.reason && (
        <Notice tone="wait">
          <strong>{t.reason}:</strong> {listing.reason}
        </Notice>
      )}
      {children}
    </>
  );
}

export type StepPageProps = Shown & {
  listing: Listing;
  step: FormStep;
  fields: readonly Field[];
  form: FormState;
  /** What part of the form was saved although another part was refused. */
  isPartlySaved?: boolean;
  /** What is stored where somebody else was quicker: shown beside what was typed, so that neither is lost. */
  stored?: ListingDocument | undefined;
  problem?: string | undefined;
  isEditable: boolean;
};

export function StepPage({
  listing,
  step,
  fields,
  form,
  isPartlySaved,
  stored,
  problem,
  isEditable,
  ...shown
}: StepPageProps) {
  const { language } = shown;
  const t = formWords[language];
  const required = requiredFields(listing.kind, listing.goodsKind).map(([, field]) => field);
  return (
    <StepFrame listing={listing} step={step} language={language}>
      {form.own && <Problem language={language} own={form.own} why={problem} />}
      <ErrorSummary form={form} labels={labelsOf(fields, language)} />
      {isPartlySaved && <Notice tone="good">{t.partlySaved}</Notice>}
      {stored && <Stored fields={fields} stored={stored} {...shown} />}
      {!isEditable && <Notice tone="wait">{t.waiting}</Notice>}
      {step === "so-huu-tri-tue" && <Notice tone="wait">{t.novelty}</Notice>}
      {step === "cong-nghe" && <TechClassNotice {...shown} techClass={textOf(form.typed, "techClass")} />}
      <Form
        action={listingAddress(language, listing.code, step)}
        hidden={{ version: String(listing.version), autosave: isEditable ? "1" : "" }}
        label={stepLabel(language, listing, step)}
      >
        {fields.map((field) => (
          <FieldView key={field.name} field={field} form={form} isRequired={required.includes(field.name)} {...shown} />
        ))}
        {isEditable && (
          <>
            <Row>
              <Button name="go" value="next">
                {t.saveNext}
              </Button>
              <Button name="go" value="save" tone="plain">
                {t.saveDraft}
              </Button>
            </Row>
            <p role="status" id="luu-nhap" data-saving={t.saving} data-failed={t.saveFailed} />
          </>
        )}
      </Form>
    </StepFrame>
  );
}

function Stored({ fields, stored, pack, language }: Shown & { fields: readonly Field[]; stored: ListingDocument }) {
  const label = fieldWords[language].label;
  return (
    <Card title={formWords[language].onlyStored}>
      <Facts of={fields.map((field) => [label[field.name], shownText(pack, language, field.name, stored)] as const)} />
    </Card>
  );
}

/** The name of each field and part as the error summary cites it. */
function labelsOf(fields: readonly Field[], language: Language): Record<string, string> {
  const { label, part } = fieldWords[language];
  const parts: Readonly<Record<string, string>> = part;
  const labels: Record<string, string> = {};
  for (const field of fields) {
    labels[field.name] = label[field.name];
    if (field.as !== "rows" && field.as !== "group") continue;
    for (const one of field.parts) {
      const name = `${label[field.name]} – ${parts[one.name] ?? one.name}`;
      labels[`${field.name}.${one.name}`] = name;
      if (field.as === "rows")
        for (let at = 0; at < field.max; at++) labels[`${field.name}.${at}.${one.name}`] = `${name} (${at + 1})`;
    }
  }
  return labels;
}

function FieldView({
  field,
  form,
  isRequired,
  ...shown
}: Shown & { field: Field; form: FormState; isRequired: boolean }) {
  const { pack, language, day } = shown;
  const { label, hint } = fieldWords[language];
  const hints: Readonly<Record<string, string>> = hint;
  const common = { form, name: field.name, label: label[field.name], hint: hints[field.name], required: isRequired };
  switch (field.as) {
    case "text":
    case "day":
      return <TextField {...common} maxLength={field.max} width={field.as === "day" ? "short" : "full"} />;
    case "area":
      return <TextArea {...common} maxLength={field.max} {...(field.rows ? { rows: field.rows } : {})} />;
    case "list":
      return <TextField {...common} maxLength={field.max} />;
    case "choice":
    case "number":
      return <SelectField {...common} choices={choicesOf(pack, language, field.of, day)} />;
    case "checks":
      return <CheckboxesField {...common} choices={choicesOf(pack, language, field.of, day)} columns />;
    case "tick":
      return <TickField {...common} />;
    case "group":
      return (
        <Card title={label[field.name]} id={`o-${field.name}`}>
          <Parts parts={field.parts} prefix={field.name} form={form} {...shown} />
        </Card>
      );
    case "rows":
      return <RowsView field={field} form={form} {...shown} />;
  }
}

const emptyRows = 2;
function RowsView({ field, form, ...shown }: Shown & { field: Extract<Field, { as: "rows" }>; form: FormState }) {
  const { language } = shown;
  const t = formWords[language];
  const hints: Readonly<Record<string, string>> = fieldWords[language].hint;
  const used = Object.keys(form.typed).flatMap((name) =>
    name.startsWith(`${field.name}.`) && textOf(form.typed, name) ? [Number(name.split(".")[1]) + 1] : [],
  );
  const count = Math.min(
    field.max,
    Math.max(0, ...used.filter((n) => Number.isInteger(n) && n <= field.max)) + emptyRows,
  );
  return (
    <Card title={fieldWords[language].label[field.name]} id={`o-${field.name}`}>
      {hints[field.name] && <Muted>{hints[field.name]}</Muted>}
      {Array.from({ length: count }, (_, at) => (
        <Details key={`${field.name}-${at + 1}`} summary={t.row(at + 1)} open={at < count - emptyRows || at === 0}>
          <Parts parts={field.parts} prefix={`${field.name}.${at}`} form={form} {...shown} />
        </Details>
      ))}
      {count < field.max && <Muted>{t.moreRows}</Muted>}
    </Card>
  );
}

function Parts({
  parts,
  prefix,
  form,
  pack,
  language,
  day,
}: Shown & { parts: readonly Part[]; prefix: string; form: FormState }) {
  const words: Readonly<Record<string, string>> = fieldWords[language].part;
  return (
    <Grid columns={parts.length > 2 ? 3 : 2}>
      {parts.map((part) => {
        const common = { form, name: `${prefix}.${part.name}`, label: words[part.name] ?? part.name, required: true };
        return part.of ? (
          <SelectField
            key={part.name}
            {...common}
            choices={choicesOf(pack, language, part.of, day)}
            empty={part.of !== "currencies"}
          />
        ) : (
          <TextField
            key={part.name}
            {...common}
            {...(part.max ? { maxLength: part.max } : {})}
            {...(part.as === "money" ? { inputMode: "numeric" as const } : {})}
          />
        );
      })}
    </Grid>
  );
}
