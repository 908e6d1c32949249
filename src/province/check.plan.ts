import { check, indexed, type Report, timeline, unique } from "./check.ts";
import type { Path } from "./pack.yaml.ts";
import { type Definition, type Predicate, predicateKeys, type Target } from "./plan.schema.ts";

/** Meaning of the plan, its targets and what the indicators count. */

const flat = (text: string): string => text.normalize("NFC").replace(/\s+/g, " ").trim();

const plan = check(["plan", "agencies"], ({ plan: file, agencies: a }, report) => {
  const { plan: p } = file;
  const known = new Set(a.agencies.map((agency) => agency.key));
  const wants = (key: string, path: Path) => {
    if (!known.has(key)) report("plan", ["plan", ...path], `unknown agency ${key}`);
  };
  wants(p.issuer, ["issuer"]);
  wants(p.lead, ["lead"]);
  p.reportsTo.forEach((row, i) => {
    row.agencies.forEach((key, j) => {
      wants(key, ["reportsTo", i, "agencies", j]);
    });
  });
  timeline("plan", ["plan", "reportsTo"], indexed(p.reportsTo), "the receivers of reports", report, true);
  if (p.from > p.to) report("plan", ["plan", "to"], "the plan ends before it starts");
  if (p.number === null && !p.numberText.includes("chưa có số"))
    report("plan", ["plan", "numberText"], "an unknown number must say (chưa có số)");
  unique("plan", ["taskGroups"], file.taskGroups, (g) => g.key, report);
  unique("plan", ["taskGroups"], file.taskGroups, (g) => g.number, report);
});

/** A quotation must stand in its source, word for word. */
const quotations = check(["plan"], ({ plan: file }, report, texts) => {
  unique("plan", ["sourceDocuments"], file.sourceDocuments, (d) => d.key, report);
  file.sourceDocuments.forEach((doc, i) => {
    if (!texts.has(doc.file)) report("plan", ["sourceDocuments", i, "file"], `there is no file ${doc.file}`);
  });
  const quoted = (rows: readonly { sourceDocument: string; verbatim: string }[], path: string) => {
    for (const [i, row] of rows.entries()) {
      const doc = file.sourceDocuments.find((d) => d.key === row.sourceDocument);
      const text = doc && texts.get(doc.file);
      if (!doc) report("plan", [path, i, "sourceDocument"], `unknown source document ${row.sourceDocument}`);
      else if (text !== undefined && !flat(text).includes(flat(row.verbatim))) {
        report("plan", [path, i, "verbatim"], `these words do not stand in ${doc.file}`);
      }
    }
  };
  quoted(file.taskGroups, "taskGroups");
  quoted(file.targets, "targets");
});

/** What each kind of target must and must not say. */
function targetFault(t: Target): string | undefined {
  const { kind, min, max } = t;
  if (kind === "RANGE") return min !== null && max !== null && min < max ? undefined : "a RANGE needs min < max";
  if (kind === "POINT" || kind === "APPROX") return min !== null && min === max ? undefined : `${kind} needs min = max`;
  if (kind === "MIN" || kind === "COUNT")
    return min !== null && max === null ? undefined : `${kind} needs min and no max`;
  return min === null && max === null ? undefined : `${kind} has neither min nor max`;
}
const targets = check(["plan", "indicators"], ({ plan: file, indicators: { indicators } }, report) => {
  unique("plan", ["targets"], file.targets, (t) => `${t.indicator} ${t.year} ${t.scope}`, report);
  for (const [i, target] of file.targets.entries()) {
    const at = (key: string, message: string) => report("plan", ["targets", i, key], message);
    const indicator = indicators.find((row) => row.key === target.indicator);
    if (!indicator) {
      at("indicator", `unknown indicator ${target.indicator}`);
      continue;
    }
    const fault = targetFault(target);
    if (fault) at("kind", fault);
    if (!indicator.definitions.some((d) => d.unit === target.unit))
      at("unit", `${target.indicator} is not measured in ${target.unit}`);
    const counted = indicator.definitions.some((d) => d.kind === "COUNT");
    const stepped = indicator.definitions.some((d) => d.kind === "MILESTONE");
    if ((target.kind === "COUNT" && !counted) || (target.kind === "MILESTONE" && !stepped))
      at("kind", `${target.indicator} takes no target of kind ${target.kind}`);
    const { from, to } = file.plan;
    if (target.year < Number(from.slice(0, 4)) || target.year > Number(to.slice(0, 4)))
      at("year", `${target.year} is outside the plan`);
  }
});

