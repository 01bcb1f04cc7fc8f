import type { MachineJson, StateJson, TransitionJson } from '../machine.ts';

/** The transitions a situation can take: those it leaves out are gone, those it is sure to take are plain. */
function taken(transitions: TransitionJson[], situation: string): TransitionJson[] {
  const out: TransitionJson[] = [];
  for (const t of transitions) {
    const { route, without } = (t.guard?.type === 'taken' ? t.guard.params : {}) as {
      route?: string;
      without?: string[];
    };
    if (without?.includes(situation)) continue;
    const { guard, ...plain } = t;
    const sure = guard?.type === 'taken' && route === undefined;
    out.push(sure ? plain : t);
    if (sure || guard === undefined) break;
  }
  return out;
}

/** The machine as one situation sees it: only the steps that can be reached. */
export function inSituation(machine: MachineJson, situation: string): MachineJson {
  const narrow = (state: StateJson): StateJson => ({
    ...state,
    ...(state.on && {
      on: Object.fromEntries(Object.entries(state.on).map(([e, ts]) => [e, taken(ts, situation)])),
    }),
    ...(state.states && {
      states: Object.fromEntries(Object.entries(state.states).map(([k, v]) => [k, narrow(v)])),
    }),
  });
  const states = Object.fromEntries(Object.entries(machine.states).map(([k, v]) => [k, narrow(v)]));
  const reached = new Set([machine.initial]);
  for (const step of reached)
    for (const leaf of Object.values(states[step]?.states ?? {}))
      for (const t of Object.values(leaf.on ?? {}).flat())
        if (t.target?.startsWith('#')) reached.add(t.target.slice(machine.id.length + 2));
  return { ...machine, states: Object.fromEntries(Object.entries(states).filter(([k]) => reached.has(k))) };
}
