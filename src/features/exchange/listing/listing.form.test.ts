import { beforeAll, describe, expect, test } from "vitest";
import { openWorld, type World } from "../../../../test/support/world.ts";
import { newId } from "../../../kernel/id.ts";
import { givenDraft, givenMarket, givenPublished, givenSubmitted, type Market } from "../../../../test/support/listings.ts";
import { listingByCode } from "./listing.queries.ts";

let world: World;
let market: Market;
beforeAll(async () => {
  world = await openWorld();
  market = await givenMarket(world);
});
const own = () => world.as(market.seller);
const draftOf = async (code: string) => (await listingByCode(world.db, code))?.draft;

describe("a draft, without JavaScript", () => {
  test("begins with kind, goods and title, and goes on at the first step; the same form twice makes one", async () => {
    const form = {
      id: newId(),
      kind: "OFFER",
      goodsKind: "EQUIPMENT",
      organisationId: market.organisationId,
      title: "Máy bóc vỏ dừa bán tự động",
    };
    const made = await own().post("/khong-gian/tin-dang/moi", form);
    expect(made.status).toBe(303);
    const again = await own().post("/khong-gian/tin-dang/moi", form);
    expect(again.headers.get("location")).toBe(made.headers.get("location"));
    const page = await (await own().get(made.headers.get("location") ?? "")).text();
    expect(page).toContain("Máy bóc vỏ dừa bán tự động");
  });
  test("a refused beginning keeps what was typed and names every problem", async () => {
    const answer = await own().post("/khong-gian/tin-dang/moi", {
      id: newId(),
      kind: "",
      goodsKind: "TECHNOLOGY",
      organisationId: market.organisationId,
      title: "ngắn",
    });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain('value="ngắn"');
    expect(page).toContain('data-why="listing.title.too_short"');
    expect(page).toContain('data-why="field.choice.invalid"');
  });
  test("a step saves what parses even where another field is wrong", async () => {
    const draft = await givenDraft(world, market, { title: "Tủ ấp trứng gà tự động" });
    const answer = await own().post(`/khong-gian/tin-dang/${draft.code}/gia`, {
      version: String(draft.version),
      "price.kind": "FIRM",
      "price.from": "mười triệu",
      "paymentModes[]": ["LUMP_SUM", "EQUITY"],
    });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain('value="mười triệu"');
    expect(page).toContain('data-why="field.money.invalid"');
    expect((await draftOf(draft.code))?.paymentModes).toEqual(["LUMP_SUM", "EQUITY"]);
    expect((await draftOf(draft.code))?.price?.kind).toBe("INDICATIVE");
  });
  test("every step of an offer and of a need opens", async () => {
    const draft = await givenDraft(world, market, { title: "Giải pháp tưới nhỏ giọt" });
    for (const step of ["co-ban", "mo-ta", "cong-nghe", "so-huu-tri-tue", "chuyen-giao", "gia", "tep", "xem-lai"])
      expect((await own().get(`/khong-gian/tin-dang/${draft.code}/${step}`)).status, step).toBe(200);
    const need = await givenDraft(world, market, { title: "Cần máy sàng lúa giống", kind: "REQUEST" });
    for (const step of ["co-ban", "mo-ta", "cong-nghe", "gia", "tep", "xem-lai"])
      expect((await own().get(`/khong-gian/tin-dang/${need.code}/${step}`)).status, step).toBe(200);
    expect((await own().get(`/khong-gian/tin-dang/${need.code}/chuyen-giao`)).status).toBe(404);
    expect((await own().get(`/en/khong-gian/tin-dang/${need.code}/mo-ta`)).status).toBe(200);
  });
  test("rows are kept one by one: a bad one does not lose the good one", async () => {
    const draft = await givenDraft(world, market, { title: "Phân hữu cơ từ mụn dừa" });
    const answer = await own().post(`/khong-gian/tin-dang/${draft.code}/so-huu-tri-tue`, {
      version: String(draft.version),
      ownershipDeclared: "yes",
      "ipRights.0.type": "PATENT",
      "ipRights.0.status": "NOT_FILED",
      "ipRights.1.type": "TRADEMARK",
      "ipRights.1.status": "GRANTED",
      "ipRights.1.grantedOn": "31/02/2025",
      "ownership.0.party": "Hợp tác xã",
      "ownership.0.sharePercent": "100",
    });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('value="31/02/2025"');
    expect((await draftOf(draft.code))?.ipRights).toEqual([{ type: "PATENT", status: "NOT_FILED" }]);
    const overview = await (await own().get(`/khong-gian/tin-dang/${draft.code}/xem-lai`)).text();
    expect(overview).toContain('data-why="listing.novelty.not_accepted"');
  });
});

