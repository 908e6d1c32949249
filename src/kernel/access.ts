import type { Actor, Role } from "./actor.ts";
import { secondFactorRoles } from "./actor.ts";

/** Who may open a route (decisions.md 14). The role is checked here, the scope by the noun's rules and queries. */
export type RouteAccess = {
  roles: readonly Role[] | "PUBLIC" | "SIGNED_IN";
  /** ANY: no record of somebody's; OWN_ORG: records of one's organisations; PARTY: parties and named brokers of a deal or interest; ASSIGNED: what one's role is charged with. */
  scope: "ANY" | "OWN_ORG" | "PARTY" | "ASSIGNED";
  stepUp?: "TOTP";
  /** Takes files, so its body may be large; all other bodies stay small. */
  upload?: true;
};
export type RouteTable = Readonly<Record<string, RouteAccess>>;

export type Admission = "ENTER" | "SIGN_IN" | "HIDE" | "SECOND_FACTOR";

/** What a route answers to somebody before it does anything. */
export function admit(access: RouteAccess | undefined, actor: Actor | undefined): Admission {
  if (!access) return "HIDE";
  if (access.roles === "PUBLIC") return "ENTER";
  if (!actor) return "SIGN_IN";
  if (access.stepUp && !actor.secondFactor) return "SECOND_FACTOR";
  if (access.roles === "SIGNED_IN") return "ENTER";
  const held = actor.memberships.filter((m) => (access.roles as readonly Role[]).includes(m.role));
  if (held.length === 0) return "HIDE";
  return actor.secondFactor || held.some((m) => !secondFactorRoles.includes(m.role)) ? "ENTER" : "SECOND_FACTOR";
}
