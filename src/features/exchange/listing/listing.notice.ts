import type { Tx } from "../../../platform/database/database.ts";
import type { ListingDeps } from "./listing.actions.ts";
import { ownerAddress } from "./listing.operator.queries.ts";
import type { Listing, ListingVerb } from "./listing.rules.ts";
import { listingWords } from "./listing.words.ts";

const told: readonly ListingVerb[] = [
  "PUBLISH",
  "REQUEST_CHANGES",
  "REJECT",
  "SUSPEND",
  "RESTORE",
  "GO_STALE",
  "EXPIRE",
];

/** Tells the owner by mail what happened to a listing; silent where the organisation gave no address. */
export async function notifyOwner(deps: ListingDeps, tx: Tx, listing: Listing, verb: ListingVerb): Promise<void> {
  if (!told.includes(verb)) return;
  const email = await ownerAddress(tx, listing.organisationId);
  if (!email) return;
  const t = listingWords.vi.notice;
  const title = listing.draft.title ?? listing.code;
  const body = t.body(
    title,
    t.happened[verb as keyof typeof t.happened],
    `${deps.config.publicUrl}/khong-gian/tin-dang/${listing.code}`,
  );
  await deps.messages.send(tx, { channel: "MAIL", recipient: email, subject: t.subject(title), body });
}
