import { inLanguage, type Language } from "../../../kernel/language.ts";
import type { ProvincePack } from "../../../province/index.ts";
import { Button, CheckboxesField, ErrorSummary, Form, type FormState, TextArea } from "../../../ui/form.tsx";
import { showInstant } from "../../../ui/format.ts";
import {
  Card,
  Empty,
  Lead,
  Link,
  Muted,
  Notice,
  Pager,
  Problem,
  Row,
  Section,
  Table,
  Text,
  Timeline,
  Title,
} from "../../../ui/parts.tsx";
import type { ListingDocument } from "./listing.document.ts";
import { fieldWords } from "./listing.field.words.ts";
import type { ListingFile } from "./listing.file.queries.ts";
import { DocumentBody, FileList } from "./listing.public.pages.tsx";
import type { SimilarListing } from "./listing.published.queries.ts";
import type { ReviewRecord } from "./listing.queries.ts";
import { reviewWords } from "./listing.review.words.ts";
import { type Listing, type ListingVerb, reviewItems } from "./listing.rules.ts";
import { shownText } from "./listing.show.tsx";
import { listingWords } from "./listing.words.ts";
import { StateBadge } from "./listing.workspace.pages.tsx";

/** The office where what was sent is held against the checklist. */

export const reviewAddress = (language: Language, code?: string): string =>
  inLanguage(language, `/van-phong/duyet-tin${code ? `/${code}` : ""}`);

export function ReviewQueue({
  rows,
  nextHref,
  firstHref,
  language,
}: {
  rows: Listing[];
  nextHref: string | undefined;
  firstHref: string | undefined;
  language: Language;
}) {
  const t = reviewWords[language];
  return (
    <>
      <Title>{t.queue}</Title>
      <Lead>{t.lead}</Lead>
      {rows.length === 0 ? (
        <Empty>{t.empty}</Empty>
      ) : (
        <Table
          caption={t.queue}
          rows={rows}
          keyOf={(row) => row.id}
          columns={[
            {
              head: t.title,
              cell: (row) => <Link href={reviewAddress(language, row.code)}>{row.draft.title ?? row.code}</Link>,
            },
            { head: t.organisation, cell: (row) => row.organisationName },
            { head: t.sentAt, cell: (row) => (row.submittedAt ? showInstant(row.submittedAt) : "") },
            { head: t.state, cell: (row) => <StateBadge listing={row} language={language} /> },
          ]}
        />
      )}
      <Pager language={language} nextHref={nextHref} firstHref={firstHref} />
    </>
  );
}

export type ReviewPageProps = {
  listing: Listing;
  document: ListingDocument;
  before: ListingDocument | undefined;
  files: readonly ListingFile[];
  contacts: readonly string[];
  similar: readonly SimilarListing[];
  reviews: readonly ReviewRecord[];
  verbs: readonly ListingVerb[];
  isTakenByOther: boolean;
  form: FormState;
  problem: string | undefined;
  pack: ProvincePack;
  language: Language;
  day: string;
};

export function ReviewPage(p: ReviewPageProps) {
  const { listing, document, language, pack } = p;
  const t = reviewWords[language];
  const shown = p.files.map((file) => ({ ...file, visibility: "PUBLIC" as const, alt: file.alt ?? "" }));
  return (
    <>
      <Title
        over={
          <Link href={reviewAddress(language)}>{`${t.queue} · ${listing.code} · ${listing.organisationName}`}</Link>
        }
      >
        {document.title}
      </Title>
      <Problem language={language} own={listingWords[language].why} why={p.problem} />
      <ErrorSummary form={p.form} labels={{ reason: t.reason, checklist: t.checklist }} />
      <StateBadge listing={listing} language={language} />
      {p.isTakenByOther && <Notice tone="wait">{t.taken}</Notice>}
      <Hints {...p} />
      {p.before && <Differences before={p.before} after={document} pack={pack} language={language} />}
      <Card title={t.document}>
        <Lead>{document.summaryPublic}</Lead>
        <FileList files={shown} language={language} />
        <DocumentBody pack={pack} language={language} kind={listing.kind} document={document} day={p.day} />
      </Card>
      {document.confidentialDetail && (
        <Card title={t.confidential}>
          <Text>{document.confidentialDetail}</Text>
        </Card>
      )}
      {p.verbs.length > 0 && <DecisionForm {...p} />}
      {p.reviews.length > 0 && (
        <Section title={t.history}>
          <Timeline
            entries={p.reviews.map((one, at) => ({
              key: String(at),
              when: showInstant(one.at),
              what: `${listingWords[language].verb[one.decision as ListingVerb]} (v${one.number})`,
              note: one.reason,
            }))}
          />
        </Section>
      )}
    </>
  );
}

