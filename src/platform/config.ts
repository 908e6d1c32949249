import path from "node:path";
import { z } from "zod";

/** Everything the app takes from its surroundings, read once in main and cli, checked, frozen, passed on (style R15). */
const shape = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  /** Where to listen: this machine only, unless the province's proxy stands elsewhere. */
  HOST: z.string().min(1).default("localhost"),
  DATA_DIR: z.string().min(1).default("./data"),
  DATABASE_URL: z.string().startsWith("postgres").optional(),
  SESSION_SECRET: z.string().min(32).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  PROVINCE: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .default("tra-vinh"),
  SHARED_FILES: z.enum(["0", "1"]).default("0"),
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  DEMO: z.enum(["0", "1"]).default("1"),
});

export type Config = Readonly<{
  port: number;
  host: string;
  dataDir: string;
  databaseUrl: string | undefined;
  sessionSecret: string | undefined;
  publicUrl: string;
  province: string;
  sharedFiles: boolean;
  mode: "development" | "production" | "test";
  demo: boolean;
}>;

const ownNames = /^(localhost|127\.0\.0\.1|\[?::1\]?)$/;
/** True when people reach this installation on this very computer only, as on a developer's or at a first trial. */
export const isOwnMachine = (config: Pick<Config, "publicUrl" | "host">): boolean =>
  ownNames.test(new URL(config.publicUrl).hostname) && ownNames.test(config.host);

/** Whether outgoing messages, which hold codes and numbers, may be copied into DATA/mail and read at /hop-thu. */
export const showsMessages = (config: Pick<Config, "publicUrl" | "host" | "mode">): boolean =>
  config.mode === "development" || isOwnMachine(config);

/** Every fault at once, as sentences to print before leaving. */
export function readConfig(
  env: Record<string, string | undefined>,
): { ok: true; config: Config } | { ok: false; faults: string[] } {
  const read = shape.safeParse(env);
  if (!read.success) return { ok: false, faults: read.error.issues.map((i) => `${i.path.join(".")}: ${i.message}`) };
  const e = read.data;
  const faults: string[] = [];
  if (e.DATABASE_URL && !e.SESSION_SECRET)
    faults.push("SESSION_SECRET: required with DATABASE_URL (32 characters or more)");
  if (e.DATABASE_URL && !e.PUBLIC_URL)
    faults.push("PUBLIC_URL: required with DATABASE_URL, e.g. https://san.example.vn");
  if (faults.length) return { ok: false, faults };
  return {
    ok: true,
    config: Object.freeze({
      port: e.PORT,
      host: e.HOST,
      dataDir: path.resolve(e.DATA_DIR),
      databaseUrl: e.DATABASE_URL,
      sessionSecret: e.SESSION_SECRET,
      publicUrl: (e.PUBLIC_URL ?? `http://localhost:${e.PORT}`).replace(/\/$/, ""),
      province: e.PROVINCE,
      sharedFiles: e.SHARED_FILES === "1",
      mode: e.NODE_ENV,
      demo: e.DEMO === "1",
    }),
  };
}
