import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import { tableUnder } from "../../test/support/oracle.ts";
import { freshDeps } from "../../test/support/world.ts";
import type { Deps } from "../deps.ts";
import { countingDifferences, indicatorReadings, prepareFigures, type Reading } from "../features/office/index.ts";
import { administrativeYear, calendarYear, type Period } from "../kernel/period.ts";
import { keepEmpty, loadDemo } from "./demo.load.ts";
import { readDemo } from "./demo.read.ts";

/** The demo market on an installation of its own: what it holds, and that its figures are those of demo/README.md. */

let deps: Deps;
/** What stood after the first attempt, which broke off in the middle of its work. */
let left: { people: number; deals: number; files: number; state: unknown };
let answers: Awaited<ReturnType<typeof loadDemo>>[];

beforeAll(async () => {
  deps = (await freshDeps()).deps;
  const kill = (_step: unknown, index: number) => {
    if (index === 150) throw new Error("killed");
  };
  await expect(loadDemo(deps, "demo", { before: kill })).rejects.toThrow("killed");
  left = {
    people: await countOf("person"),
    deals: await countOf("deal"),
    files: await countOf("file"),
    state: await stateOf(deps),
  };
  // The server and a command may start at once: one loads, the other waits and finds it done.
  answers = await Promise.all([loadDemo(deps, "demo"), loadDemo(deps, "demo")]);
}, 120_000);

type Counted =
  | "person"
  | "organisation"
  | "listing"
  | "deal"
  | "interest"
  | "event"
  | "counted_line"
  | "file"
  | "counter";
async function countOf(table: Counted): Promise<number> {
  return Number(
    (
      await deps.db
        .selectFrom(table)
        .select((eb) => eb.fn.countAll().as("n"))
        .executeTakeFirstOrThrow()
    ).n,
  );
}
async function stateOf(of: Deps): Promise<unknown> {
  const row = await of.db.selectFrom("installation").select("value").where("key", "=", "demo").executeTakeFirst();
  return (row?.value as { state?: string } | undefined)?.state;
}
async function market() {
  const content = await readDemo("demo");
  if (!content.ok) throw new Error(JSON.stringify(content.faults));
  return content.market;
}
/** How many rows of a table stand in each state. */
async function statesOf(table: "listing" | "deal" | "interest"): Promise<Record<string, number>> {
  const rows = await deps.db
    .selectFrom(table)
    .select("state")
    .select((eb) => eb.fn.countAll<string>().as("n"))
    .groupBy("state")
    .execute();
  return Object.fromEntries(rows.map((row) => [row.state, Number(row.n)]));
}
const tally = (records: readonly { state: string }[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { state } of records) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
};

