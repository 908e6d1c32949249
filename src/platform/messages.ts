import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { sql } from "kysely";
import { newId } from "../kernel/id.ts";
import type { Db } from "./database/database.ts";

export type Message = { channel: "MAIL" | "SMS"; recipient: string; subject: string; body: string };

/**
 * Mail and SMS leave through one port. The default keeps them in the database; on a developer's own machine /hop-thu shows them and a
 * folder receives copies. They hold codes, numbers and names, so erasing a person removes the rows of their addresses and the copies.
 */
export type Messages = {
  /** Queues a message in the transaction that causes it. */
  send(db: Db, message: Message): Promise<void>;
  /** Removes what this port keeps outside of the database of messages that are erased; silent about unknown ones. */
  forget?(ids: readonly string[]): Promise<void>;
};

async function keep(db: Db, message: Message, isSent: boolean): Promise<string> {
  const id = newId();
  await db
    .insertInto("outgoing_message")
    .values({ id, ...message, sent_at: isSent ? sql<Date>`now()` : null })
    .execute();
  return id;
}

export const storedMessages: Messages = {
  async send(db, message) {
    await keep(db, message, false);
  },
};

/**
 * Keeps messages and copies each into a folder, which is all the sending there is, so they count as sent; a copy says what was queued,
 * also if its transaction fails later. Only the owner of the installation reads them.
 */
export function messagesTo(folder: string): Messages {
  const fileOf = (id: string) => path.join(folder, `${path.basename(id)}.txt`);
  return {
    async send(db, message) {
      const id = await keep(db, message, true);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await chmod(folder, 0o700); // also a folder that stood before
      const text = `${message.channel}\n${message.recipient}\n${message.subject}\n\n${message.body}\n`;
      await writeFile(fileOf(id), text, { mode: 0o600 });
    },
    async forget(ids) {
      for (const id of ids) await rm(fileOf(id), { force: true });
    },
  };
}
