import type { Day } from "../kernel/clock.ts";
import type { GoodsKind } from "../kernel/codes.ts";
import type { Language } from "../kernel/language.ts";
import { holdsOn, type Label } from "./base.schema.ts";
import type { Coded, Country, Sector, StField } from "./lists.schema.ts";
import type { ProvincePack } from "./pack.schema.ts";
import type { Agency, Duty, ProvinceIdentity, Territory } from "./place.schema.ts";

/** Pure questions to a pack about places, agencies and lists. Questions with a day answer as of that day in Viet Nam. */

export const label = (x: { name: Label } | Label, lang: Language): string => ("name" in x ? x.name[lang] : x[lang]);

/** The row that holds on the day; undefined where none does. */
export const rowAt = <T extends { validFrom: string | null; validTo: string | null }>(
  rows: readonly T[],
  day: Day,
): T | undefined => rows.find((row) => holdsOn(row, day));

export const provinceAt = (pack: ProvincePack, day: Day): ProvinceIdentity => {
  const at = rowAt(pack.province.identities, day);
  if (!at) throw new Error(`province pack: no identity on ${day}`);
  return at;
};
/** "Trà Vinh" until 30/6/2025, "Vĩnh Long" from 1/7/2025. */
export const provinceNameAt = (pack: ProvincePack, day: Day, lang: Language): string =>
  provinceAt(pack, day).name[lang];
export const isSucceededAt = (pack: ProvincePack, day: Day): boolean =>
  pack.province.succeededBy !== null && day >= pack.province.succeededBy.from;

export const agencyOf = (pack: ProvincePack, key: string): Agency | undefined =>
  pack.agencies.agencies.find((agency) => agency.key === key);
/** Its name on the day, or (for a day outside its life) the nearest it had; undefined for an unknown agency. */
export function agencyNameAt(pack: ProvincePack, key: string, day: Day, lang: Language): string | undefined {
  const names = agencyOf(pack, key)?.names.filter((name) => name.lang === lang) ?? [];
  const at = rowAt(names, day);
  if (at) return at.text;
  const before = names.filter((name) => name.validTo !== null && name.validTo < day);
  return (before.at(-1) ?? names[0])?.text;
}
/** Who bears a duty on the day; MEDIA had two bearers before the merger. */
export const dutyHoldersAt = (pack: ProvincePack, duty: Duty, day: Day): Agency[] => {
  const record = pack.duties.duties.find((d) => d.key === duty);
  const keys = record ? (rowAt(record.holders, day)?.agencies ?? []) : [];
  return keys.flatMap((key) => agencyOf(pack, key) ?? []);
};
/** The first bearer: the one a document addresses. The pack check leaves no day without one. */
export const dutyAt = (pack: ProvincePack, duty: Duty, day: Day): Agency | undefined =>
  dutyHoldersAt(pack, duty, day)[0];
/** The agencies that took over, followed to those alive on the day; one that is alive is its own answer. */
export function successorsAt(pack: ProvincePack, key: string, day: Day, duty?: Duty): Agency[] {
  const agency = agencyOf(pack, key);
  if (!agency) return [];
  if (holdsOn(agency, day)) return [agency];
  return agency.successors
    .filter((s) => duty === undefined || s.dutyScope === "ALL" || s.dutyScope.includes(duty))
    .flatMap((s) => successorsAt(pack, s.agency, day, duty));
}

export const countryOf = (pack: ProvincePack, code: string): Country | undefined =>
  pack.countries.countries.find((country) => country.code === code);
export const countryName = (pack: ProvincePack, code: string, lang: Language): string =>
  countryOf(pack, code)?.name[lang] ?? code;
/** Country codes of a developed-country list on the day; without a key, the pack's default list. */
export function developedListAt(
  pack: ProvincePack,
  listKey: string | undefined,
  day: Day,
): { key: string; version: Label; codes: readonly string[]; source: string } | undefined {
  const list = pack.developed.lists.find((l) => l.key === (listKey ?? pack.developed.default));
  const version = list && rowAt(list.versions, day);
  return version && { key: list.key, version: version.version, codes: version.codes, source: version.source };
}

export const sectorOf = (pack: ProvincePack, key: string): Sector | undefined =>
  pack.sectors.sectors.find((s) => s.key === key);
export const keySectorsAt = (pack: ProvincePack, day: Day): readonly string[] =>
  rowAt(pack.sectors.keySectors, day)?.sectors ?? [];
/** A field of one or three digits; "405" → Thủy sản. */
export const fieldName = (pack: ProvincePack, code: string, lang: Language): string | undefined =>
  fieldsOf(pack).find((f) => f.code === code)?.name[lang];
export const fieldsOf = (pack: ProvincePack): Pick<StField, "code" | "name">[] =>
  pack.fields.fields.flatMap((f) => [f, ...f.children]);
export const goodsKindName = (pack: ProvincePack, key: GoodsKind, lang: Language): string =>
  pack.goods.goodsKinds.find((k) => k.key === key)?.name[lang] ?? key;
export const territoriesAt = (pack: ProvincePack, day: Day): Territory[] =>
  pack.territories.territories.filter((t) => holdsOn(t, day));
export const codesAt = (rows: readonly Coded[], day: Day): Coded[] => rows.filter((row) => holdsOn(row, day));

/** The name of the market: the area's own name, with the province it belongs to now when that is another: "Trà Vinh – Vĩnh Long". */
export function marketNameAt(pack: ProvincePack, day: Day, lang: Language): string {
  const own = pack.province.identities[0];
  const now = provinceNameAt(pack, day, lang);
  return own && isSucceededAt(pack, day) ? `${own.name[lang]} – ${now}` : now;
}
