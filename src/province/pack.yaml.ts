import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { z } from "zod";

/** A YAML file read so that every fault, of form or of meaning, can name its line. */

export type Path = readonly (string | number)[];
export type YamlFault = { line: number; message: string };
export type YamlFile = { data: unknown; faults: YamlFault[]; lineOf(path: Path): number };

export function readYaml(text: string): YamlFile {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  const faults = doc.errors.map((e) => ({ line: lineAt(e.pos[0]), message: e.message }));
  const open = (node: unknown): unknown => (isAlias(node) ? node.resolve(doc) : node);

  /** The line of the deepest part of the path that stands in the file. */
  const lineOf = (path: Path): number => {
    let node: unknown = doc.contents;
    let offset = (doc.contents as Node | null)?.range?.[0] ?? 0;
    for (const key of path) {
      const at = open(node);
      if (isMap(at)) {
        const pair = at.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
        if (!pair) break;
        offset = (pair.key as Node).range?.[0] ?? offset;
        node = pair.value;
      } else if (isSeq(at) && typeof key === "number" && at.items[key]) {
        node = at.items[key];
        offset = (node as Node).range?.[0] ?? offset;
      } else break;
    }
    return lineAt(offset);
  };
  return { data: faults.length ? undefined : doc.toJS({ maxAliasCount: 100 }), faults, lineOf };
}

const pathText = (path: Path): string =>
  path.map((key, i) => (typeof key === "number" ? `[${key}]` : i ? `.${key}` : key)).join("");
const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<string | number, unknown> | undefined)?.[key], data);

/** Zod's issues as sentences with a path each; a union's issue becomes those of the form that came nearest. */
export function schemaFaults(error: z.core.$ZodError, data: unknown): { path: Path; message: string }[] {
  return error.issues.flatMap((issue) => issueFaults(issue, [], data));
}
function issueFaults(issue: z.core.$ZodIssue, base: Path, data: unknown): { path: Path; message: string }[] {
  const path = [...base, ...(issue.path as Path)];
  const said = (at: Path, message: string) => ({ path: at, message: `${pathText(at) || "the file"}: ${message}` });
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => said([...path, key], "is not a key here"));
  }
  if (issue.code === "invalid_union") {
    const value = valueAt(data, path);
    const keys = value && typeof value === "object" ? Object.keys(value) : [];
    const near = issue.errors
      .filter((issues) => issues.some((i) => i.path.length > 0) && issues.every((i) => i.code !== "unrecognized_keys"))
      .find((issues) => issues.some((i) => keys.includes(String(i.path[0]))));
    if (near) return near.flatMap((i) => issueFaults(i, path, data));
    return [said(path, value === undefined ? "is missing" : "has none of the forms allowed here")];
  }
  if (valueAt(data, path) === undefined) {
    const translation = ["vi", "en", "km"].includes(String(path.at(-1)));
    return [said(path, translation ? "is missing (a translation)" : "is missing")];
  }
  return [said(path, issue.message)];
}
