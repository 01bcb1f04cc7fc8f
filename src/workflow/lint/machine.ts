import { deeper } from '../form-schema.ts';
import type { MachineJson, Named, StateJson } from '../machine.ts';
import { vocabulary } from '../vocabulary.ts';
import type { LintFault } from './types.ts';

const { actions, guards } = vocabulary.createMachine({ context: {} } as never).implementations;

/** Guards and actions of a compiled machine that the vocabulary does not have: XState passes over them in silence. */
export function lintMachine(machine: MachineJson): LintFault[] {
  return [
    ...lintState({ ...(machine.on && { on: machine.on }) }, ''),
    ...Object.entries(machine.states).flatMap(([name, state]) => lintState(state, deeper('/states', name))),
  ];
}

function lintState(state: StateJson, pointer: string): LintFault[] {
  const transitions = Object.entries(state.on ?? {}).flatMap(([event, all]) =>
    all.map((t) => ({ ...t, pointer: `${pointer}/on/${event}` })),
  );
  return [
    ...unknown([...(state.entry ?? []), ...(state.exit ?? [])], actions, 'action', pointer),
    ...transitions.flatMap((t) => unknown(t.actions ?? [], actions, 'action', t.pointer)),
    ...transitions.flatMap((t) => unknown(t.guard ? [t.guard] : [], guards, 'guard', t.pointer)),
    ...Object.entries(state.states ?? {}).flatMap(([name, below]) =>
      lintState(below, deeper(`${pointer}/states`, name)),
    ),
  ];
}

const unknown = (named: Named[], known: object, what: string, pointer: string): LintFault[] =>
  named
    .filter(({ type }) => !Object.hasOwn(known, type))
    .map(({ type }) => ({ pointer, reason: `the vocabulary has no ${what} "${type}"` }));
