import { createHmac, timingSafeEqual } from "node:crypto";
import type { Deps } from "../../../deps.ts";
import type { Actor, Membership } from "../../../kernel/actor.ts";
import { localDay } from "../../../kernel/clock.ts";
import { roleOf } from "../organisation/member.queries.ts";
import { cookiePrefix } from "./auth.ts";
import { rolesOfSession } from "./session.queries.ts";

/** The cookie that says for which of their organisations somebody works now. */
export const organisationCookie = "to-chuc";

export const sessionCookieName = (publicUrl: string): string =>
  `${publicUrl.startsWith("https:") ? "__Secure-" : ""}${cookiePrefix}.session_token`;

export function cookieOf(header: string | null, name: string): string | undefined {
  for (const part of (header ?? "").split(";")) {
    const [key, ...value] = part.split("=");
    if (key?.trim() === name) return value.join("=").trim();
  }
  return undefined;
}

/** The session's token out of Better Auth's signed cookie; undefined when the signature is not ours, so that a guess costs no query. */
export function sessionToken(request: Request, deps: Pick<Deps, "config" | "secret">): string | undefined {
  const raw = cookieOf(request.headers.get("cookie"), sessionCookieName(deps.config.publicUrl));
  if (!raw || raw.length > 500) return undefined;
  let value: string;
  try {
    value = decodeURIComponent(raw);
  } catch {
    return undefined;
  }
  const dot = value.lastIndexOf(".");
  const token = value.slice(0, dot);
  const given = Buffer.from(value.slice(dot + 1), "base64");
  const right = createHmac("sha256", deps.secret).update(token).digest();
  return dot > 0 && given.length === right.length && timingSafeEqual(given, right) ? token : undefined;
}

/** Session, person and the roles that hold today, in one query. */
export async function readActor(
  deps: Pick<Deps, "db" | "clock" | "config" | "secret">,
  request: Request,
): Promise<Actor | undefined> {
  const token = sessionToken(request, deps);
  if (token === undefined) return undefined;
  const now = deps.clock.now();
  const rows = await rolesOfSession(deps.db, token, now, localDay(now));
  const first = rows[0];
  if (!first) return undefined;
  const memberships: Membership[] = [];
  for (const r of rows)
    if (r.role !== null && r.organisation_id !== null)
      memberships.push({
        organisationId: r.organisation_id,
        organisationName: r.legal_name ?? "",
        role: roleOf(r.role),
      });
  const chosen = cookieOf(request.headers.get("cookie"), organisationCookie);
  const current = memberships.find((m) => m.organisationId === chosen) ?? memberships[0];
  return {
    personId: first.id,
    name: first.name,
    memberships,
    organisationId: current?.organisationId,
    secondFactor: first.secondFactor !== null,
  };
}
