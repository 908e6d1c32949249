import type { Day } from "../../../kernel/clock.ts";
import { done, type Outcome, refuse } from "../../../kernel/outcome.ts";

/** TT 16/2014: what an intermediary of the market can be. */
export const intermediaryKinds = [
  "EXCHANGE",
  "TRADE_CENTRE",
  "PROMOTION_CENTRE",
  "IP_VALUATION",
  "INNOVATION_CENTRE",
  "INCUBATOR",
] as const;
export type IntermediaryKind = (typeof intermediaryKinds)[number];

/** Its connection to the national network, with the document that shows it. */
export type Connection = {
  id: string;
  connectedOn: Day;
  documentTitle: string;
  documentNumber: string | undefined;
  fileId: string;
};
export type Intermediary = {
  id: string;
  organisationId: string;
  organisationName: string;
  organisationSlug: string;
  kind: IntermediaryKind;
  formedOn: Day;
  connection: Connection | undefined;
  version: number;
};

/** It counts once it is formed and connected, with evidence; not before that day. */
export const countsOn = (intermediary: Intermediary, day: Day): boolean =>
  intermediary.connection !== undefined && intermediary.formedOn <= day && intermediary.connection.connectedOn <= day;

export function mayConnect(intermediary: Intermediary, connectedOn: Day, today: Day): Outcome<true> {
  if (intermediary.connection) return refuse("intermediary.connected_already");
  if (connectedOn < intermediary.formedOn) return refuse("intermediary.connected_before_formed", "connectedOn");
  if (connectedOn > today) return refuse("field.day.future", "connectedOn");
  return done(true);
}
