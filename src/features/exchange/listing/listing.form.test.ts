import { beforeAll, describe, expect, test } from "vitest";
import { givenDraft, givenMarket, type Market } from "../../../../test/support/listings.ts";
import { openWorld, type World } from "../../../../test/support/world.ts";
import { newId } from "../../../kernel/id.ts";
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
  test("a draft begins with kind, goods and title and goes on at the first step; the same form twice makes one", async () => {
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
  test("a draft begun twice at the same moment is one; an unknown organisation is no fault", async () => {
    const form = {
      id: newId(),
      kind: "OFFER",
      goodsKind: "EQUIPMENT",
      organisationId: market.organisationId,
      title: "Bấm tạo bản nháp hai lần",
    };
    const url = "/khong-gian/tin-dang/moi";
    const answers = await Promise.all([own().post(url, form), own().post(url, form)]);
    expect(answers.map((a) => a.status)).toEqual([303, 303]);
    expect(answers[0]?.headers.get("location")).toBe(answers[1]?.headers.get("location"));
    const operator = await world.makeActor(await world.makeOrganisation(), "EXCHANGE_OPERATOR");
    const unknown = await world.as(operator).post(url, { ...form, id: newId(), organisationId: newId() });
    expect(unknown.status).toBe(422);
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
  test("a price upside down and a prohibited technology are said at their field, the rest is kept", async () => {
    const draft = await givenDraft(world, market, { title: "Máy ép viên nén trấu" });
    const price = await own().post(`/khong-gian/tin-dang/${draft.code}/gia`, {
      version: String(draft.version),
      "price.kind": "FIRM",
      "price.from": "200.000.000",
      "price.to": "100.000.000",
      "price.currency": "VND",
      "paymentModes[]": ["LUMP_SUM"],
    });
    expect(price.status).toBe(422);
    expect(await price.text()).toContain('id="o-price-to-why"');
    expect((await draftOf(draft.code))?.paymentModes).toEqual(["LUMP_SUM"]);
    expect((await draftOf(draft.code))?.price?.kind).toBe("INDICATIVE");
    const tech = await own().post(`/khong-gian/tin-dang/${draft.code}/cong-nghe`, {
      version: String((await listingByCode(world.db, draft.code))?.version),
      techClass: "PROHIBITED",
      environmentalNote: "Không có khói",
    });
    expect(tech.status).toBe(422);
    expect(await tech.text()).toContain('data-why="listing.prohibited"');
    expect(await draftOf(draft.code)).toMatchObject({ techClass: "NORMAL", environmentalNote: "Không có khói" });
  });
  test("fields of science stand in groups and are read from all of them; Việt Nam heads the countries by name", async () => {
    const draft = await givenDraft(world, market, { title: "Máy đo độ mặn cầm tay" });
    const url = `/khong-gian/tin-dang/${draft.code}/cong-nghe`;
    const saved = await own().post(url, {
      version: String(draft.version),
      "stField.2[]": ["202"],
      "stField.4[]": ["405"],
    });
    expect(saved.status).toBe(303);
    expect((await draftOf(draft.code))?.stField).toEqual(["202", "405"]);
    const html = await (await own().get(url)).text();
    expect(html).toMatch(/value="405" checked/);
    const countries = [...html.matchAll(/<option value="(VN|AF|AL|CN|US)"/g)].map((found) => found[1]);
    expect(countries[0]).toBe("VN");
    const english = await (await own().get(`/en${url}`)).text();
    expect([...english.matchAll(/<option value="(VN|AF|AL|CN|US)"/g)].map((found) => found[1])).toEqual([
      "VN",
      "AF",
      "AL",
      "CN",
      "US",
    ]);
  });
  test("the writer of a phone number is told at the step, once held there, and again before sending", async () => {
    const draft = await givenDraft(world, market, { title: "Máy thái bèo cho cá ăn" });
    const step = `/khong-gian/tin-dang/${draft.code}/mo-ta`;
    const send = async () =>
      own().post(step, {
        version: String((await listingByCode(world.db, draft.code))?.version),
        go: "next",
        warranty: "",
        description: "Gọi 0912 345 678 hoặc viết cho may@thai.vn",
      });
    expect((await send()).headers.get("location")).toBe(step);
    expect(await (await own().get(step)).text()).toContain('data-hint="contact"');
    expect((await send()).headers.get("location")).not.toBe(step);
    expect(await (await own().get(`/khong-gian/tin-dang/${draft.code}/xem-lai`)).text()).toContain(
      'data-hint="contact"',
    );
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
  test("a save answers the new version; a save from elsewhere is told, never overwritten", async () => {
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
  test("somebody else's draft is not there, neither as a page nor for a step, a save or a verb", async () => {
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
  test("script, control characters, half characters and a title of eighty thousand letters do no harm", async () => {
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
      title: "dài ".repeat(20_000),
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
