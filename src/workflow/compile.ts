import type { MachineJson, Named, StateJson, TransitionJson } from './machine.ts';
import { clock, deskOfStep, guarded, KIND_TITLES, message, paper, type StepBuilder } from './steps/build.ts';
import { granting } from './steps/decide.ts';
import { compileStep } from './steps/index.ts';
import { issuing } from './steps/issue.ts';
import type { CaseContext, DecideStep, Definition, Outcome, Step } from './types.ts';
import type { Taken } from './vocabulary.ts';

/** Ends of a case: state name, outcome and title. */
export const ENDS: { name: string; outcome: Outcome; title: string }[] = [
  { name: 'done', outcome: 'granted', title: '已办结' },
  { name: 'rejected', outcome: 'rejected', title: '不予批准' },
  { name: 'refused', outcome: 'refused', title: '不予受理' },
  { name: 'withdrawn', outcome: 'withdrawn', title: '已撤回' },
  { name: 'lapsed', outcome: 'lapsed', title: '逾期，视为撤回' },
  { name: 'expired', outcome: 'expired', title: '逾期失效' },
  { name: 'ended', outcome: 'ended', title: '已终止' },
];

export const INITIAL_CONTEXT: CaseContext = {
  situation: '',
  routes: {},
  receivedAt: null,
  handedInOn: null,
  handedInAt: null,
  acceptedOn: null,
  deemed: false,
  decidedAt: null,
  closedAt: null,
  corrections: 0,
  correctionExtensions: 0,
  extensions: 0,
  openObjections: 0,
  postings: 0,
  appraisals: 0,
  parts: {},
  gaps: [],
  counts: {},
  validTo: null,
  outcome: null,
};

const isAuto = (step: Step) => step.kind === 'issue' && step.auto === true;

/** Situations in which a step is left out. */
export const leftOut = (definition: Definition, step: Step): string[] =>
  definition.situations
    .filter((s) => s.without?.includes(step.id) || (step.situations && !step.situations.includes(s.id)))
    .map((s) => s.id);

/** The condition of entering a step, or undefined when it is always taken. */
function conditionOf(definition: Definition, step: Step): Taken | undefined {
  const without = leftOut(definition, step);
  const { when: route, unless } = step;
  if (route === undefined && unless === undefined && without.length === 0) return undefined;
  return {
    ...(route !== undefined && { route }),
    ...(unless !== undefined && { unless }),
    ...(without.length && { without }),
  };
}

/** What entering a step does besides the step's own entry. */
function arriving(step: Step, index: number): Named[] {
  if (step.kind === 'accept' && index > 1) return [{ type: 'noteHandIn' }];
  if (step.kind === 'follow') return [{ type: 'closed', params: { outcome: 'granted' } }];
  return [];
}

/** Where a case goes after the step at `index`: every optional step with its guard, then the first certain one. */
function onward(definition: Definition, index: number, actions: Named[]): TransitionJson[] {
  const out: TransitionJson[] = [];
  for (let i = index + 1; i < definition.steps.length; i++) {
    const step = definition.steps[i] as Step;
    const condition = conditionOf(definition, step);
    const ways: TransitionJson[] =
      step.kind === 'issue' && isAuto(step)
        ? onward(definition, i, [...actions, ...issuing(step)])
        : [
            {
              target: `#${definition.code}.${step.id}`,
              actions: [...actions, ...arriving(step, i)],
            },
          ];
    out.push(...(condition ? ways.map((t) => guarded(t, condition)) : ways));
    if (!condition) return out;
  }
  return [...out, ...end(definition, 'granted', actions)];
}

function end(definition: Definition, outcome: Outcome, actions: Named[]): TransitionJson[] {
  const name = ENDS.find((e) => e.outcome === outcome)?.name;
  return [{ target: `#${definition.code}.${name}`, actions }];
}

const WORK: readonly string[] = ['review', 'inspect', 'check'];

const isDecided = ({ steps }: Definition, index: number): boolean =>
  steps.slice(0, index).some((s) => s.kind === 'decide') &&
  !steps.slice(index).some((s) => s.kind === 'decide');

const isSameDesk = ({ department }: Definition, a: Step, b: Step): boolean => {
  const [one, other] = [a, b].map((s) => ({ office: department, ...deskOfStep(s) }));
  return one?.at === other?.at && one?.role === other?.role && one?.office === other?.office;
};

/**
 * Nearest earlier desk other than its own at which officers work, in every situation and on every route that
 * leads here; after the decision nothing else. Before it, when there is none, the desk that accepted: an accepted
 * case does not go back to the citizen, whose papers were asked for once (B1-6, B2-5). Without an acceptance: the
 * intake desk.
 */
function deskBefore(definition: Definition, index: number): string | undefined {
  const { steps } = definition;
  const here = steps[index] as Step;
  const decided = isDecided(definition, index);
  const away = leftOut(definition, here);
  const leadsHere = (s: Step): boolean => {
    const always = s.when === undefined && s.unless === undefined;
    return (
      !isSameDesk(definition, s, here) &&
      (always || (s.when === here.when && s.unless === here.unless)) &&
      leftOut(definition, s).every((id) => away.includes(id))
    );
  };
  const earlier = steps.slice(0, index);
  const found = earlier.findLast(
    (s, i) => WORK.includes(s.kind) && decided === isDecided(definition, i) && leadsHere(s),
  );
  if (found || decided) return found?.id;
  const accepted = earlier.filter((s) => s.kind === 'accept');
  return (accepted.length > 0 ? accepted.findLast(leadsHere) : steps[0])?.id;
}

