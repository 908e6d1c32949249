import { v7 } from "uuid";

/** A new key: UUIDv7, made in Node because PostgreSQL 15 has none (decisions.md 9). */
export const newId = (): string => v7();
