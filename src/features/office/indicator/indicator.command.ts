import type { Deps } from "../../../deps.ts";
import { type Day, localDay } from "../../../kernel/clock.ts";
import { administrativeYear, calendarYear } from "../../../kernel/period.ts";
import { type ReadingJson, readingJson } from "./indicator.json.ts";
import { indicatorReadings } from "./indicator.readings.ts";
import type { Scope } from "./indicator.rules.ts";

/** `san indicators --year 2025 [--calendar] [--scope KEY_SECTORS] [--as-known-on 2025-12-31] --json`: one array. */
export async function indicatorsCommand(
  deps: Pick<Deps, "db" | "pack" | "clock">,
  asked: { year: number; calendar?: boolean; scope?: Scope; asKnownOn?: Day },
): Promise<ReadingJson[]> {
  const readings = await indicatorReadings(deps.db, deps.pack, {
    period: asked.calendar ? calendarYear(asked.year) : administrativeYear(asked.year),
    scope: asked.scope ?? "ALL",
    asKnownOn: asked.asKnownOn,
    today: localDay(deps.clock.now()),
  });
  return readings.map(readingJson);
}
