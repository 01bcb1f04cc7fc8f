/** Damage by chance: any required key gone, any word of a few turned into nonsense. */
import { expect } from 'chai';
import fc from 'fast-check';
import { context, formFaults, itemFaults, items, type Loose, soundForms } from './ground.ts';
import { at, put } from './kind.ts';

interface Place {
  pointer: string;
  damage: 'removed' | 'nonsense';
}

const schema = context.itemSchema as Loose;

/** The schema a `$ref` leads to, in the item's own schema. */
const follow = (node: Loose): Loose =>
  node?.$ref === undefined ? node : follow(at(schema, (node.$ref as string).slice(1)));

/** The branches of a schema that apply to a value: alternatives are told by what is required of it. */
function branches(node: Loose, value: Loose): Loose[] {
  const own = follow(node);
  if (!own || own === true) return [];
  const holds = (s: Loose) =>
    Object.entries(s.properties ?? {}).every(
      ([k, p]: [string, Loose]) => p.const === undefined || value?.[k] === p.const,
    );
  const chosen = (own.anyOf ?? [])
    .map(follow)
    .filter(
      (s: Loose) => (s.required ?? []).every((k: string) => value?.[k] !== undefined) && s.type !== 'null',
    );
  return [
    own,
    ...(own.allOf ?? []).flatMap((s: Loose) => (s.if && !holds(s.if) ? [] : branches(s.then ?? s, value))),
    ...chosen.flatMap((s: Loose) => branches(s, value)),
  ];
}

/** Every place of a value that its schema demands, or gives a few words for. */
function places(node: Loose, value: Loose, pointer = ''): Place[] {
  if (value === undefined || value === null) return [];
  return branches(node, value).flatMap((s): Place[] => [
    ...(s.enum ? [{ pointer, damage: 'nonsense' as const }] : []),
    ...(s.required ?? [])
      .filter((key: string) => value[key] !== undefined)
      .map((key: string) => ({ pointer: `${pointer}/${key}`, damage: 'removed' as const })),
    ...Object.entries(s.properties ?? {}).flatMap(([key, below]) =>
      places(below, value[key], `${pointer}/${key}`),
    ),
    ...(s.items && Array.isArray(value)
      ? value.flatMap((one: Loose, i: number) => places(s.items, one, `${pointer}/${i}`))
      : []),
  ]);
}

function damaged(value: Loose, { pointer, damage }: Place): Loose {
  const copy = structuredClone(value);
  put(copy, pointer, damage === 'removed' ? undefined : 'nonsense');
  return copy;
}

/** Keys without which a form is none, wherever it writes them itself: what stands over a `$ref` may go. */
function formPlaces(form: Loose): Place[] {
  const below = (node: Loose, pointer: string): Place[] =>
    Object.entries(node.properties ?? {}).flatMap(([key, field]: [string, Loose]) => {
      if (field.$ref) return [];
      const here = `${pointer}/properties/${key}`;
      const own = ['title', 'type'].filter((k) => field[k] !== undefined);
      return [
        ...own.map((k): Place => ({ pointer: `${here}/${k}`, damage: 'removed' })),
        ...(field['x-width'] === undefined
          ? []
          : [{ pointer: `${here}/x-width`, damage: 'nonsense' as const }]),
        ...below(field, here),
        ...below(field.items ?? {}, `${here}/items`),
      ];
    });
  const roots = ['title', 'x-sections', 'examples', 'additionalProperties', 'type'];
  return [...roots.map((key): Place => ({ pointer: `/${key}`, damage: 'removed' })), ...below(form, '')];
}

const RUNS = 300;

describe('damage by chance', function () {
  this.timeout(60_000);
  it('to any required key or word of an item is refused, at its place', () => {
    const all = items.map((item) => ({ item, places: places(schema, item) }));
    const some = fc
      .nat(all.length - 1)
      .chain((i) => fc.nat((all[i]?.places.length ?? 1) - 1).map((p) => [i, p] as const));
    expect(all.reduce((n, a) => n + a.places.length, 0)).to.be.greaterThan(3000);
    fc.assert(
      fc.property(some, ([i, p]) => {
        const { item, places } = all[i] as (typeof all)[number];
        const place = places[p] as Place;
        const faults = itemFaults(damaged(item, place));
        const [owner] = [place.pointer.replace(/\/[^/]*$/, '')];
        const told = faults.some(
          (f) => f.startsWith(place.pointer) || f.startsWith(`${owner} ·`) || f.startsWith(`${owner}/`),
        );
        expect(told, `${item.code} ${place.pointer} ${place.damage}\n${faults.join('\n')}`).to.equal(true);
      }),
      { numRuns: RUNS },
    );
  });

  it('to any title, type, width or root key of a form is refused', () => {
    const all = soundForms.map(([file, form]) => ({ file, form, places: formPlaces(form) }));
    const some = fc
      .nat(all.length - 1)
      .chain((i) => fc.nat((all[i]?.places.length ?? 1) - 1).map((p) => [i, p] as const));
    fc.assert(
      fc.property(some, ([i, p]) => {
        const { file, form, places } = all[i] as (typeof all)[number];
        const place = places[p] as Place;
        const faults = formFaults(file, damaged(form, place));
        expect(faults, `${file} ${place.pointer} ${place.damage}`).to.not.deep.equal([]);
      }),
      { numRuns: RUNS },
    );
  });
});
