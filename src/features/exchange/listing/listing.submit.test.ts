import { beforeAll, describe, expect, test } from "vitest";
import {
  givenDraft,
  givenMarket,
  givenPublished,
  givenSubmitted,
  type Market,
} from "../../../../test/support/listings.ts";
import { openWorld, type World } from "../../../../test/support/world.ts";
import { listingByCode } from "./listing.queries.ts";
import { reviewItems } from "./listing.rules.ts";

let world: World;
let market: Market;
beforeAll(async () => {
  world = await openWorld();
  market = await givenMarket(world);
});
const own = () => world.as(market.seller);

describe("sending", () => {
  test("an incomplete draft lists what is missing and is refused", async () => {
    const draft = await givenDraft(world, market, {
      title: "Còn thiếu nhiều thứ",
      document: { trl: undefined, price: undefined } as never,
    });
    expect(await (await own().get(`/khong-gian/tin-dang/${draft.code}/xem-lai`)).text()).toContain("/gia");
    const answer = await own().post(`/khong-gian/tin-dang/${draft.code}`, { verb: "SUBMIT", version: "1" });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('data-why="listing.incomplete"');
  });
  test("prohibited technology is refused", async () => {
    const draft = await givenDraft(world, market, {
      title: "Công nghệ bị cấm chuyển giao",
      document: { techClass: "PROHIBITED" },
    });
    const answer = await own().post(`/khong-gian/tin-dang/${draft.code}`, { verb: "SUBMIT", version: "1" });
    expect(await answer.text()).toContain('data-why="listing.prohibited"');
  });
  test("an unverified seller's offer is refused; a need goes through", async () => {
    const fresh = await givenMarket(world, { verified: false });
    const draft = await givenDraft(world, fresh, { title: "Chào bán khi chưa xác minh" });
    expect(
      await (
        await world.as(fresh.seller).post(`/khong-gian/tin-dang/${draft.code}`, { verb: "SUBMIT", version: "1" })
      ).text(),
    ).toContain("listing.organisation.not_verified");
    const need = await givenDraft(world, fresh, {
      title: "Tìm mua khi chưa xác minh",
      kind: "REQUEST",
      document: { need: "Cần máy" },
    });
    expect(
      (await world.as(fresh.seller).post(`/khong-gian/tin-dang/${need.code}`, { verb: "SUBMIT", version: "1" })).status,
    ).toBe(303);
  });
  test("a draft sent twice is sent once", async () => {
    const draft = await givenDraft(world, market, { title: "Bấm gửi duyệt hai lần" });
    const form = { verb: "SUBMIT", version: "1" };
    const [a, b] = await Promise.all([
      own().post(`/khong-gian/tin-dang/${draft.code}`, form),
      own().post(`/khong-gian/tin-dang/${draft.code}`, form),
    ]);
    expect([a.status, b.status]).toEqual([303, 303]);
    const versions = await world.db
      .selectFrom("listing_version")
      .select("number")
      .where("listing_id", "=", draft.id)
      .execute();
    expect(versions).toHaveLength(1);
  });
  test("what waits for review cannot be edited until it is taken back", async () => {
    const sent = await givenSubmitted(world, market, { title: "Đang chờ duyệt thì khóa" });
    const url = `/khong-gian/tin-dang/${sent.code}`;
    expect((await own().post(`${url}/co-ban`, { version: "2", title: "Sửa lén khi chờ duyệt" })).status).toBe(422);
    expect((await own().post(url, { verb: "RECALL", version: "2" })).status).toBe(303);
    expect((await own().post(`${url}/co-ban`, { version: "3", title: "Sửa sau khi lấy lại" })).status).toBe(303);
  });
});

describe("files", () => {
  const png = new Uint8Array(
    Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    ),
  );
  test("a picture needs words; it opens to all only with the version that shows it", async () => {
    const draft = await givenDraft(world, market, { title: "Máy ép mía có ảnh" });
    const url = `/khong-gian/tin-dang/${draft.code}`;
    const wordless = await own().post(`${url}/tep`, {
      file: new File([], ""),
      kind: "PICTURE",
      visibility: "",
      alt: "",
    });
    const told = await wordless.text();
    for (const why of ["field.choice.invalid", "file.missing", "listing.picture.alt_missing"])
      expect(told).toContain(`data-why="${why}"`);
    const sentFile = await own().post(`${url}/tep`, {
      file: new File([png], "may.png", { type: "image/png" }),
      visibility: "PUBLIC",
      alt: "Máy ép mía",
      version: "1",
    });
    expect(sentFile.status).toBe(303);
    const { file_id } = await world.db
      .selectFrom("listing_file")
      .select("file_id")
      .where("listing_id", "=", draft.id)
      .executeTakeFirstOrThrow();
    expect((await world.as(undefined).get(`/tep/${file_id}`)).status).toBe(404);
    const say = (alt: string, version: string) =>
      own().post(`${url}/tep/${file_id}`, { go: "save", alt, visibility: "PUBLIC", version });
    await say("", "2");
    expect(await (await own().post(url, { verb: "SUBMIT", version: "3" })).text()).toContain(
      "listing.picture.alt_missing",
    );
    await say("Máy ép mía hai trục", "3");
    expect((await own().post(url, { verb: "SUBMIT", version: "4" })).status).toBe(303);
    const decided = await world.as(market.reviewer).post(`/van-phong/duyet-tin/${draft.code}`, {
      verb: "PUBLISH",
      version: "5",
      "checklist[]": [...reviewItems],
    });
    expect(decided.status).toBe(303);
    expect((await world.as(undefined).get(`/tep/${file_id}`)).status).toBe(200);
    const after = await listingByCode(world.db, draft.code);
    await own().post(url, { verb: "WITHDRAW", version: String(after?.version) });
    expect((await world.as(undefined).get(`/tep/${file_id}`)).status).toBe(404);
  });
  test("a file that is not what it says is refused on the same page", async () => {
    const draft = await givenDraft(world, market, { title: "Tệp giả mạo đuôi ảnh" });
    const answer = await own().post(`/khong-gian/tin-dang/${draft.code}/tep`, {
      file: new File(["<script>"], "a.png"),
      kind: "PICTURE",
      visibility: "PUBLIC",
      alt: "x",
      version: "1",
    });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('data-why="file.content_differs"');
  });
});

test("the list of own listings pages by key and shows what must be done", async () => {
  const busy = await givenMarket(world);
  for (let n = 0; n < 22; n++) await givenDraft(world, busy, { title: `Tin thứ ${n + 1} của tôi` });
  const stale = await givenPublished(world, busy, { title: "Tin cần xác nhận lại" });
  await world.db.updateTable("listing").set({ state: "STALE" }).where("id", "=", stale.id).execute();
  const first = await (await world.as(busy.seller).get("/khong-gian/tin-dang")).text();
  expect(first).toContain('value="CONFIRM"');
  const next = /href="([^"]*sau=[^"]*)"/.exec(first)?.[1] ?? "";
  const second = await (await world.as(busy.seller).get(next)).text();
  const titles = (page: string) => [...page.matchAll(/Tin thứ \d+ của tôi/g)].map((m) => m[0]);
  expect(new Set([...titles(first), ...titles(second)]).size).toBe(22);
});
