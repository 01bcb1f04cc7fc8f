/** Faults of FEEL, wherever an item has an expression. */
import type { Loose } from '../ground.ts';
import { each, itemKind, type Kind, type Plant, set, stepsOf } from '../kind.ts';

/** Every expression of an item with what it must come to. */
const expressions = (item: Loose): [pointer: string, wanted: 'boolean' | 'number' | 'text'][] => [
  ...each(item.rules, '/rules').map(([, p]): [string, 'boolean'] => [`${p}/when`, 'boolean']),
  ...each(item.materials, '/materials')
    .filter(([m]) => m.when !== undefined)
    .map(([, p]): [string, 'boolean'] => [`${p}/when`, 'boolean']),
  ...stepsOf(item, 'deliberate').map(([, p]): [string, 'boolean'] => [`${p}/passes`, 'boolean']),
  ...stepsOf(item, 'allot').map(([, p]): [string, 'number'] => [`${p}/amount`, 'number']),
  ...each(item.certificates, '/certificates').flatMap(([c, p]) =>
    c.fields.map((_: Loose, f: number): [string, 'text'] => [`${p}/fields/${f}/value`, 'text']),
  ),
  ...each(item.situations, '/situations')
    .filter(([s]) => s.renews)
    .map(([, p]): [string, 'text'] => [`${p}/renews/validTo`, 'text']),
];

const everywhere =
  (expression: string, reason: RegExp) =>
  (item: Loose): Plant[] =>
    expressions(item).map(([p]) => set(p, expression, reason));

/** Not the meeting's own expression, which sees no form. */
const overForms =
  (expression: string, reason: RegExp) =>
  (item: Loose): Plant[] =>
    expressions(item)
      .filter(([p]) => !p.endsWith('/passes'))
      .map(([p]) => set(p, expression, reason));

export const feelKinds: Kind[] = [
  itemKind('an expression that breaks off', everywhere('1 + ', /^FEEL: .* at column \d+/)),
  itemKind('an expression with a stray sign', everywhere('1 = 1 )', /^FEEL: .* at column \d+/)),
  itemKind('a bracket that is not closed', everywhere('(1 = 1', /^FEEL: .* at column \d+/)),
  itemKind('a field that is not there', overForms('form.moon = "x"', /unknown name "form.moon"/)),
  itemKind(
    'a field that is not there, where no example gets',
    overForms('if 1 = 2 then form.moon.phase = 1 else false', /unknown name "form.moon.phase"/),
  ),
  itemKind('a parameter that is not there', everywhere('params.moon > 3', /unknown parameter "moon"/)),
  itemKind('a name that nothing has', everywhere('weather = "rain"', /'weather' not found/)),
  itemKind('the clock of the machine', everywhere('now() = 1', /Cannot invoke|not found|Failed to invoke/)),
  itemKind(
    'a fact of the applicant that is not known',
    overForms('applicant.height > 3', /unknown name "applicant.height"/),
  ),
  itemKind('a record that no step leaves', (item) =>
    expressions(item)
      .filter(([p]) => p.startsWith('/certificates'))
      .flatMap(([p]) => [
        set(p, 'record.moon.result', /unknown name "record.moon.result"/),
        set(p, `record.${item.steps[0].id}.moon`, /unknown name "record\..*moon"/),
      ]),
  ),
  itemKind('a record before anything is recorded', (item) =>
    each(item.rules, '/rules').map(([, p]) =>
      set(`${p}/when`, `record.${item.steps[0].id}.channel = "窗口"`, /unknown name "record/),
    ),
  ),
  itemKind('a rule or condition that is no yes or no', (item) =>
    expressions(item)
      .filter(([, wanted]) => wanted === 'boolean')
      .flatMap(([p]) => ['"是"', '3', 'null'].map((e) => set(p, e, /comes to .*, not to true or false/))),
  ),
  itemKind('a printed field that has no value', (item) =>
    expressions(item)
      .filter(([, wanted]) => wanted === 'text')
      .flatMap(([p]) =>
        ['null', '[1, 2]', '{ a: 1 }'].map((e) => set(p, e, /comes to .*, not to a text or a number/)),
      ),
  ),
  itemKind('a comparison of things that cannot be compared', (item) =>
    each(item.rules, '/rules').flatMap(([, p]) => [
      set(`${p}/when`, 'today + 3 > 1', /^FEEL: Can't add/),
      set(`${p}/when`, '"a" * 2 = 4', /^FEEL: Can't multiply/),
    ]),
  ),
  itemKind('a score or an amount that is no number', (item) => {
    const index = item.steps.findIndex((s: Loose) => s.kind === 'decide');
    return [
      ['amount', { amount: '"三"', order: 'received' }] as const,
      ['score', { amount: '1', order: 'score', score: 'true' }] as const,
    ].map(
      ([key, more]): Plant => [
        `an allotment with ${JSON.stringify(more)}`,
        (copy) =>
          copy.steps.splice(index, 0, {
            id: 'planted',
            kind: 'allot',
            at: 'county',
            quota: 'timber',
            ...more,
          }),
        `/steps/${index}/${key}`,
        /not to a number/,
      ],
    );
  }),
  itemKind('a meeting that counts what it does not have', () => [
    [
      'a meeting',
      (copy) => copy.steps.splice(1, 0, { id: 'planted', kind: 'deliberate', passes: 'meeting.absent > 3' }),
      '/steps/1/passes',
      /unknown name "meeting.absent"/,
    ],
  ]),
  itemKind('a person that is not in the form', () => [
    set('/subject', 'form.moon.idNumber', /unknown name "form.moon.idNumber"/),
  ]),
];
