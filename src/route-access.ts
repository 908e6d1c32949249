import { accountsAccess } from "./features/accounts/index.ts";
import { exchangeAccess } from "./features/exchange/index.ts";
import { officeAccess } from "./features/office/index.ts";
import { portalAccess } from "./features/portal/index.ts";
import type { RouteTable } from "./kernel/access.ts";

/** The table of route × role (decisions.md 14); each noun keeps its rows, a test compares the whole with the real router. */
export const routeAccess: RouteTable = {
  "GET /suc-khoe": { roles: "PUBLIC", scope: "ANY" },
  "GET /bieu-trung.svg": { roles: "PUBLIC", scope: "ANY" },
  "ALL /api/auth/*": { roles: "PUBLIC", scope: "ANY" },
  ...accountsAccess,
  ...exchangeAccess,
  ...officeAccess,
  ...portalAccess,
};
