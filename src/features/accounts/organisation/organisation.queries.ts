import { type Selectable, sql } from "kysely";
import { type OrgType, orgTypes } from "../../../kernel/codes.ts";
import { decodeCursor, type Page, pageOf } from "../../../kernel/paging.ts";
import { foldVietnamese } from "../../../kernel/text.ts";
import type { Db } from "../../../platform/database/database.ts";
import type { Organisation as OrganisationTable } from "../../../platform/database/tables.ts";
import { citizenCodeHmac, codeColumns, isCitizenCode } from "./citizen.ts";
import type { CitizenCode } from "./organisation.rules.ts";
import {
  isVerificationState,
  type Organisation,
  organisationSizes,
  type VerificationState,
} from "./organisation.rules.ts";

const columns = [
  "id",
  "code",
  "slug",
  "legal_name",
  "trade_name",
  "name_en",
  "org_type",
  "tax_code",
  "citizen_code_hmac",
  "citizen_code_sealed",
  "citizen_code_end",
  "country",
  "territory",
  "street",
  "size",
  "established_on",
  "website",
  "legal_representative",
  "phone",
  "email",
  "about",
  "is_public",
  "is_foreign",
  "vsic",
  "agency_key",
  "verification_state",
  "verified_at",
  "is_demo",
  "version",
  "created_at",
] as const;
type Row = Pick<Selectable<OrganisationTable>, (typeof columns)[number]>;

function orgTypeOf(text: string): OrgType {
  const found = orgTypes.find((type) => type === text);
  if (!found) throw new Error(`unknown organisation type ${text}`);
  return found;
}
function verificationOf(text: string): VerificationState {
  if (!isVerificationState(text)) throw new Error(`unknown verification state ${text}`);
  return text;
}

const toOrganisation = (r: Row): Organisation => ({
  id: r.id,
  code: r.code,
  slug: r.slug,
  legalName: r.legal_name,
  tradeName: r.trade_name ?? undefined,
  nameEn: r.name_en ?? undefined,
  orgType: orgTypeOf(r.org_type),
  taxCode: r.tax_code ?? undefined,
  citizenCode:
    r.citizen_code_hmac && r.citizen_code_sealed && r.citizen_code_end
      ? { hmac: r.citizen_code_hmac, sealed: r.citizen_code_sealed, end: r.citizen_code_end }
      : undefined,
  country: r.country,
  territory: r.territory ?? undefined,
  street: r.street ?? undefined,
  size: organisationSizes.find((size) => size === r.size),
  establishedOn: r.established_on ?? undefined,
  website: r.website ?? undefined,
  legalRepresentative: r.legal_representative ?? undefined,
  phone: r.phone ?? undefined,
  email: r.email ?? undefined,
  about: r.about ?? undefined,
  isPublic: r.is_public,
  isForeign: r.is_foreign,
  vsic: Array.isArray(r.vsic) ? r.vsic.filter((code): code is string => typeof code === "string") : [],
  agencyKey: r.agency_key ?? undefined,
  verification: verificationOf(r.verification_state),
  verifiedAt: r.verified_at ?? undefined,
  isDemo: r.is_demo,
  version: r.version,
  createdAt: r.created_at,
});

const from = (db: Db) => db.selectFrom("organisation").select(columns);

export async function organisationById(db: Db, id: string): Promise<Organisation | undefined> {
  const row = await from(db).where("id", "=", id).executeTakeFirst();
  return row && toOrganisation(row);
}
/** In no order; unknown ids are left out. */
export async function organisationsById(db: Db, ids: readonly string[]): Promise<Organisation[]> {
  if (ids.length === 0) return [];
  return (
    await from(db)
      .where("id", "in", [...new Set(ids)])
      .execute()
  ).map(toOrganisation);
}
export async function organisationBySlug(db: Db, slug: string): Promise<Organisation | undefined> {
  const row = await from(db).where("slug", "=", slug).executeTakeFirst();
  return row && toOrganisation(row);
}
/** By a tax code, or by a household's citizen id, which is looked up by its HMAC. */
export async function organisationByTaxCode(db: Db, secret: string, code: string): Promise<Organisation | undefined> {
  const query = isCitizenCode(code)
    ? from(db).where("citizen_code_hmac", "=", citizenCodeHmac(secret, code))
    : from(db).where("tax_code", "=", code);
  const row = await query.executeTakeFirst();
  return row && toOrganisation(row);
}
/** Organisations of the office, in which roles of the state may be held. */
export async function officesOf(db: Db): Promise<Organisation[]> {
  const isOffice = from(db).where((eb) =>
    eb.or([eb("agency_key", "is not", null), eb("org_type", "=", "STATE_AGENCY")]),
  );
  return (await isOffice.orderBy(sql`legal_name collate "vi-x-icu"`).orderBy("id").limit(200).execute()).map(
    toOrganisation,
  );
}

