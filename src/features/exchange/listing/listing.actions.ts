import { isDeepStrictEqual } from "node:util";
import type { Deps } from "../../../deps.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { localDay } from "../../../kernel/clock.ts";
import type { GoodsKind } from "../../../kernel/codes.ts";
import { newId } from "../../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../../kernel/outcome.ts";
import { nextStep } from "../../../kernel/steps.ts";
import { nextCode } from "../../../platform/counter.ts";
import { inTransaction } from "../../../platform/database/database.ts";
import { recordEvent } from "../../../platform/events.ts";
import { type ListingDocument, type ListingKind, listingDocument } from "./listing.document.ts";
import { attachFile, changeFile, filesOf } from "./listing.file.queries.ts";
import { organisationExists } from "./listing.operator.queries.ts";
import { changeListing, insertListing, listingById, lockListing } from "./listing.queries.ts";
import { draftSteps, isEditable, isNewVersion, type Listing, mayCreate, mayOpen } from "./listing.rules.ts";

/** Writing a draft: begin it, save it, its files. Sending and deciding are in the files beside. */

/** What the listing's actions need; with a catalogue, what is published or hidden shows on this node at once. */
export type ListingDeps = Pick<Deps, "config" | "db" | "clock" | "pack" | "messages"> & {
  catalogue?: { refresh(): Promise<void> };
};

export type CreateListing = {
  /** Given by a form, so that the same form sent twice makes one draft. */
  id?: string;
  kind: ListingKind;
  goodsKind: GoodsKind;
  organisationId: string;
  title: string;
  document?: ListingDocument;
  /** Where an imported listing comes from, and its identity there. */
  source?: string;
  sourceId?: string;
};

/** Begins a draft. An operator may for any organisation; the event says who did. */
export const createListing = (deps: ListingDeps, actor: Actor, input: CreateListing): Promise<Outcome<Listing>> =>
  inTransaction(deps.db, async (tx) => {
    if (!mayCreate(actor, input.kind, input.organisationId)) return refuse("action.not_allowed");
    const document = listingDocument.safeParse({ ...input.document, title: input.title });
    if (!document.success) return refuse("listing.document.invalid");
    const id = input.id ?? newId();
    const there = input.id ? await listingById(tx, input.id) : undefined;
    if (there) return mayOpen(actor, there) ? done(there) : refuse("form.invalid");
    if (!(await organisationExists(tx, input.organisationId))) return refuse("field.choice.invalid", "organisationId");
    const now = deps.clock.now();
    const code = await nextCode(tx, "TIN", Number(localDay(now).slice(0, 4)));
    const { kind, goodsKind, organisationId, source, sourceId } = input;
    const draft = withDefaults(document.data);
    const isNew = await insertListing(
      tx,
      { id, code, kind, goodsKind, organisationId, createdBy: actor.personId, draft, source, sourceId },
      now,
    );
    const made = await listingById(tx, id);
    if (!made) throw new Error(`listing ${id} was just written and is missing`);
    // The same form sent twice at once: the other one made the draft, this one's number is lost.
    if (!isNew) return mayOpen(actor, made) ? done(made) : refuse("form.invalid");
    await recordEvent(tx, eventOf(actor, made, "create", { kind, goodsKind }));
    return done(made);
  });

const withDefaults = (document: ListingDocument): ListingDocument => ({
  contactPolicy: "DIRECT",
  visibility: "PUBLIC",
  techClass: "NORMAL",
  ...document,
});

export type DraftChange = { version: number; set: ListingDocument; clear?: readonly (keyof ListingDocument)[] };

/** Saves what a step changes. A published listing keeps its snapshot; its draft becomes the next version. */
export const saveDraft = (
  deps: ListingDeps,
  actor: Actor,
  code: string,
  change: DraftChange,
): Promise<Outcome<Listing>> =>
  inTransaction(deps.db, async (tx) => {
    const listing = await lockListing(tx, code);
    if (!listing || !mayOpen(actor, listing)) return refuse("listing.missing");
    if (!isEditable(listing)) return refuse("listing.not_editable");
    if (listing.version !== change.version) return refuse("record.stale");
    const draft: ListingDocument = { ...listing.draft, ...change.set };
    for (const name of change.clear ?? []) delete draft[name];
    if (isDeepStrictEqual(draft, listing.draft)) return done(listing);
    const draftState = isNewVersion(listing)
      ? (nextStep(draftSteps, listing.draftState, "EDIT") ?? listing.draftState)
      : listing.draftState;
    const now = deps.clock.now();
    if (!(await changeListing(tx, listing, { draft, draftState }, now))) return refuse("record.stale");
    await recordEvent(tx, eventOf(actor, listing, "save", { version: listing.version + 1 }));
    return done({ ...listing, draft, draftState, version: listing.version + 1, updatedAt: now });
  });

export const eventOf = (
  actor: Actor | undefined,
  listing: Listing,
  verb: string,
  detail: Record<string, string | number | boolean | null> = {},
) => ({
  actorId: actor?.personId,
  organisationId: listing.organisationId,
  subject: "listing",
  subjectId: listing.id,
  verb,
  detail: { code: listing.code, ...detail },
});

export const filesMax = 20;
export type NewFile = {
  fileId: string;
  kind: "PICTURE" | "ATTACHMENT";
  visibility: "PUBLIC" | "MEMBERS" | "RESTRICTED";
  alt?: string | undefined;
};

/** Adds a stored file to the draft. */
export const addListingFile = (
  deps: ListingDeps,
  actor: Actor,
  code: string,
  file: NewFile,
): Promise<Outcome<Listing>> =>
  changeFiles(deps, actor, code, "add-file", file.fileId, async (tx, listing) => {
    const files = await filesOf(tx, listing.id);
    if (files.length >= filesMax) return "listing.files.too_many";
    await attachFile(tx, listing.id, { ...file, id: file.fileId, alt: file.alt, position: files.length });
    return undefined;
  });

/** Changes what is said of a file, or takes it out of the draft; a published snapshot keeps it until the next version. */
export const changeListingFile = (
  deps: ListingDeps,
  actor: Actor,
  code: string,
  fileId: string,
  change: { visibility: string; alt: string | undefined } | "REMOVE",
): Promise<Outcome<Listing>> =>
  changeFiles(deps, actor, code, change === "REMOVE" ? "remove-file" : "change-file", fileId, async (tx, listing) =>
    (await changeFile(tx, listing.id, fileId, change, deps.clock.now())) ? undefined : "record.missing",
  );

type FileWork = (
  tx: Parameters<typeof filesOf>[0] & Parameters<typeof attachFile>[0],
  listing: Listing,
) => Promise<string | undefined>;
const changeFiles = (
  deps: ListingDeps,
  actor: Actor,
  code: string,
  verb: string,
  fileId: string,
  work: FileWork,
): Promise<Outcome<Listing>> =>
  inTransaction(deps.db, async (tx) => {
    const listing = await lockListing(tx, code);
    if (!listing || !mayOpen(actor, listing)) return refuse("listing.missing");
    if (!isEditable(listing)) return refuse("listing.not_editable");
    const why = await work(tx, listing);
    if (why) return refuse(why);
    const draftState = isNewVersion(listing)
      ? (nextStep(draftSteps, listing.draftState, "EDIT") ?? listing.draftState)
      : listing.draftState;
    if (!(await changeListing(tx, listing, { draftState }, deps.clock.now())))
      throw new Error("the locked listing moved");
    await recordEvent(tx, eventOf(actor, listing, verb, { file: fileId }));
    return done({ ...listing, draftState, version: listing.version + 1 });
  });
