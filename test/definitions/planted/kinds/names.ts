/** Names of things that are not there. */
import type { Loose } from '../ground.ts';
import { each, itemKind, type Kind, type Plant, put, set, stepsOf } from '../kind.ts';

const NO_STEP = /no step "moon"/;
const NO_RULE = /no rule "Moon"/;
const NO_SITUATION = /no situation "moon"/;

/** Steps in which a part may be told: all but the intake. */
const later = (item: Loose) => stepsOf(item).filter(([step]) => step.kind !== 'intake');

/** Names of a place added to a list. */
const added = (pointer: string, value: Loose, reason: RegExp, told = pointer): Plant => [
  `${JSON.stringify(value)} added to ${pointer}`,
  (copy) => {
    const list = pointer
      .slice(1)
      .split('/')
      .reduce((v, k) => v?.[k], copy);
    put(copy, pointer, [...(list ?? []), value]);
  },
  told,
  reason,
];

export const nameKinds: Kind[] = [
  itemKind('a return to a step that is not there', (item) =>
    stepsOf(item, 'review', 'inspect', 'check', 'decide').map(([, p]) =>
      set(`${p}/returnTo`, 'moon', NO_STEP),
    ),
  ),
  itemKind('a return to a step that lies ahead', (item) =>
    stepsOf(item, 'review', 'inspect', 'check', 'decide')
      .filter(([, , i]) => i < item.steps.length - 1)
      .map(([, p]) => set(`${p}/returnTo`, item.steps.at(-1).id, /does not lie before this step/)),
  ),
  itemKind('an objection that sends the case nowhere', (item) =>
    stepsOf(item, 'post').flatMap(([, p, i]) => [
      set(`${p}/onSustained`, 'moon', NO_STEP),
      set(`${p}/onSustained`, item.steps[i].id, /does not lie before this step/),
      set(`${p}/onSustained`, item.steps.at(-1).id, /does not lie before this step/),
    ]),
  ),
  itemKind('a step left out that is not there', (item) =>
    each(item.situations, '/situations').map(([s, p]) =>
      added(`${p}/without`, 'moon', NO_STEP, `${p}/without/${s.without?.length ?? 0}`),
    ),
  ),
  itemKind('the intake left out', (item) =>
    each(item.situations, '/situations').map(([s, p]) =>
      added(`${p}/without`, item.steps[0].id, /cannot be left out/, `${p}/without/${s.without?.length ?? 0}`),
    ),
  ),
  itemKind('a condition on a rule that is not there', (item) =>
    later(item).flatMap(([, p]) => ['when', 'unless'].map((key) => set(`${p}/${key}`, 'Moon', NO_RULE))),
  ),
  itemKind('a condition on a rule that is no route', (item) => {
    const other = item.rules.find((r: Loose) => r.effect !== 'route');
    if (!other) return [];
    return later(item).map(([, p]) =>
      set(`${p}/when`, other.id, /has effect (block|warn|answer), not route/),
    );
  }),
  itemKind('a certificate that is not there', (item) =>
    stepsOf(item, 'decide', 'issue').map(([, p]) =>
      set(`${p}/certificate`, 'medal', /no certificate "medal"/),
    ),
  ),
  itemKind('a form that is not there', (item) => [
    set('/form', `${item.code}@99`, /no form ".*@99"/),
    ...each(item.situations, '/situations').map(([, p]) =>
      set(`${p}/form`, `${item.code}-moon@1`, /no form/),
    ),
  ]),
  itemKind("another item's form", (item) => [
    set('/form', item.code === 'ZR-02' ? 'NY-04@1' : 'ZR-02@1', /form of another item/),
  ]),
  itemKind('an office that is not there', (item) =>
    later(item).map(([, p]) => set(`${p}/office`, 'QQ', /unknown department "QQ"/)),
  ),
  itemKind('a department that is not there', () => [set('/department', 'QQ', /unknown department "QQ"/)]),
  itemKind('a code of another department', (item) => [
    set('/code', item.department === 'ZR' ? 'NY-99' : 'ZR-99', /does not begin with the department/),
  ]),
  itemKind('a situation of a step that is not there', (item) =>
    later(item).map(([, p]) => set(`${p}/situations`, ['moon'], NO_SITUATION, `${p}/situations/0`)),
  ),
  itemKind('a situation of a material that is not there', (item) =>
    each(item.materials, '/materials').map(([, p]) => set(`${p}/situations`, ['moon'], NO_SITUATION)),
  ),
  itemKind('a quota that is not there', (item) => [
    ...stepsOf(item, 'allot').map(([, p]) => set(`${p}/quota`, 'moon', /no quota "moon"/)),
    ...stepsOf(item, 'review').map(
      ([step, p]): Plant => [
        `${p} turned into an allotment`,
        (copy) =>
          put(copy, p, {
            id: step.id,
            kind: 'allot',
            at: 'county',
            quota: 'moon',
            amount: '1',
            order: 'received',
          }),
        `${p}/quota`,
        /no quota "moon"/,
      ],
    ),
  ]),
  itemKind('a field of a rule that is not there', (item) =>
    each(item.rules, '/rules').map(([, p]) => set(`${p}/field`, '/moon', /no field "\/moon"/)),
  ),
  itemKind('an item to reach that is not there', (item) => {
    const situation = item.situations[0].id;
    const reach = (code: string) => ({
      situations: [situation],
      person: '"532628196611159910"',
      says: '某事项',
      basis: '某条',
      items: [{ code, act: 'cancel' }],
    });
    return [set('/reaches', [reach('QQ-99')], /no item "QQ-99"/, '/reaches/0/items/0/code')];
  }),
  itemKind('a situation to reach from that is not there', (item) => {
    const reach = { situations: ['moon'], person: '"1"', says: '某', basis: '某', items: [] };
    const items = [{ code: item.code, act: 'review' }];
    return [set('/reaches', [{ ...reach, items }], NO_SITUATION, '/reaches/0/situations/0')];
  }),
  itemKind('a parameter that is not there, in a sentence', (item) =>
    each(item.rules, '/rules').map(([, p]) =>
      set(`${p}/says`, '不得超过 {params.moon} 平方米', /unknown parameter "moon"/),
    ),
  ),
  itemKind('a parameter that is not in force', (item) =>
    each(item.rules, '/rules').flatMap(([, p]) => [
      set(`${p}/says`, '不得超过 {params.retired} 平方米', /"retired" has no value in force on/),
      set(`${p}/when`, 'params.retired > 1', /"retired" has no value in force on/),
    ]),
  ),
  itemKind('a length of time by a parameter that gives none', () => [
    set(
      '/terms/promised',
      { days: 'moon', unit: 'workday' },
      /unknown parameter "moon"/,
      '/terms/promised/days',
    ),
    set('/terms/promised', { days: 'zero', unit: 'workday' }, /is no whole number/, '/terms/promised/days'),
  ]),
];
