/** Lengths of time that a parameter gives: what an item calls by name is a number from the day its file comes in. */
import type { Budget } from '../kernel/deadline.ts';
import type { Count, Definition, Term } from './definition.ts';

/** Keys of an item under which a length of time stands. */
const LENGTHS: readonly string[] = ['days', 'hours', 'months', 'rectify', 'again'];

/** Parts of an item in which those keys mean lengths of time. */
const TIMED = ['terms', 'situations', 'steps'] as const;

/** Every name called in place of a number, with its JSON pointer. */
export function namedCounts(definition: Definition): { pointer: string; name: string }[] {
  const below = (value: unknown, pointer: string): { pointer: string; name: string }[] => {
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, v]) =>
      LENGTHS.includes(key) && typeof v === 'string'
        ? [{ pointer: `${pointer}/${key}`, name: v }]
        : below(v, `${pointer}/${key}`),
    );
  };
  return TIMED.flatMap((part) => below(definition[part], `/${part}`));
}

/** The parameter that says how long a minor paper may be owed (容缺, catalogue B.6). */
export const GAP_DAYS = 'gapDays';

/**
 * The numbers an item calls by name, as they are on a day.
 * @throws Error naming the parameter that has no positive whole number
 */
export function countsOf(definition: Definition, params: Record<string, unknown>): Record<string, number> {
  const owes = definition.materials.some((m) => m.tolerable) ? [GAP_DAYS] : [];
  const names = new Set([...namedCounts(definition).map((n) => n.name), ...owes]);
  return Object.fromEntries([...names].map((name) => [name, countOf(name, params)]));
}

function countOf(name: string, values: Record<string, unknown>): number {
  const value = values[name];
  if (!Number.isInteger(value) || (value as number) < 1)
    throw new Error(`parameter "${name}" gives no length of time: ${JSON.stringify(value)}`);
  return value as number;
}

/** A length of time as a number. @throws Error when the parameter it names is not known */
export const numbered = (count: Count, counts: Record<string, number>): number =>
  typeof count === 'number' ? count : countOf(count, counts);

/** A term with its number. */
export function budgetFrom(term: Term | Budget, counts: Record<string, number>): Budget {
  if ('until' in term) return term;
  if ('months' in term) return { months: numbered(term.months, counts) };
  if ('hours' in term) return { hours: numbered(term.hours, counts), unit: term.unit };
  return { days: numbered(term.days, counts), unit: term.unit };
}

/** The same item with numbers for every name that `values` knows; a name it does not know stays. */
export function resolved(definition: Definition, values: Record<string, unknown>): Definition {
  const below = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(below);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, v]) =>
        LENGTHS.includes(key) && typeof v === 'string' ? [key, values[v] ?? v] : [key, below(v)],
      ),
    );
  };
  return {
    ...definition,
    ...Object.fromEntries(TIMED.map((part) => [part, below(definition[part])])),
  } as Definition;
}
