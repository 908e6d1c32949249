import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, openAsBlob } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Actor } from "../../../kernel/actor.ts";
import { localDay } from "../../../kernel/clock.ts";
import type { Language } from "../../../kernel/language.ts";
import type { Outcome } from "../../../kernel/outcome.ts";
import { extensionOf } from "../../../platform/files/index.ts";
import { organisationById, organisationBySlug, storeUpload } from "../../accounts/index.ts";
import { runAccepting } from "./import.accept.actions.ts";
import { acceptImport, cancelImport, retryImport, startImport } from "./import.actions.ts";
import { commandActor, commandPeople } from "./import.actor.ts";
import type { Batch } from "./import.batch.ts";
import type { ImportDeps, OnProgress } from "./import.deps.ts";
import { dryRun } from "./import.dry.ts";
import { type Mapping, readMapFile } from "./import.mapping.ts";
import { ensurePerson, operatorOrganisation, unfinishedBatch } from "./import.queries.ts";
import { badRowsFile, type ReportedRow, sayFault } from "./import.report.ts";
import { everyBadRow } from "./import.row.queries.ts";
import { commandBytesMax, formats, type ImportFormat, type ImportKind } from "./import.rules.ts";
import { runStaging } from "./import.stage.actions.ts";

/**
 * `san import`. It acts as a person of the system's own, without a sign-in, for the organisation that runs the exchange; what it imports
 * belongs to `organisation` (a slug), else to the operator itself. `publish` decides as a second such person: who sends never decides.
 */
export type ImportCommand = {
  kind: "offers" | "requests" | "deals";
  file: string;
  map?: string | undefined;
  dryRun?: boolean | undefined;
  source?: string | undefined;
  organisation?: string | undefined;
  publish?: boolean | undefined;
  /** The explicit choice to write the valid rows and leave out those at fault. */
  onlyValid?: boolean | undefined;
  /** Where the rows at fault go; beside the file when left out. */
  badRowsFile?: string | undefined;
  language?: Language | undefined;
  onProgress?: OnProgress | undefined;
};
export type ImportReport = {
  ok: true;
  /** False when nothing was written: a dry run, or rows at fault without `onlyValid`. */
  accepted: boolean;
  code: string | undefined;
  read: number;
  valid: number;
  bad: number;
  written: number;
  created: number;
  updated: number;
  unchanged: number;
  published: number;
  badRowsFile: string | undefined;
};
/** `message` says it to a person in the language asked for. */
export type ImportRefusal = { ok: false; why: string; message: string };

const kinds: Readonly<Record<ImportCommand["kind"], ImportKind>> = {
  offers: "OFFERS",
  requests: "REQUESTS",
  deals: "DEALS",
};
type Setting = {
  kind: ImportKind;
  format: ImportFormat;
  source: string;
  mapping: Mapping | undefined;
  ownerId: string;
  sender: Actor;
  decider: Actor;
};

export async function importCommand(deps: ImportDeps, command: ImportCommand): Promise<ImportReport | ImportRefusal> {
  const language = command.language ?? "vi";
  const set = await settle(deps, command);
  if (!set.ok) return { ok: false, why: set.why, message: sayFault(language, set.why, set.field) };
  const setting = set.value;
  const target =
    command.badRowsFile ??
    path.join(
      path.dirname(command.file),
      `${path.basename(command.file, path.extname(command.file))}.loi.${setting.format}`,
    );
  if (command.dryRun) {
    const dry = await dryRun(deps, { ...setting, file: command.file, onProgress: command.onProgress ?? (() => {}) });
    if ("fault" in dry) return { ok: false, why: dry.fault, message: sayFault(language, dry.fault, dry.detail) };
    const file =
      dry.bad > 0
        ? await writeBad(dry.badRows(), { target, format: setting.format, headers: dry.headers, language })
        : undefined;
    await dry.end();
    return { ...emptyReport, read: dry.read, valid: dry.valid, bad: dry.bad, badRowsFile: file };
  }
  const staged = await stageFile(deps, setting, command);
  if (!staged.ok) return { ok: false, why: staged.why, message: sayFault(language, staged.why, staged.field) };
  return acceptAndReport(deps, staged.value, setting, command, target);
}

const emptyReport = {
  ok: true,
  accepted: false,
  code: undefined,
  written: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  published: 0,
} as const;

