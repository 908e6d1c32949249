import { expect, test } from "vitest";
import { lastMessageTo, newMail, newPhone, openSignInWorld } from "../../../../test/support/browsers.ts";
import { isContactConfirmed } from "./contact.queries.ts";
import { contactOf, tidyPhone } from "./person.rules.ts";

const world = await openSignInWorld();
const profile = "/khong-gian/ho-so";
const codeTo = async (address: string) => /\d{6}/.exec((await lastMessageTo(world, address))?.body ?? "")?.[0] ?? "";
const isConfirmed = (text: string) => isContactConfirmed(world.db, contactOf(text) ?? { kind: "MAIL", value: "" });

for (const [kind, contact] of [
  ["a number", newPhone()],
  ["an address", newMail()],
] as const)
  test(`who registers with ${kind} gets a code there and proves by it that it is theirs`, async () => {
    const { browser } = await world.register({ contact, form: true });
    expect(await (await browser.get(profile)).text()).toContain("chưa xác nhận");
    const code = await codeTo(tidyPhone(contact) ?? contact);
    const wrong = code === "000000" ? "000001" : "000000";
    const refused = await browser.post(`${profile}/lien-he`, { code: wrong });
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining("person.contact.code_wrong")]);
    expect(await isConfirmed(contact)).toBe(false);
    expect((await browser.post(`${profile}/lien-he`, { code })).status).toBe(303);
    expect(await isConfirmed(contact)).toBe(true);
    expect(await (await browser.get(profile)).text()).toContain("đã xác nhận");
    expect((await browser.post(`${profile}/lien-he`, { code })).status).toBe(422);
    expect((await browser.post(`${profile}/lien-he/gui-lai`)).status).toBe(422);
  });

test("a code that is sent again ends the one before, and another person's code proves nothing", async () => {
  const contact = newPhone();
  const { browser } = await world.register({ contact, form: true });
  const first = await codeTo(tidyPhone(contact) ?? "");
  expect((await browser.post(`${profile}/lien-he/gui-lai`)).status).toBe(303);
  const second = await codeTo(tidyPhone(contact) ?? "");
  const stranger = await world.register({ form: true });
  const stolen = await stranger.browser.post(`${profile}/lien-he`, { code: second });
  if (first !== second) expect((await browser.post(`${profile}/lien-he`, { code: first })).status).toBe(422);
  expect(stolen.status).toBe(422);
  expect((await browser.post(`${profile}/lien-he`, { code: second })).status).toBe(303);
});
