/** What an action answers: done with a value, or refused with a message key that a person can act on (style R4). */
export type Refusal = { ok: false; why: string; field?: string };
export type Done<T> = { ok: true; value: T };
export type Outcome<T> = Done<T> | Refusal;

export const done = <T>(value: T): Done<T> => ({ ok: true, value });

/** `why` is a message key found in the noun's words (`why`) or in ui's; `field` is the form field it belongs to. */
export const refuse = (why: string, field?: string): Refusal =>
  field === undefined ? { ok: false, why } : { ok: false, why, field };
