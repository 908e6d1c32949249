import { readFileSync } from "node:fs";

/** The tables of the README: rows of numbers, in their order. */
const readme = readFileSync("demo/README.md", "utf8");
export function tableUnder(heading: string): number[][] {
  const [, after = ""] = readme.split(heading);
  const [part = ""] = after.split(/\n##/);
  return part
    .split("\n")
    .filter((line) => /^\| 20\d\d \|/.test(line))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => (cell.trim() === "—" ? Number.NaN : Number(cell))),
    );
}
