import type { RouteTable } from "../../../kernel/access.ts";

export const intermediaryAccess: RouteTable = {
  "GET /van-phong/trung-gian": { roles: ["PROGRAMME_OFFICER"], scope: "ANY" },
  "POST /van-phong/trung-gian": { roles: ["PROGRAMME_OFFICER"], scope: "ANY" },
  "GET /van-phong/trung-gian/:id": { roles: ["PROGRAMME_OFFICER"], scope: "ANY" },
  "POST /van-phong/trung-gian/:id/ket-noi": { roles: ["PROGRAMME_OFFICER"], scope: "ANY", upload: true },
  "POST /van-phong/trung-gian/:id/rut": { roles: ["PROGRAMME_OFFICER"], scope: "ANY" },
};
