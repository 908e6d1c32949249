import { beforeAll, expect, test } from "vitest";
import { importer, sheetFile, whysOn } from "../../../../test/support/imports.ts";
import { openWorld, type World } from "../../../../test/support/world.ts";
import { newId } from "../../../kernel/id.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});

const line = (
  dealId: string,
  buyer: string,
  suppliers: string,
  over: Record<string, string> = {},
): Record<string, string> => ({
  "Mã giao dịch tại nguồn": dealId,
  "Tên giao dịch": "Chuyển giao quy trình nhân giống dừa sáp",
  "Bên mua": buyer,
  "Bên cung": suppliers,
  "Ngày ký": "15/03/2025",
  "Luồng chuyển giao": "Trong nước",
  "Xuất xứ công nghệ": "Việt Nam",
  "Loại hàng hóa của dòng": "Công nghệ",
  "Nội dung của dòng": "Quy trình nhân giống",
  "Giá trị của dòng": "350.000.000",
  ...over,
});
const dealsOf = (source: string) =>
  world.db
    .selectFrom("deal")
    .select(["id", "title", "value_vnd", "state", "evidence_level", "version"])
    .where("source", "=", source)
    .orderBy("source_id")
    .execute();

test("rows with one id become one deal with its lines and shares, and the second run updates it", async () => {
  const officer = await importer(world, "PROGRAMME_OFFICER");
  const source = `Sổ hợp đồng ${newId().slice(-6)}`;
  const [buyer, one, two] = [
    await world.makeOrganisation(),
    await world.makeOrganisation({ orgType: "UNIVERSITY" }),
    await world.makeOrganisation({ orgType: "INSTITUTE" }),
  ];
  const suppliers = `${one.name}:60; ${two.name}:40`;
  const rows = (amount: string) => [
    line("HD1", buyer.name, suppliers, { "Giá trị của dòng": amount }),
    line("HD1", buyer.name, suppliers, {
      "Loại hàng hóa của dòng": "Máy móc, thiết bị",
      "Nội dung của dòng": "Tủ cấy",
      "Giá trị của dòng": "150.000.000",
    }),
    line("HD2", "Hợp tác xã Dừa Mới", one.name, { "Loại hình bên mua": "Hợp tác xã, tổ hợp tác" }),
  ];
  const address = await officer.send(await sheetFile(rows("350.000.000"), "xlsx"), { kind: "DEALS", source });
  expect(await officer.batch(address)).toMatchObject({ state: "STAGED", rows_valid: 3, rows_bad: 0 });
  expect(await dealsOf(source)).toEqual([]);
  await officer.decide(address, "accept-all");
  expect(await officer.batch(address)).toMatchObject({ state: "ACCEPTED", rows_written: 3, records_created: 2 });
  const deals = await dealsOf(source);
  expect(deals.map((deal) => [BigInt(deal.value_vnd), deal.state, deal.evidence_level])).toEqual([
    [500_000_000n, "CONTRACT_SIGNED", 1],
    [350_000_000n, "CONTRACT_SIGNED", 1],
  ]);
  const shares = await world.db
    .selectFrom("deal_supplier")
    .select("share_bp")
    .where("deal_id", "=", deals[0]?.id ?? "")
    .orderBy("share_bp")
    .execute();
  expect(shares.map((share) => share.share_bp)).toEqual([4_000, 6_000]);
  const again = await officer.send(await sheetFile(rows("400.000.000"), "csv"), { kind: "DEALS", source });
  await officer.decide(again, "accept-all");
  expect(await officer.batch(again)).toMatchObject({ records_created: 0, records_updated: 1, records_unchanged: 1 });
  expect((await dealsOf(source)).map((deal) => BigInt(deal.value_vnd))).toEqual([550_000_000n, 350_000_000n]);
});

test("a fault in one row of a deal holds back its other rows, and other deals go in", async () => {
  const officer = await importer(world, "PROGRAMME_OFFICER");
  const source = `Sổ hợp đồng ${newId().slice(-6)}`;
  const [buyer, seller] = [await world.makeOrganisation(), await world.makeOrganisation()];
  const rows = [
    line("X1", buyer.name, seller.name),
    line("X1", buyer.name, seller.name, { "Giá trị của dòng": "rất nhiều" }),
    line("X2", buyer.name, `${seller.name}:70`),
    line("X3", "Công ty không ai biết", seller.name),
    line("X4", buyer.name, seller.name, { "Tên giao dịch": "Tên thứ nhất" }),
    line("X4", buyer.name, seller.name, { "Tên giao dịch": "Tên thứ hai" }),
    line("X5", buyer.name, seller.name, { "Đồng tiền hợp đồng": "USD" }),
    line("X6", buyer.name, seller.name),
  ];
  const address = await officer.send(await sheetFile(rows, "csv"), { kind: "DEALS", source });
  expect(await officer.batch(address)).toMatchObject({ rows_valid: 1, rows_bad: 7 });
  expect(whysOn(await officer.page(address))).toEqual([
    "import.deal.other_row",
    "import.value.not_decimal",
    "deal.shares.sum",
    "import.party.unknown",
    "import.deal.other_row",
    "import.deal.differs",
    "field.required",
    "field.required",
  ]);
  await officer.decide(address, "accept-valid");
  expect((await dealsOf(source)).length).toBe(1);
});

test("deals are for the programme's officers only", async () => {
  const she = await importer(world);
  const answer = await she.caller.post("/khong-gian/nhap-du-lieu/moi", {
    kind: "DEALS",
    organisationId: she.organisation.id,
    source: "X",
    file: await sheetFile([line("A", "B", "C")], "csv"),
  });
  expect(answer.status).toBe(422);
});
