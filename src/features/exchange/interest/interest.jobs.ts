import { z } from "zod";
import type { Deps } from "../../../deps.ts";
import { inTransaction } from "../../../platform/database/database.ts";
import { recordEvent } from "../../../platform/events.ts";
import type { Job } from "../../../platform/jobs.ts";
import { tellAsker, tellOwner } from "./interest.notice.ts";
import { lockInterest, patchInterest, waitingSince } from "./interest.queries.ts";
import { closeAfterDays, interestSteps, remindAfterDays } from "./interest.rules.ts";

const batch = 1_000;
const daysBefore = (at: Date, days: number) => new Date(at.getTime() - days * 86_400_000);

/** Unanswered after 7 days: a reminder; after 14 days it closes. Each row in a transaction of its own, looked at again under its lock. */
export async function followUpInterests(deps: Deps): Promise<{ reminded: number; closed: number }> {
  const now = deps.clock.now();
  const done = { reminded: 0, closed: 0 };
  for (const code of await waitingSince(deps.db, daysBefore(now, closeAfterDays), false, batch))
    if (await close(deps, code)) done.closed++;
  for (const code of await waitingSince(deps.db, daysBefore(now, remindAfterDays), true, batch))
    if (await remind(deps, code)) done.reminded++;
  return done;
}

const close = (deps: Deps, code: string): Promise<boolean> =>
  inTransaction(deps.db, async (tx) => {
    const interest = await lockInterest(tx, code);
    const to = interest && interestSteps[interest.state].expire;
    if (!interest || !to) return false;
    await patchInterest(tx, interest.id, { state: to });
    await recordEvent(tx, {
      actorId: undefined,
      subject: "interest",
      subjectId: interest.id,
      verb: "expire",
      detail: { code, from: interest.state, to },
    });
    await tellAsker(deps, tx, { ...interest, state: to });
    return true;
  });

const remind = (deps: Deps, code: string): Promise<boolean> =>
  inTransaction(deps.db, async (tx) => {
    const interest = await lockInterest(tx, code);
    if (interest?.state !== "FORWARDED") return false;
    await patchInterest(tx, interest.id, { reminded_at: deps.clock.now() });
    await recordEvent(tx, {
      actorId: undefined,
      subject: "interest",
      subjectId: interest.id,
      verb: "remind",
      detail: { code },
    });
    await tellOwner(deps, tx, interest, "remind");
    return true;
  });

export const followUpJob: Job<object, Deps> = {
  name: "interest.follow_up",
  input: z.object({}),
  cron: "10 7 * * *",
  run: async (_input, deps) => {
    await followUpInterests(deps);
  },
};
