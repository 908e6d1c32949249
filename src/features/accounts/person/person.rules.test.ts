import fc from "fast-check";
import { expect, test } from "vitest";
import { checkPassword, contactOf, safeReturnPath, tidyPhone } from "./person.rules.ts";
import { newPersonKey, sealFor, unsealFor } from "./seal.ts";

test("one number in its spellings is one number", () => {
  for (const text of [
    "0912345678",
    "0912 345 678",
    "+84912345678",
    "84912345678",
    "0084 912.345.678",
    "(091) 234-5678",
  ])
    expect([text, tidyPhone(text)]).toEqual([text, "+84912345678"]);
  for (const text of ["12", "00123456", "091234567", "09123456789012", "abc", ""])
    expect([text, tidyPhone(text)]).toEqual([text, undefined]);
  expect(tidyPhone("+855 12 345 678")).toBe("+85512345678");
});

test("what holds an @ is an e-mail in small letters", () => {
  expect(contactOf(" Ten@DonVi.VN ")).toEqual({ kind: "MAIL", value: "ten@donvi.vn" });
  expect(contactOf("ten@")).toBeUndefined();
});

test("a return path never leaves the site", () => {
  fc.assert(
    fc.property(
      fc.string().map((s) => `/${s}`),
      (text) => {
        const safe = safeReturnPath(text);
        if (safe === undefined) return;
        expect(safe.startsWith("/") && !safe.startsWith("//")).toBe(true);
        expect(new URL(safe, "https://san.example").origin).toBe("https://san.example");
      },
    ),
    { numRuns: 200 },
  );
  for (const bad of [
    "//evil.example",
    "/..//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "/dang-xuat",
    "/api/auth/x",
    "/en/dang-xuat",
  ])
    expect([bad, safeReturnPath(bad)]).toEqual([bad, undefined]);
  expect(safeReturnPath("/en/khong-gian?x=1")).toBe("/en/khong-gian?x=1");
});

test("passwords that are short, common, of one letter or the owner's number are refused", () => {
  const why = (password: string, about: string[] = []) => {
    const checked = checkPassword(password, about);
    return checked.ok ? "taken" : checked.why;
  };
  expect(why("ngắn quá")).toBe("person.password.too_short");
  expect(why("Mật Khẩu 123")).toBe("person.password.common");
  expect(why("aaaaaaaaaaaa")).toBe("person.password.common");
  expect(why("0912345678", ["+84912345678"])).toBe("person.password.common");
  expect(why("trời hôm nay trong xanh")).toBe("taken");
});

test("a sealed number opens with its key and the installation's secret, and with nothing else", () => {
  const key = newPersonKey("secret one");
  const sealed = sealFor("secret one", key, "084185000123");
  expect(sealed.includes("084185000123")).toBe(false);
  expect(unsealFor("secret one", key, sealed)).toBe("084185000123");
  expect(() => unsealFor("secret two", key, sealed)).toThrow();
  expect(() => unsealFor("secret one", newPersonKey("secret one"), sealed)).toThrow();
});
