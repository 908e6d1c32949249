import type { Deps } from "../../../deps.ts";
import { localDay } from "../../../kernel/clock.ts";
import type { Tx } from "../../../platform/database/database.ts";
import { recordEvent } from "../../../platform/events.ts";
import type { Batch } from "./import.batch.ts";

/** What imports need; with a catalogue, what is published shows on this node at once. */
export type ImportDeps = Pick<
  Deps,
  "config" | "db" | "pool" | "clock" | "pack" | "files" | "jobs" | "messages" | "secret"
> & {
  catalogue?: { refresh(): Promise<void> };
};

export type Progress = { phase: "STAGING" | "ACCEPTING" | "PUBLISHING"; done: number; total: number | undefined };
export type OnProgress = (progress: Progress) => void;

export const yearOf = (deps: Pick<Deps, "clock">): number => Number(localDay(deps.clock.now()).slice(0, 4));

/** Figures and codes only (decisions.md 12). */
export const recordImport = (
  tx: Tx,
  actorId: string | undefined,
  batch: Pick<Batch, "id" | "code" | "organisationId">,
  verb: string,
  detail: Record<string, string | number | boolean | null> = {},
) =>
  recordEvent(tx, {
    actorId,
    organisationId: batch.organisationId,
    subject: "import",
    subjectId: batch.id,
    verb,
    detail: { code: batch.code, ...detail },
  });
