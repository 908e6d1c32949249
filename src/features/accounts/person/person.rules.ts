import { type Actor, can } from "../../../kernel/actor.ts";
import { done, type Outcome, refuse } from "../../../kernel/outcome.ts";
import { foldVietnamese } from "../../../kernel/text.ts";

/** A phone number as kept: "0912 345 678" and "+84 912 345 678" are both +84912345678; undefined when it is none. */
export function tidyPhone(text: string): string | undefined {
  const bare = text.replace(/[\s().-]/g, "").replace(/^00/, "+");
  const whole = /^0[1-9]\d{8,9}$/.test(bare)
    ? `+84${bare.slice(1)}`
    : /^84[1-9]\d{8,9}$/.test(bare)
      ? `+${bare}`
      : bare;
  if (whole.startsWith("+84")) return /^\+84[1-9]\d{8,9}$/.test(whole) ? whole : undefined;
  return /^\+[1-9]\d{7,14}$/.test(whole) ? whole : undefined;
}
/** The same shape that Better Auth takes for an e-mail. */
const emailShape = /^(?!\.)(?!.*\.\.)([a-z0-9_'+\-.]*)[a-z0-9_+-]@([a-z0-9][a-z0-9-]*\.)+[a-z]{2,}$/;
export const tidyEmail = (text: string): string | undefined => {
  const email = text.trim().toLowerCase();
  return email.length <= 200 && emailShape.test(email) ? email : undefined;
};

export type Contact = { kind: "PHONE" | "MAIL"; value: string };
/** What somebody typed into "phone number or e-mail". */
export function contactOf(text: string): Contact | undefined {
  if (text.includes("@")) {
    const email = tidyEmail(text);
    return email === undefined ? undefined : { kind: "MAIL", value: email };
  }
  const phone = tidyPhone(text);
  return phone === undefined ? undefined : { kind: "PHONE", value: phone };
}

/** Better Auth wants an e-mail for everybody; `.invalid` is no mailbox of anybody. */
export const signInAddress = (contact: Contact): string =>
  contact.kind === "MAIL" ? contact.value : `${contact.value.slice(1)}@phone.invalid`;
export const isRealAddress = (email: string): boolean => !email.endsWith("@phone.invalid");

export const passwordMin = 10;
export const passwordMax = 128;
/** The passwords that guessers try first, among those long enough. */
const common = new Set(
  (
    "1234567890 0123456789 0987654321 9876543210 1111111111 0000000000 1234512345 12345678910 1q2w3e4r5t qwertyuiop qwerty1234 qwerty12345 " +
    "password12 password123 password1234 passw0rd123 mypassword iloveyou12 iloveyou123 iloveyou1234 abcdefghij abcd123456 abc1234567 " +
    "matkhau123 matkhau1234 matkhau12345 matkhau123456 anhyeuem123 emyeuanh123 yeuemnhieu maiyeuem123 vietnam123 vietnam1234 vietnam2026 " +
    "travinh123 travinh1234 travinh2025 travinh2026 vinhlong123 vinhlong2026 administrator admin12345 admin123456 opensan123 opensan1234 " +
    "letmein123 welcome123 welcome1234 football123 123456789a a123456789 123456789aa aa123456789 1qaz2wsx3edc zaq12wsxcde 147258369 1472583690 " +
    "asdfghjkl123 asdfghjkl1 zxcvbnm123 q1w2e3r4t5 1122334455 11223344556 123123123123 1231231231 112233445566 6666666666 8888888888 9999999999"
  ).split(" "),
);

/** A password that is long, not one everybody tries, not one character over and over, and not the person's own address or name. */
export function checkPassword(password: string, about: readonly string[] = []): Outcome<string> {
  if ([...password].length < passwordMin) return refuse("person.password.too_short", "password");
  if (password.length > passwordMax) return refuse("field.too_long", "password");
  const plain = foldVietnamese(password).replace(/\s/g, "");
  const own = about
    .map((text) => foldVietnamese(text).replace(/\s|^\+84|@.*$/g, ""))
    .filter((text) => text.length >= 6);
  const isOwn = own.some((text) => plain.replace(/^0|^\+84/, "") === text.replace(/^0/, ""));
  if (common.has(plain) || new Set(plain).size <= 2 || isOwn) return refuse("person.password.common", "password");
  return done(password);
}

/** Purposes for which people let us use their data; the text shown has a version that is kept with the answer. */
export const consentPurposes = ["ACCOUNT", "NEWS"] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];
export const consentTextVersion = "2026-11-01";
export type ConsentChannel = "WEB" | "PAPER" | "PHONE";

/** The law gives no day for erasing; the office promises this many. */
export const erasureDays = 30;
/** Stands where a name was. */
export const erasedName = "(đã xóa)";

/** A local address to go on to after signing in; anything that could lead off this site is refused. */
export function safeReturnPath(text: string | undefined): string | undefined {
  if (!text || text.length > 500 || !/^\/(?![/\\])/.test(text)) return undefined;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (/[\u0000-\u001f\u007f\\]/.test(text)) return undefined;
  const url = URL.parse(text, "http://local.invalid");
  if (url?.origin !== "http://local.invalid") return undefined;
  const path = url.pathname + url.search;
  return path.startsWith("//") || /^\/(en\/|km\/)?(dang-xuat|api)(\/|$|\?)/.test(path) ? undefined : path;
}

export type Person = {
  id: string;
  name: string;
  phone: string | undefined;
  email: string | undefined;
  phoneConfirmedAt: Date | undefined;
  emailConfirmedAt: Date | undefined;
  language: "vi" | "en" | "km";
  hasSignIn: boolean;
  hasCitizenId: boolean;
  erasedAt: Date | undefined;
  version: number;
};

/** The number or address that this person has yet to prove to be theirs: the number first. */
export function unconfirmedContact(person: Person): Contact | undefined {
  if (person.phone && !person.phoneConfirmedAt) return { kind: "PHONE", value: person.phone };
  return person.email && !person.emailConfirmedAt ? { kind: "MAIL", value: person.email } : undefined;
}

/** Who may register somebody on their behalf. */
export const mayRegister = (actor: Actor | undefined): boolean =>
  can(actor, "person.register") ||
  (actor?.secondFactor === true && actor.memberships.some((m) => m.role === "SYS_ADMIN"));
/** Who may carry out a request for erasure. */
export const mayErase = (actor: Actor | undefined): boolean =>
  mayRegister(actor) || (actor?.memberships.some((m) => m.role === "DATA_PROTECTION") ?? false);
