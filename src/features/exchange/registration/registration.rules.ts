import type { Day } from "../../../kernel/clock.ts";
import { type Flow, type GoodsKind, techKinds } from "../../../kernel/codes.ts";
import { type ProvincePack, registrationRule } from "../../../province/index.ts";

export const registrationExceptions = ["TASK_RESULTS_REGISTERED", "RESTRICTED_LICENSED"] as const;
export type RegistrationException = (typeof registrationExceptions)[number];

export type RegistrationDecision = {
  required: boolean;
  reason: string;
  law: string | undefined;
  basis: string | undefined;
  verifiedOn: Day | null;
};

/**
 * Whether a signed contract must be registered, by the law of its signing day. Machines, services and OCOP goods alone are no
 * technology transfer (domain.md §2.2), so a contract without a technology line is not asked about.
 */
export function decideRegistration(
  pack: ProvincePack,
  of: {
    flow: Flow;
    usesStateFunds: boolean;
    exception: RegistrationException | undefined;
    kinds: readonly GoodsKind[];
    signedOn: Day;
  },
): RegistrationDecision {
  const answer = registrationRule(
    pack,
    {
      flow: of.flow,
      usesStateFunds: of.usesStateFunds,
      taskResultsRegistered: of.exception === "TASK_RESULTS_REGISTERED",
      restrictedLicensed: of.exception === "RESTRICTED_LICENSED",
    },
    of.signedOn,
  );
  const law = { law: answer?.law.key, basis: answer?.basis, verifiedOn: answer?.verifiedOn ?? null };
  if (!of.kinds.some((kind) => techKinds.includes(kind))) return { required: false, reason: "NOT_TRANSFER", ...law };
  return { required: answer?.required ?? false, reason: answer?.reason ?? "VOLUNTARY", ...law };
}

/** The rule that decided, for its "căn cứ" on the page. */
export const registrationLaw = (pack: ProvincePack, key: string | undefined) =>
  pack.legal.registration.find((law) => law.key === key);
