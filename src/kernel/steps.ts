/** A workflow as a table: state → verb → next state (style R2). Nothing else may write the state column. */
export type Steps<State extends string, Verb extends string> = Record<State, Partial<Record<Verb, State>>>;

export const nextStep = <S extends string, V extends string>(steps: Steps<S, V>, state: S, verb: V): S | undefined =>
  steps[state][verb];

/** The verbs that lead out of a state, in the table's order. */
export const verbsFrom = <S extends string, V extends string>(steps: Steps<S, V>, state: S): V[] =>
  Object.keys(steps[state]) as V[];
