import type { Db } from "../../../platform/database/database.ts";

/** The listing a file belongs to, if any. */
export async function listingOfFile(db: Db, fileId: string): Promise<string | undefined> {
  const row = await db.selectFrom("listing_file").select("listing_id").where("file_id", "=", fileId).executeTakeFirst();
  return row?.listing_id;
}