function builder(definition: Definition, index: number): StepBuilder {
  const step = definition.steps[index] as Step;
  const find = (id: string): Step => {
    const found = definition.steps.find((s) => s.id === id);
    if (!found) throw new Error(`${definition.code}: step "${step.id}" names an unknown step "${id}"`);
    return found;
  };
  return {
    definition,
    step,
    desk: deskOfStep(step),
    title: step.title ?? KIND_TITLES[step.kind],
    decided: isDecided(definition, index),
    onward: (actions) => onward(definition, index, actions),
    end: (outcome, actions) => end(definition, outcome, actions),
    stepTarget: (id) => `#${definition.code}.${find(id).id}`,
    decider: deskOfStep((definition.steps.findLast((s) => s.kind === 'decide') ?? step) as Step),
    deskOf: (id) => deskOfStep(find(id)),
    returnTo: (declared) => (declared === undefined ? deskBefore(definition, index) : find(declared).id),
  };
}

/** What is still going in a step that is broken off from outside: its notice, and the clocks of its offices. */
function brokenOff({ steps }: Definition): Named[] {
  const offices = new Set(steps.flatMap((s) => (s.kind === 'joint' ? s.parts.map((p) => p.office) : [])));
  return [
    ...(steps.some((s) => s.kind === 'post')
      ? [clock('stopClock', 'posting'), { type: 'notice.close' }]
      : []),
    ...[...offices].map((office) => clock('stopClock', `part:${office}`)),
  ];
}

/**
 * What may happen wherever the case stands: an owed paper comes in or stays out (容缺), a renewal is deemed
 * (B2-12), another item ends the case (a death).
 */
function anywhere(definition: Definition): NonNullable<StateJson['on']> {
  const { situations, steps, materials } = definition;
  const renewing = situations.filter((s) => s.renews).map((s) => s.id);
  const decision = steps.findIndex(
    (s) => s.kind === 'decide' && renewing.some((id) => !leftOut(definition, s).includes(id)),
  );
  const off = brokenOff(definition);
  const renewed =
    decision === -1
      ? []
      : onward(definition, decision, [...off, ...granting(definition, steps[decision] as DecideStep)]);
  const incomplete = [
    ...end(definition, 'ended', [paper('cancellation'), message('gap-lapsed')]).map((t) => ({
      ...t,
      guard: { type: 'decided' },
    })),
    ...end(definition, 'lapsed', [...off, paper('termination'), message('gap-lapsed')]),
  ];
  return {
    ...(materials.some((m) => m.tolerable) && {
      SUPPLY: [
        {
          guard: { type: 'gapsOpen' },
          actions: [
            { type: 'closeGaps' },
            { type: 'stopClock', params: { name: 'gap' } },
            message('supplied'),
          ],
        },
      ],
      GAP_LAPSED: incomplete,
    }),
    ...(renewed.length && { RENEWAL_DEEMED: renewed }),
    CANCELLED_ELSEWHERE: end(definition, 'ended', [...off, paper('termination'), message('cancelled')]).map(
      (t) => ({
        ...t,
        guard: { type: 'running' },
      }),
    ),
  };
}

/** Route rules in a few words, for drawings. */
const routeTitles = ({ rules }: Definition): Record<string, string> =>
  Object.fromEntries(
    rules.flatMap((r) => (r.effect === 'route' && r.title !== undefined ? [[r.id, r.title] as const] : [])),
  );

/** Names of the ends that some transition leads to. */
function endsReached(code: string, states: StateJson[]): Set<string> {
  const targets = (state: StateJson): string[] => [
    ...Object.values(state.on ?? {}).flatMap((ts) => ts.flatMap((t) => t.target ?? [])),
    ...Object.values(state.states ?? {}).flatMap(targets),
  ];
  return new Set(states.flatMap(targets).map((t) => t.slice(code.length + 2)));
}

/**
 * Compile an item into a plain XState v5 machine configuration.
 * @throws Error when a step names another that is not there, or the first step is not the intake.
 */
export function compile(definition: Definition): MachineJson {
  const first = definition.steps[0];
  if (first?.kind !== 'intake') throw new Error(`${definition.code}: the first step must be the intake`);
  const steps = definition.steps
    .map((step, index) => ({ step, index }))
    .filter(({ step }) => !isAuto(step))
    .map(({ step, index }) => [step.id, compileStep(builder(definition, index))] as const);
  const on = anywhere(definition);
  const reached = endsReached(definition.code, [{ on }, ...steps.map(([, state]) => state)]);
  const ends = ENDS.filter(({ name }) => reached.has(name)).map(
    ({ name, outcome, title }): [string, StateJson] => [
      name,
      {
        type: 'final',
        entry: [
          { type: 'noteClosed', params: { outcome } },
          { type: 'stopAllClocks' },
          { type: 'closed', params: { outcome } },
        ],
        meta: { step: name, kind: 'end', title, desk: null },
      },
    ],
  );
  return {
    id: definition.code,
    version: String(definition.version),
    initial: first.id,
    context: structuredClone(INITIAL_CONTEXT),
    meta: { routes: routeTitles(definition) },
    on,
    states: Object.fromEntries([...steps, ...ends]),
  };
}
