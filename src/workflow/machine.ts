import type { CaseContext, EventName, StateMeta } from './types.ts';

/** An action or guard by name, with its parameters: nothing in a compiled machine is code. */
export interface Named {
  type: string;
  params?: Record<string, unknown>;
}

export interface TransitionJson {
  target?: string;
  guard?: Named;
  actions?: Named[];
  /** Leave and enter the state anew although it is the target itself; XState stays in it otherwise. */
  reenter?: true;
}

export interface StateJson {
  type?: 'final';
  initial?: string;
  states?: Record<string, StateJson>;
  entry?: Named[];
  exit?: Named[];
  on?: Partial<Record<EventName, TransitionJson[]>>;
  meta?: StateMeta;
}

/** A compiled item: a plain XState v5 machine configuration, stored by value and pinned to its cases. */
export interface MachineJson {
  id: string;
  version: string;
  initial: string;
  context: CaseContext;
  /** Route rules in a few words. */
  meta?: { routes: Record<string, string> };
  /** What may happen in every state. */
  on?: StateJson['on'];
  states: Record<string, StateJson>;
}
