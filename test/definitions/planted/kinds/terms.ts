/** Faults of terms, and of things that belong together. */
import { type Loose, lacking } from '../ground.ts';
import { each, itemKind, type Kind, type Plant, put, set, stepsOf } from '../kind.ts';

/** Several values set at once. */
const all = (values: Record<string, Loose>, at: string, reason: RegExp): Plant => [
  JSON.stringify(values),
  (copy) => {
    for (const [pointer, value] of Object.entries(values)) put(copy, pointer, value);
  },
  at,
  reason,
];
const work = (days: number) => ({ days, unit: 'workday' });
const later = (item: Loose) => stepsOf(item).filter(([s]) => !['intake', 'joint', 'post'].includes(s.kind));

/** A step of a kind put right before the first decision, where most kinds may stand. */
function planted(item: Loose, step: Loose, below: string, reason: RegExp): Plant {
  const index = item.steps.findIndex((s: Loose) => s.kind === 'decide');
  return [
    `${JSON.stringify(step)} put at ${index}`,
    (copy) => copy.steps.splice(index, 0, { id: 'planted', ...step }),
    `/steps/${index}/${below}`,
    reason,
  ];
}

const joint = (item: Loose, more: Loose, below: string, reason: RegExp): Plant =>
  planted(
    item,
    { kind: 'joint', deemed: '某条', days: 5, parts: [{ office: 'NY', title: '某' }], ...more },
    below,
    reason,
  );

const HELP = { id: 'route', when: 'false', effect: 'route', says: '绕行' };

