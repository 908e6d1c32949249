/** Who acts, what roles they hold where, and what those roles may do: the one table of D§11 that pages, actions and queries share. */

export const roles = [
  "MEMBER_BUYER",
  "MEMBER_SELLER",
  "TTO_MANAGER",
  "EXPERT",
  "BROKER",
  "EXCHANGE_OPERATOR",
  "REVIEWER",
  "PROGRAMME_OFFICER",
  "AGENCY_REPORTER",
  "FINANCE_OFFICER",
  "INVEST_OFFICER",
  "UNIT_HEAD",
  "SIGNER",
  "CLERK",
  "EDITOR",
  "EDITOR_IN_CHIEF",
  "MODERATOR",
  "DATA_PROTECTION",
  "AUDITOR",
  "SYS_ADMIN",
] as const;
export type Role = (typeof roles)[number];

/** What somebody may do. Each is granted to roles below; scope (own organisation, party, assigned) is checked by the noun's rules. */
export const abilities = {
  "organisation.manage": ["UNIT_HEAD"],
  "organisation.verify": ["EXCHANGE_OPERATOR"],
  "person.register": ["EXCHANGE_OPERATOR"],
  "listing.write.offer": ["MEMBER_SELLER", "TTO_MANAGER", "EXCHANGE_OPERATOR"],
  "listing.write.request": ["MEMBER_BUYER", "MEMBER_SELLER", "TTO_MANAGER", "EXCHANGE_OPERATOR"],
  "listing.review": ["REVIEWER", "EXCHANGE_OPERATOR"],
  "interest.express": ["MEMBER_BUYER", "MEMBER_SELLER", "TTO_MANAGER", "BROKER"],
  "interest.screen": ["BROKER", "EXCHANGE_OPERATOR"],
  "interest.answer": ["MEMBER_SELLER", "TTO_MANAGER", "MEMBER_BUYER"],
  "deal.write": ["MEMBER_BUYER", "MEMBER_SELLER", "TTO_MANAGER", "BROKER"],
  "deal.enter_off_platform": ["PROGRAMME_OFFICER", "EXCHANGE_OPERATOR"],
  "deal.confirm_evidence": ["PROGRAMME_OFFICER"],
  "deal.correct": ["PROGRAMME_OFFICER"],
  "deal.read_counted": ["PROGRAMME_OFFICER"],
  "deal.read_any": ["AUDITOR"],
  "intermediary.record": ["PROGRAMME_OFFICER"],
  "milestone.record": ["PROGRAMME_OFFICER"],
  "indicator.recount": ["PROGRAMME_OFFICER", "AUDITOR"],
  "import.listings": ["MEMBER_SELLER", "TTO_MANAGER", "EXCHANGE_OPERATOR"],
  "import.deals": ["PROGRAMME_OFFICER"],
  "event.read": ["AUDITOR"],
} as const satisfies Record<string, readonly Role[]>;
export type Ability = keyof typeof abilities;

/**
 * What keeps deciding apart from doing (D§11). To use an ability on a record, the actor must stand outside of the organisations and be
 * none of the people named here: author ≠ reviewer, claimant ≠ verifier, party or enterer ≠ who confirms and corrects.
 */
export const separations = {
  "listing.review": { organisations: "its owner", people: "its author and who sent it" },
  "organisation.verify": { organisations: "itself", people: "who asked" },
  "deal.confirm_evidence": {
    organisations: "parties and broker",
    people: "who entered it, its figures or the document",
  },
  "deal.correct": { organisations: "parties and broker", people: "who entered it" },
} as const satisfies Partial<Record<Ability, { organisations: string; people: string }>>;
export type SeparatedAbility = keyof typeof separations;

/** What was done to a record: by members of which organisations, by which people (undefined ones are nobody). */
export type Doers = { organisations: readonly (string | undefined)[]; people?: readonly (string | undefined)[] };

/** Holds the ability and stands apart from those who did what is to be decided. */
export const canApart = (actor: Actor | undefined, ability: SeparatedAbility, doers: Doers): boolean =>
  can(actor, ability) && isApart(actor, doers);

export const isApart = (actor: Actor | undefined, { organisations, people = [] }: Doers): boolean =>
  actor !== undefined &&
  !organisations.some((id) => id !== undefined && isMember(actor, id)) &&
  !people.includes(actor.personId);

/** A second factor is compulsory for these before they may act (decisions.md 14). */
export const secondFactorRoles: readonly Role[] = ["SIGNER", "CLERK", "FINANCE_OFFICER", "SYS_ADMIN"];

export type Membership = { organisationId: string; organisationName: string; role: Role };

/** Somebody signed in. `organisationId` is the one they work for now: their own choice among memberships. */
export type Actor = {
  personId: string;
  name: string;
  memberships: readonly Membership[];
  organisationId: string | undefined;
  secondFactor: boolean;
};

/** True when the actor holds one of the ability's roles, in `organisationId` if given, else in any organisation. */
export function can(actor: Actor | undefined, ability: Ability, organisationId?: string): boolean {
  if (!actor) return false;
  const granted: readonly Role[] = abilities[ability];
  return actor.memberships.some(
    (m) =>
      granted.includes(m.role) &&
      (organisationId === undefined || m.organisationId === organisationId) &&
      (actor.secondFactor || !secondFactorRoles.includes(m.role)),
  );
}

export const isMember = (actor: Actor | undefined, organisationId: string): boolean =>
  actor?.memberships.some((m) => m.organisationId === organisationId) ?? false;

/** The organisations in which the actor may do something: what list queries filter by. */
export function organisationsWhere(actor: Actor | undefined, ability: Ability): string[] {
  if (!actor) return [];
  return [...new Set(actor.memberships.map((m) => m.organisationId))].filter((id) => can(actor, ability, id));
}
