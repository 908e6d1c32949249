import type { RouteTable } from "../../../kernel/access.ts";

/** Who may open the routes of this noun (decisions.md 14). */
export const listingAccess: RouteTable = {};
