import type { Deps } from "../../../deps.ts";
import { type Actor, can } from "../../../kernel/actor.ts";
import { localDay } from "../../../kernel/clock.ts";
import { newId } from "../../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../../kernel/outcome.ts";
import { brokenConstraint, inTransaction } from "../../../platform/database/database.ts";
import { recordEvent } from "../../../platform/events.ts";
import { storeUpload } from "../../accounts/index.ts";
import { organisationTyped } from "../../exchange/index.ts";
import type { ConnectionInput, IntermediaryInput, WithdrawInput } from "./intermediary.input.ts";
import {
  closeConnection,
  insertConnection,
  insertIntermediary,
  intermediaryById,
  touchIntermediary,
} from "./intermediary.queries.ts";
import { mayConnect } from "./intermediary.rules.ts";

type ActDeps = Pick<Deps, "db" | "clock" | "files">;
const event = (actor: Actor, id: string, verb: string, detail: Record<string, string | null> = {}) => ({
  actorId: actor.personId,
  organisationId: actor.organisationId,
  subject: "intermediary",
  subjectId: id,
  verb,
  detail,
});

/** Records that an organisation is an intermediary; it counts only once it is connected. */
export async function recordIntermediary(
  deps: ActDeps & Pick<Deps, "secret">,
  actor: Actor,
  input: IntermediaryInput,
): Promise<Outcome<string>> {
  if (!can(actor, "intermediary.record")) return refuse("record.missing");
  try {
    return await inTransaction(deps.db, async (tx) => {
      if (input.formedOn > localDay(deps.clock.now())) return refuse("field.day.future", "formedOn");
      const organisationId = await organisationTyped(tx, deps.secret, input.organisation);
      if (!organisationId) return refuse("intermediary.organisation_unknown", "organisation");
      const id = newId();
      await insertIntermediary(tx, { id, organisationId, kind: input.kind, formedOn: input.formedOn }, actor.personId);
      await recordEvent(tx, event(actor, id, "record", { organisationId, kind: input.kind, formedOn: input.formedOn }));
      return done(id);
    });
  } catch (error) {
    if (brokenConstraint(error) === "intermediary_organisation_id_key")
      return refuse("intermediary.recorded_already", "organisation");
    throw error;
  }
}

/** Records its connection to the national network; without the document it does not count, so there is none without. */
export async function connectIntermediary(
  deps: ActDeps,
  actor: Actor,
  id: string,
  input: ConnectionInput,
  upload: File | undefined,
): Promise<Outcome<string>> {
  if (!can(actor, "intermediary.record")) return refuse("record.missing");
  const before = await intermediaryById(deps.db, id);
  if (!before) return refuse("record.missing");
  const may = mayConnect(before, input.connectedOn, localDay(deps.clock.now()));
  if (!may.ok) return may;
  const stored = await storeUpload(deps, deps.db, actor, upload, {
    visibility: "MEMBERS",
    ownerOrganisationId: actor.organisationId,
  });
  if (!stored.ok) return refuse(stored.why, "file");
  return inTransaction(deps.db, async (tx) => {
    const now = await intermediaryById(tx, id);
    const still = now && mayConnect(now, input.connectedOn, localDay(deps.clock.now()));
    if (!still?.ok) return still ?? refuse("record.missing");
    if (!(await touchIntermediary(tx, id, input.version))) return refuse("record.stale");
    const connectionId = newId();
    const connection = { ...input, id: connectionId, intermediaryId: id, fileId: stored.value.id };
    await insertConnection(tx, connection, actor.personId, deps.clock.now());
    await recordEvent(
      tx,
      event(actor, id, "connect", { connectionId, connectedOn: input.connectedOn, fileId: stored.value.id }),
    );
    return done(connectionId);
  });
}

/** A connection recorded by mistake is withdrawn with its reason; the record of it stays. */
export function withdrawConnection(
  deps: ActDeps,
  actor: Actor,
  id: string,
  input: WithdrawInput,
): Promise<Outcome<true>> {
  return inTransaction(deps.db, async (tx) => {
    if (!can(actor, "intermediary.record")) return refuse("record.missing");
    const intermediary = await intermediaryById(tx, id);
    if (!intermediary) return refuse("record.missing");
    if (!intermediary.connection) return refuse("intermediary.not_connected");
    if (!(await touchIntermediary(tx, id, input.version))) return refuse("record.stale");
    const end = { by: actor.personId, at: deps.clock.now(), reason: input.reason };
    await closeConnection(tx, intermediary.connection.id, end);
    await recordEvent(tx, event(actor, id, "withdraw_connection", { connectionId: intermediary.connection.id }));
    return done(true);
  });
}
