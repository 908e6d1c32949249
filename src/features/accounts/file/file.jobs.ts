import { z } from "zod";
import type { Deps } from "../../../deps.ts";
import type { Job } from "../../../platform/jobs.ts";
import { sweepFiles } from "./file.actions.ts";

export const sweepFilesJob: Job<object, Deps> = {
  name: "file.sweep",
  input: z.object({}),
  cron: "20 3 * * *",
  run: async (_input, deps) => {
    await sweepFiles(deps);
  },
};
