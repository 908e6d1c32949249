import type { Actor } from "../../../kernel/actor.ts";
import {
  type Deal,
  isWaitingCertificate,
  mayCorrect,
  type Parties,
  type Reach,
  reachOf,
  signedStates,
} from "./deal.rules.ts";

/** What of a deal somebody is shown, in one place for lists, pages, histories and files (decisions.md 13). */

export type Shown = {
  reach: Reach;
  /** Title, names of the parties, descriptions and documents. */
  names: boolean;
  /** What the parties wrote to each other, and how they settled it. */
  talks: boolean;
  /** Whose name may stand in the history: of everybody, or of these organisations. */
  historyNames: "ALL" | readonly string[];
};

/**
 * Parties, the named broker, who entered it and an auditor (logged) see all of it. An officer sees the counted fields; of a deal whose
 * documents are theirs to decide, or whose figures to correct, also what those documents must be held against.
 */
export function shownOf(actor: Actor | undefined, deal: Parties & { evidence: readonly unknown[] }): Shown | undefined {
  const reach = reachOf(actor, deal);
  if (!actor || !reach) return undefined;
  if (reach !== "OFFICER") return { reach, names: true, talks: true, historyNames: "ALL" };
  return {
    reach,
    names: deal.evidence.length > 0 && mayCorrect(actor, deal),
    talks: false,
    historyNames: actor.memberships.map((m) => m.organisationId),
  };
}

/** The history as somebody may read it. */
export const historyShown = <T extends { organisationId: string | undefined; organisation: string | undefined }>(
  shown: Shown,
  history: readonly T[],
): T[] =>
  history.map((one) =>
    shown.historyNames === "ALL" || (one.organisationId && shown.historyNames.includes(one.organisationId))
      ? one
      : { ...one, organisation: undefined },
  );

/** A row of a list as somebody may read it; undefined when they may not know of it. */
export function rowShown<
  T extends Parties & { evidence: readonly unknown[]; title: string | undefined; buyerName: string | undefined },
>(actor: Actor, row: T): (T & { reach: Reach }) | undefined {
  const shown = shownOf(actor, row);
  if (!shown) return undefined;
  return { ...row, reach: shown.reach, ...(!shown.names && { title: undefined, buyerName: undefined }) };
}

export const waitings = [
  "SIGNING",
  "CONTRACT",
  "CONTRACT_CONFIRMATION",
  "CERTIFICATE",
  "CERTIFICATE_CONFIRMATION",
] as const;
export type Waiting = (typeof waitings)[number];

/** What still stands between a deal and the province's figures; nothing for one that counts or never will. */
export function waitsFor(
  deal: Pick<Deal, "state" | "recognisedOn" | "registration" | "evidence" | "evidenceLevel">,
): Waiting[] {
  if (deal.recognisedOn !== undefined || deal.state === "CANCELLED") return [];
  const isThere = (kind: "CONTRACT" | "CERTIFICATE") =>
    deal.evidence.some((one) => one.kind === kind && one.decision === undefined);
  const waits: Waiting[] = signedStates.includes(deal.state) ? [] : ["SIGNING"];
  if (deal.evidenceLevel < 2) waits.push(isThere("CONTRACT") ? "CONTRACT_CONFIRMATION" : "CONTRACT");
  if (isWaitingCertificate(deal)) waits.push(isThere("CERTIFICATE") ? "CERTIFICATE_CONFIRMATION" : "CERTIFICATE");
  return waits;
}
