import type { Deps } from "../../../deps.ts";
import type { Actor, Membership } from "../../../kernel/actor.ts";
import { localDay } from "../../../kernel/clock.ts";
import { done, type Outcome, refuse } from "../../../kernel/outcome.ts";
import { organisationById } from "../../accounts/index.ts";
import type { Batch } from "./import.batch.ts";
import { membershipsOf, operatorOrganisation } from "./import.queries.ts";
import { type ImportKind, mayImport, mayPublish } from "./import.rules.ts";

/** For whom a job works: with the roles they hold while it works, not those they had when they sent the file. */

/** People of the system's own, without a sign-in, under whose names the command line is written down. */
export const commandPeople = {
  sender: { id: "00000000-0000-7000-8000-000000000101", name: "Lệnh san import" },
  decider: { id: "00000000-0000-7000-8000-000000000102", name: "Lệnh san import --publish" },
} as const;

/** The command line acts for the organisation that runs the exchange; deals it enters for the owner. */
export const commandActor = (
  who: { id: string; name: string },
  of: { operator: string; kind: ImportKind; ownerId: string; ownerName?: string },
): Actor => ({
  personId: who.id,
  name: who.name,
  memberships: [
    { organisationId: of.operator, organisationName: "", role: "EXCHANGE_OPERATOR" },
    ...(of.kind === "DEALS"
      ? [{ organisationId: of.ownerId, organisationName: of.ownerName ?? "", role: "PROGRAMME_OFFICER" as const }]
      : []),
  ],
  organisationId: of.kind === "DEALS" ? of.ownerId : of.operator,
  secondFactor: false,
});

type ActorDeps = Pick<Deps, "db" | "clock">;
async function actorNow({ db, clock }: ActorDeps, personId: string, batch: Batch): Promise<Actor> {
  const today = localDay(clock.now());
  const command = Object.values(commandPeople).find(({ id }) => id === personId);
  const operator = command && (await operatorOrganisation(db, today));
  if (command && operator) return commandActor(command, { ...batch, operator, ownerId: batch.organisationId });
  const memberships: Membership[] = await membershipsOf(db, personId, today);
  const organisationId = memberships.find((m) => m.organisationId === batch.organisationId)?.organisationId;
  return { personId, name: "", memberships, organisationId, secondFactor: false };
}

/** Sender and, where it is published at once, decider, each still with the right to it; else why not. */
export async function peopleOf(
  deps: ActorDeps,
  batch: Batch,
): Promise<Outcome<{ sender: Actor; decider: Actor | undefined }>> {
  const sender = await actorNow(deps, batch.personId, batch);
  if (!mayImport(sender, batch.kind, batch.organisationId)) return refuse("import.sender.lost_role");
  if (!batch.publish) return done({ sender, decider: undefined });
  const decider = await actorNow(deps, batch.acceptedBy ?? batch.personId, batch);
  const owner = await organisationById(deps.db, batch.organisationId);
  const isVerified = owner?.verification === "VERIFIED";
  if (!owner || !mayPublish(decider, batch.kind, { id: owner.id, isVerified }))
    return refuse("import.publish.not_allowed");
  return done({ sender, decider });
}
