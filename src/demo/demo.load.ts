import type { Deps } from "../deps.ts";

export type DemoLoaded = { isDemo: boolean; password: string; signIns: { name: string; login: string; roles: string }[] };

export async function loadDemo(deps: Deps, _folder: string): Promise<DemoLoaded> {
  return { isDemo: deps.isDemo, password: "", signIns: [] };
}
