import type { PoolClient } from "pg";
import { expect, test } from "vitest";
import { writesAside } from "./demo.aside.ts";
import { stampingOf } from "./demo.time.ts";

const noon = new Date("2024-03-01T05:00:00Z");
const client = { query: async () => ({ rows: [{ table: "deal", columns: ["created_at", "updated_at"] }] }) };
const stamping = () => stampingOf(client as unknown as PoolClient, () => noon);

test("an insert that leaves its times out gets those of the step, in every row", async () => {
  const stamp = await stamping();
  const asked = stamp(
    'insert into "deal" ("id", "updated_at") values ($1, now()), (coalesce($2, (select 1)), $3) returning "id"',
    [1, 2, 3],
  );
  expect(asked.text).toBe(
    'insert into "deal" ("id", "updated_at", "created_at") values ($1, $4::timestamptz, $4::timestamptz), ' +
      '(coalesce($2, (select 1)), $3, $4::timestamptz) returning "id"',
  );
  expect(asked.values).toEqual([1, 2, 3, noon]);
});

test("questions and inserts with nothing to stamp stay as they are", async () => {
  const stamp = await stamping();
  for (const text of ['select now() from "deal"', 'insert into "tag" ("id") values ($1)'])
    expect(stamp(text, [1])).toEqual({ text, values: [1] });
});

test("events go before anything that reads them, and a refused insert is told in the end", async () => {
  const sent: string[] = [];
  const aside = writesAside(async (text) => {
    sent.push(text.slice(0, 17));
    if (text.startsWith('insert into "tag"')) throw new Error("refused");
    return { rows: [], rowCount: 0, command: "" };
  });
  await aside.query('insert into "event" ("id", "detail") values ($1, $2)', ["a", '{"code":"GD"}']);
  expect(sent).toEqual([]);
  await aside.query('select * from "event"', []);
  await aside.query('insert into "tag" ("id") values ($1)', [1]);
  expect(sent).toEqual(["insert into event", 'select * from "ev', 'insert into "tag"']);
  await expect(aside.settled()).rejects.toThrow("refused");
});