const likeText = (text: string) => `%${text.replace(/[\\%_]/g, "\\$&")}%`;
export const directorySize = 30;
export type DirectoryFilter = { text?: string | undefined; orgType?: string | undefined; cursor?: string | undefined };
/** The public directory, in the order of a Vietnamese word list. */
export async function directoryPage(db: Db, filter: DirectoryFilter): Promise<Page<Organisation>> {
  let query = from(db)
    .where("verification_state", "=", "VERIFIED")
    .orderBy(sql`legal_name collate "vi-x-icu"`)
    .orderBy("id")
    .limit(directorySize + 1);
  const folded = foldVietnamese((filter.text ?? "").normalize("NFC").trim());
  if (folded !== "") query = query.where("name_fold", "like", likeText(folded));
  if (filter.orgType) query = query.where("org_type", "=", filter.orgType);
  const after = decodeCursor(filter.cursor, 2);
  if (after && typeof after[0] === "string" && isUuid(after[1])) {
    query = query.where(
      sql<boolean>`(legal_name collate "vi-x-icu", id) > (${after[0]} collate "vi-x-icu", ${after[1]}::uuid)`,
    );
  }
  return pageOf((await query.execute()).map(toOrganisation), directorySize, (o) => [o.legalName, o.id]);
}

export const isUuid = (value: unknown): value is string =>
  typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);

export type OrganisationFacts = {
  legalName: string;
  tradeName?: string | undefined;
  nameEn?: string | undefined;
  orgType: OrgType;
  taxCode?: string | undefined;
  /** A household's code; see citizen.ts. */
  citizenCode?: CitizenCode | undefined;
  country: string;
  territory?: string | undefined;
  street?: string | undefined;
  size?: string | undefined;
  establishedOn?: string | undefined;
  website?: string | undefined;
  legalRepresentative?: string | undefined;
  phone?: string | undefined;
  email?: string | undefined;
  about?: string | undefined;
  isPublic?: boolean | undefined;
  vsic?: readonly string[] | undefined;
};
const factColumns = (f: OrganisationFacts) => ({
  legal_name: f.legalName,
  trade_name: f.tradeName || null,
  name_en: f.nameEn || null,
  org_type: f.orgType,
  ...codeColumns(f),
  country: f.country,
  territory: f.territory || null,
  street: f.street || null,
  size: f.size || null,
  established_on: f.establishedOn || null,
  website: f.website || null,
  legal_representative: f.legalRepresentative || null,
  phone: f.phone || null,
  email: f.email || null,
  about: f.about || null,
  is_public: f.isPublic ?? false,
  is_foreign: f.orgType === "FOREIGN" || f.country !== "VN",
  vsic: JSON.stringify(f.vsic ?? []),
});

export type NewOrganisation = OrganisationFacts & {
  id: string;
  code: string;
  slug: string;
  agencyKey?: string | undefined;
  isDemo?: boolean | undefined;
  createdBy?: string | undefined;
  verifiedAt?: Date | undefined;
};
export async function insertOrganisation(db: Db, o: NewOrganisation): Promise<Organisation> {
  const row = await db
    .insertInto("organisation")
    .values({
      ...factColumns(o),
      id: o.id,
      code: o.code,
      slug: o.slug,
      agency_key: o.agencyKey ?? null,
      is_demo: o.isDemo ?? false,
      created_by: o.createdBy ?? null,
      verification_state: o.verifiedAt ? "VERIFIED" : "UNVERIFIED",
      verified_at: o.verifiedAt ?? null,
    })
    .returning(columns)
    .executeTakeFirstOrThrow();
  return toOrganisation(row);
}

/** False when somebody else saved first. */
export async function saveOrganisation(
  db: Db,
  organisation: Organisation,
  facts: OrganisationFacts,
  verification: VerificationState,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("organisation")
    .set((eb) => ({ ...factColumns(facts), verification_state: verification, version: eb("version", "+", 1) }))
    .where("id", "=", organisation.id)
    .where("version", "=", organisation.version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Moves the state of verification; false when it was moved by somebody else. */
export async function moveVerification(
  db: Db,
  organisation: Organisation,
  to: VerificationState,
  verifiedAt?: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("organisation")
    .set((eb) => ({
      verification_state: to,
      version: eb("version", "+", 1),
      ...(verifiedAt ? { verified_at: verifiedAt } : {}),
    }))
    .where("id", "=", organisation.id)
    .where("verification_state", "=", organisation.verification)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
