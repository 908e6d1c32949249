import type { Command } from "commander";
import type { Installation } from "../installation.ts";

/** What command files are handed by cli.ts. */
export type Options = { data: string; empty?: boolean };
/** Work on an installation, and the exit code it ends with. */
export type Work = (installation: Installation) => Promise<number>;
export type WithInstallation = (options: Options, work: Work) => Promise<void>;
/** Adds a command with the options that all share. */
export type AddCommand = (name: string, description: string) => Command;
