/** The province as data. Only main, cli and tests load a pack; everybody else is handed a `ProvincePack`. */
export type { Label, Mark, Provenance, Validity } from "./base.schema.ts";
export type {
  Checklist,
  Coded,
  Country,
  DevelopedList,
  EvidenceLevel,
  LegalRule,
  RegistrationLaw,
  Sector,
  StField,
  TrlLevel,
} from "./lists.schema.ts";
export { lunarToDay } from "./lunar.ts";
export * from "./pack.days.ts";
export * from "./pack.figures.ts";
export { faultText, loadPack, type PackFault, type PackRead } from "./pack.load.ts";
export type { PackFile, ProvincePack } from "./pack.schema.ts";
export * from "./pack.ts";
export type { Agency, AgencySystem, DayOff, Duty, HolidayYear, ProvinceIdentity, Territory } from "./place.schema.ts";
export { duties } from "./place.schema.ts";
export type {
  Definition,
  Indicator,
  MilestoneStep,
  Plan,
  Predicate,
  PredicateKey,
  SourceDocument,
  Target,
  TargetKind,
  TargetScope,
  TaskGroup,
  Unit,
} from "./plan.schema.ts";
