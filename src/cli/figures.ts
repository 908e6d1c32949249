import { rebuildRollups } from "../features/exchange/index.ts";
import {
  allowRecount,
  countingDifferences,
  indicatorsCommand,
  prepareFigures,
  type ReadingJson,
} from "../features/office/index.ts";
import { isDay } from "../kernel/clock.ts";
import { inTransaction } from "../platform/database/database.ts";
import { firstBrokenSeal, sealEvents } from "../platform/seal.ts";
import type { AddCommand, Options, WithInstallation } from "./command.ts";

/** `san indicators`, `san recount`, `san verify-events`: the figures and what they rest on. */

type IndicatorOptions = Options & {
  year: string;
  calendar?: boolean;
  scope?: string;
  asKnownOn?: string;
  json?: boolean;
};

export function addFigureCommands(command: AddCommand, withInstallation: WithInstallation): void {
  addIndicators(command, withInstallation);
  addRecount(command, withInstallation);
  addVerifyEvents(command, withInstallation);
}

function addIndicators(command: AddCommand, withInstallation: WithInstallation): void {
  command("indicators", "the indicators of a year with definition, numerator, denominator and target")
    .requiredOption("--year <year>", "report year: 15/12 of the year before to 14/12")
    .option("--calendar", "calendar year instead")
    .option("--scope <scope>", "ALL or KEY_SECTORS", "ALL")
    .option("--as-known-on <day>", "as the figures were known at the end of a day, YYYY-MM-DD")
    .option("--json", "one array, as in the README")
    .action(async (options: IndicatorOptions) => {
      const fault = faultIn(options);
      if (fault) {
        console.error(fault);
        process.exitCode = 2;
        return;
      }
      await withInstallation(options, async ({ deps }) => {
        const readings = await indicatorsCommand(deps, {
          year: Number(options.year),
          calendar: options.calendar === true,
          scope: options.scope as "ALL" | "KEY_SECTORS",
          ...(options.asKnownOn !== undefined && { asKnownOn: options.asKnownOn }),
        });
        if (options.json) console.log(JSON.stringify(readings, null, 2));
        else for (const reading of readings) console.log(lineOf(reading));
        return 0;
      });
    });
}

function addRecount(command: AddCommand, withInstallation: WithInstallation): void {
  command("recount", "prove that the roll-ups equal a count of every line made anew")
    .option("--rebuild", "write the roll-ups anew")
    .option("--json", "machine-readable")
    .action((options: Options & { rebuild?: boolean; json?: boolean }) =>
      withInstallation(options, async ({ deps }) => {
        if (options.rebuild) {
          await inTransaction(deps.db, async (tx) => {
            await allowRecount(tx);
            await rebuildRollups(tx);
          });
          await prepareFigures(deps.db, deps.pack, { anew: true });
        }
        const differences = await countingDifferences(deps.db);
        if (options.json) console.log(JSON.stringify(differences));
        else if (differences.length === 0) console.log("The roll-ups equal the recount.");
        else
          for (const d of differences)
            console.error(`${d.table} ${d.key}: stored ${d.stored}, recounted ${d.recounted}`);
        return differences.length === 0 ? 0 : 3;
      }),
    );
}

function addVerifyEvents(command: AddCommand, withInstallation: WithInstallation): void {
  command("verify-events", "check the hash chain over the history of changes")
    .option("--json", "machine-readable")
    .action((options: Options & { json?: boolean }) =>
      withInstallation(options, async ({ deps }) => {
        while ((await sealEvents(deps.db)) > 0);
        const broken = await firstBrokenSeal(deps.db);
        if (options.json) console.log(JSON.stringify({ ok: broken === undefined, brokenSeal: broken ?? null }));
        else
          console.log(
            broken === undefined
              ? "Every seal agrees with its events."
              : `Seal ${broken} does not agree with its events.`,
          );
        return broken === undefined ? 0 : 3;
      }),
    );
}

function faultIn(options: IndicatorOptions): string | undefined {
  if (!/^(19|20|21)\d{2}$/.test(options.year)) return `--year ${options.year}: a year such as 2025`;
  if (options.scope !== "ALL" && options.scope !== "KEY_SECTORS") return `--scope ${options.scope}: ALL or KEY_SECTORS`;
  if (options.asKnownOn !== undefined && !isDay(options.asKnownOn))
    return `--as-known-on ${options.asKnownOn}: a day such as 2025-03-01`;
  return undefined;
}

/** One line for a person at a terminal. */
function lineOf(reading: ReadingJson): string {
  const value = reading.value === null ? "no data" : `${reading.value} ${reading.unit}`;
  const met = reading.met === null ? "" : reading.met ? "  target met" : "  target not met";
  return `${reading.key.padEnd(20)} ${value.padEnd(22)} ${reading.numerator ?? "–"} / ${reading.denominator ?? "–"}  deals ${reading.dealCount ?? "–"}${met}`;
}
