import type { ComponentChildren } from "preact";
import { textOf } from "../../../kernel/form.ts";
import { inLanguage, type Language } from "../../../kernel/language.ts";
import type { ProvincePack } from "../../../province/index.ts";
import { Button, ErrorSummary, Form, type FormState } from "../../../ui/form.tsx";
import { Card, Facts, Link, Notice, Problem, Row, StepList, Title } from "../../../ui/parts.tsx";
import type { ListingDocument } from "./listing.document.ts";
import { fieldWords } from "./listing.field.words.ts";
import type { Field } from "./listing.fields.ts";
import { FieldView } from "./listing.form.parts.tsx";
import { formWords } from "./listing.form.words.ts";
import { type FormStep, requiredFields, stepsOf } from "./listing.requirements.ts";
import { contactHints, type Listing } from "./listing.rules.ts";
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

/** Which public fields seem to hold contact details, said to the writer while it can be mended. */
export function ContactNotice({ names, language }: { names: readonly (keyof ListingDocument)[]; language: Language }) {
  if (names.length === 0) return null;
  const label = fieldWords[language].label;
  return (
    <Notice tone="wait">
      <span data-hint="contact">{formWords[language].contacts(names.map((name) => label[name]).join(", "))}</span>
    </Notice>
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
      <ContactNotice
        names={contactHints(listing.draft).filter((name) => fields.some((field) => field.name === name))}
        language={language}
      />
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
