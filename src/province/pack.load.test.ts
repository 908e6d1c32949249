import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { loadPack } from "./index.ts";
import { copyOfPack } from "./pack.plants.ts";

describe("a pack on disk", () => {
  it("of Trà Vinh is right", () => {
    expect(loadPack(path.resolve(import.meta.dirname, "../../provinces/tra-vinh"))).toMatchObject({ ok: true });
  });

  it("names a file that is missing and one that does not belong", () => {
    const dir = copyOfPack();
    rmSync(path.join(dir, "trl.yaml"));
    writeFileSync(path.join(dir, "trls.yaml"), "levels: []\n");
    expect(loadPack(dir)).toEqual({
      ok: false,
      faults: [
        { file: "trl.yaml", line: 1, message: "is missing from the pack" },
        { file: "trls.yaml", line: 1, message: "is not a file of a pack" },
      ],
    });
  });

  it("says so where there is no pack", () => {
    expect(loadPack("/nowhere/at/all")).toMatchObject({ ok: false, faults: [{ message: "there is no such folder" }] });
  });
});
