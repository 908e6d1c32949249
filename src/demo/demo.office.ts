import { connectIntermediary, recordIntermediary, recordStep } from "../features/office/index.ts";
import { addDays, type Day } from "../kernel/clock.ts";
import { paperOf } from "./demo.paper.ts";
import type { DemoIntermediary, DemoMarket, DemoMilestone } from "./demo.schema.ts";
import { found, type Load, must, type Step } from "./demo.steps.ts";

/** What the programme office keeps besides deals: intermediaries with their connection, and the steps to an exchange. */

const officer = "nga-chuong-trinh";
const unknownNumber = "chưa có số";
const firstRecordedOn: Day = "2022-03-31";

export function officeSteps(market: DemoMarket): Step[] {
  const steps = market.intermediaries.flatMap((one) => intermediarySteps(one, market));
  for (const one of market.milestones) {
    const { on, document } = one;
    if (on && document)
      steps.push({
        day: on,
        hour: 10,
        what: `milestone ${one.step}: record`,
        run: (load) => recordMilestone(load, one, on, document),
      });
  }
  return steps;
}

function intermediarySteps(one: DemoIntermediary, market: DemoMarket): Step[] {
  const organisation = market.organisations.find((o) => o.key === one.organisation);
  if (!organisation) return [];
  const formedOn = organisation.establishedOn;
  const knownOn = addDays(formedOn, 20) > firstRecordedOn ? addDays(formedOn, 20) : firstRecordedOn;
  const { connectedAt, evidence } = one;
  let id = "";
  const steps: Step[] = [
    {
      day: knownOn,
      hour: 10,
      what: `intermediary ${one.organisation}: record`,
      run: async (load) => {
        id = must(
          await recordIntermediary(load.deps, found(load.people, officer), {
            organisation: organisation.taxCode ?? organisation.legalName,
            kind: one.kind,
            formedOn,
          }),
        );
      },
    },
  ];
  if (connectedAt && evidence)
    steps.push({
      day: connectedAt,
      hour: 10,
      what: `intermediary ${one.organisation}: connect`,
      run: async (load) => {
        const input = { version: 1, connectedOn: connectedAt, documentTitle: evidence, documentNumber: undefined };
        must(
          await connectIntermediary(
            load.deps,
            found(load.people, officer),
            id,
            input,
            paper("bien-ban-ket-noi.pdf", evidence),
          ),
        );
      },
    });
  return steps;
}

async function recordMilestone(
  load: Load,
  one: DemoMilestone,
  doneOn: Day,
  document: NonNullable<DemoMilestone["document"]>,
): Promise<void> {
  const input = {
    milestone: one.indicator,
    step: one.step,
    doneOn,
    documentTitle: `${document.name}, ${document.issuer}`,
    documentNumber: document.number === unknownNumber ? undefined : document.number,
  };
  must(
    await recordStep(
      load.deps,
      found(load.people, officer),
      input,
      paper(`${one.step.toLowerCase()}.pdf`, input.documentTitle),
    ),
  );
}

const paper = (name: string, title: string): File =>
  new File(
    [paperOf(title, ["Tài liệu do bản trình diễn OpenSàn sinh ra; nội dung là hư cấu, số văn bản chưa có."])],
    name,
    { type: "application/pdf" },
  );
