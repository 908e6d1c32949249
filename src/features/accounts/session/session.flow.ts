import type { Deps } from "../../../deps.ts";
import { done, type Outcome, refuse } from "../../../kernel/outcome.ts";
import { addressOfPhone } from "../person/person.queries.ts";
import { type Contact, checkPassword, contactOf, signInAddress } from "../person/person.rules.ts";
import type { Auth } from "./auth.ts";

/** Talks to Better Auth as a browser would and keeps the cookies it sets for our own answer. */
type Answer = { ok: boolean; cookies: string[]; body: Record<string, unknown> };
async function ask(call: Promise<Response>): Promise<Answer> {
  const response = await call;
  const text = await response.text();
  let body: unknown;
  try {
    body = JSON.parse(text || "{}");
  } catch {
    body = {};
  }
  if (response.status >= 500) throw new Error(`Better Auth answered ${response.status}: ${text.slice(0, 200)}`);
  return { ok: response.ok, cookies: response.headers.getSetCookie(), body: (body ?? {}) as Record<string, unknown> };
}

export type SignedIn = { cookies: string[]; next: "DONE" | "SECOND_FACTOR" };

/** An unknown contact goes the same way as a wrong password: same work, same answer. */
export async function signIn(
  auth: Auth,
  deps: Pick<Deps, "db">,
  headers: Headers,
  contactText: string,
  password: string,
): Promise<Outcome<SignedIn>> {
  const contact: Contact = contactOf(contactText) ?? { kind: "MAIL", value: "nobody@phone.invalid" };
  const known = contact.kind === "PHONE" ? await addressOfPhone(deps.db, contact.value) : undefined;
  const email = known ?? signInAddress(contact);
  const answer = await ask(
    auth.api.signInEmail({ body: { email, password: password.slice(0, 128) }, headers, asResponse: true }),
  );
  if (!answer.ok) return refuse("session.credentials.wrong");
  return done({ cookies: answer.cookies, next: answer.body.twoFactorRedirect === true ? "SECOND_FACTOR" : "DONE" });
}

/** Six digits are the app's code, anything else a backup code. */
export async function passSecondFactor(auth: Auth, headers: Headers, code: string): Promise<Outcome<string[]>> {
  const call = /^\d{6}$/.test(code)
    ? auth.api.verifyTOTP({ body: { code }, headers, asResponse: true })
    : auth.api.verifyBackupCode({ body: { code }, headers, asResponse: true });
  const answer = await ask(call as Promise<Response>);
  if (answer.ok) return done(answer.cookies);
  const over = ["INVALID_TWO_FACTOR_COOKIE", "TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE", "ACCOUNT_TEMPORARILY_LOCKED"];
  return refuse(over.includes(String(answer.body.code)) ? "session.step.over" : "session.code.wrong", "code");
}

export const signOut = async (auth: Auth, headers: Headers): Promise<string[]> =>
  (await ask(auth.api.signOut({ headers, asResponse: true }))).cookies;

/** Says nothing of whether the contact is known. */
export async function askReset(auth: Auth, contact: Contact): Promise<void> {
  if (contact.kind === "MAIL")
    await ask(auth.api.requestPasswordReset({ body: { email: contact.value }, asResponse: true }));
  else await ask(auth.api.requestPasswordResetPhoneNumber({ body: { phoneNumber: contact.value }, asResponse: true }));
}

export type Reset = { password: string } & ({ token: string } | { phone: string; code: string });
export async function resetPassword(auth: Auth, input: Reset): Promise<Outcome<null>> {
  const checked = checkPassword(input.password);
  if (!checked.ok) return checked;
  const newPassword = input.password;
  const call =
    "token" in input
      ? auth.api.resetPassword({ body: { newPassword, token: input.token }, asResponse: true })
      : auth.api.resetPasswordPhoneNumber({
          body: { newPassword, phoneNumber: input.phone, otp: input.code },
          asResponse: true,
        });
  return (await ask(call)).ok ? done(null) : refuse("session.reset.invalid");
}

export async function changePassword(
  auth: Auth,
  headers: Headers,
  currentPassword: string,
  newPassword: string,
): Promise<Outcome<null>> {
  const checked = checkPassword(newPassword);
  if (!checked.ok) return checked;
  const answer = await ask(
    auth.api.changePassword({ body: { currentPassword, newPassword }, headers, asResponse: true }),
  );
  return answer.ok ? done(null) : refuse("session.password.wrong", "currentPassword");
}

export type Enrolment = { secret: string; backupCodes: string[] };
export async function beginTotp(auth: Auth, headers: Headers, password: string): Promise<Outcome<Enrolment>> {
  const answer = await ask(
    auth.api.enableTwoFactor({ body: { password }, headers, asResponse: true }) as Promise<Response>,
  );
  if (!answer.ok)
    return refuse(
      answer.body.code === "INVALID_PASSWORD" ? "session.password.wrong" : "session.totp.failed",
      "currentPassword",
    );
  const secret = new URL(String(answer.body.totpURI)).searchParams.get("secret") ?? "";
  const codes = Array.isArray(answer.body.backupCodes) ? answer.body.backupCodes.map(String) : [];
  return done({ secret, backupCodes: codes });
}
export async function endTotp(auth: Auth, headers: Headers, password: string): Promise<Outcome<string[]>> {
  const answer = await ask(
    auth.api.disableTwoFactor({ body: { password }, headers, asResponse: true }) as Promise<Response>,
  );
  return answer.ok ? done(answer.cookies) : refuse("session.password.wrong", "currentPassword");
}
export async function newBackupCodes(auth: Auth, headers: Headers, password: string): Promise<Outcome<string[]>> {
  const answer = await ask(
    auth.api.generateBackupCodes({ body: { password }, headers, asResponse: true }) as Promise<Response>,
  );
  if (!answer.ok || !Array.isArray(answer.body.backupCodes)) return refuse("session.password.wrong", "currentPassword");
  return done(answer.body.backupCodes.map(String));
}