/** Who acts for whom, and how the file is to be read. A refusal's `field` is a detail for the sentence. */
async function settle(deps: ImportDeps, command: ImportCommand): Promise<Outcome<Setting>> {
  const refuseWith = (why: string, detail?: string) => ({
    ok: false as const,
    why,
    ...(detail !== undefined && { field: detail }),
  });
  const kind = kinds[command.kind];
  const format = formats.find((one) => one === extensionOf(command.file));
  if (!format) return refuseWith("file.type_not_allowed");
  const map = command.map === undefined ? undefined : readMapFile(await readFile(command.map, "utf8"));
  if (map && !map.ok) return refuseWith("import.map.invalid", map.faults.join("\n"));
  if (map && map.kind !== kind) return refuseWith("import.map.kind");
  const operator = await operatorOrganisation(deps.db, localDay(deps.clock.now()));
  if (operator === undefined) return refuseWith("import.no_operator");
  const owner = await (command.organisation === undefined
    ? organisationById(deps.db, operator)
    : organisationBySlug(deps.db, command.organisation));
  if (!owner) return refuseWith("import.organisation.missing", command.organisation);
  const source = (
    command.source ??
    map?.mapping.source ??
    path.basename(command.file, path.extname(command.file))
  ).normalize("NFC");
  const acting = { operator, kind, ownerId: owner.id, ownerName: owner.legalName };
  if (!command.dryRun) for (const who of Object.values(commandPeople)) await ensurePerson(deps.db, who.id, who.name);
  const mapping = map && { ...map.mapping, source };
  return {
    ok: true,
    value: {
      kind,
      format,
      source,
      mapping,
      ownerId: owner.id,
      sender: commandActor(commandPeople.sender, acting),
      decider: commandActor(commandPeople.decider, acting),
    },
  };
}

/** Stages the file; the same file that an earlier run left unfinished is taken up again. */
async function stageFile(deps: ImportDeps, set: Setting, command: ImportCommand): Promise<Outcome<Batch>> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(command.file)) hash.update(chunk);
  const left = await unfinishedBatch(deps.db, {
    kind: set.kind,
    organisationId: set.ownerId,
    source: set.source,
    sha256: hash.digest("hex"),
  });
  const begun = left ? await takeUp(deps, set, left) : await begin(deps, set, command);
  if (!begun.ok || begun.value.state !== "STAGING") return begun;
  const staged = await runStaging(deps, begun.value.id, command.onProgress);
  if (!staged) return { ok: false, why: "import.busy" };
  if (staged.state === "STAGED") return { ok: true, value: staged };
  if (staged.state === "MAPPING") await cancelImport(deps, set.sender, staged.code);
  const { fault, detail } = staged.fileFault ?? { fault: "import.step.not_open", detail: "" };
  return { ok: false, why: fault, field: detail };
}

const takeUp = async (deps: ImportDeps, set: Setting, left: Batch): Promise<Outcome<Batch>> =>
  left.state === "FAILED"
    ? retryImport(deps, { ...set.sender, personId: left.personId }, left.code, "HERE")
    : { ok: true, value: left };

async function begin(deps: ImportDeps, set: Setting, command: ImportCommand): Promise<Outcome<Batch>> {
  const upload = new File([await openAsBlob(command.file)], path.basename(command.file));
  const stored = await storeUpload(deps, deps.db, set.sender, upload, {
    visibility: "RESTRICTED",
    ownerOrganisationId: set.ownerId,
    kind: "SPREADSHEET",
    maxBytes: commandBytesMax,
  });
  if (!stored.ok) return stored;
  return startImport(
    deps,
    set.sender,
    {
      kind: set.kind,
      organisationId: set.ownerId,
      source: set.source,
      file: stored.value,
      format: set.format,
      mapping: set.mapping,
    },
    "HERE",
  );
}

async function acceptAndReport(
  deps: ImportDeps,
  staged: Batch,
  set: Setting,
  command: ImportCommand,
  target: string,
): Promise<ImportReport | ImportRefusal> {
  const language = command.language ?? "vi";
  const refused = (why: string): ImportRefusal => ({ ok: false, why, message: sayFault(language, why) });
  let batch = staged;
  if (batch.state === "STAGED" && batch.valid > 0 && (batch.bad === 0 || command.onlyValid)) {
    const accepted = await acceptImport(
      deps,
      { ...set.sender, personId: batch.personId },
      batch.code,
      { onlyValid: command.onlyValid ?? false, publishAs: command.publish ? set.decider : undefined },
      "HERE",
    );
    if (!accepted.ok) return refused(accepted.why);
    batch = accepted.value;
  }
  if (batch.state === "ACCEPTING") {
    const finished = await runAccepting(deps, batch.id, command.onProgress);
    if (!finished) return refused("import.busy");
    if (finished.state === "FAILED") return refused(finished.fileFault?.fault ?? "import.step.not_open");
    batch = finished;
  }
  const file =
    batch.bad > 0
      ? await writeBad(everyBadRow(deps.db, batch.id), {
          target,
          format: batch.format,
          headers: batch.headers,
          language,
        })
      : undefined;
  const { code, read, valid, bad, written, created, updated, unchanged, published } = batch;
  return {
    ok: true,
    accepted: batch.state === "ACCEPTED",
    code,
    read,
    valid,
    bad,
    written,
    created,
    updated,
    unchanged,
    published,
    badRowsFile: file,
  };
}

async function writeBad(
  rows: AsyncIterable<ReportedRow>,
  of: { target: string; format: ImportFormat; headers: readonly string[]; language: Language },
): Promise<string> {
  await pipeline(Readable.from(badRowsFile(rows, of)), createWriteStream(of.target));
  return of.target;
}