export const termKinds: Kind[] = [
  itemKind('a promise longer than the law allows', (item) => [
    all(
      { '/terms/statutory': work(10), '/terms/promised': work(11) },
      '/terms/promised',
      /promised 11 days exceed/,
    ),
    ...each(item.situations, '/situations').map(([, p]) =>
      set(`${p}/terms`, { statutory: work(7), promised: work(8) }, /promised 8 days exceed the statutory 7/),
    ),
  ]),
  itemKind('a permit without a statutory term (B2-3)', () => [
    all(
      { '/kind': 'permit', '/terms/statutory': null, '/terms/extension': undefined },
      '/terms/statutory',
      /a permit has a statutory term/,
    ),
  ]),
  itemKind('an extension of no term', () => [
    all(
      { '/terms/statutory': null, '/terms/extension': { days: 10, basis: '某条' } },
      '/terms/extension',
      /there is no statutory term to extend/,
    ),
  ]),
  itemKind('days and hours at once', (item) =>
    later(item).map(([, p]) =>
      all({ [`${p}/days`]: 1, [`${p}/hours`]: 2 }, `${p}/hours`, /days or hours, not both/),
    ),
  ),
  itemKind('a unit without a term', (item) =>
    later(item)
      .filter(([s]) => !s.days && !s.hours)
      .map(([, p]) => set(`${p}/unit`, 'workday', /a unit without a term/)),
  ),
  itemKind('a unit of the other kind', (item) =>
    later(item).flatMap(([, p]) => [
      all(
        { [`${p}/days`]: 1, [`${p}/hours`]: undefined, [`${p}/unit`]: 'office' },
        `${p}/unit`,
        /office hours are counted in hours/,
      ),
      all(
        { [`${p}/days`]: undefined, [`${p}/hours`]: 2, [`${p}/unit`]: 'workday' },
        `${p}/unit`,
        /hours are natural or office hours/,
      ),
    ]),
  ),
  itemKind('an allotment whose order and score disagree', (item) => {
    const allot = { kind: 'allot', at: 'county', quota: 'timber', amount: '1' };
    const reason = /a score belongs to the order "score"/;
    return [
      planted(item, { ...allot, order: 'score' }, 'score', reason),
      planted(item, { ...allot, order: 'received', score: '1' }, 'score', reason),
    ];
  }),
  itemKind('a wait that lapses to nothing', (item) => {
    const reason = /"lapse" and "onLapse" belong together/;
    return [
      planted(item, { kind: 'await', for: 'applicant', lapse: work(5) }, 'onLapse', reason),
      planted(item, { kind: 'await', for: 'authority', onLapse: 'end' }, 'onLapse', reason),
    ];
  }),
  itemKind('a joint review that asks nobody for certain', (item) => [
    [
      'all offices conditional',
      (copy) => {
        copy.rules.push({ ...HELP, id: 'Route' });
        const parts = [{ office: 'NY', title: '某', when: 'Route' }];
        const step = { id: 'planted', kind: 'joint', deemed: '某条', days: 5, parts };
        copy.steps.splice(
          copy.steps.findIndex((s: Loose) => s.kind === 'decide'),
          0,
          step,
        );
      },
      `/steps/${item.steps.findIndex((s: Loose) => s.kind === 'decide')}/parts`,
      /at least one office must be asked in every case/,
    ],
  ]),
  itemKind('an office asked twice', (item) => [
    joint(
      item,
      { parts: ['一', '二'].map((title) => ({ office: 'NY', title })) },
      'parts/1/office',
      /"NY" is asked twice/,
    ),
  ]),
  itemKind('an office asked that is not there', (item) => [
    joint(item, { parts: [{ office: 'QQ', title: '某' }] }, 'parts/0/office', /unknown department "QQ"/),
  ]),
  itemKind('an office that may keep silent for ever', (item) => [
    joint(item, { days: undefined }, 'parts/0/days', /never keeps silent long enough/),
  ]),
  itemKind('an office asked where nobody sits', (item) => [
    joint(
      item,
      { parts: [{ office: 'NY', title: '某', at: 'township', role: 'reviewer' }] },
      'parts/0/role',
      /no reviewer sits at a office|no reviewer sits at an office/,
    ),
  ]),
  itemKind('a life of years and until', (item) =>
    each(item.certificates, '/certificates').map(([, p]) =>
      all({ [`${p}/years`]: 3, [`${p}/until`]: '"2030-01-01"' }, `${p}/until`, /years or until, not both/),
    ),
  ),
  itemKind('renewal of what never ends', (item) =>
    each(item.certificates, '/certificates').map(([, p]) =>
      all(
        { [`${p}/years`]: null, [`${p}/until`]: undefined, [`${p}/renewBefore`]: 30 },
        `${p}/renewBefore`,
        /a certificate without an end is not renewed/,
      ),
    ),
  ),
  itemKind('a number kept in a situation that is not there', (item) =>
    each(item.certificates, '/certificates').map(([, p]) =>
      set(
        `${p}/keeps`,
        { situations: ['moon'], number: '"x"' },
        /not issued in situation "moon"/,
        `${p}/keeps/situations/0`,
      ),
    ),
  ),
  itemKind('a number replaced in a situation that issues nothing, or keeps it', (item) =>
    each(item.certificates, '/certificates').flatMap(([c, p]) => [
      set(
        `${p}/replaces`,
        { situations: ['moon'], number: '"x"' },
        /not issued in situation "moon"/,
        `${p}/replaces/situations/0`,
      ),
      ...(c.keeps
        ? [
            set(
              `${p}/replaces`,
              { situations: [c.keeps.situations[0]], number: '"x"' },
              /keeps its number in situation/,
              `${p}/replaces/situations/0`,
            ),
          ]
        : []),
    ]),
  ),
  itemKind('a certificate ended in a situation that is not there, or issues it', (item) =>
    each(item.certificates, '/certificates').flatMap(([c, p]) => [
      set(
        `${p}/ends`,
        { situations: ['moon'], number: '"x"' },
        /no situation "moon"/,
        `${p}/ends/situations/0`,
      ),
      ...(c.keeps
        ? [
            set(
              `${p}/ends`,
              { situations: [c.keeps.situations[0]], number: '"x"' },
              /issued in situation/,
              `${p}/ends/situations/0`,
            ),
          ]
        : []),
    ]),
  ),
  itemKind('an answer without its article (B1-4)', (item) =>
    each(item.rules, '/rules')
      .filter(([r]) => r.effect !== 'route')
      .map(([, p]) =>
        all(
          { [`${p}/effect`]: 'answer', [`${p}/basis`]: undefined },
          `${p}/basis`,
          /names the article it rests on/,
        ),
      ),
  ),
  itemKind(
    'a paper that may be owed, nobody knows how long',
    (item) =>
      each(item.materials, '/materials').map(([, p]) =>
        set(`${p}/tolerable`, true, /"gapDays" says how long/),
      ),
    lacking('gapDays'),
  ),
  itemKind('a roster without its columns', (item) => rosters(item)),
  itemKind('a roster that the item does not have', (item) =>
    item.roster
      ? []
      : [
          planted(
            item,
            { kind: 'check', registers: ['某库'], roster: true },
            'roster',
            /the item has no roster/,
          ),
        ],
  ),
];

/** A roster in every item, of a table or a column that is not there. */
function rosters(item: Loose): Plant[] {
  const roster = {
    situations: [item.situations[0].id],
    field: '/moon',
    year: '/moon',
    name: 'a',
    person: 'b',
    unique: ['b'],
  };
  const own = item.roster
    ? ['name', 'person', 'account', 'holder', 'amount', 'last', 'unique/0']
        .filter((key) => item.roster[key.split('/')[0] as string] !== undefined)
        .map((key) => set(`/roster/${key}`, 'moon', /no column "moon"/))
    : [];
  return [set('/roster', roster, /no table "\/moon" in the form of/, '/roster/field'), ...own];
}
