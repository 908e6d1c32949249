import type { RouteAccess, RouteTable } from "../../../kernel/access.ts";
import { abilities } from "../../../kernel/actor.ts";

/** Who may open the routes of this noun (decisions.md 14). */
const importers: RouteAccess = {
  roles: [...abilities["import.listings"], ...abilities["import.deals"]],
  scope: "OWN_ORG",
};

export const importAccess: RouteTable = {
  "GET /khong-gian/nhap-du-lieu": importers,
  "GET /khong-gian/nhap-du-lieu/moi": importers,
  "POST /khong-gian/nhap-du-lieu/moi": { ...importers, upload: true },
  "GET /khong-gian/nhap-du-lieu/mau/:kind": importers,
  "GET /khong-gian/nhap-du-lieu/:code": importers,
  "POST /khong-gian/nhap-du-lieu/:code": importers,
  "POST /khong-gian/nhap-du-lieu/:code/cot": importers,
  "GET /khong-gian/nhap-du-lieu/:code/tien-do.json": importers,
  "GET /khong-gian/nhap-du-lieu/:code/dong-loi": importers,
};
