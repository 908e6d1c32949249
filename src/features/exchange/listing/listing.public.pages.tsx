import type { ComponentChildren } from "preact";
import { localDay } from "../../../kernel/clock.ts";
import { inLanguage, type Language } from "../../../kernel/language.ts";
import { goodsKindName, type ProvincePack } from "../../../province/index.ts";
import { showDay } from "../../../ui/format.ts";
import {
  Badge,
  ButtonLink,
  Card,
  Columns,
  Facts,
  InLanguage,
  Lead,
  Link,
  Muted,
  Notice,
  Row,
  Section,
  Text,
  Title,
} from "../../../ui/parts.tsx";
import { territoryName } from "../search/catalogue.pages.tsx";
import { codeWords } from "./listing.codes.words.ts";
import type { ListingDocument, ListingKind, PublishedFile } from "./listing.document.ts";
import { fieldWords } from "./listing.field.words.ts";
import { publicWords } from "./listing.public.words.ts";
import type { Published } from "./listing.published.queries.ts";
import { FieldFacts, moneyText, shownText, TechClassNotice } from "./listing.show.tsx";

/** A listing as everybody may read it, and as its owner and reviewer see it before. */

type Names = readonly (keyof ListingDocument)[];
const texts: Names = [
  "need",
  "description",
  "problemSolved",
  "advantagesVsExisting",
  "economicComparison",
  "applicationFields",
  "currentSituation",
  "partnerSought",
  "absorptionCapacity",
  "references",
];
const technology: Names = [
  "stField",
  "sectors",
  "vsic",
  "trl",
  "trlEvidence",
  "requiredTrlMin",
  "originCountry",
  "techObjects",
  "techClass",
  "ipc",
  "technicalSpecs",
  "ocop",
  "environmentalNote",
  "keywords",
];
const rights: Names = ["ipRights", "ownership", "fundedByState"];
const transfer: Names = ["rightsOffered", "forms", "methods", "territory", "minConditions", "warranty", "afterSale"];
const money: Names = ["price", "paymentModes", "budget", "neededBy", "deadlineNote"];

type Shown = { pack: ProvincePack; language: Language };

/** Every public field of a document, in sections; those without content are absent. */
export function DocumentBody({
  kind,
  document,
  day,
  ...shown
}: Shown & { kind: ListingKind; document: ListingDocument; day: string }) {
  const { pack, language } = shown;
  const t = publicWords[language];
  const label = fieldWords[language].label;
  const has = (names: Names) => names.some((name) => shownText(pack, language, name, document) !== undefined);
  const facts = (title: string, names: Names) =>
    has(names) ? (
      <Section title={title}>
        <FieldFacts {...shown} names={names} document={document} />
      </Section>
    ) : null;
  return (
    <>
      <TechClassNotice {...shown} techClass={document.techClass} day={day} />
      {texts.map((name) => {
        const text = shownText(pack, language, name, document);
        return text ? (
          <Section key={name} title={label[name]}>
            <InLanguage lang="vi">
              <Text>{text}</Text>
            </InLanguage>
          </Section>
        ) : null;
      })}
      {facts(t.technology, technology)}
      {facts(t.rights, rights)}
      {facts(t.transfer, transfer)}
      {facts(kind === "OFFER" ? t.price : t.budget, money)}
    </>
  );
}

