import { expect, test } from "vitest";
import { openWorld, type TestOrganisation } from "../../../../test/support/world.ts";
import type { Actor, Role } from "../../../kernel/actor.ts";
import { localDay, stoppedClock } from "../../../kernel/clock.ts";
import { newId } from "../../../kernel/id.ts";
import { confirmContactRow } from "../person/contact.queries.ts";

const world = await openWorld();
let serial = 10_000_000 + Math.floor(Math.random() * 80_000_000);
const newContact = () => `+849${serial++}`;
const root = (o: TestOrganisation) => `/khong-gian/to-chuc/${o.slug}`;

async function personWith(contact: string): Promise<Actor> {
  const actor = await world.makeActor(await world.makeOrganisation());
  await world.db.updateTable("person").set({ phone: contact }).where("id", "=", actor.personId).execute();
  return actor;
}
async function invited(role: Role = "EXPERT") {
  const organisation = await world.makeOrganisation();
  const manager = await world.makeActor(organisation, "UNIT_HEAD", "MEMBER_SELLER");
  const contact = newContact();
  expect((await world.as(manager).post(`${root(organisation)}/loi-moi`, { contact, role })).status).toBe(303);
  const { body } = await world.db
    .selectFrom("outgoing_message")
    .select("body")
    .where("recipient", "=", contact)
    .executeTakeFirstOrThrow();
  return { organisation, manager, contact, path: /\/loi-moi\/\S+/.exec(body)?.[0] ?? "" };
}
const rolesOf = async (o: TestOrganisation, personId: string) =>
  (
    await world.db
      .selectFrom("membership")
      .select("role")
      .where("organisation_id", "=", o.id)
      .where("person_id", "=", personId)
      .where("valid_to", "is", null)
      .execute()
  ).map((r) => r.role);

test("an invitation is accepted once, by who has the invited number", async () => {
  const { organisation, contact, path } = await invited();
  expect(await (await world.as(undefined).get(path)).text()).toContain(organisation.name);
  const stranger = await personWith(newContact());
  const refused = await world.as(stranger).post(path, {});
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining("invitation.other_person")]);
  const guest = await personWith(contact);
  expect((await world.as(guest).post(path, {})).headers.get("location")).toBe(root(organisation));
  expect(await rolesOf(organisation, guest.personId)).toEqual(["EXPERT"]);
  expect((await world.as(guest).post(path, {})).status).toBe(404);
  expect((await world.as(undefined).get(path)).status).toBe(404);
});

test("two clicks at once accept an invitation once", async () => {
  const { organisation, contact, path } = await invited("MEMBER_BUYER");
  const guest = await personWith(contact);
  const answers = await Promise.all([world.as(guest).post(path, {}), world.as(guest).post(path, {})]);
  expect(answers.map((a) => a.status).sort()).toEqual([303, 404]);
  expect(await rolesOf(organisation, guest.personId)).toEqual(["MEMBER_BUYER"]);
});

test("an invitation that ran out or was withdrawn is over", async () => {
  const late = await invited();
  const guest = await personWith(late.contact);
  const later = world.at(stoppedClock(new Date(Date.now() + 15 * 86_400_000).toISOString()));
  expect((await later.as(guest).post(late.path, {})).status).toBe(404);
  const { organisation, manager, path, contact } = await invited();
  const { id } = await world.db
    .selectFrom("invitation")
    .select("id")
    .where("organisation_id", "=", organisation.id)
    .executeTakeFirstOrThrow();
  expect((await world.as(manager).post(`${root(organisation)}/loi-moi/${id}/thu-hoi`, {})).status).toBe(303);
  expect((await world.as(await personWith(contact)).post(path, {})).status).toBe(404);
});

test("a member who does not manage invites nobody, and no manager gives roles of the state or of another kind", async () => {
  const organisation = await world.makeOrganisation();
  const [manager, expert] = [
    await world.makeActor(organisation, "UNIT_HEAD"),
    await world.makeActor(organisation, "EXPERT"),
  ];
  const byExpert = await world
    .as(expert)
    .post(`${root(organisation)}/loi-moi`, { contact: newContact(), role: "EXPERT" });
  expect([byExpert.status, await byExpert.text()]).toEqual([422, expect.stringContaining("action.not_allowed")]);
  for (const role of ["EXCHANGE_OPERATOR", "SYS_ADMIN", "PROGRAMME_OFFICER", "BROKER", "TTO_MANAGER"] as const) {
    const asked = await world.as(manager).post(`${root(organisation)}/loi-moi`, { contact: newContact(), role });
    expect([role, asked.status]).toEqual([role, 422]);
    const given = await world.as(manager).post(`${root(organisation)}/vai-tro`, { personId: expert.personId, role });
    expect([role, given.status]).toEqual([role, 422]);
  }
  expect(await rolesOf(organisation, expert.personId)).toEqual(["EXPERT"]);
});

