import type { RouteTable } from "../../../kernel/access.ts";
import type { Role } from "../../../kernel/actor.ts";

const writers: readonly Role[] = ["MEMBER_BUYER", "MEMBER_SELLER", "TTO_MANAGER", "EXCHANGE_OPERATOR"];
const reviewers: readonly Role[] = ["REVIEWER", "EXCHANGE_OPERATOR"];

/** Who may open the routes of this noun (decisions.md 14). */
export const listingAccess: RouteTable = {
  "GET /san": { roles: "PUBLIC", scope: "ANY" },
  "GET /san/:nhom": { roles: "PUBLIC", scope: "ANY" },
  "GET /san/:nhom/:tin": { roles: "PUBLIC", scope: "ANY" },
  "GET /nhu-cau": { roles: "PUBLIC", scope: "ANY" },
  "GET /nhu-cau/:tin": { roles: "PUBLIC", scope: "ANY" },
  "GET /khong-gian/tin-dang": { roles: writers, scope: "OWN_ORG" },
  "GET /khong-gian/tin-dang/moi": { roles: writers, scope: "OWN_ORG" },
  "POST /khong-gian/tin-dang/moi": { roles: writers, scope: "OWN_ORG" },
  "GET /khong-gian/tin-dang/:code": { roles: writers, scope: "OWN_ORG" },
  "POST /khong-gian/tin-dang/:code": { roles: writers, scope: "OWN_ORG" },
  "GET /khong-gian/tin-dang/:code/:step": { roles: writers, scope: "OWN_ORG" },
  "POST /khong-gian/tin-dang/:code/:step": { roles: writers, scope: "OWN_ORG", upload: true },
  "POST /khong-gian/tin-dang/:code/tep/:fileId": { roles: writers, scope: "OWN_ORG" },
  "GET /van-phong/duyet-tin": { roles: reviewers, scope: "ASSIGNED" },
  "GET /van-phong/duyet-tin/:code": { roles: reviewers, scope: "ASSIGNED" },
  "POST /van-phong/duyet-tin/:code": { roles: reviewers, scope: "ASSIGNED" },
};
