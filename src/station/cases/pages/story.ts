/** The way of a case: the states it has been in, the steps behind and before it, and its drawing. Pure. */
import type { Instant } from '../../../kernel/types.ts';
import { metaOf, stateName } from '../../../workflow/advance.ts';
import { draw } from '../../../workflow/draw/index.ts';
import { inSituation } from '../../../workflow/draw/situation.ts';
import type { MachineJson } from '../../../workflow/machine.ts';
import type { Moment } from '../../../workflow/replay.ts';
import { KIND_TITLES } from '../../../workflow/steps/build.ts';
import type { EventName, StateMeta } from '../../../workflow/types.ts';
import type { CaseDeps } from '../deps.ts';
import type { FullCase } from '../queries.ts';
import { momentsOf } from '../replayed.ts';
import { OUTCOME_WORDS } from './words.ts';

type Deps = Pick<CaseDeps, 'definitions'>;

/** A state the case came to, and by what. */
export interface Stretch {
  meta: StateMeta;
  since: Instant | null;
  /** null: its first state. */
  by: EventName | null;
}

/** A step of the item as the bar of a case shows it. */
export interface StepMark {
  id: string;
  title: string;
  standing: 'past' | 'now' | 'ahead';
}

/** Everything that is told of the way of a case. */
export interface Walk {
  stretches: Stretch[];
  steps: StepMark[];
  svg: string;
}

/** @param title what the drawing is called */
export function walkOf(deps: Deps, full: FullCase, title: string): Walk {
  const moments = momentsOf(deps, full);
  return {
    stretches: stretchesOf(full, moments),
    steps: stepMarks(full, moments),
    svg: drawingOf(full, moments, title),
  };
}

function stretchesOf({ log }: FullCase, moments: readonly Moment[]): Stretch[] {
  return moments.flatMap(({ machine, state }, i) => {
    const before = moments[i - 1];
    if (before && stateName(before.state) === stateName(state)) return [];
    const event = log[i - 1];
    return [{ meta: metaOf(machine, state), since: event?.at ?? null, by: event?.type ?? null }];
  });
}

/** Steps behind, the one it is in, and those that this file will still come to, as far as its form tells. */
function stepMarks(full: FullCase, moments: readonly Moment[]): StepMark[] {
  const { pinned, row, meta, view } = full;
  const been = new Set(moments.map(({ machine, state }) => metaOf(machine, state).step));
  const { states } = inSituation(pinned.machine, row.situation, row.snapshot.context.routes);
  const { steps } = pinned.definition;
  const closed = meta.kind === 'end';
  const here = closed ? steps.length : steps.findIndex((s) => s.id === meta.step);
  const marks = steps.flatMap((step, i): StepMark[] => {
    const standing = i < here ? 'past' : i === here ? 'now' : 'ahead';
    const counts = standing === 'ahead' ? states[step.id] !== undefined : been.has(step.id);
    return counts ? [{ id: step.id, title: step.title ?? KIND_TITLES[step.kind], standing }] : [];
  });
  const end = view.outcome ? OUTCOME_WORDS[view.outcome] : meta.title;
  return closed ? [...marks, { id: 'end', title: end, standing: 'now' }] : marks;
}

/** The box a state is drawn as: a return or a halt is a mark in the box of its step. */
function boxOf(machine: MachineJson, name: string): string {
  const [step = '', leaf] = name.split('.');
  const { initial } = machine.states[step] ?? {};
  return initial && (leaf === 'returned' || leaf === 'suspended') ? `${step}.${initial}` : name;
}

function drawingOf({ pinned, row }: FullCase, moments: readonly Moment[], title: string): string {
  const names = moments.map(({ state }) => stateName(state));
  const boxes = names.map((name) => boxOf(pinned.machine, name));
  return draw(pinned.machine, title, {
    situation: row.situation,
    current: row.state,
    visited: [...names.slice(0, -1), ...boxes.slice(0, -1)],
    walked: boxes.slice(1).map((to, i) => [boxes[i] as string, to] as const),
  });
}
