import type { Language } from "../../../kernel/language.ts";
import type { ProvincePack } from "../../../province/index.ts";
import {
  Button,
  ErrorSummary,
  FileField,
  Form,
  type FormState,
  RadioField,
  SelectField,
  TextField,
} from "../../../ui/form.tsx";
import { Card, Lead, Link, Muted, Notice, Problem, Row, Text } from "../../../ui/parts.tsx";
import { sayWhy } from "../../../ui/words.ts";
import { codeWords } from "./listing.codes.words.ts";
import { fieldWords } from "./listing.field.words.ts";
import type { ListingFile } from "./listing.file.queries.ts";
import { ContactNotice, listingAddress, StepFrame, stepLabel } from "./listing.form.pages.tsx";
import { formWords } from "./listing.form.words.ts";
import { DocumentBody, FileList } from "./listing.public.pages.tsx";
import type { Missing } from "./listing.requirements.ts";
import { contactHints, isEditable, type Listing, type ListingVerb } from "./listing.rules.ts";
import { listingWords } from "./listing.words.ts";
import { VerbForm } from "./listing.workspace.pages.tsx";

/** The last two steps: files with who may see them, and the look at the whole before it is sent. */

export type FilesPageProps = {
  listing: Listing;
  files: readonly ListingFile[];
  form: FormState;
  /** The file types the upload takes, and whether there is room for one more. */
  accept: string;
  mayAdd: boolean;
  problem: string | undefined;
  language: Language;
};

const whoSees = (language: Language) =>
  Object.entries(codeWords[language].visibilities).map(([value, label]) => ({ value, label }));

export function FilesPage({ listing, files, form, problem, accept, mayAdd, language }: FilesPageProps) {
  const t = formWords[language];
  const editable = isEditable(listing);
  return (
    <StepFrame listing={listing} step="tep" language={language}>
      <Problem language={language} own={listingWords[language].why} why={problem} />
      <ErrorSummary form={form} labels={{ file: t.file, kind: t.fileKind, visibility: t.visibility, alt: t.alt }} />
      {!editable && <Notice tone="wait">{t.waiting}</Notice>}
      {files.length > 0 && (
        <Card title={t.files}>
          {files.map((file) => (
            <Card key={file.id} title={<Link href={`/tep/${file.id}`}>{file.name}</Link>}>
              {file.kind === "PICTURE" && (
                <img src={`/tep/${file.id}`} alt={file.alt ?? ""} width="240" loading="lazy" />
              )}
              {editable && <FileForm listing={listing} file={file} language={language} />}
            </Card>
          ))}
        </Card>
      )}
      {editable && mayAdd && <AddFile listing={listing} form={form} accept={accept} language={language} />}
      <p>
        <Link href={listingAddress(language, listing.code, "xem-lai")}>{stepLabel(language, listing, "xem-lai")}</Link>
      </p>
    </StepFrame>
  );
}

/** What is said of one file; the second button takes it out. */
function FileForm({ listing, file, language }: { listing: Listing; file: ListingFile; language: Language }) {
  const t = formWords[language];
  const own: FormState = { language, typed: { visibility: file.visibility, alt: file.alt ?? "" }, why: {} };
  const action = `${listingAddress(language, listing.code, "tep")}/${file.id}`;
  return (
    <Form action={action} hidden={{ version: String(listing.version) }} label={file.name}>
      {file.kind === "PICTURE" && (
        <TextField form={own} name="alt" label={t.alt} hint={t.altHint} maxLength={300} required />
      )}
      <SelectField
        form={own}
        name="visibility"
        label={t.visibility}
        choices={whoSees(language)}
        required
        empty={false}
      />
      <Row>
        <Button name="go" value="save" tone="plain">
          {t.saveFile}
        </Button>
        <Button name="go" value="remove" tone="quiet">
          {t.remove}
        </Button>
      </Row>
    </Form>
  );
}

type AddFileProps = Pick<FilesPageProps, "listing" | "form" | "accept" | "language">;
function AddFile({ listing, form, accept, language }: AddFileProps) {
  const t = formWords[language];
  const kinds = (["PICTURE", "ATTACHMENT"] as const).map((value) => ({ value, label: t[value] }));
  return (
    <Card title={t.addFile}>
      <Form
        action={listingAddress(language, listing.code, "tep")}
        hidden={{ version: String(listing.version) }}
        files
        label={t.addFile}
      >
        <FileField form={form} name="file" label={t.file} hint={t.fileHint} accept={accept} required />
        <RadioField form={form} name="kind" label={t.fileKind} hint={t.fileKindHint} choices={kinds} />
        <TextField form={form} name="alt" label={t.alt} hint={t.altHint} maxLength={300} />
        <SelectField
          form={form}
          name="visibility"
          label={t.visibility}
          choices={whoSees(language)}
          required
          empty={false}
        />
        <Button>{t.upload}</Button>
      </Form>
    </Card>
  );
}

export type CheckPageProps = {
  listing: Listing;
  missing: readonly Missing[];
  files: readonly ListingFile[];
  verbs: readonly ListingVerb[];
  pack: ProvincePack;
  language: Language;
  day: string;
};
/** What is missing, each with a link to its step, and the listing as it will stand. */
export function CheckPage({ listing, missing, files, verbs, pack, language, day }: CheckPageProps) {
  const t = formWords[language];
  const labels: Readonly<Record<string, string>> = fieldWords[language].label;
  const shown = files.flatMap((file) =>
    file.visibility === "RESTRICTED" ? [] : [{ ...file, visibility: file.visibility, alt: file.alt ?? "" }],
  );
  return (
    <StepFrame listing={listing} step="xem-lai" language={language}>
      {missing.length > 0 ? (
        <Card title={t.missingTitle}>
          <ul>
            {missing.map((one) => (
              <li key={`${one.step}-${one.field}-${one.why}`} data-why={one.why}>
                <Link href={listingAddress(language, listing.code, one.step)}>
                  {stepLabel(language, listing, one.step)}
                </Link>
                {": "}
                {labels[one.field] ? `${labels[one.field]} – ` : ""}
                {sayWhy(language, listingWords[language].why, one.why)}
              </li>
            ))}
          </ul>
        </Card>
      ) : (
        <Notice tone="good">{t.complete}</Notice>
      )}
      <ContactNotice names={contactHints(listing.draft)} language={language} />
      {verbs.includes("SUBMIT") && missing.length === 0 && (
        <VerbForm listing={listing} verbs={["SUBMIT"]} language={language} />
      )}
      <Muted>{t.reviewLead}</Muted>
      <Card title={listing.draft.title ?? listing.code}>
        <Lead>{listing.draft.summaryPublic}</Lead>
        <FileList files={shown} language={language} />
        <DocumentBody pack={pack} language={language} kind={listing.kind} document={listing.draft} day={day} />
      </Card>
      {listing.draft.confidentialDetail && (
        <Card title={labels.confidentialDetail}>
          <Muted>{t.confidential}</Muted>
          <Text>{listing.draft.confidentialDetail}</Text>
        </Card>
      )}
    </StepFrame>
  );
}