test("who buys or sells for an organisation without being its head does not manage it", async () => {
  const organisation = await world.makeOrganisation();
  for (const role of ["MEMBER_BUYER", "MEMBER_SELLER", "TTO_MANAGER", "BROKER"] as const) {
    const member = world.as(await world.makeActor(organisation, role));
    const invites = await member.post(`${root(organisation)}/loi-moi`, { contact: newContact(), role: "EXPERT" });
    expect([role, invites.status]).toEqual([role, 422]);
    const asks = await member.post(`${root(organisation)}/xac-thuc`, { note: "" });
    expect([role, asks.status]).toEqual([role, 422]);
  }
});

test("a manager gives a member another role and ends it; the last manager stays", async () => {
  const organisation = await world.makeOrganisation();
  const [manager, expert] = [
    await world.makeActor(organisation, "UNIT_HEAD"),
    await world.makeActor(organisation, "EXPERT"),
  ];
  const membershipOf = async (personId: string, role: Role) =>
    (
      await world.db
        .selectFrom("membership")
        .select("id")
        .where("person_id", "=", personId)
        .where("role", "=", role)
        .executeTakeFirstOrThrow()
    ).id;
  const own = await membershipOf(manager.personId, "UNIT_HEAD");
  const last = await world.as(manager).post(`${root(organisation)}/thanh-vien/${own}/thoi`, {});
  expect([last.status, await last.text()]).toEqual([422, expect.stringContaining("member.last_manager")]);
  expect(
    (await world.as(manager).post(`${root(organisation)}/vai-tro`, { personId: expert.personId, role: "UNIT_HEAD" }))
      .status,
  ).toBe(303);
  expect((await world.as(manager).post(`${root(organisation)}/thanh-vien/${own}/thoi`, {})).status).toBe(303);
  const { valid_to } = await world.db
    .selectFrom("membership")
    .select("valid_to")
    .where("id", "=", own)
    .executeTakeFirstOrThrow();
  expect(valid_to !== null && valid_to < localDay(new Date())).toBe(true);
});

test("two managers who leave at once do not leave the organisation without one", async () => {
  const organisation = await world.makeOrganisation();
  const managers = [await world.makeActor(organisation, "UNIT_HEAD"), await world.makeActor(organisation, "UNIT_HEAD")];
  const rows = await world.db
    .selectFrom("membership")
    .select(["id", "person_id"])
    .where("organisation_id", "=", organisation.id)
    .execute();
  const leave = (a: Actor) =>
    world.as(a).post(`${root(organisation)}/thanh-vien/${rows.find((r) => r.person_id === a.personId)?.id}/thoi`, {});
  expect((await Promise.all(managers.map(leave))).map((a) => a.status).sort()).toEqual([303, 422]);
});

test("an administrator with a second factor gives roles of the state in the office only", async () => {
  const [office, company] = [await world.makeOrganisation({ orgType: "STATE_AGENCY" }), await world.makeOrganisation()];
  const admin = await world.makeActor(office, "SYS_ADMIN");
  const authId = newId();
  const contact = newContact();
  const officer = await personWith(contact);
  await world.db
    .insertInto("auth.user")
    .values({
      id: authId,
      name: "x",
      email: `${authId}@phone.invalid`,
      emailVerified: false,
      phoneNumber: contact,
      updatedAt: new Date(),
    })
    .execute();
  await world.db.updateTable("person").set({ auth_user_id: authId }).where("id", "=", officer.personId).execute();
  const fields = { contact, role: "PROGRAMME_OFFICER" };
  expect((await world.as(admin).post("/van-phong/vai-tro", { ...fields, organisationId: company.id })).status).toBe(
    422,
  );
  const unproven = await world.as(admin).post("/van-phong/vai-tro", { ...fields, organisationId: office.id });
  expect([unproven.status, await unproven.text()]).toEqual([
    422,
    expect.stringContaining("person.contact.unconfirmed"),
  ]);
  await confirmContactRow(world.db, officer.personId, contact, new Date());
  expect((await world.as(admin).post("/van-phong/vai-tro", { ...fields, organisationId: office.id })).status).toBe(303);
  expect(await rolesOf(office, officer.personId)).toEqual(["PROGRAMME_OFFICER"]);
  Object.assign(admin, { secondFactor: false });
  expect(
    (await world.as(admin).post("/van-phong/vai-tro", { ...fields, organisationId: office.id })).headers.get(
      "location",
    ),
  ).toBe("/khong-gian/bao-mat");
});
