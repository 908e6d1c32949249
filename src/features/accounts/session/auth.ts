import { passkey } from "@better-auth/passkey";
import { betterAuth } from "better-auth";
import { phoneNumber, twoFactor } from "better-auth/plugins";
import type { Kysely } from "kysely";
import type { Deps } from "../../../deps.ts";
import { inLanguage } from "../../../kernel/language.ts";
import { personByAuthUser, personBySignIn } from "../person/person.queries.ts";
import { isRealAddress, passwordMax, passwordMin, tidyPhone } from "../person/person.rules.ts";
import { sessionWords } from "./session.words.ts";

export const sessionDays = 7;
export const resetCodeMinutes = 10;
export const resetLinkMinutes = 60;
export const cookiePrefix = "san";

/** Sessions made by these addresses of Better Auth have passed a second factor. */
const factorOf: Record<string, string> = {
  "/two-factor/verify-totp": "TOTP",
  "/two-factor/verify-backup-code": "BACKUP_CODE",
  "/passkey/verify-authentication": "PASSKEY",
};

const passwordRules = (deps: Deps) => ({
  enabled: true,
  disableSignUp: true,
  minPasswordLength: passwordMin,
  maxPasswordLength: passwordMax,
  revokeSessionsOnPasswordReset: true,
  resetPasswordTokenExpiresIn: resetLinkMinutes * 60,
  sendResetPassword: ({ user, token }: { user: { id: string; email: string }; token: string }) =>
    sendResetLink(deps, user, token),
});

/**
 * Better Auth on schema `auth` (decisions.md 15). It hashes passwords, makes and ends sessions, checks codes and passkeys; people, roles
 * and consents are ours. Its own limits and addresses of visitors are off: ours count by HMAC. Sign-up is ours, so that a person and
 * their sign-in are made in one transaction.
 */
export const openAuth = (deps: Deps) =>
  betterAuth({
    appName: "OpenSàn",
    baseURL: deps.config.publicUrl,
    secret: deps.secret,
    database: { db: deps.db as unknown as Kysely<unknown>, type: "postgres", schemaName: "auth", transaction: true },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { level: "error" },
    trustedOrigins: [deps.config.publicUrl],
    advanced: {
      cookiePrefix,
      useSecureCookies: deps.config.publicUrl.startsWith("https:"),
      ipAddress: { disableIpTracking: true },
      defaultCookieAttributes: { sameSite: "lax", httpOnly: true },
    },
    session: {
      expiresIn: sessionDays * 86_400,
      disableSessionRefresh: true,
      additionalFields: { secondFactor: { type: "string", required: false, input: false } },
    },
    databaseHooks: {
      session: {
        create: { before: async (_session, ctx) => ({ data: { secondFactor: factorOf[ctx?.path ?? ""] ?? null } }) },
      },
    },
    emailAndPassword: passwordRules(deps),
    plugins: [
      twoFactor({ issuer: "OpenSàn" }),
      phoneNumber({
        sendOTP: async () => {},
        sendPasswordResetOTP: ({ phoneNumber: phone, code }) => sendResetCode(deps, phone, code),
        phoneNumberValidator: (phone) => tidyPhone(phone) === phone,
        expiresIn: resetCodeMinutes * 60,
        allowedAttempts: 5,
      }),
      passkey({ rpName: "OpenSàn", origin: new URL(deps.config.publicUrl).origin }),
    ],
  });
export type Auth = ReturnType<typeof openAuth>;

async function sendResetLink(deps: Deps, user: { id: string; email: string }, token: string): Promise<void> {
  if (!isRealAddress(user.email)) return;
  const language = (await personByAuthUser(deps.db, user.id))?.language ?? "vi";
  const link = `${deps.config.publicUrl}${inLanguage(language, "/dat-lai-mat-khau")}?ma=${token}`;
  const t = sessionWords[language];
  await deps.messages.send(deps.db, {
    channel: "MAIL",
    recipient: user.email,
    subject: t.resetSubject,
    body: t.resetMail(link, resetLinkMinutes),
  });
}
async function sendResetCode(deps: Deps, phone: string, code: string): Promise<void> {
  const language = (await personBySignIn(deps.db, phone))?.language ?? "vi";
  const t = sessionWords[language];
  await deps.messages.send(deps.db, {
    channel: "SMS",
    recipient: phone,
    subject: t.resetSubject,
    body: t.resetSms(code, resetCodeMinutes),
  });
}
