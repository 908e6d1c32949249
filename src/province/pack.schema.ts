import type { z } from "zod";
import {
  countriesFile,
  developedFile,
  fieldsFile,
  goodsFile,
  legalFile,
  sectorsFile,
  trlFile,
} from "./lists.schema.ts";
import { agenciesFile, dutiesFile, holidaysFile, provinceFile, territoriesFile } from "./place.schema.ts";
import { indicatorsFile, planFile } from "./plan.schema.ts";

/** The files of a pack, each with its schema; a pack has all of them. */
export const packFiles = {
  province: provinceFile,
  agencies: agenciesFile,
  duties: dutiesFile,
  plan: planFile,
  indicators: indicatorsFile,
  goods: goodsFile,
  sectors: sectorsFile,
  fields: fieldsFile,
  trl: trlFile,
  countries: countriesFile,
  developed: developedFile,
  holidays: holidaysFile,
  territories: territoriesFile,
  legal: legalFile,
} as const;
export type PackFile = keyof typeof packFiles;
export const packFileNames = Object.keys(packFiles) as PackFile[];

/** The province as data, checked: `pack.agencies.agencies`, `pack.plan.targets`, … (one key per file). */
export type ProvincePack = { readonly [K in PackFile]: z.output<(typeof packFiles)[K]> };
