import { localDay } from "../../../kernel/clock.ts";
import { inLanguage, type Language } from "../../../kernel/language.ts";
import { goodsKindName, type ProvincePack } from "../../../province/index.ts";
import { addressOf } from "./listing.address.ts";
import { publicWords } from "./listing.public.words.ts";
import type { Published } from "./listing.published.queries.ts";

type Place = { pack: ProvincePack; language: Language; publicUrl: string; isDemo: boolean };

/** What search engines read: the thing offered (or the demand) and where the page stands. A demo says that it is one. */
export function jsonLdOf(one: Published, { pack, language, publicUrl, isDemo }: Place): object {
  const t = publicWords[language];
  const url = publicUrl + inLanguage(language, addressOf(pack, one));
  const list = one.kind === "OFFER" ? "/san" : "/nhu-cau";
  const crumbs = [
    { name: one.kind === "OFFER" ? t.offers : t.requests, item: publicUrl + inLanguage(language, list) },
    {
      name: goodsKindName(pack, one.goodsKind, language),
      item: `${publicUrl}${inLanguage(language, list)}?loai=${one.goodsKind}`,
    },
    { name: one.title, item: url },
  ];
  const thing = one.kind === "OFFER" ? productOf(one, url, pack, language) : demandOf(one, url);
  return {
    "@context": "https://schema.org",
    "@graph": [
      { ...thing, ...(isDemo ? { disambiguatingDescription: t.demo, creditText: t.demo } : {}) },
      {
        "@type": "BreadcrumbList",
        itemListElement: crumbs.map((crumb, at) => ({ "@type": "ListItem", position: at + 1, ...crumb })),
      },
    ],
  };
}

/** Nobody is named where the contact policy is anonymous. */
const partyOf = (one: Published): object | undefined =>
  one.document.contactPolicy === "ANONYMOUS" ? undefined : { "@type": "Organization", name: one.organisation.name };

function productOf(one: Published, url: string, pack: ProvincePack, language: Language): object {
  const { document } = one;
  const { price } = document;
  const picture = document.files.find((file) => file.kind === "PICTURE" && file.visibility === "PUBLIC");
  const amount = price?.kind === "FREE" ? "0" : (price?.from ?? price?.to);
  const seller = partyOf(one);
  return {
    "@type": one.goodsKind === "ST_SERVICE" ? "Service" : "Product",
    name: one.title,
    description: document.summaryPublic,
    category: goodsKindName(pack, one.goodsKind, language),
    url,
    inLanguage: "vi",
    ...(picture ? { image: new URL(`/tep/${picture.id}`, url).href } : {}),
    offers: {
      "@type": "Offer",
      url,
      availability: one.state === "CLOSED_DEAL" ? "https://schema.org/SoldOut" : "https://schema.org/InStock",
      validThrough: one.expiresOn,
      ...(amount && price ? { price: amount, priceCurrency: price.currency } : {}),
      ...(seller ? { seller } : {}),
    },
  };
}

function demandOf(one: Published, url: string): object {
  const seller = partyOf(one);
  return {
    "@type": "Demand",
    name: one.title,
    description: one.document.summaryPublic,
    url,
    availabilityStarts: localDay(one.publishedAt),
    validThrough: one.document.neededBy ?? one.expiresOn,
    itemOffered: { "@type": "Product", name: one.title },
    ...(seller ? { seller } : {}),
  };
}
