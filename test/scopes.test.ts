import { expect, test } from "vitest";
import type { Actor } from "../src/kernel/actor.ts";
import { routeAccess } from "../src/route-access.ts";
import { givenOpened } from "./support/deal.door.ts";
import { givenMarket } from "./support/deal.ts";
import { offer as importedOffer, importer, sheetFile } from "./support/imports.ts";
import { givenDraft, givenMarket as givenHouse, offer } from "./support/listings.ts";
import { openWorld, type World } from "./support/world.ts";

/**
 * The scope column of the table (decisions.md 14): every route of an own record opens to its own people and is not found by others who
 * hold the very same roles elsewhere. A new route with a parameter fails here until it says which record it is about.
 */

type Records = { prefix: string; parameter: string; value: string; owner: Actor; stranger: Actor };

async function records(world: World): Promise<Records[]> {
  const [house, other] = [await givenHouse(world), await givenHouse(world)];
  const listing = await givenDraft(world, house, { title: "Máy sấy cho hợp tác xã", document: offer });
  const [market, elsewhere] = [await givenMarket(world), await givenMarket(world)];
  const deal = await givenOpened(world, market);
  const { interest } = await world.db
    .selectFrom("deal")
    .innerJoin("interest", "interest.id", "deal.interest_id")
    .select("interest.code as interest")
    .where("deal.code", "=", deal)
    .executeTakeFirstOrThrow();
  const [imports, another] = [await importer(world), await importer(world)];
  const batch = await imports.send(await sheetFile([importedOffer(), importedOffer({ "Tiêu đề": "" })], "csv"));
  const own = await world.makeOrganisation({ orgType: "UNIVERSITY" });
  return [
    {
      prefix: "/khong-gian/tin-dang/",
      parameter: ":code",
      value: listing.code,
      owner: house.seller,
      stranger: other.seller,
    },
    {
      prefix: "/khong-gian/quan-tam/",
      parameter: ":code",
      value: interest,
      owner: market.buys,
      stranger: elsewhere.buys,
    },
    { prefix: "/giao-dich/", parameter: ":code", value: deal, owner: market.buys, stranger: elsewhere.buys },
    {
      prefix: "/khong-gian/nhap-du-lieu/",
      parameter: ":code",
      value: batch.split("/").at(-1) ?? "",
      owner: imports.actor,
      stranger: another.actor,
    },
    {
      prefix: "/khong-gian/to-chuc/",
      parameter: ":slug",
      value: own.slug,
      owner: await world.makeActor(own, "UNIT_HEAD", "TTO_MANAGER"),
      stranger: await world.makeActor(await world.makeOrganisation(), "UNIT_HEAD", "TTO_MANAGER"),
    },
  ];
}

const scoped = Object.entries(routeAccess).filter(
  ([route, access]) => (access.scope === "OWN_ORG" || access.scope === "PARTY") && route.includes("/:"),
);
/** Parameters beside the record's own: a step that exists, else something that no record has. */
const rest = (path: string) =>
  path.replace(":step", "co-ban").replace(/:[a-zA-Z]+/g, "01890000-0000-7000-8000-000000000000");
/** Kinds of template and one's own sessions and passkeys are no records of an organisation. */
const noRecord = /\/mau\/:kind$|\/khong-gian\/bao-mat\//;

test("records of an organisation or of a deal's parties open to their own people and are not found by others", async () => {
  const world = await openWorld();
  const given = await records(world);
  for (const [route] of scoped) {
    if (noRecord.test(route)) continue;
    const [method, path = ""] = route.split(" ");
    const about = given.find((one) => path.startsWith(one.prefix) && path.includes(one.parameter));
    expect([route, about !== undefined]).toEqual([route, true]);
    if (!about) continue;
    const address = rest(path.replace(about.parameter, about.value));
    const ask = (actor: Actor) => (method === "GET" ? world.as(actor).get(address) : world.as(actor).post(address, {}));
    expect([route, (await ask(about.stranger)).status]).toEqual([route, 404]);
    const hasMore = path.replace(about.parameter, "").replace(":step", "").includes(":");
    if (!hasMore) expect([route, (await ask(about.owner)).status === 404]).toEqual([route, false]);
  }
}, 120_000);
