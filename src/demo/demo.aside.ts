/**
 * Writes that nobody waits for. Events are gathered and written together; an insert that answers nothing is sent and the action goes on,
 * for the connection keeps their order. What the database refuses of them is told at the next `settled`, and the load fails as a whole.
 */
export type Asked = { rows: object[]; rowCount: number | null; command: string };
type Send = (text: string, values: unknown[]) => Promise<Asked>;

const inserted = (rowCount: number): Asked => ({ rows: [], rowCount, command: "INSERT" });
const eventInsert = /^insert into "event" \(([^)]*)\) values \([^)]*\)$/;
const plainInsert = /^insert into "\w+" \([^)]*\) values (?!.*\b(?:returning|on conflict)\b)/s;
const gatheredMax = 200;

export function writesAside(send: Send): { query: Send; settled(): Promise<void> } {
  let events: Record<string, unknown>[] = [];
  let refused: unknown;
  const aside = (text: string, values: unknown[]) => {
    send(text, values).catch((error: unknown) => {
      refused ??= error;
    });
  };
  const flush = () => {
    if (events.length === 0) return;
    const rows = JSON.stringify(events);
    events = [];
    aside(
      `insert into event (id, actor_id, organisation_id, subject, subject_id, verb, detail, at)
       select id, actor_id, organisation_id, subject, subject_id, verb, detail, at from jsonb_to_recordset($1::jsonb)
       as e(id uuid, actor_id uuid, organisation_id uuid, subject text, subject_id uuid, verb text, detail jsonb, at timestamptz)`,
      [rows],
    );
  };
  return {
    query(text, values) {
      const columns = eventInsert.exec(text)?.[1]?.replaceAll('"', "").split(", ");
      if (columns) {
        const row = Object.fromEntries(columns.map((column, index) => [column, values[index]]));
        events.push({ ...row, detail: JSON.parse(String(row.detail ?? "{}")) });
        if (events.length >= gatheredMax) flush();
        return Promise.resolve(inserted(1));
      }
      if (/\bevent\b/.test(text)) flush();
      if (!plainInsert.test(text)) return send(text, values);
      aside(text, values);
      return Promise.resolve(inserted(1));
    },
    async settled() {
      flush();
      await send("select 1", []);
      if (refused) throw refused;
    },
  };
}
