import { nextStep, type Steps } from "../../../kernel/steps.ts";

/** The states of a deal and the steps between them. */

export const dealStates = [
  "OPEN",
  "AGREED",
  "CONTRACT_SIGNED",
  "EFFECTIVE",
  "IN_PERFORMANCE",
  "ACCEPTED",
  "LIQUIDATED",
  "CANCELLED",
  "DISPUTED",
] as const;
export type DealState = (typeof dealStates)[number];
export const dealVerbs = [
  "agree",
  "sign",
  "effect",
  "perform",
  "accept",
  "liquidate",
  "dispute",
  "resume",
  "cancel",
  "annul",
] as const;
export type DealVerb = (typeof dealVerbs)[number];

/** `cancel` is the parties' word before the deal counts; `annul` is the office's, with compensating entries. */
export const dealSteps: Steps<DealState, DealVerb> = {
  OPEN: { agree: "AGREED", sign: "CONTRACT_SIGNED", cancel: "CANCELLED" },
  AGREED: { sign: "CONTRACT_SIGNED", cancel: "CANCELLED" },
  CONTRACT_SIGNED: { effect: "EFFECTIVE", cancel: "CANCELLED", annul: "CANCELLED" },
  EFFECTIVE: {
    perform: "IN_PERFORMANCE",
    accept: "ACCEPTED",
    dispute: "DISPUTED",
    cancel: "CANCELLED",
    annul: "CANCELLED",
  },
  IN_PERFORMANCE: { accept: "ACCEPTED", dispute: "DISPUTED", cancel: "CANCELLED", annul: "CANCELLED" },
  ACCEPTED: { liquidate: "LIQUIDATED", dispute: "DISPUTED", annul: "CANCELLED" },
  LIQUIDATED: { annul: "CANCELLED" },
  CANCELLED: {},
  DISPUTED: { resume: "IN_PERFORMANCE", cancel: "CANCELLED", annul: "CANCELLED" },
};

/** Where a disputed deal goes on: in the state in which the dispute found it. */
export type Disputable = "EFFECTIVE" | "IN_PERFORMANCE" | "ACCEPTED";
export const resumeSteps: Steps<Disputable, "resume"> = {
  EFFECTIVE: { resume: "EFFECTIVE" },
  IN_PERFORMANCE: { resume: "IN_PERFORMANCE" },
  ACCEPTED: { resume: "ACCEPTED" },
};
export const nextOf = (
  deal: { state: DealState; stateBeforeDispute: Disputable | undefined },
  verb: DealVerb,
): DealState | undefined =>
  verb === "resume" && deal.state === "DISPUTED" && deal.stateBeforeDispute
    ? nextStep(resumeSteps, deal.stateBeforeDispute, "resume")
    : nextStep(dealSteps, deal.state, verb);

export const signedStates: readonly DealState[] = [
  "CONTRACT_SIGNED",
  "EFFECTIVE",
  "IN_PERFORMANCE",
  "ACCEPTED",
  "LIQUIDATED",
  "DISPUTED",
];
