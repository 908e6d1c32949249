import { beforeAll, describe, expect, test } from "vitest";
import { givenDraft, givenMarket, givenPublished, type Market, must } from "../../../../test/support/listings.ts";
import { openWorld, type World } from "../../../../test/support/world.ts";
import { newId } from "../../../kernel/id.ts";
import { inTransaction } from "../../../platform/database/database.ts";
import { recordEvent } from "../../../platform/events.ts";
import { mayRead } from "../index.ts";
import { publishedById, publishedByShortCode, snapshotDocument } from "./listing.published.queries.ts";
import { listingByCode } from "./listing.queries.ts";
import { reviewListing } from "./listing.review.actions.ts";
import { stepListing } from "./listing.submit.actions.ts";

/** What may stand on the floor, whose it is, and who reads it. */
let world: World;
let operator: Awaited<ReturnType<World["makeActor"]>>;
beforeAll(async () => {
  world = await openWorld();
  operator = await world.makeActor(await world.makeOrganisation(), "EXCHANGE_OPERATOR");
});
const version = async (code: string) => (await listingByCode(world.db, code))?.version ?? 0;

async function setVerification(market: Market, state: "VERIFIED" | "UNVERIFIED") {
  await inTransaction(world.db, async (tx) => {
    await tx
      .updateTable("organisation")
      .set({ verification_state: state })
      .where("id", "=", market.organisationId)
      .execute();
    await recordEvent(tx, {
      actorId: operator.personId,
      subject: "organisation",
      subjectId: market.organisationId,
      verb: "verification",
    });
  });
}

test("a foreign reader sees the title in their language, the rest marked as Vietnamese, the button before the long text", async () => {
  const market = await givenMarket(world);
  const one = await givenPublished(world, market, {
    title: "Máy bóc lụa đậu phộng",
    document: { titleEn: "Peanut skin peeler", description: "Bóc lụa mà không vỡ hạt" },
  });
  const shown = await snapshotDocument(world.db, one.id);
  const published = await publishedByShortCode(world.db, shown?.shortCode ?? "");
  const html = await (await world.as(undefined).get(`/en/san/cong-nghe/${published?.slug}-${shown?.shortCode}`)).text();
  expect(html).toContain('<span lang="en">Peanut skin peeler</span>');
  expect(html).toContain("The content is in Vietnamese only.");
  expect(html).toMatch(/<div lang="vi"><div[^>]*>Bóc lụa mà không vỡ hạt/);
  expect(html.indexOf("Express interest")).toBeLessThan(html.indexOf("Bóc lụa mà"));
});

describe("an organisation that loses its verification", () => {
  test("its offers leave page and catalogue at once, its needs stay, and all come back with the verification", async () => {
    const market = await givenMarket(world);
    const offer = await givenPublished(world, market, { title: "Lò sấy Qzwmất xác minh" });
    const need = await givenPublished(world, market, {
      title: "Cần mua Qzwmất xác minh",
      kind: "REQUEST",
      document: { need: "Cần máy" },
    });
    const shortCode = (await snapshotDocument(world.db, offer.id))?.shortCode ?? "";
    const guest = world.as(undefined);
    const rowsFound = async () =>
      (await (await guest.get("/san?tu-khoa=qzwmat")).text()).includes("Lò sấy") ? "shown" : "gone";
    await world.catalogue.refresh();
    expect(await rowsFound()).toBe("shown");
    await setVerification(market, "UNVERIFIED");
    expect(await publishedByShortCode(world.db, shortCode)).toBeUndefined();
    expect((await guest.get(`/san/cong-nghe/x-${shortCode}`)).status).toBe(404);
    expect(await rowsFound()).toBe("gone");
    await world.catalogue.refresh();
    expect(await (await guest.get("/san?tu-khoa=qzwmat")).text()).toContain('data-total="0"');
    expect(await publishedById(world.db, need.id)).toBeDefined();
    await setVerification(market, "VERIFIED");
    await world.catalogue.refresh();
    expect(await (await guest.get("/san?tu-khoa=qzwmat")).text()).toContain('data-total="1"');
  });

  test("it can neither confirm nor renew an offer, nor have it shown again by an operator", async () => {
    const market = await givenMarket(world);
    const one = await givenPublished(world, market, { title: "Chào bán rồi mất xác minh" });
    await setVerification(market, "UNVERIFIED");
    const deps = { ...world.deps, catalogue: world.catalogue };
    const unverified = { ok: false, why: "listing.organisation.not_verified" };
    const confirm = { verb: "CONFIRM", version: await version(one.code) } as const;
    expect(await stepListing(deps, market.seller, one.code, confirm)).toMatchObject(unverified);
    const suspend = { verb: "SUSPEND", version: await version(one.code), reason: "Khiếu nại", checklist: [] } as const;
    must(await reviewListing(deps, operator, one.code, { ...suspend, checklist: [] }));
    const restore = { verb: "RESTORE" as const, version: await version(one.code), checklist: [] };
    expect(await reviewListing(deps, operator, one.code, restore)).toMatchObject(unverified);
    await world.db.updateTable("listing").set({ state: "EXPIRED" }).where("id", "=", one.id).execute();
    const renew = { verb: "RENEW", version: await version(one.code) } as const;
    expect(await stepListing(deps, market.seller, one.code, renew)).toMatchObject(unverified);
  });
});

