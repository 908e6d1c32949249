import { sql } from "kysely";
import { expect, test } from "vitest";
import { openWorld } from "../../test/support/world.ts";
import { newId } from "../kernel/id.ts";
import { inTransaction } from "./database/database.ts";
import { recordEvent } from "./events.ts";
import { firstBrokenSeal, sealEvents } from "./seal.ts";

async function isSealed(id: string): Promise<boolean> {
  const { db } = await openWorld();
  const { rows } = await sql`
    select 1 from event e join event_seal s on (s.up_to_xid, s.up_to_id) >= (e.xid, e.id) where e.id = ${id} limit 1`.execute(
    db,
  );
  return rows.length > 0;
}

test("an event changed behind the program's back breaks the chain at its seal, and mending it heals it", async () => {
  const { db } = await openWorld();
  const id = newId();
  const event = await inTransaction(db, (tx) =>
    recordEvent(tx, { actorId: undefined, subject: "deal", subjectId: id, verb: "sign", detail: { valueVnd: "5" } }),
  );
  // A transaction that runs elsewhere on this server holds sealing back until it ends.
  while (!(await isSealed(event.id))) await sealEvents(db);
  expect(await firstBrokenSeal(db)).toBeUndefined();
  const forge = (value: string) =>
    inTransaction(db, async (tx) => {
      await sql`alter table event disable trigger event_append_only`.execute(tx);
      await tx
        .updateTable("event")
        .set({ detail: JSON.stringify({ valueVnd: value }) })
        .where("id", "=", event.id)
        .execute();
      await sql`alter table event enable trigger event_append_only`.execute(tx);
    });
  await forge("50");
  expect(await firstBrokenSeal(db)).toBeDefined();
  await forge("5");
  expect(await firstBrokenSeal(db)).toBeUndefined();
}, 60_000);

test("the history refuses to be changed or emptied", async () => {
  const { db } = await openWorld();
  const event = await inTransaction(db, (tx) =>
    recordEvent(tx, { actorId: undefined, subject: "deal", subjectId: newId(), verb: "sign" }),
  );
  await expect(db.updateTable("event").set({ verb: "other" }).where("id", "=", event.id).execute()).rejects.toThrow(
    "append-only",
  );
  await expect(db.deleteFrom("event").where("id", "=", event.id).execute()).rejects.toThrow("append-only");
});
