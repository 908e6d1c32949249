import type { RouteTable } from "../../../kernel/access.ts";
import type { Role } from "../../../kernel/actor.ts";

/** Who may open the routes of this noun (decisions.md 14); a deal itself opens to its parties, its broker and those who watch over it. */
const party = { roles: "SIGNED_IN", scope: "PARTY" } as const;
const office: readonly Role[] = ["PROGRAMME_OFFICER", "EXCHANGE_OPERATOR", "AUDITOR"];
const entering: readonly Role[] = ["PROGRAMME_OFFICER", "EXCHANGE_OPERATOR"];
const officer: readonly Role[] = ["PROGRAMME_OFFICER"];
export const dealAccess: RouteTable = {
  "GET /khong-gian/giao-dich": { roles: "SIGNED_IN", scope: "OWN_ORG" },
  "GET /khong-gian/giao-dich/moi": party,
  "POST /khong-gian/giao-dich/moi": party,
  "GET /giao-dich/:code": party,
  "POST /giao-dich/:code/buoc": party,
  "POST /giao-dich/:code/xac-nhan": party,
  "POST /giao-dich/:code/minh-chung": party,
  "GET /giao-dich/:code/hop-dong": party,
  "POST /giao-dich/:code/hop-dong": party,
  "GET /van-phong/giao-dich": { roles: office, scope: "ASSIGNED" },
  "GET /van-phong/giao-dich/moi": { roles: entering, scope: "ANY" },
  "POST /van-phong/giao-dich/moi": { roles: entering, scope: "ANY" },
  "GET /van-phong/giao-dich/:code": { roles: office, scope: "ASSIGNED" },
  "POST /van-phong/giao-dich/:code/minh-chung/:id": { roles: officer, scope: "ASSIGNED" },
  "POST /van-phong/giao-dich/:code/huy": { roles: officer, scope: "ASSIGNED" },
  "GET /van-phong/giao-dich/:code/dieu-chinh": { roles: officer, scope: "ASSIGNED" },
  "POST /van-phong/giao-dich/:code/dieu-chinh": { roles: officer, scope: "ASSIGNED" },
};
