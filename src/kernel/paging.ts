/** Lists page by key, never by offset (style R22). A cursor is opaque text in an address. */
export type Page<T> = { rows: T[]; next?: string };

export const encodeCursor = (parts: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(parts)).toString("base64url");

/** Undefined for anything that is not a cursor of exactly `length` texts or numbers. */
export function decodeCursor(text: string | undefined, length: number): (string | number)[] | undefined {
  if (!text || text.length > 500) return undefined;
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    const fits = Array.isArray(parts) && parts.length === length;
    return fits && parts.every((p) => typeof p === "string" || typeof p === "number") ? parts : undefined;
  } catch {
    return undefined;
  }
}

/** Cuts `size + 1` rows to a page: the extra row only tells that there is more. */
export function pageOf<T>(rows: T[], size: number, keyOf: (row: T) => readonly (string | number)[]): Page<T> {
  const last = rows[size - 1];
  return rows.length > size && last ? { rows: rows.slice(0, size), next: encodeCursor(keyOf(last)) } : { rows };
}
