import { ENDS } from '../compile.ts';
import { deskOfStep } from '../steps/build.ts';
import type { Definition, Step, StepKind } from '../types.ts';
import type { LintFault, Subject } from './types.ts';
import { deskWords, MOST_ROUTES, routesOf, told, type Way, waysOf } from './ways.ts';

/** B1-4, B1-5: an office has at most five working days to say whether it accepts. */
const ACCEPTANCE_DAYS = 5;

const at = (index: number, key?: string): string => `/steps/${index}${key ? `/${key}` : ''}`;

const once = (faults: LintFault[]): LintFault[] => [
  ...new Map(faults.map((f) => [`${f.pointer}\n${f.reason}`, f])).values(),
];

/** The order of steps, what they refer to, and who does them. */
export function lintSteps(subject: Subject): LintFault[] {
  const { definition, context } = subject;
  const { steps } = definition;
  const ways = waysOf(definition);
  return [
    ...steps.flatMap((step, i) => [...nameFaults(steps, step, i), ...pointingFaults(definition, step, i)]),
    ...steps.flatMap((step, i) => deskFaults(step, i, context.departments)),
    ...steps.flatMap((step, i) => termFaults(step, i)),
    ...once([
      ...firstFaults(steps),
      ...ways.flatMap(pathFaults),
      ...ways.flatMap((way) => dutyFaults(definition, way)),
    ]),
    ...situationFaults(definition),
    ...idleFaults(steps, ways),
    ...tangleFaults(definition),
  ];
}

function nameFaults(steps: Step[], step: Step, i: number): LintFault[] {
  if (ENDS.some((e) => e.name === step.id))
    return [{ pointer: at(i, 'id'), reason: `"${step.id}" is the name of an end` }];
  const first = steps.findIndex((s) => s.id === step.id);
  return first === i
    ? []
    : [{ pointer: at(i, 'id'), reason: `"${step.id}" is also the id of step ${first}` }];
}

/** Steps and rules a step names must be there, and lie where they make sense. */
function pointingFaults(definition: Definition, step: Step, i: number): LintFault[] {
  const { steps } = definition;
  const back = (key: 'returnTo' | 'onSustained', id: string | undefined): LintFault[] => {
    if (id === undefined || steps.slice(0, i).some((s) => s.id === id)) return [];
    const known = steps.some((s) => s.id === id);
    return [
      { pointer: at(i, key), reason: known ? `"${id}" does not lie before this step` : `no step "${id}"` },
    ];
  };
  const parts = step.kind === 'joint' ? step.parts : [];
  return [
    ...(step.kind === 'post' ? back('onSustained', step.onSustained) : []),
    ...('returnTo' in step ? back('returnTo', step.returnTo) : []),
    ...routeFaults(definition, at(i, 'when'), step.when),
    ...routeFaults(definition, at(i, 'unless'), step.unless),
    ...parts.flatMap((part, p) => routeFaults(definition, at(i, `parts/${p}/when`), part.when)),
  ];
}

function routeFaults({ rules }: Definition, pointer: string, id: string | undefined): LintFault[] {
  if (id === undefined) return [];
  const rule = rules.find((r) => r.id === id);
  if (!rule) return [{ pointer, reason: `no rule "${id}"` }];
  return rule.effect === 'route'
    ? []
    : [{ pointer, reason: `rule "${id}" has effect ${rule.effect}, not route` }];
}

/** B1-10: a village takes files in, it neither accepts nor decides. Every office is one of the county's. */
function deskFaults(step: Step, i: number, departments: readonly string[]): LintFault[] {
  const parts = step.kind === 'joint' ? step.parts : [];
  const offices: [pointer: string, office: string | undefined][] = [
    [at(i, 'office'), step.office],
    ...parts.map(({ office }, p): [string, string] => [at(i, `parts/${p}/office`), office]),
  ];
  const faults = offices
    .filter(([, office]) => office !== undefined && !departments.includes(office))
    .map(([pointer, office]) => ({ pointer, reason: `unknown department "${office}"` }));
  parts.forEach(({ office }, p) => {
    if (parts.findIndex((other) => other.office === office) !== p)
      faults.push({ pointer: at(i, `parts/${p}/office`), reason: `"${office}" is asked twice` });
  });
  if (parts.length > 0 && parts.every((p) => p.when !== undefined))
    faults.push({ pointer: at(i, 'parts'), reason: 'at least one office must be asked in every case' });
  if ((step.kind === 'accept' || step.kind === 'decide') && deskOfStep(step).at === 'village')
    faults.push({ pointer: at(i, 'at'), reason: `a village cannot ${step.kind} (B1-10)` });
  return faults;
}