describe("loading", () => {
  test("a load that was killed leaves nothing behind, and the next start completes it", async () => {
    expect(left).toEqual({ people: 0, deals: 0, files: 0, state: "LOADING" });
    expect(await stateOf(deps)).toBe("READY");
  });

  test("everything of the content stands in the state that the content says", async () => {
    const content = await market();
    expect(content.organisations.length).toBeGreaterThanOrEqual(25);
    expect([content.listings.length, content.deals.length]).toEqual([60, 62]);
    expect(await countOf("organisation")).toBe(content.organisations.length);
    expect(await statesOf("listing")).toEqual(tally(content.listings));
    expect(await statesOf("deal")).toEqual(tally(content.deals));
    expect(await statesOf("interest")).toEqual(tally(content.interests));
    const own = await deps.db
      .selectFrom("organisation")
      .select(["tax_code", "verification_state"])
      .where("is_demo", "=", true)
      .execute();
    expect(own.filter((o) => o.verification_state === "VERIFIED")).toHaveLength(
      content.organisations.filter((o) => o.verification === "VERIFIED").length,
    );
    expect(own).toHaveLength(content.organisations.length);
  });

  test("dates and codes read as if everything had been done on its day", async () => {
    const first = await deps.db
      .selectFrom("deal")
      .select(["code", "title", "signed_on", "recognised_on"])
      .orderBy("code")
      .executeTakeFirstOrThrow();
    expect(first).toMatchObject({
      code: "GD-2021-0001",
      title: "Dây chuyền bóc vỏ, rửa và sấy cơm dừa",
      signed_on: "2021-01-14",
      recognised_on: "2021-01-14",
    });
    const { rows } = await sql<{ late: number }>`
      select count(*)::int as late from counted_line where entry = 'COUNT' and (recorded_at at time zone 'Asia/Ho_Chi_Minh')::date <> recognised_on`.execute(
      deps.db,
    );
    expect(rows[0]?.late).toBe(0);
    const listing = await deps.db
      .selectFrom("published_listing")
      .select("published_at")
      .where("title", "like", "Quy trình nhân giống cây dừa sáp%")
      .executeTakeFirstOrThrow();
    expect(new Date(listing.published_at).toISOString()).toBe("2026-09-08T01:00:00.000Z");
  });

  test("histories tell the days of the story, not the day of the load", async () => {
    const { rows } = await sql<{ what: string; stray: number }>`
      select 'event' as what, count(*)::int as stray from event where at > '2026-11-24'
      union all select 'organisation', count(*)::int from organisation where created_at > '2026-11-24'
      union all select 'person', count(*)::int from person where created_at > '2026-11-24'
      union all select 'deal', count(*)::int from deal where greatest(created_at, updated_at) > '2026-11-24'
      union all select 'consent', count(*)::int from consent where text_version > to_char(given_at, 'YYYY-MM-DD')`.execute(
      deps.db,
    );
    expect(rows.filter((row) => row.stray > 0)).toEqual([]);
    expect(await countOf("event")).toBeGreaterThan(1000);
  });

  test("there is work for a first day, and published listings have their pictures", async () => {
    const { rows } = await sql<{ evidence: number; broker: number; listings: number; houses: number; shown: number }>`
      select (select count(*)::int from deal_evidence where decision is null) as evidence,
        (select count(*)::int from interest where state = 'NEW' and broker_organisation_id is not null) as broker,
        (select count(*)::int from listing where state = 'SUBMITTED') as listings,
        (select count(*)::int from organisation where verification_state = 'SUBMITTED') as houses,
        (select count(*)::int from listing_file join file on file.id = file_id where kind = 'PICTURE' and file.visibility = 'PUBLIC') as shown`.execute(
      deps.db,
    );
    expect(rows[0]).toEqual({ evidence: 2, broker: 1, listings: 1, houses: 2, shown: 9 });
  });

  test("the registrations that the rules ask for are those of the content", async () => {
    const rows = await deps.db
      .selectFrom("deal")
      .select(["title", "registration_required", "registration_certified_on", "recognised_on"])
      .execute();
    for (const deal of (await market()).deals) {
      const row = rows.find((one) => one.title === deal.title);
      expect([deal.key, row?.registration_required, row?.registration_certified_on]).toEqual([
        deal.key,
        deal.registration.required,
        deal.registration.certifiedOn ?? null,
      ]);
    }
  });

  test("a second load changes nothing and answers the same sign-ins", async () => {
    const tables: Counted[] = [
      "person",
      "organisation",
      "listing",
      "deal",
      "interest",
      "event",
      "counted_line",
      "file",
      "counter",
    ];
    const before = await Promise.all(tables.map(countOf));
    const again = await loadDemo(deps, "demo");
    expect(await Promise.all(tables.map(countOf))).toEqual(before);
    expect([...answers, again].map((answer) => answer.isDemo)).toEqual([true, true, true]);
    expect(again.signIns).toEqual(answers[0]?.signIns);
    expect(again.signIns[0]).toMatchObject({ name: "Nguyễn Thị Mai Phương", login: "mai.phuong@tvu.example.vn" });
    expect(again.signIns).toHaveLength((await market()).people.length);
  });

  test("the sign-ins lie beside the data, for their owner only", async () => {
    const file = path.join(deps.config.dataDir, "demo-sign-ins.txt");
    expect(await readFile(file, "utf8")).toContain("mai.phuong@tvu.example.vn");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test("an installation that was started empty, or holds somebody, is never filled", async () => {
    const empty = (await freshDeps()).deps;
    await keepEmpty(empty);
    expect(await loadDemo(empty, "demo")).toMatchObject({ isDemo: false, signIns: [] });
    await empty.db.deleteFrom("installation").execute();
    await empty.db
      .insertInto("person")
      .values({ id: "0190a000-0000-7000-8000-000000000001", name: "Người đầu tiên" })
      .execute();
    expect(await loadDemo(empty, "demo")).toMatchObject({ isDemo: false });
    expect(await stateOf(empty)).toBeUndefined();
    await keepEmpty(deps);
    expect(await stateOf(deps)).toBe("READY");
  });

  test("evidence lies in the store under its hash", async () => {
    const files = await deps.db.selectFrom("file").select(["sha256", "state"]).execute();
    expect(files.every((file) => file.state === "READY")).toBe(true);
    for (const file of files) expect(await deps.files.size(file.sha256)).toBeGreaterThan(500);
  });
});

type Shown = { numerator: bigint | null; denominator: bigint | null; value: number | null };
const read = async (
  period: Period,
  scope: "ALL" | "KEY_SECTORS",
  asKnownOn?: string,
): Promise<Map<string, Reading>> => {
  const readings = await indicatorReadings(deps.db, deps.pack, { period, scope, asKnownOn });
  return new Map(readings.map((reading) => [reading.indicator.key, reading]));
};
/** One row as the README prints it: year, deals, V, growth, then value, numerator and denominator of the shares. */
async function rowOf(
  year: number,
  period: Period,
  scope: "ALL" | "KEY_SECTORS",
  asKnownOn?: string,
): Promise<number[]> {
  const readings = await read(period, scope, asKnownOn);
  const of = (key: string): Shown & { dealCount: number } => readings.get(key) ?? expect.fail(`no reading ${key}`);
  const [growth, ip, imported, research] = ["GROWTH_VALUE", "SHARE_IP", "SHARE_IMPORT_DEV", "SHARE_DOM_RESEARCH"].map(
    of,
  );
  const share = (s: Shown | undefined) => [Number(s?.numerator), Number(s?.denominator), s?.value ?? Number.NaN];
  return [
    year,
    growth?.dealCount ?? -1,
    Number(growth?.numerator),
    growth?.value ?? Number.NaN,
    Number(ip?.numerator),
    ip?.value ?? Number.NaN,
    ...share(imported),
    ...share(research),
  ];
}

describe("the oracle of demo/README.md", () => {
  const years = [2021, 2022, 2023, 2024, 2025, 2026];
  const cases = [
    { heading: "### Năm hành chính", of: administrativeYear, scope: "ALL" },
    { heading: "### Năm dương lịch", of: calendarYear, scope: "ALL" },
    { heading: "### Nhóm lĩnh vực chủ lực", of: administrativeYear, scope: "KEY_SECTORS" },
  ] as const;

  test.each(cases)("$heading: every year's figures are those of the table", async ({ heading, of, scope }) => {
    const told = await Promise.all(years.map((year) => rowOf(year, of(year), scope)));
    expect(told).toEqual(tableUnder(heading));
  });

  test("the share of IP is told of the same V as growth is", async () => {
    for (const year of years) {
      const readings = await read(administrativeYear(year), "ALL");
      expect(readings.get("SHARE_IP")?.denominator).toBe(readings.get("GROWTH_VALUE")?.numerator);
    }
  });

  test("2024 as it was known before the correction of 18/3/2025, and since", async () => {
    const before = [
      2024, 12, 21_700_000_000, 10.69, 900_000_000, 4.15, 550_000_000, 7_280_000_000, 7.55, 380_000_000, 5_830_000_000,
      6.52,
    ];
    for (const day of ["2024-12-14", "2025-03-17"])
      expect(await rowOf(2024, administrativeYear(2024), "ALL", day)).toEqual(before);
    const since = tableUnder("### Năm hành chính").find(([year]) => year === 2024);
    expect(await rowOf(2024, administrativeYear(2024), "ALL", "2025-03-18")).toEqual(since);
  });

  test("one intermediary is connected by the end of 2025", async () => {
    expect((await read(administrativeYear(2025), "ALL")).get("INTERMEDIARIES")?.value).toBe(1);
    expect((await read(administrativeYear(2024), "ALL")).get("INTERMEDIARIES")?.value).toBe(0);
  });

  test("the sums equal a recount, also after the figures were made ready", async () => {
    expect(await countingDifferences(deps.db)).toEqual([]);
    await prepareFigures(deps.db, deps.pack);
    expect(await countingDifferences(deps.db)).toEqual([]);
    expect(await rowOf(2025, administrativeYear(2025), "ALL")).toEqual(
      tableUnder("### Năm hành chính").find(([year]) => year === 2025),
    );
  });
});
