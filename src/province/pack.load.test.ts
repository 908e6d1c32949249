import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadPack, type PackFault } from "./index.ts";

const real = path.resolve(import.meta.dirname, "../../provinces/tra-vinh");
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A fault to plant: in `file`, `find` becomes `put`; it must be reported on the line where `on` (or else `put`) stands. */
type Plant = { fault: string; file: string; find: string; put: string; on?: string; says: string };

/** A copy of the real pack with all the plants in it, read once, and the lines where the faults now stand. */
function planted(plants: readonly Plant[]): { faults: PackFault[]; lines: Map<Plant, number> } {
  const dir = mkdtempSync(path.join(tmpdir(), "pack-"));
  folders.push(dir);
  cpSync(real, dir, { recursive: true });
  for (const { file, find, put } of plants) {
    const at = path.join(dir, `${file}.yaml`);
    const text = readFileSync(at, "utf8");
    if (!text.includes(find)) throw new Error(`${file} has no ${find}`);
    writeFileSync(at, text.replace(find, () => put));
  }
  const lines = new Map<Plant, number>();
  for (const plant of plants) {
    const text = readFileSync(path.join(dir, `${plant.file}.yaml`), "utf8");
    lines.set(plant, text.slice(0, text.indexOf(plant.on ?? plant.put)).split("\n").length);
  }
  const read = loadPack(dir);
  return { faults: read.ok ? [] : read.faults, lines };
}

const ofForm: Plant[] = [
  { fault: "a translation that is missing", file: "sectors", find: ', km: "ស្រូវអង្ករ"', put: "", on: '"Lúa gạo"', says: "name.km: is missing (a translation)" },
  { fault: "a translation that is empty", file: "fields", find: 'en: "Physics"', put: 'en: ""', says: "is empty" },
  { fault: "a predicate over a key that is not allowed", file: "indicators", find: "part: { goodsKind: { in: [IP_ASSET] } }", put: "part: { buyerName: { in: [IP_ASSET] } }", says: "part.buyerName: is not a key here" },
  { fault: "a share that writes a numerator of its own", file: "indicators", find: "        part: { flow: { in: [INBOUND] }, originCountry: { list: developed } }", put: "        numerator: { flow: { in: [INBOUND] } }", on: "numerator:", says: "numerator: is not a key here" },
  { fault: "a goods kind that does not exist", file: "indicators", find: "[TECHNOLOGY, IP_ASSET, RESEARCH_RESULT] }\n          originCountry", put: "[TECHNOLOGY, GADGET, RESEARCH_RESULT] }\n          originCountry", on: "GADGET", says: "goodsKind.in[1]" },
  { fault: "a day that does not exist", file: "province", find: "from: 2025-07-01", put: "from: 2025-06-31", says: "is not a day" },
  { fault: "a level of evidence beyond four", file: "goods", find: "level: 4", put: "level: 5", says: "evidenceLevels[4].level" },
  { fault: "a fact without its source", file: "duties", find: ", source: Cơ quan kế thừa sau hợp nhất tỉnh; cần đối chiếu văn bản phân công", put: "", on: "agencies: [so-khcn-vinh-long]", says: "source: is missing" },
  { fault: "an unknown duty", file: "duties", find: "- key: TRADE", put: "- key: TRAFFIC", says: "duties[3].key" },
  { fault: "YAML that cannot be read", file: "trl", find: "levels:", put: "levels: [", on: "levels: [", says: "" },
  { fault: "one key written twice", file: "developed", find: "default: imf-advanced", put: "default: imf-advanced\ndefault: un-m49-developed", on: "default: un-m49", says: "unique" },
];