/** The desk's own term: days or hours, in a unit that belongs to them. */
function termFaults(step: Step, i: number): LintFault[] {
  const { days, hours, unit } = step;
  const faults: LintFault[] = [];
  if (days !== undefined && hours !== undefined)
    faults.push({ pointer: at(i, 'hours'), reason: 'a term is days or hours, not both' });
  if (unit !== undefined && days === undefined && hours === undefined)
    faults.push({ pointer: at(i, 'unit'), reason: 'a unit without a term' });
  if (unit === 'office' && hours === undefined)
    faults.push({ pointer: at(i, 'unit'), reason: 'office hours are counted in hours' });
  if (unit === 'workday' && hours !== undefined)
    faults.push({ pointer: at(i, 'unit'), reason: 'hours are natural or office hours' });
  if (step.kind === 'accept' && Number(days ?? 0) > ACCEPTANCE_DAYS)
    faults.push({
      pointer: at(i, 'days'),
      reason: `acceptance takes at most ${ACCEPTANCE_DAYS} working days (B1-5)`,
    });
  if (step.kind === 'joint' && days === undefined)
    step.parts.forEach((part, p) => {
      if (part.days === undefined)
        faults.push({
          pointer: at(i, `parts/${p}/days`),
          reason: 'an office without a term never keeps silent long enough',
        });
    });
  if (step.kind === 'allot' && (step.order === 'score') !== (step.score !== undefined))
    faults.push({ pointer: at(i, 'score'), reason: 'a score belongs to the order "score", and to no other' });
  if (step.kind === 'await' && (step.lapse !== undefined) !== (step.onLapse !== undefined))
    faults.push({ pointer: at(i, 'onLapse'), reason: '"lapse" and "onLapse" belong together' });
  return faults;
}

function firstFaults(steps: Step[]): LintFault[] {
  return steps.flatMap((step, i) => {
    if (i === 0 && step.kind !== 'intake')
      return [{ pointer: at(0, 'kind'), reason: 'the first step must be the intake' }];
    return i > 0 && step.kind === 'intake' ? [{ pointer: at(i, 'kind'), reason: 'a second intake' }] : [];
  });
}

/** What may lie after the decision. */
const AFTER: readonly StepKind[] = [
  'issue',
  'collect',
  'pay',
  'follow',
  'inspect',
  'await',
  'review',
  'check',
];
/** What may lie only there. */
const ONLY_AFTER: readonly StepKind[] = ['issue', 'collect', 'pay', 'follow'];

/** Each way: intake first, one decision, certificates, money and collection after it, follow-up last. */
function pathFaults(way: Way): LintFault[] {
  const { path } = way;
  const decisions = path.filter(({ step }) => step.kind === 'decide');
  if (decisions.length !== 1)
    return [
      {
        pointer: '/steps',
        reason: `${decisions.length} decide steps ${told(way)}, there must be one`,
      },
    ];
  const decided = path.findIndex(({ step }) => step.kind === 'decide');
  const faults = path.flatMap(({ step, i }, place): LintFault[] => {
    if (place < decided && ONLY_AFTER.includes(step.kind))
      return [{ pointer: at(i), reason: `${step.kind} lies before the decision ${told(way)}` }];
    if (place > decided && !AFTER.includes(step.kind))
      return [{ pointer: at(i), reason: `${step.kind} lies after the decision ${told(way)}` }];
    if (step.kind === 'follow' && place < path.length - 1)
      return [{ pointer: at(i), reason: `follow is not the last step ${told(way)}` }];
    const issuedBefore = path.slice(0, place).some((p) => p.step.kind === 'issue');
    return step.kind === 'collect' && !issuedBefore
      ? [{ pointer: at(i), reason: `nothing was issued to collect ${told(way)}` }]
      : [];
  });
  return [...faults, ...acceptanceFaults(way)];
}

