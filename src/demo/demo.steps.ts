import type { Deps } from "../deps.ts";
import { storeUpload } from "../features/accounts/index.ts";
import { type Ability, type Actor, can } from "../kernel/actor.ts";
import { type Day, stoppedClock } from "../kernel/clock.ts";
import { paperOf } from "./demo.paper.ts";
import type { DemoMarket } from "./demo.schema.ts";

/** The load as a list of steps in the order of their days: each is one action of somebody, with the clock stopped at its time. */

export type Step = {
  day: Day;
  /** Orders the steps of a day, and is the hour at which the clock stands. */
  hour: number;
  what: string;
  run(load: Load): Promise<void>;
};

/** What earlier steps made, by the keys of the content. */
export type Load = {
  /** Everything an action needs, with the clock of the step. */
  deps: Deps;
  market: DemoMarket;
  /** Where the content lies, with its pictures. */
  folder: string;
  passwordHash: string;
  organisations: Map<string, string>;
  people: Map<string, Actor>;
  listings: Map<string, { id: string; code: string; version: number }>;
  interests: Map<string, { code: string; version: number }>;
  deals: Map<string, { code: string; version: number }>;
};

export const clockAt = (step: Pick<Step, "day" | "hour">) =>
  stoppedClock(`${step.day}T${String(step.hour).padStart(2, "0")}:00:00+07:00`);

/** Days first, then hours; steps of one hour stay in the order in which they were planned. */
export const inOrder = (steps: readonly Step[]): Step[] =>
  [...steps].sort((a, b) => (a.day === b.day ? a.hour - b.hour : a.day < b.day ? -1 : 1));

type Answer<T> = { ok: true; value: T } | { ok: false; why: string | Readonly<Record<string, string>>; field?: string };
/** What an action refuses, the content of the demo does wrong: the load ends there and says so. */
export function must<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  throw new Error(
    typeof answer.why === "string"
      ? [answer.why, answer.field].filter(Boolean).join(" at ")
      : JSON.stringify(answer.why),
  );
}

export function found<T>(from: ReadonlyMap<string, T>, key: string): T {
  const value = from.get(key);
  if (value === undefined) throw new Error(`${key} does not stand yet`);
  return value;
}

/** Somebody who may do this for that organisation. */
export function memberOf(load: Load, organisation: string, ability: Ability): Actor {
  const id = found(load.organisations, organisation);
  for (const actor of load.people.values()) if (can(actor, ability, id)) return actor;
  throw new Error(`nobody of ${organisation} may ${ability}`);
}

/** Stores a paper of the demo and answers the file's id. */
export async function storePaper(
  load: Load,
  actor: Actor,
  name: string,
  title: string,
  paragraphs: readonly string[],
  ownerOrganisationId?: string,
): Promise<string> {
  const file = new File([paperOf(title, paragraphs)], name, { type: "application/pdf" });
  return must(
    await storeUpload(load.deps, load.deps.db, actor, file, { visibility: "RESTRICTED", ownerOrganisationId }),
  ).id;
}
