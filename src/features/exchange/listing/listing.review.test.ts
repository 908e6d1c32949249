import { beforeAll, describe, expect, test } from "vitest";
import { givenMarket, givenPublished, givenSubmitted, type Market, must } from "../../../../test/support/listings.ts";
import { openWorld, type World } from "../../../../test/support/world.ts";
import { stoppedClock } from "../../../kernel/clock.ts";
import { saveDraft } from "./listing.actions.ts";
import { ageListings } from "./listing.jobs.ts";
import { publishedById, publishedByShortCode, snapshotDocument } from "./listing.published.queries.ts";
import { listingByCode } from "./listing.queries.ts";
import { publishListing } from "./listing.review.actions.ts";
import { reviewItems } from "./listing.rules.ts";
import { submitListing } from "./listing.submit.actions.ts";

let world: World;
let market: Market;
beforeAll(async () => {
  world = await openWorld();
  market = await givenMarket(world);
});
const office = () => world.as(market.reviewer);
const whole = { "checklist[]": [...reviewItems] };
const now = async (code: string) => {
  const listing = await listingByCode(world.db, code);
  if (!listing) throw new Error("gone");
  return listing;
};

describe("deciding", () => {
  test("the queue shows what waits, the page shows the confidential part and the hints", async () => {
    const sent = await givenSubmitted(world, market, {
      title: "Máy tách hạt bắp",
      document: { contactPolicy: "ANONYMOUS", description: "Gọi 0912 345 678 để biết thêm" },
    });
    expect(await (await office().get("/van-phong/duyet-tin")).text()).toContain("Máy tách hạt bắp");
    const page = await (await office().get(`/van-phong/duyet-tin/${sent.code}`)).text();
    expect(page).toContain("CONFIDENTIAL-MARK");
    expect(page).toContain('data-hint="contact"');
  });
  test("publishing needs the whole checklist, sending back a reason", async () => {
    const sent = await givenSubmitted(world, market, { title: "Bếp hóa khí trấu" });
    const url = `/van-phong/duyet-tin/${sent.code}`;
    expect(
      await (await office().post(url, { verb: "PUBLISH", version: "2", "checklist[]": ["OWNER_VERIFIED"] })).text(),
    ).toContain("listing.checklist.incomplete");
    expect(await (await office().post(url, { verb: "REQUEST_CHANGES", version: "2" })).text()).toContain(
      "listing.reason.missing",
    );
    expect(
      (await office().post(url, { verb: "REQUEST_CHANGES", version: "2", reason: "Bổ sung số liệu thử nghiệm" }))
        .status,
    ).toBe(303);
    const back = await (await world.as(market.seller).get(`/khong-gian/tin-dang/${sent.code}`)).text();
    expect(back).toContain("Bổ sung số liệu thử nghiệm");
    const listing = await now(sent.code);
    expect(listing.state).toBe("CHANGES_REQUESTED");
    must(await submitListing(world.deps, market.seller, sent.code, { version: listing.version }));
    expect((await now(sent.code)).state).toBe("SUBMITTED");
  });
  test("what seems to hold contact details is published only with a reason", async () => {
    const sent = await givenSubmitted(world, market, {
      title: "Máy rửa khoai lang tự động",
      document: { description: "Liên hệ may.rua@khoai.vn để biết thêm" },
    });
    const url = `/van-phong/duyet-tin/${sent.code}`;
    const form = { verb: "PUBLISH", version: "2", ...whole };
    const refused = await office().post(url, form);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('data-why="listing.contact.reason_missing"');
    const reason = "Địa chỉ là tên của phần mềm, không phải thư điện tử";
    expect((await office().post(url, { ...form, reason })).status).toBe(303);
    expect((await now(sent.code)).state).toBe("PUBLISHED");
  });
  test("nobody decides about a listing of their own house, nor about one they wrote", async () => {
    const sent = await givenSubmitted(world, market, { title: "Tự duyệt tin của mình" });
    const house = { id: market.organisationId, name: "", slug: "" };
    const insider = await world.makeActor(house, "REVIEWER");
    expect((await world.as(insider).get(`/van-phong/duyet-tin/${sent.code}`)).status).toBe(404);
    expect(
      (await world.as(insider).post(`/van-phong/duyet-tin/${sent.code}`, { verb: "PUBLISH", version: "2", ...whole }))
        .status,
    ).toBe(404);
    expect((await world.as(market.seller).get(`/van-phong/duyet-tin/${sent.code}`)).status).toBe(404);
  });
  test("two reviewers at once: one decides, the other reads a sentence", async () => {
    const sent = await givenSubmitted(world, market, { title: "Hai người cùng duyệt" });
    const other = await world.makeActor(await world.makeOrganisation(), "REVIEWER");
    const form = { verb: "PUBLISH", version: "2", ...whole };
    const answers = await Promise.all([
      office().post(`/van-phong/duyet-tin/${sent.code}`, form),
      world.as(other).post(`/van-phong/duyet-tin/${sent.code}`, form),
    ]);
    expect(answers.map((a) => a.status).sort()).toEqual([303, 422]);
    const late = answers.find((a) => a.status === 422);
    expect(await late?.text()).toContain('data-why="record.stale"');
    const events = await world.db
      .selectFrom("event")
      .select("verb")
      .where("subject_id", "=", sent.id)
      .where("verb", "=", "publish")
      .execute();
    expect(events).toHaveLength(1);
  });
  test("a published listing like it is pointed at", async () => {
    await givenPublished(world, market, { title: "Hệ thống sấy khô cá lóc bằng bơm nhiệt" });
    const sent = await givenSubmitted(world, market, { title: "Hệ thống sấy khô cá lóc bằng bơm nhiệt kiểu mới" });
    expect(await (await office().get(`/van-phong/duyet-tin/${sent.code}`)).text()).toContain('data-hint="similar"');
  });
});

