/** A compiled item as a graph: its leaves, and everything that leads from one to another. Pure. */
import { deeper } from '../../form-schema.ts';
import type { MachineJson, Named, StateJson, TransitionJson } from '../../machine.ts';
import type { Definition, EventName } from '../../types.ts';
import type { LintFault } from '../types.ts';

/** A state a case can be in: `visit.pending`, `done`. */
export interface Leaf {
  name: string;
  step: string;
  state: StateJson;
  /** The step's state around it; undefined for an end. */
  around: StateJson | undefined;
  pointer: string;
  isEnd: boolean;
}

/** One transition as taken from one leaf. */
export interface Edge {
  from: Leaf;
  to: Leaf;
  event: EventName;
  guard: Named | undefined;
  /** What is done on leaving and on the way, then what is done on entering. */
  leaving: Named[];
  entering: Named[];
  pointer: string;
  /** Declared for the whole machine, not in the leaf. */
  isAnywhere: boolean;
}

export interface Graph {
  machine: MachineJson;
  leaves: readonly Leaf[];
  /** undefined: the machine has no such state. */
  first: Leaf | undefined;
  /** Edges of a leaf by event, in the order in which their guards are asked. */
  edges: ReadonlyMap<Leaf, ReadonlyMap<EventName, readonly Edge[]>>;
  /** Transitions that lead nowhere, or not where they seem to. */
  lost: LintFault[];
}

export function graphOf(machine: MachineJson): Graph {
  const leaves = Object.entries(machine.states).flatMap(([step, state]) => leavesOf(step, state));
  const lost: LintFault[] = [];
  const edges = new Map(leaves.map((leaf) => [leaf, edgesOf(machine, leaves, leaf, lost)]));
  const first = leaves.find((l) => l.name === entered(machine, machine.initial));
  return { machine, leaves, first, edges, lost };
}

function leavesOf(step: string, state: StateJson): Leaf[] {
  const pointer = deeper('/states', step);
  if (!state.states)
    return [{ name: step, step, state, around: undefined, pointer, isEnd: state.type === 'final' }];
  return Object.entries(state.states).map(([name, leaf]) => ({
    name: `${step}.${name}`,
    step,
    state: leaf,
    around: state,
    pointer: deeper(`${pointer}/states`, name),
    isEnd: false,
  }));
}

/** Name of the leaf a case is in after entering a step or an end. */
function entered(machine: MachineJson, name: string): string {
  const initial = machine.states[name]?.initial;
  return initial === undefined ? name : `${name}.${initial}`;
}

function edgesOf(machine: MachineJson, leaves: Leaf[], from: Leaf, lost: LintFault[]) {
  const all = new Map<EventName, Edge[]>();
  if (from.isEnd) return all;
  const add = (on: StateJson['on'], owner: string, isAnywhere: boolean) => {
    for (const [event, transitions] of Object.entries(on ?? {}) as [EventName, TransitionJson[]][])
      transitions.forEach((t, i) => {
        const pointer = `${owner}/on/${event}/${i}`;
        const edge = edgeOf(machine, leaves, from, t);
        if (!edge) lost.push({ pointer, reason: `"${t.target}" leads nowhere` });
        else if (isStill(from, edge.to, t)) lost.push({ pointer, reason: STILL });
        else all.set(event, [...(all.get(event) ?? []), { ...edge, event, pointer, isAnywhere }]);
      });
  };
  add(from.state.on, from.pointer, false);
  add(from.around?.on, deeper('/states', from.step), false);
  add(machine.on, '', true);
  return all;
}

/** XState does not leave and enter a state that names itself, so what is done on entering would not be done. */
const isStill = (from: Leaf, to: Leaf, { target, reenter }: TransitionJson): boolean =>
  target !== undefined && to === from && !reenter && (from.state.entry ?? from.state.exit) !== undefined;
const STILL = 'leads to its own state without entering it anew: clocks would not be started again';

/** What XState does on a transition of a machine of two levels; undefined when its target is not there. */
function edgeOf(
  machine: MachineJson,
  leaves: Leaf[],
  from: Leaf,
  { target, guard, actions = [], reenter }: TransitionJson,
): Omit<Edge, 'event' | 'pointer' | 'isAnywhere'> | undefined {
  if (target === undefined) return { from, to: from, guard, leaving: actions, entering: [] };
  const root = `#${machine.id}.`;
  const name = target.startsWith(root) ? target.slice(root.length) : `${from.step}.${target}`;
  const to = leaves.find((l) => l.name === entered(machine, name));
  if (!to) return undefined;
  const isSibling = name.includes('.') && to.step === from.step;
  // A leaf that names itself is not left and entered again, unless it says so.
  if (isSibling && to === from && !reenter) return { from, to, guard, leaving: actions, entering: [] };
  const [out, into] = isSibling ? [[], []] : [from.around?.exit ?? [], to.around?.entry ?? []];
  return {
    from,
    to,
    guard,
    leaving: [...(from.state.exit ?? []), ...out, ...actions],
    entering: [...into, ...(to.state.entry ?? [])],
  };
}

/** Where to tell a fault of a leaf: the step of the item it was made from, or the place in the machine. */
export function placeOf(definition: Definition, { step, pointer }: Leaf, key = ''): string {
  const index = definition.steps.findIndex((s) => s.id === step);
  return index === -1 ? pointer : `/steps/${index}${key && `/${key}`}`;
}
