import type { Db } from "../../../platform/database/database.ts";
import { consentsOf, personById } from "./person.queries.ts";

export const exportEventsMax = 5000;
/** All that the platform itself keeps about a person, for them to take away. Other features' records stand under their organisations. */
export async function ownData(db: Db, personId: string, citizenId: string | undefined): Promise<object> {
  const [person, consents, memberships, events, files, sessions] = await Promise.all([
    personById(db, personId),
    consentsOf(db, personId),
    db
      .selectFrom("membership")
      .innerJoin("organisation", "organisation.id", "membership.organisation_id")
      .select([
        "organisation.code",
        "organisation.legal_name as organisation",
        "membership.role",
        "valid_from",
        "valid_to",
      ])
      .where("person_id", "=", personId)
      .orderBy("valid_from")
      .limit(1000)
      .execute(),
    db
      .selectFrom("event")
      .select(["at", "subject", "subject_id", "verb", "detail"])
      .where("actor_id", "=", personId)
      .orderBy("id")
      .limit(exportEventsMax)
      .execute(),
    db
      .selectFrom("file")
      .select(["id", "name", "media_type", "size_bytes", "created_at"])
      .where("uploaded_by", "=", personId)
      .orderBy("id")
      .limit(1000)
      .execute(),
    db
      .selectFrom("auth.session as session")
      .innerJoin("person", "person.auth_user_id", "session.userId")
      .select(["session.createdAt", "session.expiresAt", "session.userAgent"])
      .where("person.id", "=", personId)
      .limit(100)
      .execute(),
  ]);
  return { person: { ...person, citizenId }, consents, memberships, files, sessions, events };
}
