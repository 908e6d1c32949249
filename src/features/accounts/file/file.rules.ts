import { type Actor, isMember } from "../../../kernel/actor.ts";
import type { visibilities } from "../../../kernel/codes.ts";

export type Visibility = (typeof visibilities)[number];
/** A stored file; its bytes lie in the store by `sha256` and never change. */
export type FileRecord = {
  id: string;
  sha256: string;
  size: number;
  mediaType: string;
  name: string;
  visibility: Visibility;
  ownerOrganisationId: string | undefined;
  uploadedBy: string | undefined;
  state: "PENDING" | "READY";
  createdAt: Date;
};

/** Who may open a file by what it says of itself; features add readers of their own (a deal's parties, an operator who verifies). */
export function mayOpenFile(actor: Actor | undefined, file: FileRecord): boolean {
  if (file.state !== "READY") return false;
  if (file.visibility === "PUBLIC") return true;
  if (!actor) return false;
  if (file.visibility === "MEMBERS") return true;
  return file.ownerOrganisationId !== undefined
    ? isMember(actor, file.ownerOrganisationId)
    : file.uploadedBy === actor.personId;
}
