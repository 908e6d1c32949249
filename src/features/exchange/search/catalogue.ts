import type { Deps } from "../../../deps.ts";

/** The catalogue in memory of this node: a projection of published_listing (decisions.md 21). */
export type Catalogue = {
  /** Brings the projection up to what is committed now; call after publishing or withdrawing so that it holds at once on this node. */
  refresh(): Promise<void>;
  close(): Promise<void>;
};

export async function openCatalogue(_deps: Deps): Promise<Catalogue> {
  return { refresh: async () => {}, close: async () => {} };
}
