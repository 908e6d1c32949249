import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { openWorld, type World } from "../../../../test/support/world.ts";
import { newId } from "../../../kernel/id.ts";
import { importCommand } from "./import.command.ts";
import { readMapFile } from "./import.mapping.ts";

let world: World;
let folder: string;
beforeAll(async () => {
  world = await openWorld();
  folder = await mkdtemp(path.join(tmpdir(), "opensan-import-test-"));
  await world.makeActor(await world.makeOrganisation({ name: "Đơn vị vận hành sàn" }), "EXCHANGE_OPERATOR");
});

describe("the command line", () => {
  const mapText = `source: Danh mục quốc tế
kind: offers
columns:
  sourceId: { from: id }
  goodsKind: { from: type, map: { software: TECHNOLOGY, machine: EQUIPMENT } }
  title: { template: "{name} ({centre})", max: 40 }
  keywords: { from: tags, take: 2 }
  priceFrom: { from: price, default: 0 }
`;
  const lines = [
    {
      id: "x1",
      type: "Software",
      name: "Flood forecast",
      centre: "HYD",
      tags: ["water", "flood", "model"],
      price: 1200000,
    },
    {
      id: "x2",
      type: "machine",
      name: "A dryer for coconut meat with a very long name indeed",
      centre: "AGR",
      tags: [],
    },
    { id: "x3", type: "poem", name: "Not a technology", centre: "ART" },
  ];
  const files = async (from = lines) => {
    const here = path.join(folder, newId());
    await writeFile(`${here}.jsonl`, from.map((line) => JSON.stringify(line)).join("\n"));
    await writeFile(`${here}.yaml`, mapText);
    return { file: `${here}.jsonl`, map: `${here}.yaml`, bad: `${here}.loi.jsonl` };
  };

  test("a dry run says the same as a real one and leaves nothing", async () => {
    const owner = await world.makeOrganisation();
    const { file, map, bad } = await files();
    const count = () =>
      world.db
        .selectFrom("import_batch")
        .select((eb) => eb.fn.countAll().as("n"))
        .executeTakeFirst();
    const before = await count();
    const report = await importCommand(world.deps, {
      kind: "offers",
      file,
      map,
      organisation: owner.slug,
      dryRun: true,
    });
    expect(report).toMatchObject({
      ok: true,
      accepted: false,
      read: 3,
      valid: 2,
      bad: 1,
      written: 0,
      badRowsFile: bad,
    });
    expect(JSON.parse(await readFile(bad, "utf8"))).toMatchObject({
      id: "x3",
      "Lỗi cần sửa": "type: Giá trị không có trong danh sách: poem.",
    });
    expect(await count()).toEqual(before);
    expect(await world.db.selectFrom("listing").select("id").where("organisation_id", "=", owner.id).execute()).toEqual(
      [],
    );
  });

  test("a mapping is worked, rows at fault wait for the choice, and the second run changes nothing", async () => {
    const owner = await world.makeOrganisation();
    const { file, map } = await files();
    const asked = { kind: "offers", file, map, organisation: owner.slug } as const;
    expect(await importCommand(world.deps, asked)).toMatchObject({ accepted: false, valid: 2, bad: 1, written: 0 });
    expect(await importCommand(world.deps, { ...asked, onlyValid: true })).toMatchObject({
      accepted: true,
      written: 2,
      created: 2,
      bad: 1,
    });
    expect(await importCommand(world.deps, { ...asked, onlyValid: true })).toMatchObject({
      accepted: true,
      created: 0,
      updated: 0,
      unchanged: 2,
    });
    const listings = await world.db
      .selectFrom("listing")
      .select(["draft", "goods_kind", "source"])
      .where("organisation_id", "=", owner.id)
      .orderBy("source_id")
      .execute();
    expect(listings).toMatchObject([
      {
        goods_kind: "TECHNOLOGY",
        source: "Danh mục quốc tế",
        draft: {
          title: "Flood forecast (HYD)",
          keywords: ["water", "flood"],
          price: { from: "1200000", kind: "INDICATIVE" },
        },
      },
      { goods_kind: "EQUIPMENT", draft: { title: "A dryer for coconut meat with a very lo…" } },
    ]);
  });

  test("publishing straight away is for a verified owner, and what misses something stays a draft", async () => {
    const owner = await world.makeOrganisation();
    const rows = [
      {
        sourceId: "P1",
        goodsKind: "EQUIPMENT",
        title: "Máy sấy cơm dừa hai tấn",
        need: "Cần máy sấy hai tấn mỗi ngày.",
        summaryPublic: "Cần máy sấy.",
        stField: "203",
      },
      { sourceId: "P2", goodsKind: "EQUIPMENT", title: "Máy ép dầu dừa năm tấn" },
    ];
    const file = path.join(folder, `${newId()}.jsonl`);
    await writeFile(file, rows.map((row) => JSON.stringify(row)).join("\n"));
    const report = await importCommand(world.deps, { kind: "requests", file, organisation: owner.slug, publish: true });
    expect(report).toMatchObject({ ok: true, accepted: true, created: 2, published: 1 });
    const states = await world.db
      .selectFrom("listing")
      .select(["source_id", "state"])
      .where("organisation_id", "=", owner.id)
      .orderBy("source_id")
      .execute();
    expect(states.map((one) => one.state)).toEqual(["PUBLISHED", "DRAFT"]);
    const unverified = await world.makeOrganisation({ verified: false });
    expect(
      await importCommand(world.deps, { kind: "requests", file, organisation: unverified.slug, publish: true }),
    ).toMatchObject({ ok: false, why: "import.publish.not_allowed" });
  });

  test("faults of a mapping file name their lines", () => {
    const read = readMapFile(mapText.replace("{ from: id }", "{ form: id }").replace("keywords:", "keyword:"));
    expect(read).toMatchObject({ ok: false });
    if (!read.ok)
      expect(read.faults.map((fault) => fault.split(":")[0]).sort()).toEqual(["line 4", "line 4", "line 7"].sort());
  });

  test("the shipped mapping files are whole", async () => {
    for (const name of ["nasa-software-offers", "eu-funding-demands"])
      expect(readMapFile(await readFile(`mappings/${name}.yaml`, "utf8"))).toMatchObject({ ok: true });
  });
});