/** What a village may do before a file is accepted. */
const BEFORE_ACCEPTANCE: readonly StepKind[] = ['intake', 'deliberate', 'post', 'review', 'inspect'];

function acceptanceFaults(way: Way): LintFault[] {
  const { path } = way;
  const intake = path[0]?.step;
  if (intake?.kind !== 'intake') return [];
  const place = path.findIndex(({ step }) => step.kind === 'accept');
  const pointer = at(path[place]?.i ?? 0);
  if (intake.accepts && place !== -1)
    return [{ pointer, reason: `accepted at the intake already ${told(way)}` }];
  if (!intake.accepts && place === -1)
    return [
      { pointer: '/steps', reason: `nobody accepts ${told(way)}: add an accept step or "accepts": true` },
    ];
  const second = path.slice(place + 1).find(({ step }) => step.kind === 'accept');
  if (place !== -1 && second) return [{ pointer: at(second.i), reason: `a second accept ${told(way)}` }];
  return path.slice(0, Math.max(place, 0)).flatMap(({ step, i }) => {
    const atVillage = step.kind === 'post' ? step.board === 'village' : deskOfStep(step).at === 'village';
    return BEFORE_ACCEPTANCE.includes(step.kind) && atVillage
      ? []
      : [{ pointer: at(i), reason: `only steps of the village may lie before accept ${told(way)}` }];
  });
}

/** Kinds of step in which a file is examined. */
const EXAMINING: readonly StepKind[] = ['review', 'inspect', 'check', 'appraise'];

/** B.6 职责分离: who examined a file does not decide on it. */
function dutyFaults(definition: Definition, way: Way): LintFault[] {
  const wordsOf = (step: Step) => deskWords(deskOfStep(step), definition);
  const decision = way.path.find(({ step }) => step.kind === 'decide');
  if (!decision) return [];
  const same = way.path
    .slice(0, way.path.indexOf(decision))
    .find(({ step }) => EXAMINING.includes(step.kind) && wordsOf(step) === wordsOf(decision.step));
  return same
    ? [
        {
          pointer: at(decision.i),
          reason: `decides at the desk that examined in step "${same.step.id}" (B.6: duties are separated)`,
        },
      ]
    : [];
}

function situationFaults({ situations, steps }: Definition): LintFault[] {
  const left = situations.flatMap((situation, s) =>
    (situation.without ?? []).flatMap((id, w) => {
      const pointer = `/situations/${s}/without/${w}`;
      const step = steps.find((one) => one.id === id);
      if (!step) return [{ pointer, reason: `no step "${id}"` }];
      return step.kind === 'intake' ? [{ pointer, reason: 'the intake cannot be left out' }] : [];
    }),
  );
  const named = steps.flatMap((step, i) =>
    (step.situations ?? []).flatMap((id, s) =>
      situations.some((one) => one.id === id)
        ? []
        : [{ pointer: at(i, `situations/${s}`), reason: `no situation "${id}"` }],
    ),
  );
  return [...left, ...named];
}

/** A step no way leads through. */
const idleFaults = (steps: Step[], ways: Way[]): LintFault[] =>
  steps.flatMap((_, i) =>
    ways.some(({ path }) => path.some((p) => p.i === i))
      ? []
      : [{ pointer: at(i), reason: 'no situation ever takes this step' }],
  );

/** Every way is walked, so there cannot be too many. */
const tangleFaults = (definition: Definition): LintFault[] =>
  routesOf(definition).length > MOST_ROUTES
    ? [{ pointer: '/rules', reason: `steps depend on more than ${MOST_ROUTES} route rules` }]
    : [];
