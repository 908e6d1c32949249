/** The arrows of the house (style.md §2): main → app → features → engine | province | ui | platform → kernel. */
const never = (name, from, to) => ({ name, severity: "error", from, to });
const tests = "[.]test[.]tsx?$";
module.exports = {
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "[.]test[.]tsx?$" },
  },
  forbidden: [
    never("no-cycles", {}, { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } }),
    never("kernel-stands-alone", { path: "^src/kernel/" }, { path: "^src/", pathNot: "^src/kernel/" }),
    never("platform-knows-no-domain", { path: "^src/platform/" }, { path: "^src/(ui|features|engine|province|app|main|cli|deps|demo)" }),
    never("engine-is-pure", { path: "^src/engine/" }, { path: ["^src/(platform|ui|features|app|main|cli|deps|demo)", "node_modules/(pg|kysely|hono)/", "^(node:)?fs"] }),
    never("province-is-data", { path: "^src/province/" }, { path: "^src/(platform|ui|features|engine|app|main|cli|deps|demo)" }),
    never("ui-knows-no-domain", { path: "^src/ui/" }, { path: "^src/(platform|features|engine|province|app|main|cli|deps|demo)" }),
    never("front-door-only", { path: "^src/features/([^/]+)/" }, { path: "^src/features/", pathNot: ["^src/features/$1/", "^src/features/[^/]+/index[.]ts$"] }),
    never("top-uses-front-doors", { path: "^src/(?!features/)" }, { path: "^src/features/", pathNot: "^src/features/[^/]+/index[.]ts$" }),
    never("accounts-is-lowest", { path: "^src/features/accounts/" }, { path: "^src/features/(?!accounts/)" }),
    never("exchange-below-office", { path: "^src/features/exchange/" }, { path: "^src/features/(office|portal|network)/" }),
    never("office-below-portal", { path: "^src/features/office/" }, { path: "^src/features/(portal|network)/" }),
    never("rules-are-pure", { path: "[.]rules[.]ts$" }, { pathNot: ["[.]rules[.]ts$", "[.]document[.]ts$", "^src/kernel/", "^src/province/", "^src/engine/", "^(node:)?util$"] }),
    never("pages-do-no-io", { path: "[.]pages[.]tsx$" }, { path: ["[.](queries|actions|routes)[.]tsx?$", "^src/platform/"], dependencyTypesNot: ["type-only"] }),
    never("actions-know-no-http", { path: "[.]actions[.]ts$" }, { path: ["[.](pages|routes)[.]tsx?$", "node_modules/hono/"] }),
    never("queries-know-only-rows", { path: "[.]queries[.]ts$" }, { path: "[.](actions|pages|routes)[.]tsx?$" }),
    never("sql-lives-in-queries", { path: "^src/features/", pathNot: "[.]queries[.]ts$" }, { path: "node_modules/kysely/", dependencyTypesNot: ["type-only"] }),
    never("product-needs-no-tests", { path: "^src/", pathNot: tests }, { path: "^test/" }),
  ],
};
