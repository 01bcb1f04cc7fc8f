/** Faults of who does a step, and of ids and rules that steps are known by. */
import type { Loose } from '../ground.ts';
import { each, itemKind, type Kind, type Plant, put, set, stepsOf } from '../kind.ts';

const insert = (what: string, index: number, step: Loose, at: string, reason: RegExp): Plant => [
  `${what} at /steps/${index}`,
  (copy) => copy.steps.splice(index, 0, step),
  at,
  reason,
];

/** Steps every case takes. */
const certain = (item: Loose, ...kinds: string[]) =>
  stepsOf(item, ...kinds).filter(
    ([s]) =>
      !s.when &&
      !s.unless &&
      !s.situations &&
      !item.situations.some((one: Loose) => one.without?.includes(s.id)),
  );

const first = (item: Loose, kind: string): number => item.steps.findIndex((s: Loose) => s.kind === kind);

/** Two steps of one id. */
const twins = (item: Loose, part: string): Plant[] =>
  each(item[part], `/${part}`)
    .slice(1)
    .map(([, p]) => set(`${p}/id`, item[part][0].id, /is also the id of (entry|step) 0/));

function doubled(item: Loose): Plant[] {
  return each(item.certificates, '/certificates').map(([certificate, p], i) => [
    `${p} twice`,
    (copy) => copy.certificates.push(structuredClone(certificate)),
    `/certificates/${item.certificates.length}/id`,
    new RegExp(`also the id of entry ${i}`),
  ]);
}

function situationTwins(item: Loose): Plant[] {
  return each(item.situations, '/situations').map(([situation, p], i) => [
    `${p} twice`,
    (copy) => copy.situations.push(structuredClone(situation)),
    `/situations/${item.situations.length}/id`,
    new RegExp(`also the id of entry ${i}`),
  ]);
}

/** Nine rules that steps depend on: 512 ways. */
function tangled(): Plant {
  const ids = Array.from({ length: 9 }, (_, i) => `Way-${i}`);
  return [
    'nine more route rules',
    (copy) => {
      for (const id of ids) {
        copy.rules.push({ id, when: 'false', effect: 'route', says: '绕行' });
        copy.steps.push({ id: id.toLowerCase(), kind: 'await', for: 'authority', when: id });
      }
    },
    '/rules',
    /more than 8 route rules/,
  ];
}

/** A role where its organisation has nobody of that role. */
function emptyDesk(step: Loose, p: string): Plant {
  const accepts = step.kind === 'accept' || step.kind === 'decide';
  const desk = accepts ? { at: 'township', role: 'clerk' } : { at: 'village', role: 'reviewer' };
  const board = step.kind === 'post' ? { at: 'township', role: 'clerk' } : desk;
  return [
    `${p} done by ${JSON.stringify(board)}`,
    (copy) => {
      for (const [key, value] of Object.entries(board)) put(copy, `${p}/${key}`, value);
    },
    p,
    /no (clerk|reviewer) sits at a (township|village|office)/,
  ];
}

export const deskKinds: Kind[] = [
  itemKind('a village that accepts or decides (B1-10)', (item) =>
    stepsOf(item, 'accept', 'decide').map(([, p]) =>
      set(`${p}/at`, 'village', /a village cannot (accept|decide) \(B1-10\)/),
    ),
  ),
  itemKind('who examined decides (B.6)', (item) => {
    const decision = certain(item, 'decide')[0];
    if (!decision) return [];
    const [step, , i] = decision;
    const desk = { at: 'county', role: 'leader', ...(step.office && { office: step.office }) };
    const same = {
      at: step.at ?? desk.at,
      role: step.role ?? desk.role,
      office: step.office ?? item.department,
    };
    return ['review', 'check', 'inspect'].map((kind) => {
      const more = { check: { registers: ['某库'] }, inspect: { officers: 2 } }[kind];
      const examiner = { id: 'examiner', kind, ...same, ...more };
      return insert(
        `a ${kind} by the deciding desk`,
        i,
        examiner,
        `/steps/${i + 1}`,
        /examined in step "examiner"/,
      );
    });
  }),
  itemKind('returned to the desk that returns (B.6)', (item) => {
    const i = first(item, 'decide');
    return ['officer', 'reviewer'].flatMap((role): Plant[] => {
      if (stepsOf(item, 'decide').some(([s]) => s.role === role)) return [];
      const desk = { kind: 'review', at: 'county', role };
      const two = [
        { id: 'one', ...desk },
        { id: 'two', ...desk, returnTo: 'one' },
      ];
      return [
        [
          `two reviews by the same ${role} at /steps/${i}`,
          (copy) => copy.steps.splice(i, 0, ...two),
          `/steps/${i + 1}/returnTo`,
          /returns the case to the desk that returns it/,
        ],
      ];
    });
  }),
  itemKind('a route rule that nobody uses', (item) => [
    set(
      `/rules/${item.rules.length}`,
      { id: 'Unused', when: 'false', effect: 'route', says: '无人使用' },
      /no step depends on this route rule/,
      `/rules/${item.rules.length}/effect`,
    ),
  ]),
  itemKind('more route rules than can be followed', () => [tangled()]),
  itemKind('a step named like an end', (item) =>
    stepsOf(item).map(([, p]) => set(`${p}/id`, 'done', /"done" is the name of an end/)),
  ),
  ...['steps', 'situations', 'materials', 'rules', 'certificates'].map((part) =>
    itemKind(`two ${part} of one id`, (item) =>
      part === 'certificates'
        ? doubled(item)
        : part === 'situations'
          ? situationTwins(item)
          : twins(item, part),
    ),
  ),
  itemKind('nobody sits at the desk', (item) =>
    stepsOf(item)
      .filter(([s]) => s.kind !== 'joint' && !s.auto)
      .map(([s, p]) => emptyDesk(s, p)),
  ),
];
