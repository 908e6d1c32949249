import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadPack, type PackFault } from "./index.ts";

/** Faults planted into copies of the real pack: what the tests of the loader share. */

const real = path.resolve(import.meta.dirname, "../../provinces/tra-vinh");
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A fault to plant: in `file`, `find` becomes `put`; it must be reported on the line where `on` (or else `put`) stands. */
export type Plant = { fault: string; file: string; find: string; put: string; on?: string; says: string };

/** A copy of the real pack with all the plants in it, read once, and the lines where the faults now stand. */
function planted(plants: readonly Plant[]): { faults: PackFault[]; lines: Map<Plant, number> } {
  const dir = copyOfPack();
  for (const { file, find, put } of plants) {
    const at = path.join(dir, `${file}.yaml`);
    const text = readFileSync(at, "utf8");
    if (!text.includes(find)) throw new Error(`${file} has no ${find}`);
    writeFileSync(
      at,
      text.replace(find, () => put),
    );
  }
  const lines = new Map<Plant, number>();
  for (const plant of plants) {
    const text = readFileSync(path.join(dir, `${plant.file}.yaml`), "utf8");
    lines.set(plant, text.slice(0, text.indexOf(plant.on ?? plant.put)).split("\n").length);
  }
  const read = loadPack(dir);
  return { faults: read.ok ? [] : read.faults, lines };
}

/** A copy of the real pack in a folder of its own, gone after the tests. */
export function copyOfPack(): string {
  const dir = mkdtempSync(path.join(tmpdir(), "pack-"));
  folders.push(dir);
  cpSync(real, dir, { recursive: true });
  return dir;
}

/** Each fault is said at its line, and nothing else is said. */
export function describePlants(title: string, plants: readonly Plant[]): void {
  describe(title, () => {
    const { faults, lines } = planted(plants);
    it.each(plants)("says at its file and line: $fault", (plant) => {
      const found = faults.filter(
        (f) => f.file === `${plant.file}.yaml` && f.line === lines.get(plant) && f.message.includes(plant.says),
      );
      expect(found, JSON.stringify(faults, null, 1)).not.toHaveLength(0);
    });
    it("says all of them at once, and no other", () => {
      const expected = new Set(plants.map((plant) => `${plant.file}.yaml:${lines.get(plant)}`));
      expect(faults.filter((f) => !expected.has(`${f.file}:${f.line}`))).toEqual([]);
    });
  });
}
