import { localDay } from "../../../kernel/clock.ts";
import { orgTypes } from "../../../kernel/codes.ts";
import type { Typed, Why } from "../../../kernel/form.ts";
import { inLanguage, type Language } from "../../../kernel/language.ts";
import {
  Button,
  type Choice,
  ErrorSummary,
  Form,
  type FormState,
  SelectField,
  TextArea,
  TextField,
  TickField,
} from "../../../ui/form.tsx";
import { showDay } from "../../../ui/format.ts";
import { Badge, Card, Facts, Lead, Link, Muted, Notice, Row, Text, Title, type Tone } from "../../../ui/parts.tsx";
import { isCitizenCode, maskOf } from "./citizen.ts";
import { type Organisation, organisationSizes, type VerificationState } from "./organisation.rules.ts";
import { organisationWords } from "./organisation.words.ts";

export const organisationForm = (language: Language, typed: Typed = {}, why: Why = {}): FormState => ({
  language,
  typed,
  why,
  own: organisationWords[language].why,
});

/** What the form of an organisation shows before anything is typed. */
export const typedOfOrganisation = (o: Organisation): Typed => ({
  legalName: o.legalName,
  tradeName: o.tradeName ?? "",
  nameEn: o.nameEn ?? "",
  orgType: o.orgType,
  taxCode: o.citizenCode ? maskOf(o.citizenCode) : (o.taxCode ?? ""),
  country: o.country === "VN" ? "" : o.country,
  territory: o.territory ?? "",
  street: o.street ?? "",
  size: o.size ?? "",
  establishedOn: o.establishedOn ? showDay(o.establishedOn) : "",
  website: o.website ?? "",
  legalRepresentative: o.legalRepresentative ?? "",
  phone: o.phone ?? "",
  email: o.email ?? "",
  about: o.about ?? "",
  isPublic: o.isPublic ? "yes" : "",
});

const stateTones: Record<VerificationState, Tone> = {
  UNVERIFIED: "plain",
  SUBMITTED: "wait",
  VERIFIED: "good",
  REJECTED: "bad",
  EXPIRED: "wait",
  SUSPENDED: "bad",
};
export const VerificationBadge = ({ language, state }: { language: Language; state: VerificationState }) => (
  <Badge tone={stateTones[state]}>{organisationWords[language].states[state]}</Badge>
);

export type PlaceChoices = { territories: readonly Choice[]; countries: readonly Choice[] };
/** Labels of the form's fields, for the summary of faults. */
const labelsOf = (language: Language): Record<string, string> =>
  organisationWords[language] as unknown as Record<string, string>;

function OrganisationFields({ form, places }: { form: FormState; places: PlaceChoices }) {
  const t = organisationWords[form.language];
  return (
    <>
      <TextField
        form={form}
        name="legalName"
        label={t.legalName}
        required
        maxLength={200}
        autoComplete="organization"
      />
      <SelectField
        form={form}
        name="orgType"
        label={t.orgType}
        required
        choices={orgTypes.map((value) => ({ value, label: t.orgTypes[value] }))}
      />
      <TextField
        form={form}
        name="taxCode"
        label={t.taxCode}
        hint={t.taxCodeHint}
        maxLength={40}
        width="short"
        required
      />
      <SelectField form={form} name="country" label={t.country} hint={t.countryHint} choices={places.countries} />
      <SelectField form={form} name="territory" label={t.territory} choices={places.territories} />
      <TextField form={form} name="street" label={t.street} maxLength={300} />
      <TextField form={form} name="tradeName" label={t.tradeName} maxLength={200} />
      <TextField form={form} name="nameEn" label={t.nameEn} maxLength={200} />
      <SelectField
        form={form}
        name="size"
        label={t.size}
        choices={organisationSizes.map((value) => ({ value, label: t.sizes[value] }))}
      />
      <TextField form={form} name="establishedOn" label={t.establishedOn} maxLength={10} width="short" />
      <TextField form={form} name="legalRepresentative" label={t.legalRepresentative} maxLength={120} />
      <TextField form={form} name="phone" label={t.phone} type="tel" maxLength={40} width="short" />
      <TextField form={form} name="email" label={t.email} type="email" maxLength={200} />
      <TextField form={form} name="website" label={t.website} maxLength={200} />
      <TextArea form={form} name="about" label={t.about} hint={t.aboutHint} maxLength={4000} rows={6} />
      <TickField form={form} name="isPublic" label={t.isPublic} />
    </>
  );
}