describe("a new version", () => {
  test("the old snapshot stays until the new one is approved; the address stays for ever", async () => {
    const first = await givenPublished(world, market, { title: "Máy gieo hạt khay ươm" });
    const before = await publishedById(world.db, first.id);
    const edited = must(
      await saveDraft(world.deps, market.seller, first.code, {
        version: first.version,
        set: { title: "Máy gieo hạt khay ươm bản hai" },
      }),
    );
    expect(edited.draftState).toBe("CHANGED");
    const sent = must(await submitListing(world.deps, market.seller, first.code, { version: edited.version }));
    expect([sent.state, sent.draftState]).toEqual(["PUBLISHED", "SUBMITTED"]);
    expect((await publishedById(world.db, first.id))?.title).toBe("Máy gieo hạt khay ươm");
    const page = await (await office().get(`/van-phong/duyet-tin/${first.code}`)).text();
    expect(page).toMatch(/<del>Máy gieo hạt khay ươm<\/del>[\s\S]*<ins>Máy gieo hạt khay ươm bản hai<\/ins>/);
    must(
      await publishListing({ ...world.deps, catalogue: world.catalogue }, market.reviewer, first.code, {
        version: sent.version,
      }),
    );
    const after = await publishedById(world.db, first.id);
    expect([after?.title, after?.version, after?.shortCode]).toEqual([
      "Máy gieo hạt khay ươm bản hai",
      2,
      before?.shortCode,
    ]);
    const old = await world.as(undefined).get(`/san/cong-nghe/${before?.slug}-${before?.shortCode}`);
    expect([old.status, old.headers.get("location")]).toEqual([
      301,
      `/san/cong-nghe/${after?.slug}-${after?.shortCode}`,
    ]);
  });
  test("a version sent back leaves the published one alone", async () => {
    const first = await givenPublished(world, market, { title: "Bè lọc nước ao nuôi" });
    const edited = must(
      await saveDraft(world.deps, market.seller, first.code, { version: first.version, set: { trl: 9 } }),
    );
    const sent = must(await submitListing(world.deps, market.seller, first.code, { version: edited.version }));
    await office().post(`/van-phong/duyet-tin/${first.code}`, {
      verb: "REJECT",
      version: String(sent.version),
      reason: "Chưa có minh chứng",
    });
    const listing = await now(first.code);
    expect([listing.state, listing.draftState]).toEqual(["PUBLISHED", "CHANGES_REQUESTED"]);
    expect((await publishedById(world.db, first.id))?.document.trl).toBe(8);
  });
});

