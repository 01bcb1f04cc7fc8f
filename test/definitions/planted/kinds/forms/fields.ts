/** The fields of a form, and damages to them. */
import type { Loose } from '../../ground.ts';
import { type Plant, put, set } from '../../kind.ts';

/** Every field a form writes itself, with its place in the file; blocks it only refers to are not its own. */
export function own(form: Loose): [field: Loose, pointer: string][] {
  const below = (node: Loose, pointer: string): [Loose, string][] => [
    ...Object.entries(node.properties ?? {}).flatMap(([key, field]: [string, Loose]): [Loose, string][] => [
      ...(field.$ref ? [] : [[field, `${pointer}/properties/${key}`] as [Loose, string]]),
      ...below(field, `${pointer}/properties/${key}`),
    ]),
    ...(node.items ? below(node.items, `${pointer}/items`) : []),
  ];
  return below(form, '');
}
/** Its fields of some sort. */
export const fields = (form: Loose, test: (field: Loose) => boolean) =>
  own(form).filter(([field]) => test(field));
export const objects = (form: Loose) => fields(form, (f) => f.properties && !f.$ref);

export const has = (key: string) => (field: Loose) => field[key] !== undefined;
export const isChecked = (f: Loose) =>
  f['x-error'] && !f['x-compute'] && ['pattern', 'format', 'minimum', 'maximum'].some((key) => has(key)(f));
export const isText = (f: Loose) => f.type === 'string' && !f.enum && !f.format && !f.pattern;

/** One change below a place, told at a key of it. */
export const change = (pointer: string, key: string, value: Loose, reason: RegExp): Plant =>
  set(`${pointer}/${key}`, value, reason);

export const section = (what: string, damage: (sections: Loose[]) => void, reason: RegExp): Plant => [
  what,
  (form) => damage(form['x-sections']),
  '/x-sections',
  reason,
];

export type Made = [pointer: string, make: (copy: Loose) => void];

export const computed = (form: Loose): Made[] => fields(form, has('x-compute')).map(([, p]) => [p, () => {}]);

/** Numbers and short texts of a form turned into computed fields. */
export const toCompute = (form: Loose, expression: string): Made[] =>
  fields(form, (f) => isText(f) || f.type === 'number' || f.type === 'integer')
    .filter(([f]) => !f['x-show'] && !f['x-compute'])
    .map(([, p]) => [
      p,
      (copy) => {
        put(copy, `${p}/x-compute`, expression);
        put(copy, `${p}/readOnly`, true);
      },
    ]);

export const computing = (form: Loose, expression: string, reason: RegExp): Plant[] =>
  fields(form, has('x-compute')).map(([, p]) => change(p, 'x-compute', expression, reason));
