import { type AnyMachineSnapshot, type AnyStateMachine, transition } from 'xstate';
import { localDate } from '../kernel/time.ts';
import { moveClocks } from './clocks.ts';
import type { MachineJson, Named } from './machine.ts';
import { GAP_DAYS } from './terms.ts';
import {
  type CaseContext,
  type CaseEvent,
  type CaseState,
  type Count,
  type Effect,
  type EventName,
  FACTS,
  type StateMeta,
  type Term,
  type Terms,
} from './types.ts';
import { CLOCK_ACTIONS, EFFECT_ACTIONS, vocabulary } from './vocabulary.ts';

/** What one event did: the new state, and what is to happen after commit, in order. */
export interface Advance {
  state: CaseState;
  effects: Effect[];
}

/** The event is not possible in the state the case is in. */
export class NotPossible extends Error {
  readonly event: EventName;
  readonly possible: EventName[];
  constructor(event: EventName, state: string, possible: EventName[]) {
    super(`${event} is not possible in ${state}; possible: ${possible.join(', ') || 'nothing'}`);
    this.name = 'NotPossible';
    this.event = event;
    this.possible = possible;
  }
}

const machines = new WeakMap<MachineJson, AnyStateMachine>();

/** The runnable machine of a compiled item (built once per compiled object). */
function machineOf(json: MachineJson): AnyStateMachine {
  let machine = machines.get(json);
  if (!machine) {
    machine = vocabulary.createMachine(json as never) as unknown as AnyStateMachine;
    machines.set(json, machine);
  }
  return machine;
}

/** A new case in its first state; nothing is armed before it is filed. */
export function start(json: MachineJson, situation: string): CaseState {
  const first = json.states[json.initial];
  const value = first?.initial ? { [json.initial]: first.initial } : json.initial;
  return { value, context: { ...json.context, situation }, clocks: [] };
}

/** Name of the leaf state, `acceptance.pending`, or `done`. */
export function stateName(state: CaseState): string {
  if (typeof state.value === 'string') return state.value;
  const [step, leaf] = Object.entries(state.value)[0] ?? [];
  return `${step}.${leaf}`;
}

/** Title, desk and kind of the state a case is in. */
export function metaOf(json: MachineJson, state: CaseState): StateMeta {
  const [step = '', leaf] = stateName(state).split('.');
  const at = json.states[step];
  const meta = leaf === undefined ? at?.meta : at?.states?.[leaf]?.meta;
  if (!meta) throw new Error(`${json.id}@${json.version} has no state ${stateName(state)}`);
  return meta;
}

/** Is the case over? */
const isClosed = (json: MachineJson, state: CaseState): boolean => metaOf(json, state).kind === 'end';

/** Is it over, or granted and going on with nothing to be done now? */
export const isResting = (json: MachineJson, state: CaseState): boolean =>
  isClosed(json, state) || metaOf(json, state).kept === true;

const resolve = (json: MachineJson, state: CaseState): AnyMachineSnapshot =>
  machineOf(json).resolveState({ value: state.value, context: state.context });

/** The events a state declares, its own first, then those that may happen anywhere. */
function declaredEvents(json: MachineJson, state: CaseState): EventName[] {
  const [step = '', leaf] = stateName(state).split('.');
  const own = (leaf === undefined ? undefined : json.states[step]?.states?.[leaf]?.on) ?? {};
  return [...new Set([...Object.keys(own), ...Object.keys(json.on ?? {})] as EventName[])];
}

/** Data with which an event that depends on what is said is tried: is there anything at all it could say? */
const TRIALS: Partial<Record<EventName, (context: CaseContext) => Record<string, unknown>[]>> = {
  GIVE_OPINION: ({ parts }) => Object.keys(parts).map((part) => ({ part })),
};

/** Facts that other items report, and that the state a case is in answers in its own way. */
const OUTER: readonly EventName[] = ['CANCELLED_ELSEWHERE', 'RESTORED_ELSEWHERE', 'REVIEW_CALLED'];

