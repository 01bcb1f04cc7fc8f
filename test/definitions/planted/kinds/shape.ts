/** Faults of shape: keys, types and words that the language does not have. */
import { context, type Loose } from '../ground.ts';
import { each, itemKind, type Kind, type Plant, put, set, stepsOf, without } from '../kind.ts';

const UNKNOWN = /^unknown key$/;
const MISSING = /^missing$/;
const WORD = /^must be one of /;

const schema = context.itemSchema as Loose;
const stepSchemas: Map<string, Loose> = new Map(
  schema.$defs.step.allOf.map((b: Loose) => [b.if.properties.kind.const, b.then]),
);

/** Every part of an item that is a list of things, with the schema of one. */
const parts = (item: Loose): [value: Loose, pointer: string, def: string][] =>
  ['situation', 'material', 'rule', 'certificate'].flatMap((def) =>
    each(item[`${def}s`], `/${def}s`).map(([value, pointer]): [Loose, string, string] => [
      value,
      pointer,
      def,
    ]),
  );

/** Every text of an item that is one of a few words. */
const words = (item: Loose): string[] => [
  '/kind',
  '/remedies',
  '/terms/from',
  ...each(item.rules, '/rules').map(([, p]) => `${p}/effect`),
  ...each(item.materials, '/materials').flatMap(([m, p]) => [
    `${p}/form`,
    ...(m.waiver ? [`${p}/waiver/way`] : []),
  ]),
  ...stepsOf(item).flatMap(([step, p]) =>
    ['kind', 'at', 'role', 'board', 'clock', 'order', 'for', 'onLapse', 'procedure', 'pays']
      .filter((key) => step[key] !== undefined)
      .map((key) => `${p}/${key}`),
  ),
];

/** A value of a type that stands nowhere in the language in that place. */
const otherType = (value: Loose): Loose =>
  typeof value === 'string' ? 3 : typeof value === 'number' ? [] : '一';

const STEP_KEYS = [...stepSchemas].flatMap(([kind, s]) =>
  Object.keys(s.properties).map((key) => [kind, key] as const),
);
const foreignKeys = (kind: string): string[] => {
  const own = Object.keys(stepSchemas.get(kind)?.properties);
  return [...new Set(STEP_KEYS.map(([, key]) => key))].filter((key) => !own.includes(key));
};

/** A review turned into a visit by one officer. */
const toVisit = (p: string): Plant => [
  `${p} visited by one officer`,
  (copy) => put(copy, p, { id: 'alone', kind: 'inspect', officers: 1 }),
  `${p}/officers`,
  />= 2/,
];

export const shapeKinds: Kind[] = [
  itemKind('an unknown key of an item', () =>
    ['colour', 'Title'].map((key) => set(`/${key}`, 'red', UNKNOWN)),
  ),
  itemKind('an unknown key of a situation, material, rule or certificate', (item) =>
    parts(item).map(([, p]) => set(`${p}/colour`, 'red', UNKNOWN)),
  ),
  itemKind('an unknown key of a step', (item) =>
    stepsOf(item).map(([, p]) => set(`${p}/colour`, 'red', UNKNOWN)),
  ),
  itemKind('a key that another kind of step has', (item) =>
    stepsOf(item).flatMap(([step, p]) =>
      foreignKeys(step.kind).map((key) => set(`${p}/${key}`, true, UNKNOWN)),
    ),
  ),
  itemKind('a missing key of an item', () =>
    schema.required.map((key: string) => without(`/${key}`, MISSING)),
  ),
  itemKind('a missing key of a situation, material, rule or certificate', (item) =>
    parts(item).flatMap(([, p, def]) =>
      schema.$defs[def].required.map((key: string) => without(`${p}/${key}`, MISSING)),
    ),
  ),
  itemKind('a missing key of a step', (item) =>
    stepsOf(item).flatMap(([step, p]) =>
      stepSchemas.get(step.kind)?.required.map((key: string) => without(`${p}/${key}`, MISSING)),
    ),
  ),
  itemKind('a value of the wrong type', (item) =>
    Object.keys(item)
      .filter((key) => !['kind', 'remedies'].includes(key))
      .map((key) => set(`/${key}`, otherType(item[key]), /must be (string|integer|array|object)/)),
  ),
  itemKind('a value of the wrong type in a step', (item) =>
    stepsOf(item).flatMap(([step, p]) =>
      ['title', 'situations', 'show', 'registers', 'parts', 'basis', 'asks', 'scheme']
        .filter((key) => step[key] !== undefined)
        .map((key) => set(`${p}/${key}`, otherType(step[key]), /must be (string|array|object)/)),
    ),
  ),
  itemKind('a word that is none of the words', (item) => words(item).map((p) => set(p, 'nonsense', WORD))),
  itemKind('an empty text', (item) =>
    [
      '/title',
      '/authority',
      '/fee',
      '/quota',
      ...each(item.rules, '/rules').map(([, p]) => `${p}/says`),
      ...each(item.materials, '/materials').map(([, p]) => `${p}/title`),
    ].map((p) => set(p, '', /must NOT have fewer than 1 characters/)),
  ),
  itemKind('an id that is written wrongly', (item) =>
    [
      ...['situations', 'materials', 'rules', 'certificates', 'steps'].flatMap((part) =>
        each(item[part], `/${part}`).map(([, p]) => p),
      ),
    ].map((p) => set(`${p}/id`, 'no id', /must match pattern/)),
  ),
  itemKind('an empty list', (item) => [
    set('/situations', [], /must NOT have fewer than 1 items/),
    set('/steps', [], /must NOT have fewer than 1 items/),
    ...each(item.certificates, '/certificates').map(([, p]) =>
      set(`${p}/fields`, [], /must NOT have fewer than 1 items/),
    ),
  ]),
  itemKind('one officer on a visit (B2-1)', (item) => {
    const visits = stepsOf(item, 'inspect').flatMap(([, p]): Plant[] =>
      [0, 1].map((n) => set(`${p}/officers`, n, />= 2/)),
    );
    return [...visits, ...stepsOf(item, 'review').map(([, p]) => toVisit(p))];
  }),
  itemKind('a number of certificates without a sequence', (item) =>
    each(item.certificates, '/certificates').flatMap(([, p]) =>
      ['证号', '富〔{year}〕号'].map((n) => set(`${p}/number`, n, /must match pattern/)),
    ),
  ),
  itemKind('a length of time that is none', (item) => [
    ...[0, -3, 1.5, true].map((n) => set('/terms/promised/days', n, /must/)),
    ...stepsOf(item, 'post').map(([, p]) => set(`${p}/days`, 0, /must/)),
  ]),
];
