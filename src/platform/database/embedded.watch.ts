import type { Pool } from "./database.ts";
import { type EmbeddedServer, joinEmbedded } from "./embedded.ts";

/** How often the app looks whether its own database still answers, in milliseconds. */
const lookMs = 3_000;

/**
 * Starts the embedded server again when it was ended from outside (kill -9, an operator's slip): what was committed is there, the pool's
 * next connection finds it. Answers what to call at the end: no more looking, and every use that was taken is given back.
 */
export function keepEmbedded(
  first: EmbeddedServer,
  pool: Pool,
  dataDir: string,
  log: (line: string) => void,
): () => Promise<void> {
  const uses = [first];
  let busy: Promise<void> | undefined;
  const look = async () => {
    try {
      await pool.query("select 1");
    } catch (error) {
      if (!(error instanceof Error)) return;
      log(`The database does not answer (${error.message}): starting it again.`);
      await joinEmbedded({ dataDir, log }).then(
        (again) => uses.push(again),
        (failed: unknown) => log(`It could not be started: ${failed instanceof Error ? failed.message : failed}`),
      );
    }
  };
  const timer = setInterval(() => {
    busy ??= look().finally(() => {
      busy = undefined;
    });
  }, lookMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await busy;
    for (const use of uses) await use.leave();
  };
}
