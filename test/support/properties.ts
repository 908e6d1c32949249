import fc from "fast-check";

/** How often a property is tried when it does not say so itself; `npm run test:full` tries more. */
fc.configureGlobal({ numRuns: Number(process.env.PROPERTY_RUNS ?? 100) });
