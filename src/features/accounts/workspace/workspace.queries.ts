import type { Db } from "../../../platform/database/database.ts";

/** A mail or SMS as the mailbox of a trial shows it. */
export type SentMessage = {
  id: string;
  channel: string;
  recipient: string;
  subject: string;
  body: string;
  createdAt: Date;
};

/** What the mailbox of a trial shows, newest first. */
export async function newestMessages(db: Db): Promise<SentMessage[]> {
  const rows = await db
    .selectFrom("outgoing_message")
    .select(["id", "channel", "recipient", "subject", "body", "created_at"])
    .orderBy("id", "desc")
    .limit(100)
    .execute();
  return rows.map(({ created_at, ...row }) => ({ ...row, createdAt: created_at }));
}
