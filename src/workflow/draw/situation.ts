import type { MachineJson, StateJson, TransitionJson } from '../machine.ts';
import type { EventName } from '../types.ts';
import type { Taken } from '../vocabulary.ts';
import { assume, type Condition, conditionsOf, deny, either, holds, type Known, sameKnown } from './known.ts';

/** Name of the leaf a transition enters. */
export function targetOf(machine: MachineJson, from: string, target: string): string {
  const step = target.startsWith('#')
    ? target.slice(machine.id.length + 2)
    : `${from.split('.')[0]}.${target}`;
  const initial = machine.states[step]?.initial;
  return initial ? `${step}.${initial}` : step;
}

/** Conditions that the form and the situation decide. */
export const conditionsIn = ({ guard }: TransitionJson): Condition[] =>
  guard?.type === 'taken' ? conditionsOf(guard.params as Taken) : [];

const asTaken = (c: Condition): Taken =>
  'without' in c ? c : c.struck ? { route: c.route } : { unless: c.route };

/** The transition with only the conditions that are still open. */
function narrowed(t: TransitionJson, open: Condition[]): TransitionJson {
  if (t.guard?.type !== 'taken') return t;
  const { guard, ...plain } = t;
  return open.length === 0 ? plain : { ...plain, guard: { ...guard, params: { also: open.map(asTaken) } } };
}

/** Transitions a case may take of which something is known, and what is known after each. */
function takenOf(transitions: TransitionJson[], first: Known): { way: TransitionJson; after: Known }[] {
  const out: { way: TransitionJson; after: Known }[] = [];
  let known = first;
  for (const t of transitions) {
    const conditions = conditionsIn(t);
    if (conditions.some((c) => holds(c, known) === false)) continue;
    const open = conditions.filter((c) => holds(c, known) === undefined);
    const way = narrowed(t, open);
    out.push({ way, after: assume(known, open) });
    if (way.guard === undefined) break;
    known = deny(known, open);
  }
  return out;
}

const leafOf = (machine: MachineJson, name: string): StateJson | undefined => {
  const [step = '', leaf] = name.split('.');
  return leaf === undefined ? machine.states[step] : machine.states[step]?.states?.[leaf];
};

/** Every state that can be reached, with what is sure there. */
function explore(machine: MachineJson, first: Known): Map<string, Known> {
  const start = targetOf(machine, '', `#${machine.id}.${machine.initial}`);
  const reached = new Map([[start, first]]);
  const waiting = [start];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop())
    for (const transitions of Object.values(leafOf(machine, name)?.on ?? {}))
      for (const { way, after } of takenOf(transitions, reached.get(name) as Known)) {
        if (way.target === undefined) continue;
        const to = targetOf(machine, name, way.target);
        const before = reached.get(to);
        const now = before ? either(before, after) : after;
        if (before && sameKnown(before, now)) continue;
        reached.set(to, now);
        waiting.push(to);
      }
  return reached;
}

/** Every situation some guard names, and one for those that none names. */
function situationsNamed(machine: MachineJson): Set<string> {
  const all = Object.values(machine.states).flatMap((step) => Object.values(step.states ?? {}));
  const conditions = all.flatMap((leaf) =>
    Object.values(leaf.on ?? {})
      .flat()
      .flatMap(conditionsIn),
  );
  return new Set(['', ...conditions.flatMap((c) => ('without' in c ? c.without : []))]);
}

function narrowedLeaf(leaf: StateJson, known: Known): StateJson {
  const on = Object.entries(leaf.on ?? {}).map(([event, transitions]) => [
    event as EventName,
    takenOf(transitions, known).map(({ way }) => way),
  ]);
  return { ...leaf, on: Object.fromEntries(on) };
}

/**
 * The machine with only the states that can be reached and the ways that can be taken, guards reduced to what
 * the form still decides there. A corrected form is taken to strike the same rules: whoever reads the drawing wants
 * the ways of one file, not those of two.
 * @param situation absent: in any situation
 * @param routes route rules of which it is known whether they struck
 */
export function inSituation(
  machine: MachineJson,
  situation?: string,
  routes: Readonly<Record<string, boolean>> = {},
): MachineJson {
  const situations = situation === undefined ? situationsNamed(machine) : new Set([situation]);
  const reached = explore(machine, { situations, routes: new Map(Object.entries(routes)) });
  const states: MachineJson['states'] = {};
  for (const [step, state] of Object.entries(machine.states)) {
    const leaves = Object.entries(state.states ?? {}).flatMap(([leaf, at]): [string, StateJson][] => {
      const known = reached.get(`${step}.${leaf}`);
      return known ? [[leaf, narrowedLeaf(at, known)]] : [];
    });
    if (leaves.length > 0) states[step] = { ...state, states: Object.fromEntries(leaves) };
    else if (state.type === 'final' && reached.has(step)) states[step] = state;
  }
  return { ...machine, states };
}
