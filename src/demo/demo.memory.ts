/**
 * Remembers what was read while nothing wrote to the tables it was read from. The load is one connection's single transaction and its
 * actions read the same deal and parties again and again, so half of its questions are answered already.
 */
type Result = { rows: object[] };
type Ask = () => Promise<Result>;
type Kept = { answer: Promise<Result>; stamp: string };

/** The tables a plain query reads; undefined when it is no such query or they cannot be told. */
function tablesRead(text: string): readonly string[] | undefined {
  if (!/^select\b/.test(text) || /\bfor update\b|\bpg_\w+\(|\bnextval\(/.test(text)) return undefined;
  const sources = text.match(/\b(?:from|join)\s+(?:"\w+"|\()/g) ?? [];
  if (sources.length !== (text.match(/\b(?:from|join)\b/g) ?? []).length) return undefined;
  return [...new Set(sources.filter((one) => one.endsWith('"')).map((one) => one.slice(one.indexOf('"') + 1, -1)))];
}
const tableWritten = (text: string): string | undefined =>
  /^(?:insert into|update|delete from) "(\w+)"/.exec(text)?.[1];
/** A record's id, found by what never changes. */
const isLasting = (text: string): boolean =>
  /^select "id" from "\w+" where "(?:id|code)" = \$1(?: for update)?$/.test(text);
const isLockOnly = (text: string): boolean => /^select\b/.test(text) && /\bfor update$/.test(text);

export function rememberReads(): (text: string, values: readonly unknown[], ask: Ask) => Promise<Result> {
  const reads = new Map<string, readonly string[] | undefined>();
  const kept = new Map<string, Kept>();
  const writes = new Map<string, number>();
  const lasting = new Map<string, Result>();
  let unknownWrites = 0;
  return async (text, values, ask) => {
    if (isLasting(text)) {
      // Nobody else is in this transaction, so what one lock would keep out is not there.
      const key = `${text}\n${values[0]}`;
      const result = lasting.get(key) ?? (await ask());
      if (result.rows.length > 0) lasting.set(key, result);
      return { ...result, rows: result.rows.map((row) => ({ ...row })) };
    }
    if (!reads.has(text)) reads.set(text, tablesRead(text));
    const tables = reads.get(text);
    if (!tables) {
      const table = tableWritten(text);
      if (table) writes.set(table, (writes.get(table) ?? 0) + 1);
      else if (!isLockOnly(text)) unknownWrites++;
      return ask();
    }
    const key = `${text}\n${JSON.stringify(values, (_name, value) => (typeof value === "bigint" ? `${value}n` : value))}`;
    const stamp = [unknownWrites, ...tables.map((table) => writes.get(table) ?? 0)].join();
    const known = kept.get(key);
    const answer = known?.stamp === stamp ? known.answer : ask();
    kept.set(key, { answer, stamp });
    const result = await answer;
    return { ...result, rows: result.rows.map((row) => ({ ...row })) };
  };
}
