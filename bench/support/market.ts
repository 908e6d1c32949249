import type { Pool } from "../../src/platform/database/database.ts";
import type { ProvincePack } from "../../src/province/index.ts";

/**
 * A plausible market of five administrative years (15/12/2020–14/12/2025): more deals every year and towards its end, three quarters
 * domestic, equipment and services most, few IP assets, China and Korea first among origins, one to three lines a deal. Seeded, so
 * that two runs draw the same. Foreign keys are not checked while it is filled: organisations and deal_line rows are left out,
 * because no figure reads them.
 */
export async function fillMarket(pool: Pool, pack: ProvincePack, lines: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("set session_replication_role = replica");
    await client.query("select setseed(0.42)");
    await client.query(drawDeals, [
      Math.ceil(lines / 1.5),
      pack.sectors.sectors.map((s) => s.key),
      pack.territories.territories.map((t) => t.key),
    ]);
    await client.query(drawLines, [lines]);
    await client.query(storeDeals);
  } finally {
    await client.query("set session_replication_role = origin");
    client.release();
  }
  await pool.query("analyze");
}

/** The first of a list is drawn most: power(random(), k) leans to small numbers. */
const lean = (list: string, power: number) =>
  `(${list})[1 + floor(power(random(), ${power}) * cardinality(${list}))::int]`;
const origins =
  "array['CN','KR','JP','TW','US','DE','TH','SG','FR','NL','IL','IT','GB','AU','IN','MY','DK','BE','ES','CA','CH','SE','AT','FI','NO','NZ','HR','ID','PH','RU']";
const domesticTypes =
  "array['ENTERPRISE','ST_ENTERPRISE','UNIVERSITY','COOPERATIVE','INSTITUTE','ST_ORG','STARTUP','HOUSEHOLD','COLLEGE','INTERMEDIARY','ASSOCIATION']";
const goods = "array['EQUIPMENT','ST_SERVICE','TECHNOLOGY','OCOP_PRODUCT','RESEARCH_RESULT','IP_ASSET']";

const drawDeals = `
  create temp table drawn as
  select n, gen_random_uuid() as id, flow,
    case when flow = 'INBOUND' then ${lean(origins, 1.8)} when flow = 'DOMESTIC' and random() < 0.06 then ${lean(origins, 1.8)} else 'VN' end as origin_country,
    case when flow = 'INBOUND' and random() < 0.75 then 'FOREIGN' else ${lean(domesticTypes, 1.9)} end as supplier_org_type,
    ${lean("$2::text[]", 1.7)} as sector, ${lean("$3::text[]", 1.4)} as territory,
    case when random() < 0.5 then 2 when random() < 0.8 then 3 else 4 end as evidence_level,
    date '2020-12-15' + floor(1826 * power(random(), 0.75))::int as recognised_on,
    1 + floor(power(random(), 1.6) * 3)::int as lines
  from (select n, case when r < 0.76 then 'DOMESTIC' when r < 0.97 then 'INBOUND' else 'OUTBOUND' end as flow
        from (select n, random() as r from generate_series(1, $1::int) n) a) b`;

const drawLines = `
  insert into counted_line (id, deal_id, deal_line_id, supplier_organisation_id, entry, recorded_at, recognised_on, goods_kind, flow,
    origin_country, supplier_org_type, sector, territory, evidence_level, value_vnd)
  select gen_random_uuid(), d.id, gen_random_uuid(), gen_random_uuid(), 'COUNT', d.recognised_on + interval '3 days' + random() * interval '20 days',
    d.recognised_on, ${lean(goods, 1.6)}, d.flow, d.origin_country, d.supplier_org_type, d.sector, d.territory, d.evidence_level,
    (exp(random() * 5 + 16.5))::bigint
  from drawn d cross join lateral generate_series(1, d.lines) limit $1`;

const storeDeals = `
  insert into deal (id, code, title, buyer_organisation_id, entered_by, flow, origin_country, counterparty_country, value_vnd, signed_on, evidence_level, recognised_on, state)
  select id, 'GD-B-' || n, 'Giao dịch giả định ' || n, gen_random_uuid(), gen_random_uuid(), flow, origin_country, origin_country, 1, recognised_on, evidence_level, recognised_on, 'CONTRACT_SIGNED'
  from drawn where id in (select deal_id from counted_line)`;