const predicatesOf = (d: Definition): [string, Predicate][] => {
  if (d.kind === "SHARE")
    return [
      ["of", d.of],
      ["part", d.part],
    ];
  return d.kind === "GROWTH" ? [["of", d.of]] : [];
};
/** Codes that a condition names, for `in` and `notIn`. */
function named(condition: object | undefined): [string, string[]] | undefined {
  if (!condition) return undefined;
  if ("in" in condition) return ["in", condition.in as string[]];
  return "notIn" in condition ? ["notIn", condition.notIn as string[]] : undefined;
}

const definitions = check(
  ["indicators", "plan", "countries", "sectors", "territories"],
  ({ indicators: { indicators }, plan: p, countries: c, sectors: s, territories: t }, report) => {
    const known = {
      originCountry: new Set(c.countries.map((row) => row.code)),
      sector: new Set(s.sectors.map((row) => row.key)),
      territory: new Set(t.territories.map((row) => row.key)),
    };
    indicators.forEach((indicator, i) => {
      indicator.definitions.forEach((d, j) => {
        const base = ["indicators", i, "definitions", j] as const;
        for (const [half, predicate] of predicatesOf(d)) {
          for (const key of ["originCountry", "sector", "territory"] as const) {
            const [form, codes] = named(predicate[key]) ?? ["", []];
            codes.forEach((code, k) => {
              if (!known[key].has(code)) report("indicators", [...base, half, key, form, k], `unknown ${key} ${code}`);
            });
          }
        }
        if (d.kind === "GROWTH" && d.baselineYear !== p.plan.baselineYear.value) {
          report("indicators", [...base, "baselineYear"], `the plan's baseline year is ${p.plan.baselineYear.value}`);
        }
      });
    });
  },
);

const shapes = check(["indicators"], ({ indicators: { indicators } }, report) => {
  unique("indicators", ["indicators"], indicators, (row) => row.key, report);
  indicators.forEach((indicator, i) => {
    const path = ["indicators", i, "definitions"] as const;
    timeline("indicators", path, indexed(indicator.definitions), `the definition of ${indicator.key}`, report);
    unique("indicators", path, indicator.definitions, (d) => d.version, report);
    indicator.definitions.forEach((d, j) => {
      if (d.kind === "SHARE") partFaults(d.of, d.part, [...path, j, "part"], report);
      if (d.kind === "MILESTONE") unique("indicators", [...path, j, "steps"], d.steps, (step) => step.key, report);
    });
  });
});
/** `part` must add something to `of` and be able to hold within it. */
function partFaults(of: Predicate, part: Predicate, path: Path, report: Report): void {
  const keys = predicateKeys.filter((key) => part[key] !== undefined);
  if (keys.length === 0) report("indicators", path, "part adds no condition: the share would always be 100 %");
  for (const key of keys) {
    const [form, wanted] = named(part[key]) ?? [];
    const [within, codes] = named(of[key]) ?? [];
    if (form !== "in" || !wanted || !codes) continue;
    const possible = wanted.some((code) => (within === "in") === codes.includes(code));
    if (!possible)
      report("indicators", [...path, key], `nothing in \`of\` can be this ${key}: the numerator would always be 0`);
  }
}

export const planChecks = [plan, quotations, targets, definitions, shapes];
