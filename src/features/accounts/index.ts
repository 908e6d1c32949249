import { Hono } from "hono";
import type { Deps } from "../../deps.ts";
import type { RouteTable } from "../../kernel/access.ts";
import type { Actor } from "../../kernel/actor.ts";
import type { Job } from "../../platform/jobs.ts";
import type { Env } from "../../ui/page.tsx";
import type { FileReader } from "./file/file.actions.ts";
import { sweepFilesJob } from "./file/file.jobs.ts";
import { fileAccess, fileRoutes } from "./file/file.routes.ts";

/** The accounts' front door. */
export const accountsAccess: RouteTable = { ...fileAccess };

/** Better Auth as the app sees it: reads who asks, and answers its own addresses. */
export type Accounts = {
  readActor(request: Request): Promise<Actor | undefined>;
  handler(request: Request): Promise<Response>;
};

export async function openAccounts(_deps: Deps): Promise<Accounts> {
  return { readActor: async () => undefined, handler: async () => new Response(null, { status: 404 }) };
}

/** What higher features add to the pages and permissions of accounts. */
export type AccountsOptions = { fileReaders?: readonly FileReader[] };

export const accountsRoutes = (deps: Deps, _accounts: Accounts, options: AccountsOptions = {}): Hono<Env> =>
  new Hono<Env>().route("/", fileRoutes(deps, options.fileReaders ?? []));

export const accountsJobs: readonly Job<never, Deps>[] = [sweepFilesJob as unknown as Job<never, Deps>];

export { type FileReader, storeUpload, type UploadOptions, uploadsOf } from "./file/file.actions.ts";
export { fileById, filesById } from "./file/file.queries.ts";
export type { FileRecord, Visibility } from "./file/file.rules.ts";
export { peopleWithRole } from "./organisation/member.queries.ts";
export {
  organisationByAgency, organisationById, organisationBySlug, organisationByTaxCode, organisationsById, organisationsByName,
} from "./organisation/organisation.queries.ts";
export { isOffice, isVerified, type Organisation, type VerificationState } from "./organisation/organisation.rules.ts";
