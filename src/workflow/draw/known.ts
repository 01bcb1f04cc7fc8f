/** What is sure about a case in some state, as far as the guards of the machine tell. */
import type { Taken } from '../vocabulary.ts';

export interface Known {
  /** Situations it may be of. */
  situations: ReadonlySet<string>;
  /** Route rules that are sure to have struck, or not to have. */
  routes: ReadonlyMap<string, boolean>;
}

/** One condition of a guard: a route rule struck or not, or situations that are left out. */
export type Condition = { route: string; struck: boolean } | { without: string[] };

/** A guard's conditions, all of which must hold. Which office answers last is not known from the form. */
export const conditionsOf = ({ route, unless, without, also = [] }: Taken): Condition[] => [
  ...(route === undefined ? [] : [{ route, struck: true }]),
  ...(unless === undefined ? [] : [{ route: unless, struck: false }]),
  ...(without?.length ? [{ without }] : []),
  ...also.flatMap(conditionsOf),
];

/** Does it hold? undefined: that depends on the case. */
export function holds(condition: Condition, known: Known): boolean | undefined {
  if ('route' in condition) {
    const struck = known.routes.get(condition.route);
    return struck === undefined ? undefined : struck === condition.struck;
  }
  const left = [...known.situations].filter((s) => !condition.without.includes(s));
  return left.length === 0 ? false : left.length === known.situations.size ? true : undefined;
}

/** What is known once a condition was found to hold, or not to. */
function learn(known: Known, condition: Condition, held: boolean): Known {
  if ('route' in condition)
    return { ...known, routes: new Map(known.routes).set(condition.route, condition.struck === held) };
  const still = [...known.situations].filter((s) => condition.without.includes(s) !== held);
  return { ...known, situations: new Set(still) };
}

export const assume = (known: Known, conditions: Condition[]): Known =>
  conditions.reduce((k, c) => learn(k, c, true), known);

/** After a guard failed: which of several conditions did is not known. */
export const deny = (known: Known, conditions: Condition[]): Known =>
  conditions.length === 1 ? learn(known, conditions[0] as Condition, false) : known;

/** What is sure whichever of two ways a case came. */
export const either = (a: Known, b: Known): Known => ({
  situations: new Set([...a.situations, ...b.situations]),
  routes: new Map([...a.routes].filter(([route, struck]) => b.routes.get(route) === struck)),
});

export const sameKnown = (a: Known, b: Known): boolean =>
  a.situations.size === b.situations.size && a.routes.size === b.routes.size;
