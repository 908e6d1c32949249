import { beforeAll, describe, expect, test } from "vitest";
import { givenMarket, givenPublished, type Market } from "../../../../test/support/listings.ts";
import { openWorld, type World } from "../../../../test/support/world.ts";
import { newId } from "../../../kernel/id.ts";
import { inTransaction } from "../../../platform/database/database.ts";
import { recordEvent } from "../../../platform/events.ts";
import { addressOf } from "../listing/listing.address.ts";
import { publishedById } from "../listing/listing.published.queries.ts";
import { type FeedCursor, feedPlace, readFeed } from "./catalogue.queries.ts";
import { openCatalogue } from "./catalogue.ts";

let world: World;
let market: Market;
beforeAll(async () => {
  world = await openWorld();
  market = await givenMarket(world, { name: "Hợp tác xã Vqk dừa sáp", territory: "xa-cau-ke" });
});
const guest = () => world.as(undefined);
const html = async (path: string) => (await guest().get(path)).text();
const pageOf = async (id: string) => {
  const one = await publishedById(world.db, id);
  if (!one) throw new Error("not published");
  return { one, address: addressOf(world.deps.pack, one) };
};

describe("finding", () => {
  test("what is typed without diacritics finds a listing; exact spelling ranks first; the words are marked", async () => {
    await givenPublished(world, market, { title: "Vqmột giống dưa sạp lạ", document: { sectors: ["RICE"] } });
    await givenPublished(world, market, { title: "Vqmột giống dừa sáp quý", document: { sectors: ["RICE"] } });
    expect(await html("/san?tu-khoa=vqmot+dua+sap")).toContain('data-total="2"');
    const exact = await html("/san?tu-khoa=vqm%E1%BB%99t+d%E1%BB%ABa+s%C3%A1p");
    expect(exact.indexOf("dừa sáp</mark>")).toBeLessThan(exact.indexOf("dưa sạp"));
  });
  test("facets narrow and are counted under the other filters", async () => {
    await givenPublished(world, market, { title: "Vqhai máy sấy thứ nhất", goodsKind: "EQUIPMENT" });
    await givenPublished(world, market, {
      title: "Vqhai máy sấy thứ hai",
      goodsKind: "EQUIPMENT",
      document: { originCountry: "JP" },
    });
    await givenPublished(world, market, { title: "Vqhai máy sấy thứ ba" });
    const found = await world.catalogue.query({
      kind: "OFFER",
      text: "vqhai",
      filters: { origin: ["DOMESTIC"] },
      facets: ["goodsKind", "origin", "territory"],
      size: 10,
      signedIn: false,
    });
    expect(found.total).toBe(2);
    expect(found.facets.goodsKind).toEqual([
      { value: "EQUIPMENT", count: 1 },
      { value: "TECHNOLOGY", count: 1 },
    ]);
    expect(found.facets.origin).toEqual([
      { value: "DOMESTIC", count: 2 },
      { value: "FOREIGN", count: 1 },
    ]);
    expect(found.facets.territory).toEqual([{ value: "xa-cau-ke", count: 2 }]);
    const page = await html("/san?tu-khoa=vqhai&loai=EQUIPMENT&xuat-xu=FOREIGN");
    expect(page).toContain('data-total="1"');
    expect(page).toContain("thứ hai");
  });
  test("pages meet every listing once", async () => {
    for (let n = 0; n < 23; n++)
      await givenPublished(world, market, { title: `Vqba thiết bị số ${n + 10}`, goodsKind: "EQUIPMENT" });
    const seen: string[] = [];
    for (let path: string | undefined = "/san?tu-khoa=vqba&xep=moi-nhat"; path; ) {
      const page = await html(path);
      seen.push(...[...page.matchAll(/<\/mark> thiết bị số (\d+)/g)].map((m) => m[1] ?? ""));
      path = /href="([^"]*sau=[^"]*)"/.exec(page)?.[1]?.replaceAll("&amp;", "&");
    }
    expect(seen).toHaveLength(23);
    expect(new Set(seen).size).toBe(23);
  });
  test("a search that finds nothing says what to do; odd questions are no fault", async () => {
    expect(await html("/san?tu-khoa=khongcogitrongdayca")).toContain("/khong-gian/tin-dang/moi?loai=REQUEST");
    for (const path of [
      "/san?tu-khoa=%ff",
      "/san?sau=WzEsMl0",
      "/san?sau=xx&loai=';drop",
      `/nhu-cau?tu-khoa=${"a".repeat(5000)}`,
      "/san?linh-vuc=__proto__",
    ])
      expect((await guest().get(path)).status, path).toBe(200);
  });
});

