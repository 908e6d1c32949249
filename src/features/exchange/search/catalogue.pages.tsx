import { markersOf, snippet } from "../../../engine/search/index.ts";
import { inLanguage, type Language } from "../../../kernel/language.ts";
import type { ProvincePack } from "../../../province/index.ts";
import { fieldName, goodsKindName, sectorOf } from "../../../province/index.ts";
import { Button, SearchForm, TextField } from "../../../ui/form.tsx";
import { showNumber } from "../../../ui/format.ts";
import {
  Badge,
  ButtonLink,
  Card,
  Columns,
  Details,
  Empty,
  Lead,
  Link,
  Muted,
  Notice,
  Pager,
  Row,
  Stack,
  Title,
} from "../../../ui/parts.tsx";
import { addressOf } from "../listing/listing.address.ts";
import { codeWords } from "../listing/listing.codes.words.ts";
import { moneyText } from "../listing/listing.show.tsx";
import { type ShownFacet, shownFacets } from "./catalogue.document.ts";
import { type Asked, addressOfAsked, hiddenOfAsked, toggled } from "./catalogue.input.ts";
import type { CatalogueRow } from "./catalogue.queries.ts";
import type { CataloguePage } from "./catalogue.ts";
import { catalogueWords } from "./catalogue.words.ts";

type Shown = { pack: ProvincePack; language: Language };

/** A text with the searched words marked. */
export function Marked({ text, markers, length }: { text: string; markers: ReadonlySet<string>; length: number }) {
  const piece = snippet(text, markers, length);
  let at = 0;
  const parts = piece.ranges.flatMap(([from, to]) => {
    const before = piece.text.slice(at, from);
    at = to;
    return [before, <mark key={from}>{piece.text.slice(from, to)}</mark>];
  });
  return (
    <>
      {parts}
      {piece.text.slice(at)}
    </>
  );
}

/** One listing among others. */
export function ListingCard({
  row,
  markers,
  pack,
  language,
}: Shown & { row: CatalogueRow; markers: ReadonlySet<string> }) {
  const t = catalogueWords[language];
  const money = moneyText(language, row.kind === "OFFER" ? row.price : row.budget);
  return (
    <Card
      title={
        <Link href={inLanguage(language, addressOf(pack, row))}>
          <Marked text={row.title} markers={markers} length={200} />
        </Link>
      }
    >
      <Stack>
        <p>
          <Marked text={row.summary} markers={markers} length={240} />
        </p>
        <Row>
          <Badge>{goodsKindName(pack, row.goodsKind as never, language)}</Badge>
          {row.trl !== undefined && <Badge>TRL {row.trl}</Badge>}
          {row.visibility === "MEMBERS" && <Badge tone="info">{t.members}</Badge>}
          {money && <span>{money}</span>}
        </Row>
        <Muted>
          {row.organisationName ?? t.anonymous} · {row.isVerified ? t.verified : t.unverified}
          {row.territory ? ` · ${territoryName(pack, row.territory, language)}` : ""}
        </Muted>
      </Stack>
    </Card>
  );
}

export const territoryName = (pack: ProvincePack, key: string, language: Language): string =>
  pack.territories.territories.find((place) => place.key === key)?.name[language] ?? key;

function facetLabel({ pack, language }: Shown, facet: ShownFacet, value: string): string {
  const t = catalogueWords[language];
  switch (facet) {
    case "goodsKind":
      return goodsKindName(pack, value as never, language);
    case "field":
      return fieldName(pack, value, language) ?? value;
    case "sector":
      return sectorOf(pack, value)?.name[language] ?? value;
    case "trl":
      return t.trlBand[value as keyof typeof t.trlBand] ?? value;
    case "origin":
      return t.origin[value as keyof typeof t.origin] ?? value;
    case "price":
      return codeWords[language].priceKinds[value as keyof (typeof codeWords)["vi"]["priceKinds"]] ?? value;
    case "territory":
      return territoryName(pack, value, language);
  }
}

