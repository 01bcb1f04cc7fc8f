/** A kind of fault and its variants: one damage each, with the place and the reason that must be told. */
import type { LintContext } from '../../../src/workflow/lint.ts';
import { formFaults, itemFaults, items, type Loose, soundForms, type Told } from './ground.ts';

export interface Variant {
  /** What is damaged: an item, a form, a text. */
  of: string;
  /** What is done to it. */
  what: string;
  faults: () => Told[];
  /** Where the fault must be told; anywhere below it counts as well. */
  at: string;
  reason: RegExp;
}

export interface Kind {
  name: string;
  variants: Variant[];
}

/** One damage: what it is, how it is done, where it must be told and in what words. */
export type Plant = [what: string, damage: (copy: Loose) => unknown, at: string, reason: RegExp];

/** Most variants of a kind that are tried: enough, and spread over all there are. */
const MOST = 24;

/** Evenly spread over the list. */
export const spread = <T>(all: T[], most = MOST): T[] =>
  all.length <= most
    ? all
    : Array.from({ length: most }, (_, i) => all[Math.floor((i * all.length) / most)] as T);

/** A kind whose variants are damages to sound items. @param held what they are held against, when not what there is */
export function itemKind(name: string, plants: (item: Loose) => Plant[], held?: LintContext): Kind {
  const variants = items.flatMap((item) =>
    plants(item).map(([what, damage, at, reason]): Variant => {
      const faults = () => {
        const copy = structuredClone(item);
        damage(copy);
        return itemFaults(copy, held);
      };
      return { of: item.code, what, faults, at, reason };
    }),
  );
  return { name, variants: spread(variants) };
}

/** A kind whose variants are damages to sound forms; places are told within the form's own file. */
export function formKind(name: string, plants: (form: Loose) => Plant[]): Kind {
  const variants = soundForms.flatMap(([file, form]) =>
    plants(form).map(([what, damage, at, reason]): Variant => {
      const faults = () => {
        const copy = structuredClone(form);
        damage(copy);
        return formFaults(file, copy);
      };
      return { of: file, what, faults, at: `${file}${at}`, reason };
    }),
  );
  return { name, variants: spread(variants) };
}

type Visit = [value: Loose, pointer: string, change: (root: Loose, to: Loose) => void];

/** Every entry of a list with its index. */
export const each = (list: Loose[] | undefined, pointer: string): Visit[] =>
  (list ?? []).map((value, i) => [value, `${pointer}/${i}`, (root, to) => put(root, `${pointer}/${i}`, to)]);

const segments = (pointer: string): string[] => pointer.slice(1).split('/');

/** The value at a JSON pointer. */
export const at = (root: Loose, pointer: string): Loose =>
  segments(pointer).reduce((v, key) => v?.[key], root);

/** Set, or (undefined) remove, the value at a JSON pointer. */
export function put(root: Loose, pointer: string, value: Loose): void {
  const path = segments(pointer);
  const key = path.pop() as string;
  const owner = path.reduce((v, k) => v[k], root);
  if (value === undefined) delete owner[key];
  else owner[key] = value;
}

/** A plant that sets one value. */
export const set = (pointer: string, value: Loose, reason: RegExp, told = pointer): Plant => [
  `${pointer} = ${JSON.stringify(value)}`,
  (copy) => put(copy, pointer, value),
  told,
  reason,
];

/** A plant that removes one key. */
export const without = (pointer: string, reason: RegExp, told = pointer): Plant => [
  `${pointer} removed`,
  (copy) => put(copy, pointer, undefined),
  told,
  reason,
];

/** Steps of a kind with their pointers. */
export const stepsOf = (item: Loose, ...kinds: string[]): [step: Loose, pointer: string, index: number][] =>
  item.steps
    .map((step: Loose, i: number) => [step, `/steps/${i}`, i])
    .filter(([step]: [Loose]) => kinds.length === 0 || kinds.includes(step.kind));
