import type { SearchDocument, SearchShape } from "../../../engine/search/index.ts";
import type { ProvincePack } from "../../../province/index.ts";
import { fieldName, sectorOf } from "../../../province/index.ts";
import type { Published } from "../listing/listing.published.queries.ts";

/** How a snapshot becomes a document of the search engine. Pure. */

/** The facets people choose by, in the order the page shows them. */
export const shownFacets = ["goodsKind", "field", "sector", "trl", "origin", "price", "territory"] as const;
export type ShownFacet = (typeof shownFacets)[number];
export const shape: SearchShape = {
  fields: { title: 8, otherTitle: 6, keywords: 5, summary: 3, owner: 2, body: 1 },
  facets: [...shownFacets, "kind", "visibility"],
};

/** TRL in three bands: in the laboratory, being tried, ready for use; each goes by its lowest level. */
export const trlBandOf = (trl: number): string => (trl <= 3 ? "1" : trl <= 6 ? "4" : "7");

/** Restricted listings are never in the catalogue; one that became a deal is no longer on offer. */
export const isListed = (one: Published): boolean => one.visibility !== "RESTRICTED" && one.state !== "CLOSED_DEAL";

export function documentOf(pack: ProvincePack, one: Published): SearchDocument {
  const { document: d } = one;
  const isAnonymous = d.contactPolicy === "ANONYMOUS";
  const trl = d.trl ?? d.requiredTrlMin;
  const fields = d.stField ?? [];
  const named = [
    ...fields.map((code) => fieldName(pack, code.slice(0, 3), "vi")),
    ...(d.sectors ?? []).map((key) => sectorOf(pack, key)?.name.vi),
  ];
  return {
    id: one.listingId,
    time: one.publishedAt.getTime(),
    fields: {
      title: one.title,
      otherTitle: [d.titleEn, d.titleKm].filter(Boolean).join(". "),
      keywords: (d.keywords ?? []).join(", "),
      summary: d.summaryPublic ?? "",
      owner: isAnonymous ? "" : one.organisation.name,
      body: [
        d.problemSolved,
        d.need,
        d.description,
        d.advantagesVsExisting,
        d.applicationFields,
        d.currentSituation,
        d.partnerSought,
        ...named,
      ]
        .filter(Boolean)
        .join(". "),
    },
    facets: {
      kind: [one.kind],
      visibility: [one.visibility],
      goodsKind: [one.goodsKind],
      field: fields.map((code) => code.slice(0, 1)),
      sector: d.sectors ?? [],
      trl: trl === undefined ? [] : [trlBandOf(trl)],
      origin: d.originCountry ? [d.originCountry === pack.province.domesticCountry ? "DOMESTIC" : "FOREIGN"] : [],
      price: d.price ? [d.price.kind] : [],
      territory: isAnonymous || !one.organisation.territory ? [] : [one.organisation.territory],
    },
  };
}
