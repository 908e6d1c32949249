import path from "node:path";
import { fileURLToPath } from "node:url";
import { Command, CommanderError } from "commander";
import type { Options, Work } from "./cli/command.ts";
import { addFigureCommands } from "./cli/figures.ts";
import { addImportCommand } from "./cli/import.ts";
import { addPeopleCommands } from "./cli/people.ts";
import { keepEmpty, loadDemo } from "./demo/demo.load.ts";
import { CannotStart, openInstallation } from "./installation.ts";
import { readConfig } from "./platform/config.ts";
import { loadPack } from "./province/index.ts";

/**
 * `san …` (npx san …). Every command takes --data DIR; it joins the running server's database or starts the embedded one for its
 * own time, and fills an empty folder as `npm start` does. Exit codes: 0 done, 1 failed, 2 wrong call, 3 done with faults reported.
 */

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

async function withInstallation(options: Options, work: Work): Promise<void> {
  const read = readConfig({ ...process.env, DATA_DIR: options.data });
  if (!read.ok) throw new CannotStart(`Configuration:\n${read.faults.map((fault) => `  ${fault}`).join("\n")}`);
  const installation = await openInstallation(read.config, root);
  try {
    if (read.config.demo && !options.empty) await loadDemo(installation.deps, path.join(root, "demo"));
    else await keepEmpty(installation.deps);
    process.exitCode = await work(installation);
  } finally {
    await installation.close();
  }
}

const program = new Command("san").description("OpenSàn on the command line").exitOverride().showHelpAfterError();

const command = (name: string, description: string) =>
  program
    .command(name)
    .description(description)
    .option("--data <dir>", "data folder", process.env.DATA_DIR ?? "./data")
    .option("--empty", "do not fill an empty folder with the demo market");

program
  .command("check-pack")
  .description("check a province pack; lists every fault with file and line")
  .argument("<folder>", "e.g. provinces/tra-vinh")
  .option("--json", "machine-readable")
  .action(async (folder: string, options: { json?: boolean }) => {
    const pack = await loadPack(path.resolve(folder));
    const faults = pack.ok ? [] : pack.faults;
    if (options.json) console.log(JSON.stringify({ ok: pack.ok, faults }));
    else for (const fault of faults) console.error(`${fault.file}:${fault.line}  ${fault.message}`);
    if (!options.json && pack.ok) console.log("The pack is in order.");
    process.exitCode = pack.ok ? 0 : 3;
  });

command("prepare", "prepare a data folder: database, migrations, demo market unless --empty").action((options) =>
  withInstallation(options, async ({ deps }) => {
    console.error(`Ready: ${deps.config.dataDir}`);
    return 0;
  }),
);

addFigureCommands(command, withInstallation);
addImportCommand(command, withInstallation);
addPeopleCommands(command, withInstallation);

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    console.error(error instanceof CannotStart ? error.message : error);
    process.exitCode = 1;
  }
});
