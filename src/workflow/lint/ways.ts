import { leftOut } from '../compile.ts';
import type { Definition, Desk, Step } from '../types.ts';

/** One way through an item: a situation, the route rules that struck, and the steps taken. */
export interface Way {
  situation: string;
  struck: readonly string[];
  /** Steps taken, with their places in the definition. */
  path: { step: Step; i: number }[];
}

/** Most route rules whose combinations are walked; an item with more is too tangled to be read anyway. */
export const MOST_ROUTES = 8;

/** Route rules that some step depends on. */
export const routesOf = ({ steps, rules }: Definition): string[] =>
  rules
    .filter((r) => r.effect === 'route' && steps.some((s) => s.when === r.id || s.unless === r.id))
    .map((r) => r.id);

/** Every combination of situation and route rules, and the steps it takes. */
export function waysOf(definition: Definition): Way[] {
  const { situations, steps } = definition;
  const routes = routesOf(definition).slice(0, MOST_ROUTES);
  const combinations = routes.reduce<string[][]>((all, r) => all.flatMap((c) => [c, [...c, r]]), [[]]);
  return situations.flatMap(({ id }) =>
    combinations.map((struck) => ({
      situation: id,
      struck,
      path: steps
        .map((step, i) => ({ step, i }))
        .filter(
          ({ step }) =>
            !leftOut(definition, step).includes(id) &&
            (step.when === undefined || struck.includes(step.when)) &&
            (step.unless === undefined || !struck.includes(step.unless)),
        ),
    })),
  );
}

/** Does the case pass this step in this situation, at least on one way? */
export const isTaken = (definition: Definition, situation: string, step: Step): boolean =>
  !leftOut(definition, step).includes(situation);

/** A way in words: `in situation "new", when R4 struck`. */
export const told = ({ situation, struck }: Pick<Way, 'situation' | 'struck'>): string =>
  `in situation "${situation}"${struck.length > 0 ? `, when ${struck.join(' and ')} struck` : ''}`;

/** A desk in words; without an office of its own it is one of the item's department. */
export const deskWords = (
  { at, role, office }: Desk,
  { department }: Pick<Definition, 'department'>,
): string => [at, role, office ?? department].join(' ');
