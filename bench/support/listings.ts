import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { newId } from "../../src/kernel/id.ts";
import { codeFrom, slugOf } from "../../src/kernel/text.ts";
import type { Pool } from "../../src/platform/database/database.ts";

/** Listings made from the demo's texts, each with sentences of several, so that words repeat as in a real market. */

type Sample = {
  kind: string;
  goodsKind: string;
  document: Record<string, unknown> & { title: string; description?: string; summaryPublic?: string };
};

const samples = (): Sample[] =>
  readdirSync("demo/listings")
    .flatMap((file) => parse(readFileSync(path.join("demo/listings", file), "utf8")) as Sample[])
    .filter((s) => s.document?.title && s.document.summaryPublic);

/** Fills organisations and published listings; answers the address of one listing's page. */
export async function fillListings(pool: Pool, count: number): Promise<string> {
  const texts = samples();
  const [person, organisation] = [newId(), newId()];
  await pool.query("insert into person (id, name) values ($1, 'Người thử')", [person]);
  await pool.query(
    "insert into organisation (id, code, slug, legal_name, org_type, verification_state, verified_at) values ($1, 'TC-B-1', 'to-chuc-thu', 'Tổ chức thử', 'UNIVERSITY', 'VERIFIED', now())",
    [organisation],
  );
  let address = "";
  for (let from = 0; from < count; from += 500) {
    const rows = Array.from({ length: Math.min(500, count - from) }, (_, n) => row(texts, from + n));
    await pool.query(
      `insert into listing (id, code, kind, goods_kind, organisation_id, created_by, state, published_version)
       select id, code, kind, goods, $5::uuid, $6::uuid, 'PUBLISHED', 1 from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as t(id, code, kind, goods)`,
      [
        rows.map((r) => r.id),
        rows.map((r) => r.code),
        rows.map((r) => r.kind),
        rows.map((r) => r.goodsKind),
        organisation,
        person,
      ],
    );
    await pool.query(
      `insert into published_listing (listing_id, short_code, slug, version, kind, goods_kind, organisation_id, title, document, visibility, state, published_at, first_published_at, expires_on)
       select id, short, slug, 1, kind, goods, $8::uuid, title, doc::jsonb, 'PUBLIC', 'PUBLISHED', at::timestamptz, at::timestamptz, '2099-01-01'
       from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $9::text[]) as t(id, short, slug, kind, goods, title, doc, at)`,
      [
        rows.map((r) => r.id),
        rows.map((r) => r.short),
        rows.map((r) => r.slug),
        rows.map((r) => r.kind),
        rows.map((r) => r.goodsKind),
        rows.map((r) => r.title),
        rows.map((r) => JSON.stringify(r.document)),
        organisation,
        rows.map((r) => r.at),
      ],
    );
    const offer = rows.find((r) => r.kind === "OFFER" && r.goodsKind === "TECHNOLOGY");
    if (offer) address = `/san/cong-nghe/${offer.slug}-${offer.short}`;
  }
  await pool.query("vacuum analyze");
  return address;
}

function row(texts: readonly Sample[], n: number) {
  const at = (offset: number) => texts[(n * 7 + offset * 13) % texts.length] as Sample;
  const own = at(0);
  const title = `${own.document.title} ${n}`.slice(0, 150);
  const document = {
    ...own.document,
    title,
    description: [own, at(1), at(2)].map((s) => s.document.description ?? "").join("\n\n"),
    keywords: (at(1).document.keywords as string[] | undefined) ?? [],
    files: [],
  };
  const bytes = Uint8Array.from({ length: 8 }, (_, i) => (n >> (i * 4)) & 15);
  return {
    id: newId(),
    code: `TD-B-${n}`,
    kind: own.kind,
    goodsKind: own.goodsKind,
    title,
    slug: slugOf(title),
    short: codeFrom(bytes),
    document,
    at: new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString(),
  };
}
