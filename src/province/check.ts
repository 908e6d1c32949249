import { addDays } from "../kernel/clock.ts";
import type { Validity } from "./base.schema.ts";
import type { PackFile, ProvincePack } from "./pack.schema.ts";
import type { Path } from "./pack.yaml.ts";

/** How the checks of meaning speak: what they need, and where a fault is. */

export type Report = (file: PackFile, path: Path, message: string) => void;
/** A check runs only when the files it needs have their right form, so that one bad file does not hide the faults of the others. */
export type Check<F extends PackFile = PackFile> = {
  needs: readonly F[];
  run(pack: Pick<ProvincePack, F>, report: Report, texts: ReadonlyMap<string, string>): void;
};
export const check = <F extends PackFile>(needs: readonly F[], run: Check<F>["run"]): Check =>
  ({ needs, run }) as unknown as Check;

/** Reports the second of two rows with one key. */
export function unique<T>(
  file: PackFile,
  path: Path,
  rows: readonly T[],
  key: (row: T) => string | number,
  report: Report,
): void {
  const seen = new Set<string | number>();
  rows.forEach((row, i) => {
    const k = key(row);
    if (seen.has(k)) report(file, [...path, i], `${k} is there twice`);
    seen.add(k);
  });
}

const first = "0000-01-01";
const last = "9999-12-31";
/** Reports rows whose validity overlaps and, with `whole`, days between the rows (GAPS) or also after the last that belong to none. */
export function timeline(
  file: PackFile,
  path: Path,
  rows: readonly (Validity & { index: number })[],
  what: string,
  report: Report,
  whole: boolean | "GAPS" = false,
): void {
  const sorted = [...rows].sort((a, b) => (a.validFrom ?? first).localeCompare(b.validFrom ?? first));
  sorted.forEach((row, i) => {
    const before = sorted[i - 1];
    if (before && (before.validTo ?? last) >= (row.validFrom ?? first)) {
      report(file, [...path, row.index], `${what} overlaps another row that holds ${spanText(before)}`);
    } else if (whole && before?.validTo && addDays(before.validTo, 1) !== row.validFrom) {
      report(file, [...path, row.index], `${what} leaves the days after ${before.validTo} without a row`);
    }
  });
  const end = sorted.at(-1);
  if (whole === true && end && end.validTo !== null)
    report(file, [...path, end.index], `${what} ends on ${end.validTo} and nothing follows`);
}
export const indexed = <T extends object>(rows: readonly T[]): (T & { index: number })[] =>
  rows.map((row, index) => ({ ...row, index }));
const spanText = (v: Validity): string => `${v.validFrom ?? "…"} to ${v.validTo ?? "…"}`;

/** True where `inner` lies in `outer`. */
export const lies = (inner: Validity, outer: Validity): boolean =>
  (outer.validFrom ?? first) <= (inner.validFrom ?? first) && (inner.validTo ?? last) <= (outer.validTo ?? last);

/** Every object of the file that has validFrom and validTo, in whatever depth. */
export function* spansIn(data: unknown, path: Path = []): Generator<{ span: Validity; path: Path }> {
  if (data === null || typeof data !== "object") return;
  if ("validFrom" in data && "validTo" in data) yield { span: data as Validity, path };
  for (const [key, value] of Object.entries(data))
    yield* spansIn(value, [...path, Array.isArray(data) ? Number(key) : key]);
}
