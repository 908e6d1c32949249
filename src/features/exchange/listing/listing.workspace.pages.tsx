import { inLanguage, type Language } from "../../../kernel/language.ts";
import { goodsKindName, type ProvincePack } from "../../../province/index.ts";
import { Button, ErrorSummary, Form, type FormState, RadioField, SelectField, TextField } from "../../../ui/form.tsx";
import { showDay, showInstant } from "../../../ui/format.ts";
import {
  Badge,
  ButtonLink,
  Card,
  Empty,
  Lead,
  Link,
  Muted,
  Notice,
  Pager,
  Problem,
  Row,
  Stack,
  Table,
  Title,
  type Tone,
} from "../../../ui/parts.tsx";
import { listingKinds } from "./listing.document.ts";
import { fieldWords } from "./listing.field.words.ts";
import { listingAddress, stepLabel } from "./listing.form.pages.tsx";
import { formWords } from "./listing.form.words.ts";
import type { FormStep, Missing, SectionStatus } from "./listing.requirements.ts";
import { isLive, isWaiting, type Listing, type ListingState, type ListingVerb } from "./listing.rules.ts";
import { listingWords } from "./listing.words.ts";

/** A member's own listings: the list, beginning one, and one listing's task list. */

const tones: Record<ListingState, Tone> = {
  DRAFT: "plain",
  SUBMITTED: "info",
  IN_REVIEW: "info",
  CHANGES_REQUESTED: "wait",
  REJECTED: "bad",
  PUBLISHED: "good",
  STALE: "wait",
  EXPIRED: "wait",
  SUSPENDED: "bad",
  WITHDRAWN: "plain",
  CLOSED_DEAL: "good",
  ARCHIVED: "plain",
};
export function StateBadge({
  listing,
  language,
}: {
  listing: Pick<Listing, "state" | "draftState">;
  language: Language;
}) {
  const t = listingWords[language];
  return (
    <Row>
      <Badge tone={tones[listing.state]}>{t.state[listing.state]}</Badge>
      {isLive(listing.state) && listing.draftState !== "CLEAN" && (
        <Badge tone="info">{t.draftState[listing.draftState]}</Badge>
      )}
    </Row>
  );
}

/** What the owner is to do next; undefined where there is nothing. */
function TaskCell({ row, language }: { row: Listing; language: Language }) {
  const t = formWords[language].task;
  if (row.state === "STALE") return <VerbForm listing={row} verbs={["CONFIRM"]} language={language} />;
  if (row.state === "EXPIRED") return <VerbForm listing={row} verbs={["RENEW"]} language={language} />;
  const task = taskOf(row);
  return task ? <Link href={listingAddress(language, row.code)}>{t[task]}</Link> : null;
}
function taskOf({ state, draftState }: Listing): "FINISH" | "MEND" | "SEND" | undefined {
  if (state === "DRAFT") return "FINISH";
  if (state === "CHANGES_REQUESTED" || (isLive(state) && draftState === "CHANGES_REQUESTED")) return "MEND";
  return isLive(state) && draftState === "CHANGED" ? "SEND" : undefined;
}
const hasTask = (row: Listing): boolean => ["STALE", "EXPIRED"].includes(row.state) || taskOf(row) !== undefined;

export function MyListings({
  rows,
  nextHref,
  firstHref,
  pack,
  language,
}: {
  rows: Listing[];
  pack: ProvincePack;
  nextHref?: string | undefined;
  firstHref?: string | undefined;
  language: Language;
}) {
  const t = formWords[language];
  const w = listingWords[language];
  return (
    <>
      <Title>{t.mine}</Title>
      <p>
        <ButtonLink href={inLanguage(language, "/khong-gian/tin-dang/moi")}>{t.newListing}</ButtonLink>
      </p>
      <br />
      {rows.length === 0 ? (
        <Empty>{t.none}</Empty>
      ) : (
        <Table
          caption={t.mine}
          rows={rows}
          keyOf={(row) => row.id}
          columns={[
            {
              head: t.column.title,
              cell: (row) => <Link href={listingAddress(language, row.code)}>{row.draft.title ?? row.code}</Link>,
            },
            {
              head: t.column.kind,
              cell: (row) => (
                <>
                  {goodsKindName(pack, row.goodsKind, language)}
                  <Muted>{w.kind[row.kind]}</Muted>
                </>
              ),
            },
            { head: t.column.state, cell: (row) => <StateBadge listing={row} language={language} /> },
            { head: t.column.changed, cell: (row) => showInstant(row.updatedAt) },
            ...(rows.some(hasTask)
              ? [{ head: t.column.act, cell: (row: Listing) => <TaskCell row={row} language={language} /> }]
              : []),
          ]}
        />
      )}
      <Pager language={language} nextHref={nextHref} firstHref={firstHref} />
    </>
  );
}

