import type { Limit } from "../../../platform/limits.ts";

/** How often guests may ask and look up. */
export const interestLimits = {
  askByAddress: { what: "interest_address", times: 20, minutes: 60 },
  askByPhone: { what: "interest_phone", times: 5, minutes: 60 },
  lookup: { what: "interest_lookup", times: 30, minutes: 60 },
} as const satisfies Record<string, Limit>;
