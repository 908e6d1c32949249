import type { Deps } from "../../deps.ts";
import type { Catalogue } from "./search/catalogue.ts";

/** The exchange's routes and jobs need the catalogue in memory besides what everybody gets. */
export type ExchangeDeps = Deps & { catalogue: Catalogue };
