import type { Mapping } from "./import.mapping.ts";
import type { ImportFormat, ImportKind, ImportState } from "./import.rules.ts";

/** One import as the database holds it. */
export type Batch = {
  id: string;
  code: string;
  kind: ImportKind;
  state: ImportState;
  organisationId: string;
  organisationName: string;
  personId: string;
  fileId: string;
  fileName: string;
  sha256: string;
  format: ImportFormat;
  source: string;
  headers: readonly string[];
  mapping: Mapping | undefined;
  publish: boolean;
  onlyValid: boolean;
  acceptedBy: string | undefined;
  read: number;
  valid: number;
  bad: number;
  written: number;
  created: number;
  updated: number;
  unchanged: number;
  published: number;
  totalEstimate: number | undefined;
  fileFault: { fault: string; detail: string } | undefined;
  version: number;
  createdAt: Date;
};
