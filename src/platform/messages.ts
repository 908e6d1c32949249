import { newId } from "../kernel/id.ts";
import type { Db } from "./database/database.ts";

export type Message = { channel: "MAIL" | "SMS"; recipient: string; subject: string; body: string };

/** Mail and SMS leave through one port. The default keeps them in the database; in development /hop-thu shows them and a folder receives copies. */
export type Messages = {
  /** Queues a message in the transaction that causes it. */
  send(db: Db, message: Message): Promise<void>;
};

export const storedMessages: Messages = {
  async send(db, message) {
    await db.insertInto("outgoing_message").values({ id: newId(), ...message }).execute();
  },
};
