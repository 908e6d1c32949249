/** Indicators as data: predicates over cells of the roll-up, exact figures, targets by kind. Pure. */

export * from "./cells.ts";
export * from "./evaluate.ts";
export { type Fold, type Folds, foldCell, foldsOf } from "./fold.ts";
export * from "./target.ts";