describe("who sees what", () => {
  test("members' listings are for members, restricted ones are never in the catalogue", async () => {
    const forMembers = await givenPublished(world, market, {
      title: "Vqbon chỉ cho thành viên",
      document: { visibility: "MEMBERS" },
    });
    const restricted = await givenPublished(world, market, {
      title: "Vqbon hạn chế người xem",
      document: { visibility: "RESTRICTED" },
    });
    expect(await html("/san?tu-khoa=vqbon")).toContain('data-total="0"');
    expect(await (await world.as(market.seller).get("/san?tu-khoa=vqbon")).text()).toContain('data-total="1"');
    const { address } = await pageOf(forMembers.id);
    expect((await guest().get(address)).headers.get("location")).toContain("/dang-nhap");
    expect((await world.as(market.seller).get(address)).status).toBe(200);
    const hidden = await pageOf(restricted.id);
    expect((await guest().get(hidden.address)).status).toBe(404);
    expect((await world.as((await givenMarket(world)).seller).get(hidden.address)).status).toBe(404);
    expect((await world.as(market.seller).get(hidden.address)).status).toBe(200);
  });
  test("the confidential part leaves on no public page", async () => {
    const one = await givenPublished(world, market, { title: "Vqnam có phần bảo mật" });
    const { address } = await pageOf(one.id);
    for (const path of [address, `/en${address}`, "/san?tu-khoa=vqnam", "/"])
      expect(await html(path)).not.toContain("CONFIDENTIAL-MARK");
    expect(await html("/san?tu-khoa=CONFIDENTIAL-MARK")).not.toContain("Vqnam");
  });
  test("an anonymous owner is named nowhere", async () => {
    const one = await givenPublished(world, market, {
      title: "Vqsau ẩn danh đơn vị đăng tin",
      document: { contactPolicy: "ANONYMOUS" },
    });
    const { address } = await pageOf(one.id);
    expect(await html(address)).not.toContain("Hợp tác xã Vqk");
    expect(await html("/san?tu-khoa=vqsau")).not.toContain("Hợp tác xã Vqk");
    const byOwner = await world.catalogue.query({ kind: "OFFER", text: "vqk", size: 50, signedIn: true });
    expect(byOwner.rows.map((row) => row.title)).not.toContain("Vqsau ẩn danh đơn vị đăng tin");
  });
});

