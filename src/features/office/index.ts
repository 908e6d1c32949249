import { Hono } from "hono";
import type { Deps } from "../../deps.ts";
import type { RouteTable } from "../../kernel/access.ts";
import type { Env } from "../../ui/page.tsx";
import { indicatorAccess } from "./indicator/indicator.access.ts";
import { indicatorRoutes } from "./indicator/indicator.routes.tsx";
import { intermediaryAccess } from "./intermediary/intermediary.access.ts";
import { intermediaryRoutes } from "./intermediary/intermediary.routes.tsx";
import { milestoneAccess } from "./milestone/milestone.access.ts";
import { milestoneRoutes } from "./milestone/milestone.routes.tsx";

/** The programme office's front door. */
export const officeAccess: RouteTable = { ...indicatorAccess, ...intermediaryAccess, ...milestoneAccess };
export const officeRoutes = (deps: Deps): Hono<Env> =>
  new Hono<Env>()
    .route("/", indicatorRoutes(deps))
    .route("/", intermediaryRoutes(deps))
    .route("/", milestoneRoutes(deps));

export { indicatorsCommand } from "./indicator/indicator.command.ts";
export { prepareFigures } from "./indicator/indicator.folds.queries.ts";
export type { ReadingJson } from "./indicator/indicator.json.ts";
export { indicatorReadings, type Reading } from "./indicator/indicator.readings.ts";

export { allowRecount, countingDifferences, type Difference } from "./indicator/indicator.recount.queries.ts";

export { connectIntermediary, recordIntermediary } from "./intermediary/intermediary.actions.ts";
export { recordStep } from "./milestone/milestone.actions.ts";
