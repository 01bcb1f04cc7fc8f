/** Faults that no item file can cause while the compiler is right: the compiled machine itself is damaged. */
import { compile } from '../../../../../src/workflow/compile.ts';
import { lintMachine, proveMachine } from '../../../../../src/workflow/lint.ts';
import { resolved } from '../../../../../src/workflow/terms.ts';
import { context, forms, items, type Loose } from '../../ground.ts';
import { type Kind, type Plant, spread, type Variant } from '../../kind.ts';

export interface Part {
  /** `visit`, `visit.pending`. */
  name: string;
  state: Loose;
  /** Where a fault of it is told: its step, or the state when it belongs to none. */
  place: string;
  pointer: string;
  /** The state in a damaged copy. */
  of: (machine: Loose) => Loose;
}

export function machineKind(name: string, plants: (machine: Loose, item: Loose) => Plant[]): Kind {
  const variants = items.flatMap((raw) => {
    const definition = resolved(raw, context.params);
    const machine = compile(definition);
    return plants(machine, definition).map(([what, damage, at, reason]): Variant => {
      const faults = () => {
        const copy = structuredClone(machine);
        damage(copy);
        const wrong = lintMachine(copy);
        const all = wrong.length > 0 ? wrong : proveMachine(copy, { definition, forms, context });
        return all.map((f) => `${f.pointer} · ${f.reason}`);
      };
      return { of: raw.code, what, faults, at, reason };
    });
  });
  return { name, variants: spread(variants) };
}

/** Steps and leaves of a machine for which a test holds. */
export function parts(machine: Loose, item: Loose, test: (state: Loose, name: string) => unknown): Part[] {
  const place = (step: string) => {
    const i = item.steps.findIndex((s: Loose) => s.id === step);
    return i === -1 ? `/states/${step}` : `/steps/${i}`;
  };
  return Object.entries(machine.states)
    .flatMap(([step, state]: [string, Loose]) => [
      { state, name: step, place: place(step), pointer: `/states/${step}`, of: (m: Loose) => m.states[step] },
      ...Object.entries(state.states ?? {}).map(([leaf, below]) => ({
        state: below as Loose,
        name: `${step}.${leaf}`,
        place: place(step),
        pointer: `/states/${step}/states/${leaf}`,
        of: (m: Loose) => m.states[step].states[leaf],
      })),
    ])
    .filter(({ state, name }) => test(state, name));
}

export const takes =
  (...events: string[]) =>
  (state: Loose) =>
    events.some((e) => state.on?.[e]);
export const does = (list: Loose[] | undefined, type: string, name?: string) =>
  list?.some((a) => a.type === type && (name === undefined || a.params?.name === name)) ?? false;
export const isLeaf = (state: Loose) => state.meta !== undefined && state.type !== 'final';

/** Take actions of a sort out of every transition of an event. */
export const strip = (part: Part, event: string, drop: (action: Loose) => boolean) => (m: Loose) => {
  for (const t of part.of(m).on[event]) t.actions = (t.actions ?? []).filter((a: Loose) => !drop(a));
};

/** Acts that carry a case on while its terms run. */
export const ONWARD = ['FORWARD', 'RECORD_VISIT', 'RECORD_CHECK'];

/** Does some transition lead to another state that is no end? */
export function leadsOn(machine: Loose, state: Loose): boolean {
  const ways = [state, ...(Object.values(state.states ?? {}) as Loose[])].flatMap((s) =>
    Object.values(s.on ?? {}),
  );
  return ways.flat().some(({ target }: Loose) => {
    const step = target?.startsWith('#') ? target.slice(machine.id.length + 2) : undefined;
    return target !== undefined && machine.states[step ?? '']?.type !== 'final';
  });
}

export const first = (state: Loose): string => Object.keys(state.on ?? {})[0] as string;