const ofMeaning: Plant[] = [
  { fault: "a duty held by an unknown agency", file: "duties", find: "[so-cong-thuong-vinh-long]", put: "[so-tai-nguyen]", says: "unknown agency so-tai-nguyen" },
  { fault: "a duty held by an agency that no longer exists", file: "duties", find: "agencies: [so-tai-chinh-vinh-long], validFrom: 2025-07-01, validTo: null, mark: recall, source: Cơ quan kế thừa sau hợp nhất tỉnh }\n  - key: PLAN", put: "agencies: [so-khdt-tra-vinh], validFrom: 2025-07-01, validTo: null, mark: recall, source: Thử }\n  - key: PLAN", on: "[so-khdt-tra-vinh], validFrom: 2025-07-01", says: "does not exist through all these days" },
  { fault: "a duty that two agencies hold on one day", file: "duties", find: "[co-quan-phoi-hop-vinh-long], validFrom: 2025-07-01", put: "[co-quan-phoi-hop-vinh-long], validFrom: 2025-06-30", says: "COORDINATE overlaps another row" },
  { fault: "days on which nobody holds a duty", file: "duties", find: "[so-khcn-vinh-long], validFrom: 2025-07-01", put: "[so-khcn-vinh-long], validFrom: 2025-07-05", says: "leaves the days after 2025-06-30 without a row" },
  { fault: "an unknown parent", file: "agencies", find: "parent: tinh-uy-tra-vinh", put: "parent: tinh-uy-ca-mau", says: "unknown parent tinh-uy-ca-mau" },
  { fault: "an unknown successor", file: "agencies", find: "agency: so-cong-thuong-vinh-long, dutyScope", put: "agency: so-cong-nghiep, dutyScope", says: "unknown agency so-cong-nghiep" },
  { fault: "an agency without a name in Khmer", file: "agencies", find: "      - { lang: km, text: កាសែតត្រាវិញ, validFrom: null, validTo: 2025-06-30 }\n", put: "", on: "names:\n      - { lang: vi, text: Báo Trà Vinh", says: "bao-tra-vinh has no name in km" },
  { fault: "two names of an agency on one day", file: "agencies", find: "      - { lang: vi, text: Trường Đại học Trà Vinh, validFrom: null, validTo: null }", put: "      - { lang: vi, text: Trường Đại học Trà Vinh, validFrom: null, validTo: null }\n      - { lang: vi, text: Đại học Trà Vinh, validFrom: 2025-01-01, validTo: null }", on: "- { lang: vi, text: Đại học Trà Vinh", says: "the vi name overlaps" },
  { fault: "an unknown country among the developed", file: "developed", find: 'codes: ["AD", "AL"', put: 'codes: ["AD", "QQ"', says: "unknown country QQ" },
  { fault: "a target of an unknown indicator", file: "plan", find: "- indicator: EXCHANGE_EST", put: "- indicator: EXCHANGE_OPEN", says: "unknown indicator EXCHANGE_OPEN" },
  { fault: "a target whose words are not in the source", file: "plan", find: "verbatim: tỷ trọng giao dịch tài sản trí tuệ đạt 5%", put: "verbatim: tỷ trọng giao dịch tài sản trí tuệ đạt 6%", says: "these words do not stand in" },
  { fault: "a range that runs backwards", file: "plan", find: "kind: RANGE\n    min: 5\n    max: 10", put: "kind: RANGE\n    min: 15\n    max: 10", on: "kind: RANGE\n    min: 15", says: "a RANGE needs min < max" },
  { fault: "a target in another unit than its indicator", file: "plan", find: "min: 1\n    unit: COUNT", put: "min: 1\n    unit: PERCENT", on: "unit: PERCENT\n    sourceDocument: thong-bao-ke-hoach\n    verbatim: hình thành 1", says: "INTERMEDIARIES is not measured in PERCENT" },
  { fault: "two targets for one year and scope", file: "plan", find: "year: 2025\n    scope: KEY_SECTORS", put: "year: 2025\n    scope: ALL", on: "- indicator: GROWTH_VALUE # the", says: "is there twice" },
  { fault: "an unknown number without the words for it", file: "plan", find: "numberText: Số …/KH-UBND (chưa có số)", put: "numberText: Số 12/KH-UBND", says: "must say (chưa có số)" },
  { fault: "a numerator that nothing in the denominator can be", file: "indicators", find: "part: { goodsKind: { in: [IP_ASSET] } }", put: "part: { goodsKind: { in: [OCOP_PRODUCT] } }", says: "the numerator would always be 0" },
  { fault: "a baseline year that is not the plan's", file: "indicators", find: "baselineYear: 2021", put: "baselineYear: 2020", says: "the plan's baseline year is 2021" },
  { fault: "a predicate that names an unknown sector", file: "indicators", find: "part: { flow: { in: [INBOUND] }, originCountry", put: "part: { sector: { in: [WHALING] }, flow: { in: [INBOUND] }, originCountry", on: "WHALING", says: "unknown sector WHALING" },
  { fault: "a key sector that is no sector", file: "sectors", find: "sectors: [COCONUT, RICE", put: "sectors: [COCONUT, BARLEY", says: "unknown sector BARLEY" },
  { fault: "Tết by the Chinese calendar", file: "holidays", find: "day: 2030-02-02, holiday: TET", put: "day: 2030-02-08, holiday: TET", says: "lunar 1/1 of 2030 is 2030-02-02, not 2030-02-08" },
  { fault: "a holiday before its law", file: "holidays", find: "day: 2025-09-02, holiday: NATIONAL", put: "day: 2025-09-02, holiday: CULTURE", says: "CULTURE does not hold on 2025-09-02" },
  { fault: "a rule that ends before it starts", file: "legal", find: "validFrom: 2026-07-01, validTo: null", put: "validFrom: 2026-07-01, validTo: 2026-06-01", says: "validTo 2026-06-01 is before validFrom 2026-07-01" },
  { fault: "a field under the wrong heading", file: "fields", find: 'code: "406"', put: 'code: "506"', says: "506 does not belong to 4" },
  { fault: "a country listed twice", file: "countries", find: '- { code: "AE", name', put: '- { code: "AD", name', on: 'code: "AD", name: { vi: "Các Tiểu', says: "AD is there twice" },
];

describe("a pack that is wrong", () => {
  for (const [kind, plants] of [["form", ofForm], ["meaning", ofMeaning]] as const) {
    const { faults, lines } = planted(plants);
    it.each(plants)(`says at its file and line: $fault (${kind})`, (plant) => {
      const found = faults.filter((f) => f.file === `${plant.file}.yaml` && f.line === lines.get(plant) && f.message.includes(plant.says));
      expect(found, JSON.stringify(faults, null, 1)).not.toHaveLength(0);
    });
    it(`says every fault of ${kind} at once, and no other`, () => {
      const expected = new Set(plants.map((plant) => `${plant.file}.yaml:${lines.get(plant)}`));
      expect(faults.filter((f) => !expected.has(`${f.file}:${f.line}`))).toEqual([]);
    });
  }

  it("names a file that is missing and one that does not belong", () => {
    const dir = mkdtempSync(path.join(tmpdir(), "pack-"));
    folders.push(dir);
    cpSync(real, dir, { recursive: true });
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