const facetShownMax = 12;
function Facets({ asked, found, path, ...shown }: Shown & { asked: Asked; found: CataloguePage; path: string }) {
  const t = catalogueWords[shown.language];
  return (
    <nav aria-label={t.filters}>
      {Object.keys(asked.filters).length > 0 && (
        <p>
          <Link href={addressOfAsked(path, asked, { filters: {} })}>{t.clear}</Link>
        </p>
      )}
      {shownFacets.map((facet) => {
        const chosen = asked.filters[facet] ?? [];
        const counted = found.facets[facet] ?? [];
        const gone = chosen
          .filter((value) => !counted.some((c) => c.value === value))
          .map((value) => ({ value, count: 0 }));
        const values = [...counted, ...gone].filter((c, at) => at < facetShownMax || chosen.includes(c.value));
        if (values.length === 0) return null;
        return (
          <Details key={facet} summary={t.facet[facet]} open={facet === "goodsKind" || chosen.length > 0}>
            <ul>
              {values.map(({ value, count }) => (
                <li key={value}>
                  <Link href={addressOfAsked(path, asked, { filters: toggled(asked, facet, value) })}>
                    {chosen.includes(value) ? "✓ " : ""}
                    {facetLabel(shown, facet, value)}
                  </Link>{" "}
                  ({showNumber(shown.language, count)}){chosen.includes(value) ? ` – ${t.chosen}` : ""}
                </li>
              ))}
            </ul>
          </Details>
        );
      })}
    </nav>
  );
}

/** The search box; filters and order go along with it. */
export function SearchBox({ language, action, asked }: { language: Language; action: string; asked?: Asked }) {
  const t = catalogueWords[language];
  const form = { language, typed: { "tu-khoa": asked?.text ?? "" }, why: {} };
  return (
    <SearchForm action={action} label={t.search}>
      {asked &&
        hiddenOfAsked(asked).map(([name, value]) => (
          <input key={`${name}-${value}`} type="hidden" name={name} value={value} />
        ))}
      <TextField form={form} name="tu-khoa" label={t.keyword} type="search" maxLength={200} required />
      <Button>{t.search}</Button>
    </SearchForm>
  );
}

/** The catalogue: search box, facets with counts, a page of listings. */
export function CatalogueView({
  kind,
  asked,
  found,
  ...shown
}: Shown & { kind: "OFFER" | "REQUEST"; asked: Asked; found: CataloguePage }) {
  const { language } = shown;
  const t = catalogueWords[language];
  const path = inLanguage(language, kind === "OFFER" ? "/san" : "/nhu-cau");
  const markers = markersOf(asked.text);
  return (
    <>
      <Title>{kind === "OFFER" ? t.offers : t.requests}</Title>
      <Lead>{kind === "OFFER" ? t.offersLead : t.requestsLead}</Lead>
      <SearchBox language={language} action={path} asked={asked} />
      <Columns
        side={<Facets {...shown} asked={asked} found={found} path={path} />}
        main={
          <>
            <Stack>
              <Row>
                <strong data-total={found.total}>{t.total(showNumber(language, found.total))}</strong>
                {asked.text && <Order asked={asked} path={path} language={language} />}
              </Row>
              <span />
            </Stack>
            {found.relaxed && <Notice>{t.relaxed}</Notice>}
            {found.rows.length === 0 ? (
              <Empty
                action={
                  <ButtonLink href={inLanguage(language, "/khong-gian/tin-dang/moi?loai=REQUEST")}>
                    {t.postRequest}
                  </ButtonLink>
                }
              >
                {t.empty} {t.emptyHint}
              </Empty>
            ) : (
              found.rows.map((row) => <ListingCard key={row.id} row={row} markers={markers} {...shown} />)
            )}
            <Pager
              language={language}
              nextHref={found.next && addressOfAsked(path, asked, { after: found.next })}
              firstHref={asked.after && addressOfAsked(path, asked)}
            />
          </>
        }
      />
    </>
  );
}

function Order({ asked, path, language }: { asked: Asked; path: string; language: Language }) {
  const t = catalogueWords[language];
  const other = asked.sort === "newest" ? "relevance" : "newest";
  return (
    <span>
      {t.sort}: {t[asked.sort]} · <Link href={addressOfAsked(path, asked, { sort: other })}>{t[other]}</Link>
    </span>
  );
}