describe("a listing's page", () => {
  test("a listing's page shows its fields, its price, its owner, and says it to machines", async () => {
    const one = await givenPublished(world, market, {
      title: "Vqbay </script><script>alert(1)",
      document: { ipRights: [{ type: "PATENT", status: "GRANTED", number: "1-0012345" }] },
    });
    const { address } = await pageOf(one.id);
    const page = await html(address);
    for (const text of ["180.000.000 đồng", "1-0012345", "Hợp tác xã Vqk", "Đã xác minh", "/quan-tam/moi?tin="])
      expect(page).toContain(text);
    expect(page).not.toContain("<script>alert");
    const data = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page)?.[1] ?? "") as {
      "@graph": { "@type": string }[];
    };
    expect(data["@graph"].map((node) => node["@type"])).toEqual(["Product", "BreadcrumbList"]);
  });
  test("a wrong name or group leads to the right address; an unknown code is not found", async () => {
    const one = await givenPublished(world, market, { title: "Vqtam đúng địa chỉ", goodsKind: "EQUIPMENT" });
    const { one: published, address } = await pageOf(one.id);
    for (const wrong of [
      `/san/cong-nghe/${published.slug}-${published.shortCode}`,
      `/san/thiet-bi/sai-${published.shortCode}`,
      `/nhu-cau/x-${published.shortCode}`,
    ]) {
      const answer = await guest().get(wrong);
      expect([answer.status, answer.headers.get("location")]).toEqual([301, address]);
    }
    expect((await guest().get(`/en/san/thiet-bi/sai-${published.shortCode}`)).headers.get("location")).toBe(
      `/en${address}`,
    );
    for (const path of [
      "/san/thiet-bi/khong-co-aaaaaaaa",
      "/san/thiet-bi/%00",
      "/san/thiet-bi/x",
      "/san/khong-co-nhom",
    ])
      expect((await guest().get(path)).status).toBe(404);
  });
  test("a need stands under /nhu-cau with what it needs", async () => {
    const need = await givenPublished(world, market, {
      title: "Vqchin cần máy bóc vỏ",
      kind: "REQUEST",
      document: { need: "Bóc 500 trái mỗi giờ", requiredTrlMin: 7, budget: { from: "50000000", currency: "VND" } },
    });
    const { address } = await pageOf(need.id);
    expect(address).toMatch(/^\/nhu-cau\/vqchin-can-may-boc-vo-[a-z0-9]{8}$/);
    const page = await html(address);
    expect(page).toContain("Bóc 500 trái mỗi giờ");
    expect(page).toContain('"Demand"');
    expect(await html("/nhu-cau?tu-khoa=vqchin")).toContain('data-total="1"');
  });
  test("home shows what is new on both sides", async () => {
    await givenPublished(world, market, { title: "Vqmuoi mới nhất trên trang chủ" });
    const page = await html("/");
    expect(page).toContain("Vqmuoi mới nhất trên trang chủ");
    expect(page).toContain('action="/san"');
  });
});

describe("another node", () => {
  test("another node follows what commits, also what commits late", async () => {
    const other = await openCatalogue(world.deps);
    const totalOf = async () =>
      (await other.query({ kind: "OFFER", text: "vqmuoimot", size: 5, signedIn: false })).total;
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const late = await givenPublished(world, market, { title: "Vqmuoimot đổi tên muộn" });
    await other.refresh();
    expect(await totalOf()).toBe(1);
    let begun: () => void = () => {};
    const started = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const slow = inTransaction(world.db, async (tx) => {
      await tx
        .updateTable("published_listing")
        .set({ withdrawn_at: new Date() })
        .where("listing_id", "=", late.id)
        .execute();
      await recordEvent(tx, { actorId: undefined, subject: "listing", subjectId: late.id, verb: "withdraw" });
      begun();
      await held;
    });
    await started;
    await givenPublished(world, market, { title: "Vqmuoimot tin nhanh hơn" });
    await other.refresh();
    expect(await totalOf()).toBe(2);
    release();
    await slow;
    await other.refresh();
    expect(await totalOf()).toBe(1);
    await other.close();
  });
  test("the feed comes in pages, each event once, those that commit late included", async () => {
    const note = (tx: Parameters<typeof recordEvent>[0], subjectId: string) =>
      recordEvent(tx, { actorId: undefined, subject: "listing", subjectId, verb: "save" });
    const [early, ...others] = Array.from({ length: 6 }, () => newId());
    await inTransaction(world.db, (tx) => note(tx, early ?? ""));
    const place = await feedPlace(world.db);
    await inTransaction(world.db, async (tx) => {
      for (const id of others) await note(tx, id);
    });
    const met: string[] = [];
    let next: FeedCursor | undefined;
    let pages = 0;
    do {
      const page = await readFeed(world.db, place, next, 2);
      met.push(...page.events.map((event) => event.subjectId));
      next = page.next;
      pages++;
    } while (next);
    expect([pages, met.filter((id) => others.includes(id)).sort(), met.includes(early ?? "")]).toEqual([
      3,
      [...others].sort(),
      false,
    ]);
  });
});
