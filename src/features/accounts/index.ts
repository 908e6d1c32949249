import { Hono } from "hono";
import type { Deps } from "../../deps.ts";
import type { RouteTable } from "../../kernel/access.ts";
import type { Actor } from "../../kernel/actor.ts";
import type { Job } from "../../platform/jobs.ts";
import type { Env } from "../../ui/page.tsx";
import type { FileReader } from "./file/file.actions.ts";
import { sweepFilesJob } from "./file/file.jobs.ts";
import { fileAccess, fileRoutes } from "./file/file.routes.ts";
import { officeAccess, officeRoutes } from "./organisation/office.routes.tsx";
import { type OrganisationSlot, organisationAccess, organisationRoutes } from "./organisation/organisation.routes.tsx";
import { verificationFileReader } from "./organisation/verification.actions.ts";
import type { OnErase } from "./person/person.actions.ts";
import { personAccess, personRoutes } from "./person/person.routes.tsx";
import { readActor } from "./session/actor.ts";
import { type Auth, openAuth } from "./session/auth.ts";
import { addressOf, limits, takeAttempt } from "./session/limit.ts";
import { securityAccess, securityRoutes } from "./session/security.routes.tsx";
import { sweepSessionsJob } from "./session/session.jobs.ts";
import { sessionAccess, sessionRoutes } from "./session/session.routes.tsx";
import {
  type OfficeLinks,
  type WorkspaceCards,
  workspaceAccess,
  workspaceRoutes,
} from "./workspace/workspace.routes.tsx";

/** The accounts' front door. */
export const accountsAccess: RouteTable = {
  ...sessionAccess,
  ...securityAccess,
  ...personAccess,
  ...organisationAccess,
  ...officeAccess,
  ...workspaceAccess,
  ...fileAccess,
};

/** Better Auth as the app sees it: reads who asks, and answers its own addresses. */
export type Accounts = {
  readActor(request: Request): Promise<Actor | undefined>;
  /** `address` is whom the limits count; see clientAddress of platform/limits. */
  handler(request: Request, address?: string): Promise<Response>;
  /** The one Better Auth of this app, which the forms of accounts use; made by accountsRoutes where it is not handed in. */
  auth?: Auth;
};

export async function openAccounts(deps: Deps): Promise<Accounts> {
  const auth = openAuth(deps);
  return {
    readActor: (request) => readActor(deps, request),
    // Everything else of Better Auth is reached through our own forms, with our own limits.
    handler: async (request, address) => {
      if (!new URL(request.url).pathname.startsWith("/api/auth/passkey/")) return new Response(null, { status: 404 });
      if (!(await takeAttempt(deps, limits.passkey, address))) return new Response(null, { status: 429 });
      return auth.handler(request);
    },
    auth,
  };
}

/** What higher features add to the pages and permissions of accounts. */
export type AccountsOptions = {
  /** May somebody open a restricted file that belongs to a record of theirs? */
  fileReaders?: readonly FileReader[];
  /** Below the facts on an organisation's public page. */
  organisationSlot?: OrganisationSlot;
  /** On the workspace's home. */
  workspaceCards?: WorkspaceCards;
  /** On the office's home. */
  officeLinks?: OfficeLinks;
  /** Each clears, in the transaction that erases a person, what a higher feature keeps about them. */
  onErase?: readonly OnErase[];
};

export const accountsRoutes = (deps: Deps, accounts: Accounts, options: AccountsOptions = {}): Hono<Env> => {
  const routes = new Hono<Env>();
  const auth = accounts.auth ?? openAuth(deps);
  routes.route("/", sessionRoutes(deps, auth));
  routes.route("/", securityRoutes(deps, auth));
  routes.route("/", personRoutes(deps, options.onErase ?? []));
  routes.route("/", organisationRoutes(deps, options.organisationSlot));
  routes.route("/", officeRoutes(deps));
  routes.route("/", workspaceRoutes(deps, { cards: options.workspaceCards, officeLinks: options.officeLinks }));
  routes.route("/", fileRoutes(deps, [verificationFileReader, ...(options.fileReaders ?? [])]));
  return routes;
};

/** Main works them on every node. */
export const accountsJobs = [sweepFilesJob, sweepSessionsJob] as unknown as readonly Job<never, Deps>[];

export { type FileReader, storeUpload, type UploadOptions, uploadsOf } from "./file/file.actions.ts";

export type { FileRecord, Visibility } from "./file/file.rules.ts";
export { keptCode } from "./organisation/citizen.ts";
export { type Grant, grantRole } from "./organisation/member.actions.ts";
export { createOrganisation, type OrganisationToMake } from "./organisation/organisation.actions.ts";
export {
  organisationById,
  organisationBySlug,
  organisationByTaxCode,
} from "./organisation/organisation.queries.ts";
export type { OrganisationSlot } from "./organisation/organisation.routes.tsx";
export type {
  Organisation,
  VerificationState,
} from "./organisation/organisation.rules.ts";
export { organisationWords } from "./organisation/organisation.words.ts";

export { decideVerification, submitVerification } from "./organisation/verification.actions.ts";
export { isContactConfirmed } from "./person/contact.queries.ts";
export {
  createPersonWithPassword,
  hashPassword,
  type NewSignIn,
  type OnErase,
  type Registration,
  registerPerson,
} from "./person/person.actions.ts";
export { personBySignIn } from "./person/person.queries.ts";
export { contactOf, type Person, tidyEmail, tidyPhone } from "./person/person.rules.ts";
export type { OfficeLink } from "./workspace/workspace.pages.tsx";
export type { OfficeLinks, WorkspaceCards } from "./workspace/workspace.routes.tsx";
export { addressOf };