/** Facts from other items that the case would take now. */
export function outerFacts(json: MachineJson, state: CaseState): EventName[] {
  if (metaOf(json, state).kind === 'end') return [];
  const snapshot = resolve(json, state);
  return OUTER.filter((type) => snapshot.can({ type, data: {} }));
}

/** Events possible now, guards asked, in the order the item declares them; facts are left out. */
export function possibleEvents(json: MachineJson, state: CaseState): EventName[] {
  if (metaOf(json, state).kind === 'end') return [];
  const snapshot = resolve(json, state);
  return declaredEvents(json, state).filter(
    (type) =>
      !(FACTS as readonly string[]).includes(type) &&
      (TRIALS[type]?.(state.context) ?? [{}]).some((data) => snapshot.can({ type, data })),
  );
}

/**
 * Carry one event through the machine. Pure: time and actor come with the event.
 * @throws NotPossible when no transition takes the event.
 */
export function advance(json: MachineJson, state: CaseState, event: CaseEvent): Advance {
  const before = resolve(json, state);
  if (!before.can(event)) throw new NotPossible(event.type, stateName(state), possibleEvents(json, state));
  const [after, executed] = transition(machineOf(json), before, event);
  const actions: Named[] = executed.map((a) => ({
    type: a.type,
    params: (a.params ?? {}) as Named['params'] & object,
  }));
  const context = after.context as CaseContext;
  const clockActions = actions
    .filter((a) => (CLOCK_ACTIONS as readonly string[]).includes(a.type))
    .flatMap((a) => EXPANDED[a.type]?.(a.params as never, context, event) ?? [a]);
  return {
    state: {
      value: after.value as CaseState['value'],
      context,
      clocks: moveClocks(state.clocks, clockActions, { on: localDate(event.at), event, context }),
    },
    effects: actions.filter((a) => (EFFECT_ACTIONS as readonly string[]).includes(a.type)).map(toEffect),
  };
}

const toEffect = (action: Named): Effect => ({ type: action.type, ...action.params }) as Effect;

/** Clock actions that depend on what is known of the case, as the plain ones they come to. */
const EXPANDED: Record<string, (params: never, context: CaseContext, event: CaseEvent) => Named[]> = {
  startTerms: startTermActions,
  startParts: startPartActions,
  stopPart: (_, __, { data }) => [{ type: 'stopClock', params: { name: `part:${data.part}` } }],
  /** B2-12: decided before the licence ends, or deemed renewed. */
  startRenewal: (_, { validTo }) =>
    validTo === null
      ? []
      : [started('renewal', { until: validTo, onDue: 'RENEWAL_DEEMED', from: 'acceptance' })],
  startGap: (_, { gaps }) =>
    gaps.length === 0
      ? []
      : [started('gap', { days: GAP_DAYS, unit: 'workday', onDue: 'GAP_LAPSED', from: 'acceptance' })],
};

const started = (name: string, params: Record<string, unknown>): Named => ({
  type: 'startClock',
  params: { name, ...params },
});

/** `startTerms` opens the statutory and the promised clock on the day of acceptance, or of receipt. */
function startTermActions(
  {
    bySituation,
    ...base
  }: {
    statutory: Term | null;
    promised: Term;
    from?: Terms['from'];
    bySituation?: Record<string, Partial<Terms>>;
  },
  context: CaseContext,
): Named[] {
  const terms = { ...base, ...bySituation?.[context.situation] };
  const from = terms.from ?? 'acceptance';
  return TERMS.flatMap((name) => {
    const budget = terms[name];
    return budget ? [started(name, { ...budget, from })] : [];
  });
}
const TERMS = ['statutory', 'promised'] as const;

/** `startParts` opens one clock for each office asked. */
function startPartActions(
  { days, onDue }: { days: Record<string, Count>; onDue: string },
  { parts }: CaseContext,
): Named[] {
  return Object.keys(parts).map((part) =>
    started(`part:${part}`, { days: days[part], unit: 'workday', onDue }),
  );
}