describe("off the floor", () => {
  test("what is withdrawn is gone at once from page, catalogue and other features", async () => {
    const one = await givenPublished(world, market, { title: "Rút tin Zwxqtest ngay lập tức" });
    const snapshot = await snapshotDocument(world.db, one.id);
    expect(await (await world.as(undefined).get("/san?tu-khoa=zwxqtest")).text()).toContain('data-total="1"');
    await world
      .as(market.seller)
      .post(`/khong-gian/tin-dang/${one.code}`, { verb: "WITHDRAW", version: String(one.version) });
    expect(await publishedByShortCode(world.db, snapshot?.shortCode ?? "")).toBeUndefined();
    expect((await world.as(undefined).get(`/san/cong-nghe/x-${snapshot?.shortCode}`)).status).toBe(404);
    expect(await (await world.as(undefined).get("/san?tu-khoa=zwxqtest")).text()).toContain('data-total="0"');
  });
  test("an operator hides with a reason and shows again; a reviewer alone may not", async () => {
    const one = await givenPublished(world, market, { title: "Tin bị khiếu nại cần ẩn" });
    const operator = world.as(await world.makeActor(await world.makeOrganisation(), "EXCHANGE_OPERATOR"));
    const url = `/van-phong/duyet-tin/${one.code}`;
    expect(
      (await office().post(url, { verb: "SUSPEND", version: String(one.version), reason: "Khiếu nại" })).status,
    ).toBe(422);
    expect(await (await operator.post(url, { verb: "SUSPEND", version: String(one.version) })).text()).toContain(
      "listing.reason.missing",
    );
    expect(
      (await operator.post(url, { verb: "SUSPEND", version: String(one.version), reason: "Khiếu nại" })).status,
    ).toBe(303);
    expect(await publishedById(world.db, one.id)).toBeUndefined();
    expect((await operator.post(url, { verb: "RESTORE", version: String(one.version + 1) })).status).toBe(303);
    expect((await publishedById(world.db, one.id))?.state).toBe("PUBLISHED");
  });
  test("a listing is stale after 90 days, confirmed by one click, expired after a year, and renewed", async () => {
    const day = (n: number) => stoppedClock(new Date(Date.now() + n * 86_400_000).toISOString());
    const one = await givenPublished(world, market, { title: "Tin để lâu không xác nhận" });
    await ageListings({ ...world.deps, clock: day(89) });
    expect((await now(one.code)).state).toBe("PUBLISHED");
    await ageListings({ ...world.deps, clock: day(91) });
    expect((await now(one.code)).state).toBe("STALE");
    expect((await publishedById(world.db, one.id))?.state).toBe("STALE");
    const later = world.at(day(92));
    await later
      .as(market.seller)
      .post(`/khong-gian/tin-dang/${one.code}`, { verb: "CONFIRM", version: String((await now(one.code)).version) });
    expect((await now(one.code)).state).toBe("PUBLISHED");
    await ageListings({ ...world.deps, clock: day(367) });
    await ageListings({ ...world.deps, clock: day(367) });
    expect((await now(one.code)).state).toBe("EXPIRED");
    expect(await publishedById(world.db, one.id)).toBeUndefined();
    await world
      .at(day(368))
      .as(market.seller)
      .post(`/khong-gian/tin-dang/${one.code}`, { verb: "RENEW", version: String((await now(one.code)).version) });
    expect((await publishedById(world.db, one.id))?.state).toBe("PUBLISHED");
  });
});
