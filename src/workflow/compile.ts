import type { MachineJson, Named, StateJson, TransitionJson } from './machine.ts';
import { deskOfStep, KIND_TITLES, type StepBuilder } from './steps/build.ts';
import { compileStep } from './steps/index.ts';
import { issuing } from './steps/issue.ts';
import type { CaseContext, Definition, Outcome, Step } from './types.ts';

/** Ends of a case: state name, outcome and title. */
const ENDS: { name: string; outcome: Outcome; title: string }[] = [
  { name: 'done', outcome: 'granted', title: '已办结' },
  { name: 'rejected', outcome: 'rejected', title: '不予批准' },
  { name: 'refused', outcome: 'refused', title: '不予受理' },
  { name: 'withdrawn', outcome: 'withdrawn', title: '已撤回' },
  { name: 'lapsed', outcome: 'lapsed', title: '逾期未补正，视为撤回' },
];

const INITIAL_CONTEXT: CaseContext = {
  situation: '',
  routes: {},
  receivedAt: null,
  handedInOn: null,
  acceptedOn: null,
  deemed: false,
  decidedAt: null,
  closedAt: null,
  corrections: 0,
  extensions: 0,
  openObjections: 0,
  postings: 0,
  outcome: null,
};

const isAuto = (step: Step) => step.kind === 'issue' && step.auto === true;

/** Situations in which a step is left out. */
const leftOut = (definition: Definition, step: Step): string[] =>
  definition.situations.filter((s) => s.without?.includes(step.id)).map((s) => s.id);

/** The guard of entering a step, or undefined when it is always taken. */
function entryGuard(definition: Definition, step: Step): Named | undefined {
  const without = leftOut(definition, step);
  if (step.when === undefined && without.length === 0) return undefined;
  return {
    type: 'taken',
    params: {
      ...(step.when !== undefined && { route: step.when }),
      ...(without.length && { without }),
    },
  };
}

/** Where a case goes after the step at `index`: every optional step with its guard, then the first certain one. */
function onward(definition: Definition, index: number, actions: Named[]): TransitionJson[] {
  const out: TransitionJson[] = [];
  for (let i = index + 1; i < definition.steps.length; i++) {
    const step = definition.steps[i] as Step;
    const guard = entryGuard(definition, step);
    if (step.kind === 'issue' && isAuto(step)) {
      if (guard) throw new Error(`${definition.code}: automatic step "${step.id}" cannot be optional`);
      return [...out, ...onward(definition, i, [...actions, ...issuing(step)])];
    }
    out.push({ target: `#${definition.code}.${step.id}`, ...(guard && { guard }), actions });
    if (!guard) return out;
  }
  return [...out, ...end(definition, 'granted', actions)];
}

function end(definition: Definition, outcome: Outcome, actions: Named[]): TransitionJson[] {
  const name = ENDS.find((e) => e.outcome === outcome)?.name;
  return [{ target: `#${definition.code}.${name}`, actions }];
}

/** Nearest earlier step at which officers work; the intake desk when there is none. */
function deskBefore(definition: Definition, index: number): string {
  const earlier = definition.steps.slice(0, index).reverse();
  const found = earlier.find((s) => s.kind === 'review' || s.kind === 'inspect') ?? definition.steps[0];
  return (found as Step).id;
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
    onward: (actions) => onward(definition, index, actions),
    end: (outcome, actions) => end(definition, outcome, actions),
    stepTarget: (id) => `#${definition.code}.${find(id).id}`,
    deskOf: (id) => deskOfStep(find(id)),
    returnTo: (declared) => find(declared ?? deskBefore(definition, index)).id,
  };
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
  const ends = ENDS.map(({ name, outcome, title }): [string, StateJson] => [
    name,
    {
      type: 'final',
      entry: [{ type: 'noteClosed', params: { outcome } }, { type: 'stopAllClocks' }],
      meta: { step: name, kind: 'end', title, desk: null },
    },
  ]);
  return {
    id: definition.code,
    version: String(definition.version),
    initial: first.id,
    context: structuredClone(INITIAL_CONTEXT),
    states: Object.fromEntries([...steps, ...ends]),
  };
}
