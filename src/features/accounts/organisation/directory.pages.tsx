import type { ComponentChildren } from "preact";
import { orgTypes } from "../../../kernel/codes.ts";
import { inLanguage, type Language } from "../../../kernel/language.ts";
import type { Page } from "../../../kernel/paging.ts";
import { Button, type FormState, SearchForm, SelectField, TextField } from "../../../ui/form.tsx";
import { Badge, Card, Empty, Lead, Link, OutsideLink, Pager, Row, Stack, Title } from "../../../ui/parts.tsx";
import { AboutText, OrganisationFacts, VerificationBadge } from "./organisation.pages.tsx";
import type { Organisation } from "./organisation.rules.ts";
import { organisationWords } from "./organisation.words.ts";

export function DirectoryPage(p: {
  form: FormState;
  found: Page<Organisation>;
  nextHref: string | undefined;
  firstHref: string | undefined;
  placeName: (o: Organisation) => string | undefined;
}) {
  const { language } = p.form;
  const t = organisationWords[language];
  return (
    <>
      <Title>{t.directory}</Title>
      <Lead>{t.directoryLead}</Lead>
      <SearchForm action={inLanguage(language, "/to-chuc")} label={t.find}>
        <TextField form={p.form} name="ten" label={t.find} type="search" required maxLength={100} />
        <SelectField
          form={p.form}
          name="loai"
          label={t.orgType}
          required
          choices={orgTypes.map((value) => ({ value, label: t.orgTypes[value] }))}
        />
        <Button tone="plain">{t.find}</Button>
      </SearchForm>
      {p.found.rows.length === 0 && <Empty>{t.directoryEmpty}</Empty>}
      <Stack>
        {p.found.rows.map((o) => (
          <Card key={o.id}>
            <Row>
              <strong>
                <Link href={inLanguage(language, `/to-chuc/${o.slug}`)}>{o.legalName}</Link>
              </strong>
              <Badge>{t.orgTypes[o.orgType]}</Badge>
              <span>{p.placeName(o)}</span>
            </Row>
          </Card>
        ))}
      </Stack>
      <Pager language={language} nextHref={p.nextHref} firstHref={p.firstHref} />
    </>
  );
}

/** What everybody sees of an organisation; `more` is what higher features add, e.g. its listings. */
export function PublicOrganisationPage({
  organisation,
  language,
  placeName,
  more,
}: {
  organisation: Organisation;
  language: Language;
  placeName: string | undefined;
  more: ComponentChildren;
}) {
  return (
    <>
      <Title over={organisationWords[language].orgTypes[organisation.orgType]}>{organisation.legalName}</Title>
      <Row>
        <VerificationBadge language={language} state={organisation.verification} />
        {organisation.website && (
          <OutsideLink href={organisation.website}>{organisation.website.replace(/^https?:\/\//, "")}</OutsideLink>
        )}
      </Row>
      <Card>
        <OrganisationFacts organisation={organisation} language={language} placeName={placeName} />
      </Card>
      <AboutText organisation={organisation} />
      {more}
    </>
  );
}
