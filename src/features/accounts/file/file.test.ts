import { expect, test } from "vitest";
import { openWorld } from "../../../../test/support/world.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { newId } from "../../../kernel/id.ts";
import { insertVerification } from "../organisation/verification.queries.ts";
import { storeUpload, sweepFiles } from "./file.actions.ts";
import { filesById, insertFile } from "./file.queries.ts";
import type { Visibility } from "./file.rules.ts";

const world = await openWorld();
let serial = 0;
const png = () =>
  new File(
    [Buffer.from("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489", "hex"), `${newId()}${serial++}`],
    "ảnh chụp.png",
    { type: "image/png" },
  );

async function stored(visibility: Visibility, actor: Actor, organisationId?: string) {
  const kept = await storeUpload(world.deps, world.db, actor, png(), {
    visibility,
    ownerOrganisationId: organisationId,
  });
  if (!kept.ok) throw new Error(kept.why);
  return kept.value;
}
const status = async (who: Actor | undefined, id: string) => (await world.as(who).get(`/tep/${id}`)).status;

test("a file is opened by everybody, by whoever is signed in, or by its organisation alone, as its visibility says", async () => {
  const organisation = await world.makeOrganisation();
  const [owner, colleague] = [
    await world.makeActor(organisation, "MEMBER_SELLER"),
    await world.makeActor(organisation, "EXPERT"),
  ];
  const stranger = await world.makeActor(await world.makeOrganisation(), "MEMBER_BUYER");
  const readers = [undefined, stranger, colleague, owner];
  const seen = async (visibility: Visibility) => {
    const { id } = await stored(visibility, owner, organisation.id);
    return Promise.all(readers.map((who) => status(who, id)));
  };
  expect(await seen("PUBLIC")).toEqual([200, 200, 200, 200]);
  expect(await seen("MEMBERS")).toEqual([404, 200, 200, 200]);
  expect(await seen("RESTRICTED")).toEqual([404, 404, 200, 200]);
});

test("a file of no organisation is its uploader's", async () => {
  const [owner, other] = [
    await world.makeActor(await world.makeOrganisation(), "EXCHANGE_OPERATOR"),
    await world.makeActor(await world.makeOrganisation(), "EXCHANGE_OPERATOR"),
  ];
  const { id } = await stored("RESTRICTED", owner);
  expect([await status(owner, id), await status(other, id)]).toEqual([200, 404]);
});

test("the download carries the checked type, the name and no licence to run", async () => {
  const owner = await world.makeActor(await world.makeOrganisation(), "MEMBER_SELLER");
  const file = await stored("PUBLIC", owner);
  const answer = await world.as(undefined).get(`/tep/${file.id}`);
  expect(answer.headers.get("content-type")).toBe("image/png");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.headers.get("content-disposition")).toContain("filename*=UTF-8''%E1%BA%A3nh");
  expect((await answer.arrayBuffer()).byteLength).toBe(file.size);
  expect(
    (await world.as(undefined).get(`/tep/${file.id}`, { "if-none-match": answer.headers.get("etag") ?? "" })).status,
  ).toBe(304);
});

test("what pretends to be a picture is refused, and a pending file is nobody's", async () => {
  const owner = await world.makeActor(await world.makeOrganisation(), "MEMBER_SELLER");
  const fake = await storeUpload(world.deps, world.db, owner, new File(["<script>"], "a.png"), {
    visibility: "PUBLIC",
    ownerOrganisationId: undefined,
  });
  expect(fake).toMatchObject({ ok: false, why: "file.content_differs" });
  expect(
    await storeUpload(world.deps, world.db, owner, undefined, { visibility: "PUBLIC", ownerOrganisationId: undefined }),
  ).toMatchObject({ why: "file.missing" });
  const id = newId();
  await insertFile(world.db, {
    id,
    sha256: "a".repeat(64),
    size: 1,
    mediaType: "image/png",
    name: "a.png",
    visibility: "PUBLIC",
    ownerOrganisationId: undefined,
    uploadedBy: owner.personId,
  });
  expect([await status(owner, id), await status(owner, newId()), await status(owner, "không-phải-mã")]).toEqual([
    404, 404, 404,
  ]);
});

/** A record that names a file, as evidence does. */
async function name(fileId: string): Promise<void> {
  const organisation = await world.makeOrganisation();
  const asker = await world.makeActor(organisation, "UNIT_HEAD");
  await insertVerification(world.db, {
    id: newId(),
    organisationId: organisation.id,
    submittedBy: asker.personId,
    submittedAt: new Date(),
    note: undefined,
    fileIds: [fileId],
  });
}

test("the sweep takes a whole file that no record names after a day, and never one that a record names", async () => {
  const owner = await world.makeActor(await world.makeOrganisation(), "MEMBER_SELLER");
  const [evidence, refused, recent] = [
    await stored("RESTRICTED", owner),
    await stored("RESTRICTED", owner),
    await stored("RESTRICTED", owner),
  ];
  await name(evidence.id);
  await world.db
    .updateTable("file")
    .set({ created_at: new Date(Date.now() - 25 * 3_600_000) })
    .where("id", "in", [evidence.id, refused.id])
    .execute();
  await sweepFiles(world.deps);
  const sizes = [evidence, refused, recent].map((file) => world.deps.files.size(file.sha256));
  expect(await Promise.all(sizes)).toEqual([evidence.size, undefined, recent.size]);
  expect((await filesById(world.db, [evidence.id, refused.id, recent.id])).map((f) => f.id).sort()).toEqual(
    [evidence.id, recent.id].sort(),
  );
});

test("the sweep takes what a crash left, and keeps bytes that a whole file names", async () => {
  const owner = await world.makeActor(await world.makeOrganisation(), "MEMBER_SELLER");
  const [whole, lost] = [await stored("PUBLIC", owner), await stored("PUBLIC", owner)];
  const old = new Date(Date.now() - 3 * 86_400_000);
  const twin = newId();
  await insertFile(world.db, { ...whole, id: twin });
  await world.db
    .updateTable("file")
    .set({ state: "PENDING", created_at: old })
    .where("id", "in", [twin, lost.id])
    .execute();
  await name(whole.id);
  await sweepFiles(world.deps);
  expect([await world.deps.files.size(whole.sha256), await world.deps.files.size(lost.sha256)]).toEqual([
    whole.size,
    undefined,
  ]);
  expect(await status(undefined, whole.id)).toBe(200);
});
