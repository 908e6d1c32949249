import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { newId } from "../kernel/id.ts";
import type { Db } from "./database/database.ts";

export type Message = { channel: "MAIL" | "SMS"; recipient: string; subject: string; body: string };

/** Mail and SMS leave through one port. The default keeps them in the database; in development /hop-thu shows them and a folder receives copies. */
export type Messages = {
  /** Queues a message in the transaction that causes it. */
  send(db: Db, message: Message): Promise<void>;
};

const keep = async (db: Db, message: Message): Promise<string> => {
  const id = newId();
  await db
    .insertInto("outgoing_message")
    .values({ id, ...message })
    .execute();
  return id;
};

export const storedMessages: Messages = {
  async send(db, message) {
    await keep(db, message);
  },
};

/** Keeps messages and copies each into a folder as a text file; a copy says what was queued, also if its transaction fails later. */
export const messagesTo = (folder: string): Messages => ({
  async send(db, message) {
    const id = await keep(db, message);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const text = `${message.channel}\n${message.recipient}\n${message.subject}\n\n${message.body}\n`;
    await writeFile(path.join(folder, `${id}.txt`), text, { mode: 0o600 });
  },
});