export function NewOrganisationPage({ form, places }: { form: FormState; places: PlaceChoices }) {
  const t = organisationWords[form.language];
  return (
    <>
      <Title>{t.newTitle}</Title>
      <Lead>{t.newLead}</Lead>
      <ErrorSummary form={form} labels={labelsOf(form.language)} />
      <Card>
        <Form action={inLanguage(form.language, "/khong-gian/to-chuc/moi")}>
          <OrganisationFields form={form} places={places} />
          <Button>{t.create}</Button>
        </Form>
      </Card>
    </>
  );
}

export type ManageView = {
  form: FormState;
  organisation: Organisation;
  places: PlaceChoices;
  mayManage: boolean;
  isSaved: boolean;
  placeName: string | undefined;
};
/** The head of an organisation's page in the workspace, and its facts as a form or as text. */
export function OrganisationHead({
  organisation,
  language,
  isSaved,
}: {
  organisation: Organisation;
  language: Language;
  isSaved: boolean;
}) {
  const t = organisationWords[language];
  return (
    <>
      <Title over={`${t.organisation} · ${organisation.code}`}>{organisation.legalName}</Title>
      <Row>
        <VerificationBadge language={language} state={organisation.verification} />
        <Link href={inLanguage(language, `/to-chuc/${organisation.slug}`)}>{t.publicPage}</Link>
      </Row>
      {isSaved && <Notice tone="good">{t.saved}</Notice>}
    </>
  );
}
export function EditPart({ form, organisation, places, mayManage, placeName }: ManageView) {
  const t = organisationWords[form.language];
  if (!mayManage)
    return (
      <Card title={t.edit}>
        <OrganisationFacts organisation={organisation} language={form.language} placeName={placeName} isInside />
      </Card>
    );
  return (
    <Card title={t.edit} id="thong-tin">
      <ErrorSummary form={form} labels={labelsOf(form.language)} />
      <Muted>{t.identityNote}</Muted>
      <Form
        action={inLanguage(form.language, `/khong-gian/to-chuc/${organisation.slug}`)}
        hidden={{ version: String(organisation.version) }}
      >
        <OrganisationFields form={form} places={places} />
        <Button>{t.save}</Button>
      </Form>
    </Card>
  );
}

/** What is told of an organisation. A household's code is a person's number: its last four digits are shown, and inside only. */
export function OrganisationFacts({
  organisation: o,
  language,
  placeName,
  isInside,
}: {
  organisation: Organisation;
  language: Language;
  placeName: string | undefined;
  isInside?: boolean;
}) {
  const t = organisationWords[language];
  const code = o.citizenCode ? isInside && maskOf(o.citizenCode) : !isCitizenCode(o.taxCode) && o.taxCode;
  return (
    <Facts
      of={[
        [t.orgType, t.orgTypes[o.orgType]],
        [t.tradeName, o.tradeName],
        [t.nameEn, o.nameEn],
        [t.taxCode, code],
        [t.territory, placeName],
        [t.street, o.street],
        [t.size, o.size && t.sizes[o.size]],
        [t.establishedOn, o.establishedOn && showDay(o.establishedOn)],
        [t.website, o.website],
        [t.legalRepresentative, isInside && o.legalRepresentative],
        [t.phone, isInside && o.phone],
        [t.email, isInside && o.email],
        [t.verifiedOn, o.verification === "VERIFIED" && o.verifiedAt && showDay(localDay(o.verifiedAt))],
        [t.code, o.code],
      ]}
    />
  );
}

export const AboutText = ({ organisation }: { organisation: Organisation }) =>
  organisation.about ? <Text>{organisation.about}</Text> : null;