const hurting: readonly ListingVerb[] = ["WITHDRAW", "ARCHIVE"];
export function VerbForm({
  listing,
  verbs,
  language,
}: {
  listing: Listing;
  verbs: readonly ListingVerb[];
  language: Language;
}) {
  const w = listingWords[language].verb;
  return (
    <Form action={listingAddress(language, listing.code)} hidden={{ version: String(listing.version) }}>
      <Row>
        {verbs.map((verb) => (
          <Button
            key={verb}
            name="verb"
            value={verb}
            tone={hurting.includes(verb) ? "quiet" : verb === "SUBMIT" || verb === "CONFIRM" ? "primary" : "plain"}
          >
            {w[verb]}
          </Button>
        ))}
      </Row>
    </Form>
  );
}

export type NewListingProps = {
  form: FormState;
  /** The draft's key, so that the same form sent twice makes one draft. */
  id: string;
  organisations: readonly { id: string; name: string }[];
  /** An operator types any organisation. */
  mayType: boolean;
  pack: ProvincePack;
  language: Language;
};

export function NewListing({ form, id, organisations, mayType, pack, language }: NewListingProps) {
  const t = formWords[language];
  const { label, hint } = fieldWords[language];
  const kinds = listingKinds.map((value) => ({ value, label: listingWords[language].kind[value] }));
  const goods = pack.goods.goodsKinds.map((one) => ({
    value: one.key,
    label: one.name[language],
    hint: one.note?.[language],
  }));
  const labels = {
    kind: t.kind,
    goodsKind: t.goodsKind,
    organisationId: t.organisation,
    organisation: t.organisationTyped,
    title: label.title,
  };
  return (
    <>
      <Title>{t.newListing}</Title>
      <Lead>{t.newLead}</Lead>
      <ErrorSummary form={form} labels={labels} />
      <Form action={inLanguage(language, "/khong-gian/tin-dang/moi")} hidden={{ id }}>
        <RadioField form={form} name="kind" label={t.kind} required choices={kinds} />
        <RadioField form={form} name="goodsKind" label={t.goodsKind} required columns choices={goods} />
        <TextField form={form} name="title" label={label.title} hint={hint.title} maxLength={150} required />
        <SelectField
          form={form}
          name="organisationId"
          label={t.organisation}
          required={!mayType}
          empty={organisations.length > 1}
          choices={organisations.map((one) => ({ value: one.id, label: one.name }))}
        />
        {mayType && (
          <TextField
            form={form}
            name="organisation"
            label={t.organisationTyped}
            hint={t.organisationTypedHint}
            maxLength={200}
          />
        )}
        <Button>{t.begin}</Button>
      </Form>
    </>
  );
}

export type Section = { step: FormStep; status: SectionStatus };
export type OverviewProps = {
  listing: Listing;
  sections: readonly Section[];
  missing: readonly Missing[];
  verbs: readonly ListingVerb[];
  publicHref: string | undefined;
  problem: string | undefined;
  pack: ProvincePack;
  language: Language;
};

/** One listing's task list: sections with their status, what is missing, what can be done. */
export function Overview({ listing, sections, missing, verbs, publicHref, problem, pack, language }: OverviewProps) {
  const t = formWords[language];
  const w = listingWords[language];
  const tone: Record<SectionStatus, Tone> = { EMPTY: "plain", STARTED: "wait", DONE: "good" };
  return (
    <>
      <Title
        over={`${listing.code} · ${w.kind[listing.kind]} · ${goodsKindName(pack, listing.goodsKind, language)} · ${listing.organisationName}`}
      >
        {listing.draft.title ?? listing.code}
      </Title>
      <Problem language={language} own={w.why} why={problem} />
      <StateBadge listing={listing} language={language} />
      <br />
      {isWaiting(listing) && <Notice tone="good">{t.sent}</Notice>}
      {listing.reason && (
        <Notice tone="wait">
          <strong>{t.reason}:</strong> {listing.reason}
        </Notice>
      )}
      {isLive(listing.state) && listing.draftState !== "CLEAN" && <Notice>{t.newVersion}</Notice>}
      {publicHref && (
        <p>
          <Link href={publicHref}>{t.seePublished}</Link>
        </p>
      )}
      {listing.expiresOn && <Muted>{t.expires(showDay(listing.expiresOn))}</Muted>}
      <Card title={t.sections}>
        <Stack>
          {sections.map(({ step, status }) => (
            <Row key={step}>
              <Link href={listingAddress(language, listing.code, step)}>{stepLabel(language, listing, step)}</Link>
              <Badge tone={tone[status]}>{t.status[status]}</Badge>
            </Row>
          ))}
        </Stack>
      </Card>
      <VerbForm
        listing={listing}
        verbs={missing.length ? verbs.filter((verb) => verb !== "SUBMIT") : verbs}
        language={language}
      />
    </>
  );
}
