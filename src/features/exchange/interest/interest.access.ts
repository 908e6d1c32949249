import type { RouteTable } from "../../../kernel/access.ts";
import type { Role } from "../../../kernel/actor.ts";

/** Who may open the routes of this noun (decisions.md 14). */
const screeners: readonly Role[] = ["BROKER", "EXCHANGE_OPERATOR"];
export const interestAccess: RouteTable = {
  "GET /quan-tam/moi": { roles: "PUBLIC", scope: "ANY" },
  "POST /quan-tam/moi": { roles: "PUBLIC", scope: "ANY" },
  "GET /quan-tam/tra-cuu": { roles: "PUBLIC", scope: "ANY" },
  "POST /quan-tam/tra-cuu": { roles: "PUBLIC", scope: "ANY" },
  "GET /khong-gian/quan-tam": { roles: "SIGNED_IN", scope: "OWN_ORG" },
  "GET /khong-gian/quan-tam/:code": { roles: "SIGNED_IN", scope: "PARTY" },
  "POST /khong-gian/quan-tam/:code": { roles: "SIGNED_IN", scope: "PARTY" },
  "GET /van-phong/quan-tam": { roles: screeners, scope: "ASSIGNED" },
  "GET /van-phong/quan-tam/:code": { roles: screeners, scope: "ASSIGNED" },
  "POST /van-phong/quan-tam/:code": { roles: screeners, scope: "ASSIGNED" },
  "POST /van-phong/quan-tam/:code/moi-gioi": { roles: ["EXCHANGE_OPERATOR"], scope: "ASSIGNED" },
};
