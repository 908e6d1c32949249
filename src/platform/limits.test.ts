import { expect, test } from "vitest";
import { openWorld } from "../../test/support/world.ts";
import { clientAddress, forgetAttempts, takeAttempt } from "./limits.ts";

test("an asker is counted apart from others, refused at one too many, and forgotten on demand", async () => {
  const { deps } = await openWorld();
  const limit = { what: "test_of_limits", times: 2, minutes: 5 };
  const take = (who: string | undefined) => takeAttempt(deps, limit, who);
  expect([await take("a"), await take("a"), await take("a"), await take("b")]).toEqual([true, true, false, true]);
  expect(await take(undefined)).toBe(true);
  await forgetAttempts(deps, limit, "a");
  expect(await take("a")).toBe(true);
});

test("only a proxy on this machine may say from where a request comes", () => {
  const headers = new Headers({ "x-forwarded-for": "198.51.100.7, 203.0.113.9" });
  expect(clientAddress(headers, "127.0.0.1")).toBe("203.0.113.9");
  expect(clientAddress(headers, "::1")).toBe("203.0.113.9");
  expect(clientAddress(headers, "192.0.2.1")).toBe("192.0.2.1");
  expect(clientAddress(new Headers(), "127.0.0.1")).toBe("127.0.0.1");
  expect(clientAddress(headers, undefined)).toBeUndefined();
});
