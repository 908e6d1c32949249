import { randomBytes } from "node:crypto";
import { mkdir, open, readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

const shape = z.object({ sessionSecret: z.string().min(32) });

/** The installation's own secret: made once in DATA/secrets.json, readable by its owner only (decisions.md 16). */
export async function ownSecret(dataDir: string): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  const file = path.join(dataDir, "secrets.json");
  const made = JSON.stringify({ sessionSecret: randomBytes(48).toString("base64url") });
  try {
    const handle = await open(file, "wx", 0o600);
    await handle.writeFile(made);
    await handle.sync();
    await handle.close();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  const read = shape.safeParse(JSON.parse(await readFile(file, "utf8")));
  if (!read.success)
    throw new Error(
      `${file} is damaged: restore it from a backup, or remove it (everybody will have to sign in again)`,
    );
  return read.data.sessionSecret;
}
