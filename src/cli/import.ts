import { existsSync } from "node:fs";
import { importCommand } from "../features/exchange/index.ts";
import type { AddCommand, Options, WithInstallation } from "./command.ts";

/** `san import offers|requests|deals FILE`: the same staging, report and acceptance as in the web. */

type ImportOptions = Options & {
  map?: string;
  dryRun?: boolean;
  source?: string;
  organisation?: string;
  publish?: boolean;
  onlyValid?: boolean;
  badRows?: string;
  json?: boolean;
};
const kinds = ["offers", "requests", "deals"] as const;

export function addImportCommand(command: AddCommand, withInstallation: WithInstallation): void {
  command("import", "import offers, requests or deals from .xlsx, .csv or .jsonl")
    .argument("<kind>", "offers, requests or deals")
    .argument("<file>", "the file; its ending says what it is")
    .option("--map <file>", "a mapping of the file's columns, YAML (see mappings/)")
    .option("--dry-run", "read, check and report; write nothing")
    .option("--source <name>", "where the rows come from; with their ids their identity")
    .option("--organisation <slug>", "the organisation that the rows belong to")
    .option("--publish", "publish at once (verified owners)")
    .option("--only-valid", "write the valid rows although others are at fault")
    .option("--bad-rows <file>", "where the rows at fault go")
    .option("--json", "machine-readable")
    .action(async (kind: string, file: string, options: ImportOptions) => {
      const known = kinds.find((one) => one === kind);
      const missing = [file, options.map].find((one) => one !== undefined && !existsSync(one));
      if (!known || missing) {
        console.error(known ? `No such file: ${missing}` : `${kind}: offers, requests or deals`);
        process.exitCode = 2;
        return;
      }
      await withInstallation(options, async ({ deps }) => {
        const { data: _data, empty: _empty, json, badRows, ...rest } = options;
        // Running apps follow what is committed within a second; a catalogue of our own would only be thrown away.
        const report = await importCommand(deps, {
          ...rest,
          kind: known,
          file,
          language: "en",
          ...(badRows !== undefined && { badRowsFile: badRows }),
          onProgress: progressLine(),
        });
        if (process.stderr.isTTY) process.stderr.write("\n");
        if (json) console.log(JSON.stringify(report));
        else if (!report.ok) console.error(report.message);
        else
          console.log(
            `${report.read} rows read, ${report.valid} valid, ${report.bad} at fault; ${report.created} created, ${report.updated} updated, ${report.unchanged} unchanged${report.badRowsFile ? `; rows at fault in ${report.badRowsFile}` : ""}`,
          );
        if (!report.ok) return 1;
        return report.bad > 0 ? 3 : 0;
      });
    });
}

/** A bar on a terminal, nothing in a pipe. */
function progressLine(): (progress: { done: number; total: number | undefined }) => void {
  let shown = 0;
  return ({ done, total }) => {
    if (!process.stderr.isTTY || Date.now() - shown < 100) return;
    shown = Date.now();
    const share = total ? Math.min(1, done / total) : 0;
    const bar = total ? `[${"#".repeat(Math.round(share * 30)).padEnd(30, ".")}] ${Math.round(share * 100)} %` : "";
    process.stderr.write(`\r${bar} ${done} rows`);
  };
}