test("what an operator shows again is confirmed as long ago as before", async () => {
  const market = await givenMarket(world);
  const one = await givenPublished(world, market, { title: "Ẩn rồi hiện lại vẫn ngày cũ" });
  const long = new Date(Date.now() - 60 * 86_400_000);
  await world.db.updateTable("listing").set({ confirmed_at: long }).where("id", "=", one.id).execute();
  const suspend = { verb: "SUSPEND" as const, version: await version(one.code), reason: "Khiếu nại", checklist: [] };
  must(await reviewListing(world.deps, operator, one.code, suspend));
  must(
    await reviewListing(world.deps, operator, one.code, {
      verb: "RESTORE",
      version: await version(one.code),
      checklist: [],
    }),
  );
  expect((await listingByCode(world.db, one.code))?.confirmedAt?.getTime()).toBe(long.getTime());
});

test("the owner's mail leads to the listing by a whole address", async () => {
  const market = await givenMarket(world);
  const email = `${newId()}@vi-du.vn`;
  await world.db.updateTable("organisation").set({ email }).where("id", "=", market.organisationId).execute();
  const one = await givenPublished(world, market, { title: "Thư báo có địa chỉ đầy đủ" });
  const mail = await world.db
    .selectFrom("outgoing_message")
    .select("body")
    .where("recipient", "=", email)
    .executeTakeFirstOrThrow();
  expect(mail.body).toContain(`${world.deps.config.publicUrl}/khong-gian/tin-dang/${one.code}`);
});

test("guests read what is public, whoever is signed in what is for members, house and reviewers the rest", async () => {
  const market = await givenMarket(world);
  const stranger = (await givenMarket(world)).seller;
  const of = (visibility: "PUBLIC" | "MEMBERS" | "RESTRICTED") => ({
    visibility,
    organisation: { id: market.organisationId },
  });
  const readers = [undefined, stranger, market.seller, market.reviewer];
  expect(readers.map((who) => mayRead(who, of("PUBLIC")))).toEqual([true, true, true, true]);
  expect(readers.map((who) => mayRead(who, of("MEMBERS")))).toEqual([false, true, true, true]);
  expect(readers.map((who) => mayRead(who, of("RESTRICTED")))).toEqual([false, false, true, true]);
});

test("one's own list is full pages of what one may open, and nothing else", async () => {
  const market = await givenMarket(world);
  const buyer = await world.makeActor({ id: market.organisationId, name: "", slug: "" }, "MEMBER_BUYER");
  for (let n = 0; n < 21; n++)
    await givenDraft(world, market, { title: `Nhu cầu của đơn vị số ${n}`, kind: "REQUEST" });
  for (let n = 0; n < 5; n++) await givenDraft(world, market, { title: `Chào bán của đơn vị số ${n}` });
  const page = await (await world.as(buyer).get("/khong-gian/tin-dang")).text();
  expect(page.match(/Nhu cầu của đơn vị số/g)).toHaveLength(20);
  expect(page).not.toContain("Chào bán của đơn vị số");
  expect(page).toContain("sau=");
});

test("an operator types the house a listing is written for; a name that several bear is refused", async () => {
  const named = await world.makeOrganisation({ name: "Hợp tác xã chỉ một tên này" });
  await world.makeOrganisation({ name: "Hai đơn vị trùng tên này" });
  await world.makeOrganisation({ name: "Hai đơn vị trùng tên này" });
  const form = (organisation: string) => ({
    id: newId(),
    kind: "REQUEST",
    goodsKind: "EQUIPMENT",
    organisation,
    title: "Cần máy cho đơn vị khác",
  });
  const made = await world.as(operator).post("/khong-gian/tin-dang/moi", form(named.name.toUpperCase()));
  expect(made.status).toBe(303);
  const code = /TIN-[\d-]+/.exec(made.headers.get("location") ?? "")?.[0] ?? "";
  expect((await listingByCode(world.db, code))?.organisationId).toBe(named.id);
  const twice = await world.as(operator).post("/khong-gian/tin-dang/moi", form("Hai đơn vị trùng tên này"));
  expect(twice.status).toBe(422);
  expect(await twice.text()).toContain('data-why="listing.organisation.unknown"');
});
