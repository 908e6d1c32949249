import { sql } from "kysely";
import type { Tx } from "../../../platform/database/database.ts";

/** What an erased person left as a guest: name, phone and own words go; that somebody asked, and when, stays for the statistics. */
const nobody = { name: "(đã xóa)", text: "(đã xóa)" };
/** A number nobody has (+99 is no country), another for each row: two erased askers of one listing must not meet in its unique index. */
const noPhone = sql<string>`'+99' || substr(translate(md5(id::text), 'abcdef', '012345'), 1, 11)`;

export async function eraseGuest(tx: Tx, phone: string | undefined): Promise<void> {
  if (phone === undefined) return;
  await tx
    .updateTable("interest")
    .set({
      guest_name: nobody.name,
      guest_phone: noPhone,
      guest_organisation: null,
      cooperation: nobody.text,
      missing_information: nobody.text,
      about: nobody.text,
      lookup_code_hash: null,
    })
    .where("guest_phone", "=", phone)
    .execute();
}
