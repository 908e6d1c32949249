import { flows, goodsKinds, techClasses } from "../kernel/codes.ts";
import { check, indexed, type Report, timeline, unique } from "./check.ts";
import type { PackFile } from "./pack.schema.ts";

/** Meaning of goods, sectors, fields, readiness levels, countries, developed lists and rules of law. */

/** The rows must have exactly these keys, once each. */
function exactly<T>(
  file: PackFile,
  path: string,
  rows: readonly T[],
  key: (row: T) => string | number,
  wanted: readonly (string | number)[],
  report: Report,
): void {
  unique(file, [path], rows, key, report);
  const missing = wanted.filter((k) => !rows.some((row) => key(row) === k));
  if (missing.length > 0) report(file, [path], `${path} lacks ${missing.join(", ")}`);
}
/** Rows of one key may follow each other in time, not overlap. */
function dated<T extends { key: string; validFrom: string | null; validTo: string | null }>(
  file: PackFile,
  path: string,
  rows: readonly T[],
  report: Report,
): void {
  for (const key of new Set(rows.map((row) => row.key))) {
    timeline(
      file,
      [path],
      indexed(rows).filter((row) => row.key === key),
      key,
      report,
    );
  }
}

const goods = check(["goods"], ({ goods: g }, report) => {
  exactly("goods", "goodsKinds", g.goodsKinds, (k) => k.key, goodsKinds, report);
  unique("goods", ["goodsKinds"], g.goodsKinds, (k) => k.segment, report);
  exactly("goods", "evidenceLevels", g.evidenceLevels, (e) => e.level, [0, 1, 2, 3, 4], report);
  exactly("goods", "flows", g.flows, (f) => f.key, flows, report);
  for (const key of techClasses) {
    if (!g.techClasses.some((c) => c.key === key)) report("goods", ["techClasses"], `techClasses lacks ${key}`);
  }
  for (const path of ["techClasses", "techObjects", "intermediaryKinds", "transferServices", "ocopGroups"] as const) {
    dated(
      "goods",
      path,
      g[path] as readonly { key: string; validFrom: string | null; validTo: string | null }[],
      report,
    );
  }
});

const sectors = check(["sectors"], ({ sectors: s }, report) => {
  unique("sectors", ["sectors"], s.sectors, (row) => row.key, report);
  const known = new Set(s.sectors.map((row) => row.key));
  timeline("sectors", ["keySectors"], indexed(s.keySectors), "the list of key sectors", report);
  for (const [i, list] of s.keySectors.entries()) {
    for (const [j, key] of list.sectors.entries()) {
      if (!known.has(key)) report("sectors", ["keySectors", i, "sectors", j], `unknown sector ${key}`);
    }
  }
  timeline("sectors", ["vsic"], indexed(s.vsic), "the VSIC version", report);
  s.vsic.forEach((version, i) => {
    unique("sectors", ["vsic", i, "sections"], version.sections, (row) => row.code, report);
  });
});

const fields = check(["fields"], ({ fields: f }, report) => {
  unique("fields", ["fields"], f.fields, (row) => row.code, report);
  f.fields.forEach((field, i) => {
    unique("fields", ["fields", i, "children"], field.children, (row) => row.code, report);
    field.children.forEach((child, j) => {
      if (!child.code.startsWith(field.code))
        report("fields", ["fields", i, "children", j], `${child.code} does not belong to ${field.code}`);
    });
  });
});

const trl = check(["trl"], ({ trl: t }, report) =>
  exactly("trl", "levels", t.levels, (l) => l.level, [1, 2, 3, 4, 5, 6, 7, 8, 9], report),
);

const countries = check(["countries", "province"], ({ countries: c, province: p }, report) => {
  unique("countries", ["countries"], c.countries, (row) => row.code, report);
  if (!c.countries.some((row) => row.code === p.domesticCountry))
    report("province", ["domesticCountry"], `unknown country ${p.domesticCountry}`);
});

const developed = check(["countries", "developed"], ({ countries: c, developed: d }, report) => {
  unique("developed", ["lists"], d.lists, (list) => list.key, report);
  if (!d.lists.some((list) => list.key === d.default)) report("developed", ["default"], `unknown list ${d.default}`);
  const known = new Set(c.countries.map((row) => row.code));
  d.lists.forEach((list, i) => {
    timeline("developed", ["lists", i, "versions"], indexed(list.versions), `the version of ${list.key}`, report, true);
    list.versions.forEach((version, j) => {
      unique("developed", ["lists", i, "versions", j, "codes"], version.codes, (code) => code, report);
      version.codes.forEach((code, k) => {
        if (!known.has(code)) report("developed", ["lists", i, "versions", j, "codes", k], `unknown country ${code}`);
      });
    });
  });
});

const legal = check(["legal"], ({ legal: l }, report) => {
  timeline("legal", ["registration"], indexed(l.registration), "the rule of registration", report, true);
  dated("legal", "rules", l.rules, report);
  dated("legal", "checklists", l.checklists, report);
  l.checklists.forEach((list, i) => {
    unique("legal", ["checklists", i, "items"], list.items, (item) => item.key, report);
  });
});

export const listChecks = [goods, sectors, fields, trl, countries, developed, legal];