const fileAddress = (id: string) => `/tep/${id}`;
export function FileList({ files, language }: { files: readonly PublishedFile[]; language: Language }) {
  const pictures = files.filter((file) => file.kind === "PICTURE");
  const attachments = files.filter((file) => file.kind === "ATTACHMENT");
  return (
    <>
      {pictures.map((file) => (
        <p key={file.id}>
          <img src={fileAddress(file.id)} alt={file.alt} loading="lazy" />
        </p>
      ))}
      {attachments.length > 0 && (
        <Section title={publicWords[language].attachments}>
          <ul>
            {attachments.map((file) => (
              <li key={file.id}>
                <Link href={fileAddress(file.id)}>{file.name}</Link> ({Math.ceil(file.size / 1024)} KB)
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

export type ListingPageProps = Shown & {
  published: Published;
  /** What other features add below (matching, questions); absent when there is nothing. */
  extra?: ComponentChildren;
  files: readonly PublishedFile[];
  mayAsk: boolean;
};

export function ListingPage({ published: one, extra, files, mayAsk, ...shown }: ListingPageProps) {
  const { pack, language } = shown;
  const t = publicWords[language];
  const { document } = one;
  const title = titleIn(language, one);
  const path = inLanguage(language, one.kind === "OFFER" ? "/san" : "/nhu-cau");
  return (
    <>
      <Title
        over={
          <>
            <Link href={path}>{one.kind === "OFFER" ? t.offers : t.requests}</Link> ·{" "}
            {goodsKindName(pack, one.goodsKind, language)}
          </>
        }
      >
        <span lang={title === one.title ? "vi" : language}>{title}</span>
      </Title>
      {one.state === "STALE" && <Notice tone="wait">{t.stale}</Notice>}
      {one.state === "CLOSED_DEAL" && <Notice>{t.closed}</Notice>}
      {language !== "vi" && <Muted>{t.otherLanguage}</Muted>}
      <Columns
        main={
          <>
            <InLanguage lang="vi">
              <Lead>{document.summaryPublic}</Lead>
            </InLanguage>
            <Ask one={one} mayAsk={mayAsk} language={language} />
            <FileList files={files} language={language} />
            <DocumentBody {...shown} kind={one.kind} document={document} day={localDay(one.publishedAt)} />
            {extra}
          </>
        }
        side={<Side one={one} {...shown} />}
      />
    </>
  );
}

/** The name in the reader's language where its owner gave one. */
export const titleIn = (language: Language, { title, document }: Pick<Published, "title" | "document">): string =>
  (language === "en" ? document.titleEn : language === "km" ? document.titleKm : undefined) || title;

/** Price and button right below the summary: on a phone the second column stands far below. */
function Ask({ one, mayAsk, language }: { one: Published; mayAsk: boolean; language: Language }) {
  const t = publicWords[language];
  const price = moneyText(language, one.kind === "OFFER" ? one.document.price : one.document.budget);
  if (!price && !mayAsk) return null;
  return (
    <Card>
      <Facts of={[[one.kind === "OFFER" ? t.price : t.budget, price]]} />
      {mayAsk && (
        <ButtonLink href={inLanguage(language, `/quan-tam/moi?tin=${one.shortCode}`)}>{t.interest}</ButtonLink>
      )}
    </Card>
  );
}

function Side({ one, pack, language }: Shown & { one: Published }) {
  const t = publicWords[language];
  const { organisation, document } = one;
  const isAnonymous = document.contactPolicy === "ANONYMOUS";
  return (
    <>
      <Card>
        <Facts
          of={[
            [t.contact, codeWords[language].contactPolicies[document.contactPolicy ?? "DIRECT"]],
            [t.published, showDay(localDay(one.publishedAt))],
            [t.expires, showDay(one.expiresOn)],
            [t.code, one.shortCode],
          ]}
        />
      </Card>
      <Card title={t.owner}>
        <Row>
          {isAnonymous ? (
            <strong>{t.anonymous}</strong>
          ) : (
            <Link href={inLanguage(language, `/to-chuc/${organisation.slug}`)}>{organisation.name}</Link>
          )}
          <Badge tone={organisation.isVerified ? "good" : "wait"}>
            {organisation.isVerified ? t.verified : t.unverified}
          </Badge>
        </Row>
        {isAnonymous ? (
          <Muted>{t.anonymousHint}</Muted>
        ) : (
          organisation.territory && <Muted>{territoryName(pack, organisation.territory, language)}</Muted>
        )}
      </Card>
    </>
  );
}