describe("the draft that saves itself", () => {
  test("answers the new version; a save from elsewhere is told, never overwritten", async () => {
    const draft = await givenDraft(world, market, { title: "Cảm biến độ mặn ao tôm" });
    const post = (fields: Record<string, string>) =>
      world.app.request(`http://localhost:3000/khong-gian/tin-dang/${draft.code}/co-ban`, {
        method: "POST",
        body: new URLSearchParams(fields),
        headers: {
          accept: "application/json",
          origin: "http://localhost:3000",
          cookie: "test=1",
          "x-test-actor": market.seller.personId,
        },
      });
    const first = await post({ version: "1", title: "Cảm biến độ mặn ao tôm kiểu mới" });
    expect(first.status).toBe(200);
    const { version, message } = (await first.json()) as { version: number; message: string };
    expect(version).toBe(2);
    expect(message).toMatch(/^Đã lưu lúc \d\d:\d\d$/);
    expect((await post({ version: "1", title: "Của người khác nữa" })).status).toBe(409);
    expect((await draftOf(draft.code))?.title).toBe("Cảm biến độ mặn ao tôm kiểu mới");
  });
  test("a stale form shows both what was typed and what is stored", async () => {
    const draft = await givenDraft(world, market, { title: "Lồng bè nuôi cá lóc" });
    const url = `/khong-gian/tin-dang/${draft.code}/co-ban`;
    await own().post(url, { version: "1", title: "Lồng bè bản đã lưu trước" });
    const late = await own().post(url, { version: "1", title: "Lồng bè bản gõ sau" });
    expect(late.status).toBe(422);
    const page = await late.text();
    expect(page).toContain('data-why="record.stale"');
    expect(page).toContain("Lồng bè bản đã lưu trước");
    expect(page).toContain('value="Lồng bè bản gõ sau"');
    expect(page).toContain('name="version" value="2"');
  });
});

describe("who may", () => {
  test("somebody else's draft is not there: page, step, save, verb", async () => {
    const draft = await givenDraft(world, market, { title: "Bản nháp của riêng tôi" });
    const stranger = world.as((await givenMarket(world)).seller);
    const url = `/khong-gian/tin-dang/${draft.code}`;
    for (const path of [url, `${url}/co-ban`, `${url}/xem-lai`, `${url}/tep`])
      expect((await stranger.get(path)).status).toBe(404);
    expect((await stranger.post(`${url}/co-ban`, { version: "1", title: "Chiếm đoạt tin này" })).status).toBe(404);
    expect((await stranger.post(url, { version: "1", verb: "SUBMIT" })).status).toBe(404);
    expect((await world.as(undefined).get(url)).status).toBe(303);
    expect((await draftOf(draft.code))?.title).toBe("Bản nháp của riêng tôi");
  });
  test("an operator writes on behalf, and the record says who did", async () => {
    const office = await world.makeOrganisation();
    const operator = await world.makeActor(office, "EXCHANGE_OPERATOR");
    const form = {
      id: newId(),
      kind: "OFFER",
      goodsKind: "TECHNOLOGY",
      organisationId: market.organisationId,
      title: "Đăng hộ cho hợp tác xã",
    };
    expect((await world.as(operator).post("/khong-gian/tin-dang/moi", form)).status).toBe(303);
    const event = await world.db
      .selectFrom("event")
      .select(["actor_id", "organisation_id"])
      .where("subject_id", "=", form.id)
      .executeTakeFirstOrThrow();
    expect(event).toEqual({ actor_id: operator.personId, organisation_id: market.organisationId });
  });
  test("nobody writes for an organisation that is not theirs", async () => {
    const other = await world.makeOrganisation();
    const form = {
      id: newId(),
      kind: "OFFER",
      goodsKind: "TECHNOLOGY",
      organisationId: other.id,
      title: "Mạo danh tổ chức khác",
    };
    const answer = await own().post("/khong-gian/tin-dang/moi", form);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('data-why="action.not_allowed"');
  });
});

