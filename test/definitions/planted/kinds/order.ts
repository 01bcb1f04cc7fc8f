/** Faults of the path: what comes in what order. */
import type { Loose } from '../ground.ts';
import { itemKind, type Kind, type Plant, set, stepsOf } from '../kind.ts';

const insert = (what: string, index: number, step: Loose, at: string, reason: RegExp): Plant => [
  `${what} at /steps/${index}`,
  (copy) => copy.steps.splice(index, 0, step),
  at,
  reason,
];

const remove = (index: number, at: string, reason: RegExp): Plant => [
  `/steps/${index} removed`,
  (copy) => copy.steps.splice(index, 1),
  at,
  reason,
];

const first = (item: Loose, kind: string): number => item.steps.findIndex((s: Loose) => s.kind === kind);

/** Places after the last decision. */
const afterDecision = (item: Loose): number[] =>
  item.steps
    .map((_: Loose, i: number) => i + 1)
    .filter((i: number) => !item.steps.slice(i).some((s: Loose) => s.kind === 'decide'));

/** Collection moved before the first thing that is issued. */
function collectFirst(item: Loose, index: number): Plant {
  const { situations } = item.steps[index];
  const early = { id: 'early', kind: 'collect', ...(situations && { situations }) };
  return insert(
    'collection',
    index,
    early,
    `/steps/${index}`,
    /nothing was issued to collect|before the decision/,
  );
}

export const orderKinds: Kind[] = [
  itemKind('no decision', (item) =>
    stepsOf(item, 'decide').map(([, , i]) => remove(i, '/steps', /0 decide steps in situation/)),
  ),
  itemKind('two decisions on one way', (item) =>
    afterDecision(item).map((i) =>
      insert('a decision', i, { id: 'again', kind: 'decide' }, '/steps', /[23] decide steps in situation/),
    ),
  ),
  itemKind('a thing that belongs after the decision before it', () =>
    [
      { id: 'early', kind: 'collect' },
      { id: 'early', kind: 'pay', scheme: 'some-money' },
    ].map((step) =>
      insert(step.kind, 1, step, '/steps/1', new RegExp(`${step.kind} lies before the decision`)),
    ),
  ),
  itemKind('a thing that belongs before the decision after it', (item) =>
    afterDecision(item).map((i) =>
      insert(
        'a joint review',
        i,
        { id: 'late', kind: 'joint', deemed: '某条', days: 5, parts: [{ office: 'NY', title: '某' }] },
        `/steps/${i}`,
        /joint lies after the decision/,
      ),
    ),
  ),
  itemKind('acceptance that takes too long (B1-5)', (item) =>
    stepsOf(item, 'accept').flatMap(([, p]) => [6, 20].map((n) => set(`${p}/days`, n, /B1-5/))),
  ),
  itemKind('nobody accepts', (item) =>
    item.steps[0].accepts
      ? [set('/steps/0/accepts', false, /nobody accepts/, '/steps')]
      : stepsOf(item, 'accept').map(([, , i]) => remove(i, '/steps', /nobody accepts/)),
  ),
  itemKind('accepted twice', (item) => {
    const index = first(item, 'accept');
    if (index === -1)
      return [
        insert(
          'acceptance',
          1,
          { id: 'again', kind: 'accept' },
          '/steps/1',
          /accepted at the intake already/,
        ),
      ];
    const again = { ...item.steps[index], id: 'again' };
    return [
      set('/steps/0/accepts', true, /accepted at the intake already/, `/steps/${index}`),
      insert('acceptance', index + 1, again, `/steps/${index + 1}`, /a second accept/),
    ];
  }),
  itemKind('a certificate that nobody issues', (item) => {
    const [certificate] = item.certificates ?? [];
    if (!certificate) return [];
    const place = `/certificates/${item.certificates.length}`;
    const plant: Plant = [
      'another certificate',
      (copy) => copy.certificates.push({ ...certificate, id: 'medal' }),
      place,
      /no step issues it/,
    ];
    return [plant];
  }),
  itemKind('nothing to collect', (item) =>
    first(item, 'collect') === -1
      ? []
      : stepsOf(item, 'issue')
          .filter(([, , i]) => !item.steps.slice(0, i).some((s: Loose) => s.kind === 'issue'))
          .slice(0, 1)
          .map(([, , i]) => collectFirst(item, i)),
  ),
  itemKind('follow-up that is not the last step', (item) => {
    const last = item.steps.length;
    const month = { months: 12 };
    const follow = { id: 'care', kind: 'follow', every: month, grace: month, about: '年审' };
    const wait = { id: 'wait', kind: 'await', for: 'authority' };
    const plant: Plant = [
      'follow-up before a wait',
      (copy) => copy.steps.push(follow, wait),
      `/steps/${last}`,
      /follow is not the last step/,
    ];
    return [plant];
  }),
  itemKind('no intake first', () => [remove(0, '/steps/0/kind', /the first step must be the intake/)]),
  itemKind('a second intake', () => [
    insert('an intake', 1, { id: 'again', kind: 'intake' }, '/steps/1/kind', /a second intake/),
  ]),
  itemKind('an office at work before acceptance', (item) =>
    first(item, 'accept') === -1
      ? []
      : [
          { id: 'early', kind: 'review', at: 'township' },
          { id: 'early', kind: 'check', registers: ['某库'] },
        ].map((step) =>
          insert(step.kind, 1, step, '/steps/1', /only steps of the village may lie before accept/),
        ),
  ),
  itemKind('a step that no situation takes', (item) =>
    stepsOf(item)
      .filter(([s]) => !['intake', 'accept', 'decide'].includes(s.kind))
      .map(
        ([s, p]): Plant => [
          `${p} left out everywhere`,
          (copy) => {
            for (const one of copy.situations) one.without = [...new Set([...(one.without ?? []), s.id])];
          },
          p,
          /no situation ever takes this step/,
        ],
      ),
  ),
];
