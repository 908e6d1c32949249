import type { Context } from "hono";
import { clientAddress, type Limit } from "../../../platform/limits.ts";
import type { Env } from "../../../ui/page.tsx";

export { forgetAttempts, takeAttempt } from "../../../platform/limits.ts";

export const limits = {
  signInByContact: { what: "sign_in_contact", times: 10, minutes: 15 },
  signInByAddress: { what: "sign_in_address", times: 60, minutes: 15 },
  secondFactor: { what: "second_factor", times: 10, minutes: 15 },
  signUp: { what: "sign_up", times: 20, minutes: 60 },
  resetByContact: { what: "reset_contact", times: 5, minutes: 60 },
  resetByAddress: { what: "reset_address", times: 20, minutes: 60 },
  resetTry: { what: "reset_try", times: 10, minutes: 60 },
  invite: { what: "invite", times: 50, minutes: 60 },
  password: { what: "password", times: 10, minutes: 15 },
  passkey: { what: "passkey", times: 60, minutes: 15 },
  confirmSend: { what: "confirm_send", times: 5, minutes: 60 },
  confirmTry: { what: "confirm_try", times: 10, minutes: 15 },
} as const satisfies Record<string, Limit>;

/** Where a request comes from; undefined in tests, which come from nowhere. */
export function addressOf(c: Context<Env>): string | undefined {
  const env = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined;
  return clientAddress(c.req.raw.headers, env?.incoming?.socket?.remoteAddress);
}
