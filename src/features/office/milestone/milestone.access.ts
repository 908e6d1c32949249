import type { RouteTable } from "../../../kernel/access.ts";

export const milestoneAccess: RouteTable = {
  "GET /van-phong/cot-moc": { roles: ["PROGRAMME_OFFICER"], scope: "ANY" },
  "POST /van-phong/cot-moc": { roles: ["PROGRAMME_OFFICER"], scope: "ANY", upload: true },
  "POST /van-phong/cot-moc/:id/rut": { roles: ["PROGRAMME_OFFICER"], scope: "ANY" },
};
