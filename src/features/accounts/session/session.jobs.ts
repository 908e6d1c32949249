import { z } from "zod";
import type { Deps } from "../../../deps.ts";
import type { Job } from "../../../platform/jobs.ts";
import { deleteExpired } from "./session.queries.ts";

export const sweepSessionsJob: Job<object, Deps> = {
  name: "session.sweep",
  input: z.object({}),
  cron: "40 3 * * *",
  run: (_input, deps) => deleteExpired(deps.db, deps.clock.now()),
};
