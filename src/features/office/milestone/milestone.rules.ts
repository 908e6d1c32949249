import type { Day } from "../../../kernel/clock.ts";
import type { Definition, Indicator, MilestoneStep, ProvincePack } from "../../../province/index.ts";

/** A step that is done, by its document. */
export type StepDone = {
  id: string;
  milestoneKey: string;
  stepKey: string;
  doneOn: Day;
  documentTitle: string;
  documentNumber: string | undefined;
  fileId: string;
};

export type Milestone = { indicator: Indicator; steps: readonly MilestoneStep[] };

/** The pack's milestones with the steps of their newest definition. */
export const milestonesOf = (pack: ProvincePack): Milestone[] =>
  pack.indicators.indicators.flatMap((indicator) => {
    const last: Definition | undefined = indicator.definitions.at(-1);
    return last?.kind === "MILESTONE" ? [{ indicator, steps: last.steps }] : [];
  });

export const stepOf = (pack: ProvincePack, milestoneKey: string, stepKey: string): MilestoneStep | undefined =>
  milestonesOf(pack)
    .find((one) => one.indicator.key === milestoneKey)
    ?.steps.find((step) => step.key === stepKey);
