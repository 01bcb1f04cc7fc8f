import type { Named, StateJson, TransitionJson } from '../machine.ts';
import type { Definition, Desk, Level, Outcome, PaperKind, Role, StateMeta, Step } from '../types.ts';

/** Everything a step kind needs to compile itself: the item, the step, and the way on. */
export interface StepBuilder<S extends Step = Step> {
  definition: Definition;
  step: S;
  desk: Desk;
  title: string;
  /** Transitions to whatever follows this step, with the given actions. */
  onward(actions: Named[]): TransitionJson[];
  /** Transition that ends the case. */
  end(outcome: Outcome, actions: Named[]): TransitionJson[];
  /** Absolute target of a step by id. */
  stepTarget(id: string): string;
  /** The desk of another step. */
  deskOf(id: string): Desk;
  /** The step a RETURN goes to: declared, or the nearest desk of case work before. */
  returnTo(declared?: string): string;
}

/** Desk a step stands at unless the item says otherwise. */
const DEFAULT_DESK: Record<Step['kind'], { at: Level; role: Role }> = {
  intake: { at: 'village', role: 'clerk' },
  accept: { at: 'township', role: 'window' },
  review: { at: 'township', role: 'officer' },
  inspect: { at: 'township', role: 'officer' },
  post: { at: 'village', role: 'committee' },
  decide: { at: 'county', role: 'leader' },
  issue: { at: 'county', role: 'officer' },
  collect: { at: 'village', role: 'clerk' },
};

/** Chinese name of a step kind, used when the item gives no title. */
export const KIND_TITLES: Record<Step['kind'], string> = {
  intake: '收件',
  accept: '受理',
  review: '审核',
  inspect: '现场核查',
  post: '公示',
  decide: '决定',
  issue: '制证',
  collect: '领取',
};

/** The desk at which a step is done. */
export function deskOfStep(step: Step): Desk {
  const base = DEFAULT_DESK[step.kind];
  const board = step.kind === 'post' ? step.board : undefined;
  const at = step.at ?? board ?? base.at;
  const role = step.role ?? (board && board !== 'village' ? 'officer' : base.role);
  return { at, role, ...(step.office ? { office: step.office } : {}) };
}

export const paper = (kind: PaperKind): Named => ({ type: 'paper', params: { paper: kind } });
export const message = (template: string): Named => ({ type: 'message', params: { template } });
export const clock = (type: string, name: string, params: Record<string, unknown> = {}): Named => ({
  type,
  params: { name, ...params },
});

/** The clock of the office's own term for a step, started on entry and ended on leaving. */
export function stepClock(step: Step): Pick<StateJson, 'entry' | 'exit'> {
  if (step.days === undefined) return {};
  const name = `step:${step.id}`;
  return {
    entry: [clock('startClock', name, { days: step.days, unit: step.unit ?? 'workday' })],
    exit: [clock('stopClock', name)],
  };
}

export function meta(b: StepBuilder, title: string, over: Partial<StateMeta> = {}): StateMeta {
  return { step: b.step.id, kind: b.step.kind, title, desk: b.desk, ...over };
}

/** The applicant takes the case back before decision (B2-17). */
export const withdraw = (b: StepBuilder, before: Named[] = []): TransitionJson[] =>
  b.end('withdrawn', [...before, paper('termination'), message('withdrawn')]);

/** Start statutory and promised terms; each situation may have its own (item `terms`). */
export function startTerms(definition: Definition): Named[] {
  const { terms, situations } = definition;
  const own = situations.filter((s) => s.terms).map((s) => [s.id, s.terms] as const);
  const bySituation = own.length ? { bySituation: Object.fromEntries(own) } : {};
  const { statutory, promised } = terms;
  return [{ type: 'startTerms', params: { statutory, promised, ...bySituation } }];
}

/**
 * A desk where officers work on an accepted case: extension once (B2-3), suspension for the
 * procedures that art. 45 行政许可法 leaves out of the term (B2-6), return to the desk before,
 * and back to the desk that asked.
 */
export function workDesk(
  b: StepBuilder,
  on: NonNullable<StateJson['on']>,
  options: { returnTo?: string | undefined; title: string },
): StateJson {
  const { definition } = b;
  const back = b.returnTo(options.returnTo);
  const answer = back === definition.steps[0]?.id ? 'RESUBMIT' : 'FORWARD';
  const extension = definition.terms.extension;
  const terms = ['statutory', 'promised'];
  return {
    initial: 'pending',
    ...stepClock(b.step),
    states: {
      pending: {
        meta: meta(b, options.title),
        on: {
          ...on,
          RETURN: [{ target: 'returned', actions: [message('returned')] }],
          SUSPEND: [
            {
              target: 'suspended',
              actions: [
                ...terms.map((t) => clock('pauseClock', t)),
                clock('pauseClock', `step:${b.step.id}`),
                paper('special-procedure'),
                message('suspended'),
              ],
            },
          ],
          ...(extension && {
            EXTEND: [
              {
                guard: { type: 'extensionLeft' },
                actions: [
                  { type: 'countExtension' },
                  ...terms.map((t) =>
                    clock('extendClock', t, { days: extension.days, basis: extension.basis }),
                  ),
                  paper('extension'),
                  message('extended'),
                ],
              },
            ],
          }),
          WITHDRAW: withdraw(b),
        },
      },
      returned: {
        meta: meta(b, `${options.title}（退回重办）`, {
          desk: b.deskOf(back),
          ...(answer === 'RESUBMIT' && { applicant: true }),
        }),
        on: {
          [answer]: [{ target: 'pending', actions: answer === 'RESUBMIT' ? [{ type: 'noteHandIn' }] : [] }],
          WITHDRAW: withdraw(b),
        },
      },
      suspended: {
        meta: meta(b, `${options.title}（中止计时）`),
        on: {
          RESUME: [
            {
              target: 'pending',
              actions: [
                ...terms.map((t) => clock('resumeClock', t)),
                clock('resumeClock', `step:${b.step.id}`),
                message('resumed'),
              ],
            },
          ],
          WITHDRAW: withdraw(b),
        },
      },
    },
  };
}
