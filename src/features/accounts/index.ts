import { Hono } from "hono";
import type { Deps } from "../../deps.ts";
import type { RouteTable } from "../../kernel/access.ts";
import type { Actor } from "../../kernel/actor.ts";
import type { Job } from "../../platform/jobs.ts";
import type { Env } from "../../ui/page.tsx";
import type { FileReader } from "./file/file.actions.ts";
import { sweepFilesJob } from "./file/file.jobs.ts";
import { fileAccess, fileRoutes } from "./file/file.routes.ts";
import { readActor } from "./session/actor.ts";
import { openAuth } from "./session/auth.ts";
import { sweepSessionsJob } from "./session/session.jobs.ts";
import { sessionAccess, sessionRoutes } from "./session/session.routes.tsx";

/** The accounts' front door. */
export const accountsAccess: RouteTable = { ...sessionAccess, ...fileAccess };

/** Better Auth as the app sees it: reads who asks, and answers its own addresses. */
export type Accounts = {
  readActor(request: Request): Promise<Actor | undefined>;
  handler(request: Request): Promise<Response>;
};

export async function openAccounts(deps: Deps): Promise<Accounts> {
  const auth = openAuth(deps);
  return {
    readActor: (request) => readActor(deps, request),
    // Everything else of Better Auth is reached through our own forms, with our own limits.
    handler: (request) =>
      new URL(request.url).pathname.startsWith("/api/auth/passkey/")
        ? auth.handler(request)
        : Promise.resolve(new Response(null, { status: 404 })),
  };
}

/** What higher features add to the pages and permissions of accounts. */
export type AccountsOptions = { fileReaders?: readonly FileReader[] };

export const accountsRoutes = (deps: Deps, _accounts: Accounts, options: AccountsOptions = {}): Hono<Env> => {
  const routes = new Hono<Env>();
  routes.route("/", sessionRoutes(deps, openAuth(deps)));
  routes.route("/", fileRoutes(deps, options.fileReaders ?? []));
  return routes;
};

export const accountsJobs = [sweepFilesJob, sweepSessionsJob] as unknown as readonly Job<never, Deps>[];

export { type FileReader, storeUpload, type UploadOptions, uploadsOf } from "./file/file.actions.ts";
export { fileById, filesById } from "./file/file.queries.ts";
export type { FileRecord, Visibility } from "./file/file.rules.ts";
export { peopleWithRole } from "./organisation/member.queries.ts";
export {
  organisationByAgency, organisationById, organisationBySlug, organisationByTaxCode, organisationsById, organisationsByName,
} from "./organisation/organisation.queries.ts";
export { isOffice, isVerified, type Organisation, type VerificationState } from "./organisation/organisation.rules.ts";
