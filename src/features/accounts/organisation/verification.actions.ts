import type { Deps } from "../../../deps.ts";
import { type Actor, can } from "../../../kernel/actor.ts";
import { newId } from "../../../kernel/id.ts";
import { inLanguage } from "../../../kernel/language.ts";
import { done, type Outcome, refuse } from "../../../kernel/outcome.ts";
import { type Db, inTransaction } from "../../../platform/database/database.ts";
import { recordEvent } from "../../../platform/events.ts";
import { storeUpload } from "../file/file.actions.ts";
import { personById } from "../person/person.queries.ts";
import { moveVerification, organisationById, organisationBySlug } from "./organisation.queries.ts";
import { mayManage, maySeeInside, type Organisation, stepVerification } from "./organisation.rules.ts";
import { organisationWords } from "./organisation.words.ts";
import * as q from "./verification.queries.ts";

type Use = Pick<Deps, "db" | "clock" | "files" | "messages" | "config">;
export const evidenceMax = 5;

/** Asks for verification. The files are kept before the transaction, so that bytes never wait inside it. */
export async function submitVerification(
  deps: Use,
  actor: Actor,
  slug: string,
  input: { note: string | undefined; files: readonly File[] },
): Promise<Outcome<{ verificationId: string }>> {
  const before = await organisationBySlug(deps.db, slug);
  if (!before || !maySeeInside(actor, before)) return refuse("organisation.missing");
  const open = stepVerification(actor, before, "submit");
  if (!open.ok) return open;
  if (input.files.length === 0) return refuse("verification.evidence.missing", "files");
  if (input.files.length > evidenceMax) return refuse("verification.evidence.too_many", "files");
  const fileIds: string[] = [];
  for (const file of input.files) {
    const stored = await storeUpload(deps, deps.db, actor, file, {
      visibility: "RESTRICTED",
      ownerOrganisationId: before.id,
    });
    if (!stored.ok) return refuse(stored.why, "files");
    fileIds.push(stored.value.id);
  }
  return inTransaction(deps.db, async (tx) => {
    const organisation = await organisationBySlug(tx, slug);
    if (!organisation || !mayManage(actor, organisation)) return refuse("organisation.missing");
    const stepped = stepVerification(actor, organisation, "submit");
    if (!stepped.ok) return stepped;
    if (!(await moveVerification(tx, organisation, stepped.value))) return refuse("record.stale");
    const id = newId();
    await q.insertVerification(tx, {
      id,
      organisationId: organisation.id,
      submittedBy: actor.personId,
      submittedAt: deps.clock.now(),
      note: input.note,
      fileIds,
    });
    await recordEvent(tx, {
      at: deps.clock.now(),
      actorId: actor.personId,
      organisationId: organisation.id,
      subject: "organisation",
      subjectId: organisation.id,
      verb: "submit_verification",
      detail: { verificationId: id, from: organisation.verification, to: stepped.value, files: fileIds.length },
    });
    return done({ verificationId: id });
  });
}

/** An operator decides on evidence; not about an organisation of theirs, not twice, and never without a reason to refuse. */
export const decideVerification = (
  deps: Use,
  actor: Actor,
  id: string,
  input: { decision: "VERIFIED" | "REJECTED"; reason: string | undefined },
): Promise<Outcome<Organisation>> =>
  inTransaction(deps.db, async (tx) => {
    const verification = can(actor, "organisation.verify") ? await q.verificationById(tx, id) : undefined;
    const organisation = verification && (await organisationById(tx, verification.organisationId));
    if (!verification || !organisation) return refuse("verification.missing");
    if (verification.submittedBy === actor.personId) return refuse("verification.own_organisation");
    const stepped = stepVerification(actor, organisation, input.decision === "VERIFIED" ? "verify" : "reject");
    if (verification.decision) return refuse("verification.decided");
    if (!stepped.ok) return stepped;
    if (input.decision === "REJECTED" && !input.reason) return refuse("verification.reason.missing", "reason");
    const now = deps.clock.now();
    const row = { decision: input.decision, decidedBy: actor.personId, decidedAt: now, reason: input.reason };
    if (!(await q.decideVerificationRow(tx, id, row))) return refuse("verification.decided");
    const verifiedAt = input.decision === "VERIFIED" ? now : undefined;
    if (!(await moveVerification(tx, organisation, stepped.value, verifiedAt)))
      throw new Error(`organisation ${organisation.id} moved while it was decided`);
    await recordEvent(tx, {
      at: deps.clock.now(),
      actorId: actor.personId,
      organisationId: organisation.id,
      subject: "organisation",
      subjectId: organisation.id,
      verb: input.decision === "VERIFIED" ? "verify" : "reject",
      detail: { verificationId: id, from: organisation.verification, to: stepped.value },
    });
    await tellSubmitter(deps, tx, verification.submittedBy, organisation, input);
    return done({ ...organisation, verification: stepped.value });
  });

async function tellSubmitter(
  deps: Use,
  db: Db,
  personId: string,
  organisation: Organisation,
  d: { decision: "VERIFIED" | "REJECTED"; reason: string | undefined },
): Promise<void> {
  const person = await personById(db, personId);
  const recipient = person?.email ?? person?.phone;
  if (!person || !recipient) return;
  const t = organisationWords[person.language];
  const link = `${deps.config.publicUrl}${inLanguage(person.language, `/khong-gian/to-chuc/${organisation.slug}`)}`;
  const body =
    d.decision === "VERIFIED"
      ? t.verifiedMail(organisation.legalName, link)
      : t.rejectedMail(organisation.legalName, d.reason ?? "", link);
  await deps.messages.send(db, {
    channel: person.email ? "MAIL" : "SMS",
    recipient,
    subject: t.verificationSubject,
    body,
  });
}

/** Evidence is read by who verifies, besides the organisation itself. */
export const verificationFileReader = async (db: Db, actor: Actor, fileId: string): Promise<boolean> =>
  can(actor, "organisation.verify") && (await q.isVerificationFile(db, fileId));
