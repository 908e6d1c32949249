import {
  answerInterest,
  assignBroker,
  expressInterest,
  followUpInterests,
  publishedById,
} from "../features/exchange/index.ts";
import type { Actor } from "../kernel/actor.ts";
import { addDays, type Day } from "../kernel/clock.ts";
import type { DemoInterest, DemoMarket } from "./demo.schema.ts";
import { found, type Load, memberOf, must, type Step } from "./demo.steps.ts";

/** An interest's way: asked, screened by the exchange where the listing wants it, answered by the listing's owner or by nobody. */

const screener = "duyen-van-hanh";
/** Nobody answered within fourteen days: the daily job closes it. */
const closedAfterDays = 15;

export function interestSteps(market: DemoMarket, today: Day): Step[] {
  const steps = market.interests.flatMap((interest) => stepsOf(interest, market));
  steps.push({
    day: today,
    hour: 7,
    what: "the daily follow-up of interests",
    run: async (load) => void (await followUpInterests(load.deps)),
  });
  return steps;
}

function stepsOf(interest: DemoInterest, market: DemoMarket): Step[] {
  const steps: Step[] = [];
  const at = (day: Day, hour: number, what: string, run: Step["run"]) =>
    steps.push({ day, hour, what: `interest ${interest.key}: ${what}`, run });
  const owner = (load: Load) =>
    memberOf(load, market.listings.find((one) => one.key === interest.listing)?.organisation ?? "", "interest.answer");
  at(interest.sentOn, 13, "ask", (load) => ask(load, interest));
  const { broker } = interest;
  if (broker) at(interest.screenedOn ?? interest.sentOn, 13, "assign", (load) => assign(load, interest, broker));
  if (interest.screenedOn) {
    at(interest.screenedOn, 14, "screen", (load) => answer(load, interest, found(load.people, screener), "screen"));
    if (interest.forwardedOn)
      at(interest.forwardedOn, 15, "forward", (load) =>
        answer(load, interest, found(load.people, screener), "forward"),
      );
  }
  if (interest.answeredOn) {
    const verb = interest.state === "DECLINED" ? "decline" : "accept";
    at(interest.answeredOn, 16, verb, (load) => answer(load, interest, owner(load), verb));
  }
  if (interest.state === "NO_ANSWER" && interest.forwardedOn)
    at(
      addDays(interest.forwardedOn, closedAfterDays),
      7,
      "run out",
      async (load) => void (await followUpInterests(load.deps)),
    );
  return steps;
}

async function ask(load: Load, interest: DemoInterest): Promise<void> {
  const listing = await publishedById(load.deps.db, found(load.listings, interest.listing).id);
  if (!listing) throw new Error(`the listing ${interest.listing} is not shown`);
  const asker = interest.person
    ? found(load.people, interest.person)
    : memberOf(load, interest.organisation, "interest.express");
  const input = {
    tin: listing.shortCode,
    cooperation: interest.cooperation,
    missingInformation: interest.missingInformation,
    about: interest.aboutUs,
  };
  const { code } = must(await expressInterest(load.deps, asker, input));
  load.interests.set(interest.key, { code, version: 1 });
}

async function assign(load: Load, interest: DemoInterest, broker: string): Promise<void> {
  const { code, version } = found(load.interests, interest.key);
  must(
    await assignBroker(load.deps, found(load.people, screener), code, {
      version,
      broker: found(load.organisations, broker),
    }),
  );
  load.interests.set(interest.key, { code, version: version + 1 });
}

async function answer(
  load: Load,
  interest: DemoInterest,
  actor: Actor,
  verb: "screen" | "forward" | "accept" | "decline",
): Promise<void> {
  const { code, version } = found(load.interests, interest.key);
  const reasonCode = verb === "decline" ? interest.declineReason : undefined;
  must(await answerInterest(load.deps, actor, code, { verb, version, reasonCode }));
  load.interests.set(interest.key, { code, version: version + 1 });
}
