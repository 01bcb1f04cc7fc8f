import { type AnyMachineSnapshot, type AnyStateMachine, transition } from 'xstate';
import type { Budget } from '../kernel/deadline.ts';
import { localDate } from '../kernel/time.ts';
import { moveClocks } from './clocks.ts';
import type { MachineJson, Named } from './machine.ts';
import {
  type CaseContext,
  type CaseEvent,
  type CaseState,
  type Effect,
  type EventName,
  FACTS,
  type StateMeta,
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
export const isClosed = (json: MachineJson, state: CaseState): boolean => metaOf(json, state).kind === 'end';

const resolve = (json: MachineJson, state: CaseState): AnyMachineSnapshot =>
  machineOf(json).resolveState({ value: state.value, context: state.context });

/** Events possible now, guards asked, in the order the item declares them; facts are left out. */
export function possibleEvents(json: MachineJson, state: CaseState): EventName[] {
  const [step = '', leaf] = stateName(state).split('.');
  const declared = (leaf === undefined ? undefined : json.states[step]?.states?.[leaf]?.on) ?? {};
  const snapshot = resolve(json, state);
  return (Object.keys(declared) as EventName[]).filter(
    (type) => !(FACTS as readonly string[]).includes(type) && snapshot.can({ type }),
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
    .flatMap((a) => (a.type === 'startTerms' ? startTermActions(a, context) : [a]));
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

/** `startTerms` opens the statutory and the promised clock on the day of acceptance or receipt. */
function startTermActions(action: Named, context: CaseContext): Named[] {
  const { bySituation, ...base } = action.params as unknown as {
    statutory: Budget | null;
    promised: Budget;
    bySituation?: Record<string, { statutory?: Budget | null; promised?: Budget }>;
  };
  const terms = { ...base, ...bySituation?.[context.situation] };
  return (['statutory', 'promised'] as const).flatMap((name) => {
    const budget = terms[name];
    return budget ? [{ type: 'startClock', params: { name, ...budget, from: 'acceptance' } }] : [];
  });
}

/**
 * Fold a case's log into its state: the proof that the stored state is only a cache.
 * @throws NotPossible when the log holds an event its state could not take.
 */
export function fold(json: MachineJson, situation: string, events: CaseEvent[]): CaseState {
  return events.reduce((state, event) => advance(json, state, event).state, start(json, situation));
}
