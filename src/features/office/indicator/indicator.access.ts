import type { RouteTable } from "../../../kernel/access.ts";

export const indicatorAccess: RouteTable = {
  "GET /chi-tieu": { roles: "PUBLIC", scope: "ANY" },
  "GET /chi-tieu.json": { roles: "PUBLIC", scope: "ANY" },
  "GET /chi-tieu/:key": { roles: "PUBLIC", scope: "ANY" },
  "GET /van-phong/chi-tieu": { roles: ["PROGRAMME_OFFICER", "AUDITOR"], scope: "ANY" },
  "POST /van-phong/chi-tieu/dem-lai": { roles: ["PROGRAMME_OFFICER", "AUDITOR"], scope: "ANY" },
};