function Hints({ listing, contacts, similar, language }: ReviewPageProps) {
  const t = reviewWords[language];
  const labels: Readonly<Record<string, string>> = fieldWords[language].label;
  if (contacts.length === 0 && similar.length === 0 && listing.organisationVerified) return null;
  return (
    <Card title={t.hints}>
      <ul>
        {!listing.organisationVerified && <li data-hint="unverified">{t.notVerified}</li>}
        {contacts.length > 0 && (
          <li data-hint="contact">{t.contact(contacts.map((name) => labels[name] ?? name).join(", "))}</li>
        )}
        {similar.length > 0 && (
          <li data-hint="similar">
            {t.similar} {similar.map((one) => `${one.title} (${Math.round(one.similarity * 100)}%)`).join("; ")}
          </li>
        )}
      </ul>
    </Card>
  );
}

/** Field by field, only what differs. */
function Differences({
  before,
  after,
  pack,
  language,
}: {
  before: ListingDocument;
  after: ListingDocument;
  pack: ProvincePack;
  language: Language;
}) {
  const t = reviewWords[language];
  const label = fieldWords[language].label;
  const names = (Object.keys(label) as (keyof ListingDocument)[]).filter(
    (name) => !["confidentialDetail", "ownershipDeclared", "noveltyWarningAccepted"].includes(name),
  );
  const rows = names.flatMap((name) => {
    const [was, is] = [shownText(pack, language, name, before) ?? "", shownText(pack, language, name, after) ?? ""];
    return was === is ? [] : [{ name, was, is }];
  });
  return (
    <Section title={t.diff}>
      {rows.length === 0 ? (
        <Muted>{t.same}</Muted>
      ) : (
        <Table
          caption={t.diff}
          rows={rows}
          keyOf={(row) => row.name}
          columns={[
            { head: t.field, cell: (row) => label[row.name] },
            { head: t.before, cell: (row) => <del>{row.was}</del> },
            { head: t.after, cell: (row) => <ins>{row.is}</ins> },
          ]}
        />
      )}
    </Section>
  );
}

function DecisionForm({ listing, verbs, form, language }: ReviewPageProps) {
  const t = reviewWords[language];
  const tone = (verb: ListingVerb) =>
    verb === "PUBLISH" || verb === "RESTORE" ? "primary" : verb === "REJECT" || verb === "SUSPEND" ? "danger" : "plain";
  return (
    <Card title={t.decision}>
      <Form
        action={reviewAddress(language, listing.code)}
        hidden={{ version: String(listing.version) }}
        label={t.decision}
      >
        {verbs.includes("PUBLISH") && (
          <CheckboxesField
            form={form}
            name="checklist"
            label={t.checklist}
            required
            choices={reviewItems.map((value) => ({ value, label: t.item[value] }))}
          />
        )}
        <TextArea form={form} name="reason" label={t.reason} hint={t.reasonHint} maxLength={2_000} />
        <Row>
          {verbs.map((verb) => (
            <Button key={verb} name="verb" value={verb} tone={tone(verb)}>
              {listingWords[language].verb[verb]}
            </Button>
          ))}
        </Row>
      </Form>
    </Card>
  );
}
