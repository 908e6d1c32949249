import { newId } from "../kernel/id.ts";
import type { Tx } from "./database/database.ts";

/** One change to one record. `detail` holds ids, codes and figures, never names, contacts or free text (decisions.md 12). */
export type EventToRecord = {
  actorId: string | undefined;
  organisationId?: string | undefined;
  subject: string;
  subjectId: string;
  verb: string;
  detail?: Record<string, string | number | boolean | null>;
  /** When it happened; now, as the database reads the time, when not given. */
  at?: Date | undefined;
};
export type RecordedEvent = EventToRecord & { id: string };

/** What else must happen in the same transaction when an event is recorded; the list stands in app.tsx (decisions.md 11). */
export type Reaction = (tx: Tx, event: RecordedEvent) => Promise<void>;

/** Writes the event of a change, in the transaction that makes the change (style R8). */
export async function recordEvent(tx: Tx, event: EventToRecord): Promise<RecordedEvent> {
  const id = newId();
  await tx
    .insertInto("event")
    .values({
      id,
      actor_id: event.actorId ?? null,
      organisation_id: event.organisationId ?? null,
      subject: event.subject,
      subject_id: event.subjectId,
      verb: event.verb,
      detail: JSON.stringify(event.detail ?? {}),
      ...(event.at && { at: event.at }),
    })
    .execute();
  return { ...event, id };
}