describe("hostile text", () => {
  test("script, control characters, half characters and a title of a megabyte do no harm", async () => {
    const draft = await givenDraft(world, market, { title: "Thử nội dung độc hại" });
    const url = `/khong-gian/tin-dang/${draft.code}/co-ban`;
    const script = '<script>alert(1)</script> "onload=x';
    const saved = await own().post(url, {
      version: "1",
      title: `${script}\u0000\u0007`,
      summaryPublic: "javascript:alert(1) \ud800 xong",
    });
    expect(saved.status).toBe(303);
    const page = await (await own().get(url)).text();
    expect(page).not.toContain("<script>alert");
    const long = await own().post(url, {
      version: "2",
      title: "dài ".repeat(262_144),
      summaryPublic: "Tóm tắt vẫn được lưu",
    });
    expect(long.status).toBe(422);
    expect((await draftOf(draft.code))?.summaryPublic).toBe("Tóm tắt vẫn được lưu");
    expect((await draftOf(draft.code))?.title).toContain("<script>");
  });
  test("addresses with odd codes are not found, never a fault", async () => {
    for (const path of [
      "/khong-gian/tin-dang/%00/co-ban",
      "/khong-gian/tin-dang/TIN-1-1",
      "/khong-gian/tin-dang?sau=WzEsMl0",
      "/khong-gian/tin-dang?sau=%00",
    ])
      expect([200, 404], path).toContain((await own().get(path)).status);
  });
});

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
  test("sent twice is sent once", async () => {
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
    const sentFile = await own().post(`${url}/tep`, {
      file: new File([png], "may.png", { type: "image/png" }),
      kind: "PICTURE",
      visibility: "PUBLIC",
      alt: "",
      version: "1",
    });
    expect(sentFile.status).toBe(303);
    const { file_id } = await world.db
      .selectFrom("listing_file")
      .select("file_id")
      .where("listing_id", "=", draft.id)
      .executeTakeFirstOrThrow();
    expect((await world.as(undefined).get(`/tep/${file_id}`)).status).toBe(404);
    expect(await (await own().post(url, { verb: "SUBMIT", version: "2" })).text()).toContain(
      "listing.picture.alt_missing",
    );
    await own().post(`${url}/tep/${file_id}`, {
      then: "save",
      alt: "Máy ép mía hai trục",
      visibility: "PUBLIC",
      version: "2",
    });
    expect((await own().post(url, { verb: "SUBMIT", version: "3" })).status).toBe(303);
    const decided = await world
      .as(market.reviewer)
      .post(`/van-phong/duyet-tin/${draft.code}`, {
        verb: "PUBLISH",
        version: "4",
        "checklist[]": [
          "OWNER_VERIFIED",
          "NOT_PROHIBITED",
          "TRL_EVIDENCE",
          "NO_CONTACT_DETAILS",
          "PHOTO_RIGHTS",
          "IP_PLAUSIBLE",
          "NO_DUPLICATE",
        ],
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
