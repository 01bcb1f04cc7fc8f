import type { Named, StateJson, TransitionJson } from '../machine.ts';
import type { Definition, Desk, Level, Outcome, PaperKind, Role, StateMeta, Step, Term } from '../types.ts';
import type { Taken } from '../vocabulary.ts';

/** Everything a step kind needs to compile itself: the item, the step, and the way on. */
export interface StepBuilder<S extends Step = Step> {
  definition: Definition;
  step: S;
  desk: Desk;
  title: string;
  /** The step lies after the decision: nothing can be withdrawn, extended or suspended any more. */
  decided: boolean;
  /** Transitions to whatever follows this step, with the given actions. */
  onward(actions: Named[]): TransitionJson[];
  /** Transition that ends the case. */
  end(outcome: Outcome, actions: Named[]): TransitionJson[];
  /** Absolute target of a step by id. */
  stepTarget(id: string): string;
  /** The desk that decided, the last of the item where there are several. */
  decider: Desk;
  /** The desk of another step. */
  deskOf(id: string): Desk;
  /** The step a RETURN goes to: declared, or the nearest desk of case work before; undefined when there is none. */
  returnTo(declared?: string): string | undefined;
}

/** Desk a step stands at unless the item says otherwise. */
const DEFAULT_DESK: Record<Step['kind'], { at: Level; role: Role }> = {
  intake: { at: 'village', role: 'clerk' },
  accept: { at: 'township', role: 'window' },
  deliberate: { at: 'village', role: 'committee' },
  review: { at: 'township', role: 'officer' },
  inspect: { at: 'township', role: 'officer' },
  check: { at: 'county', role: 'officer' },
  joint: { at: 'county', role: 'officer' },
  appraise: { at: 'county', role: 'officer' },
  await: { at: 'village', role: 'clerk' },
  allot: { at: 'county', role: 'officer' },
  post: { at: 'village', role: 'committee' },
  decide: { at: 'county', role: 'leader' },
  issue: { at: 'county', role: 'officer' },
  pay: { at: 'county', role: 'officer' },
  collect: { at: 'village', role: 'clerk' },
  follow: { at: 'village', role: 'clerk' },
};

/** Chinese name of a step kind, used when the item gives no title. */
export const KIND_TITLES: Record<Step['kind'], string> = {
  intake: '收件',
  accept: '受理',
  deliberate: '民主评议',
  review: '审核',
  inspect: '现场核查',
  check: '数据比对',
  joint: '联合审查',
  appraise: '鉴定',
  await: '等待',
  allot: '指标分配',
  post: '公示',
  decide: '决定',
  issue: '制证',
  pay: '发放',
  collect: '领取',
  follow: '后续管理',
};

/** The desk at which a step is done. */
export function deskOfStep(step: Step): Desk {
  const base = DEFAULT_DESK[step.kind];
  const board = step.kind === 'post' ? step.board : undefined;
  const waitsForOffice = step.kind === 'await' && step.for === 'authority';
  const at = step.at ?? board ?? (waitsForOffice ? 'township' : base.at);
  const role = step.role ?? ((board && board !== 'village') || waitsForOffice ? 'officer' : base.role);
  return { at, role, ...(step.office ? { office: step.office } : {}) };
}

export const paper = (kind: PaperKind): Named => ({ type: 'paper', params: { paper: kind } });
export const message = (template: string): Named => ({ type: 'message', params: { template } });
export const clock = (type: string, name: string, params: Record<string, unknown> = {}): Named => ({
  type,
  params: { name, ...params },
});

/** A transition that needs one more condition. */
export function guarded(t: TransitionJson, more: Taken): TransitionJson {
  const own = t.guard?.params as Taken | undefined;
  return { ...t, guard: { type: 'taken', params: { ...more, ...(own && { also: [own] }) } } };
}

/** The clocks of the case as a whole. */
const TERMS = ['statutory', 'promised'];

/** The terms stand still, for a procedure or for the applicant; without a reason, the one its act gives. */
export const pauseTerms = (why: { reason?: string; basis?: string } = {}): Named[] =>
  TERMS.map((t) => clock('pauseClock', t, why));
export const resumeTerms = (): Named[] => TERMS.map((t) => clock('resumeClock', t));

/** The office's own term for a step. */
export function budgetOf(step: Step): Term | undefined {
  if (step.hours !== undefined)
    return { hours: step.hours, unit: step.unit === 'natural' ? 'natural' : 'office' };
  if (step.days === undefined) return undefined;
  return { days: step.days, unit: step.unit === 'natural' ? 'natural' : 'workday' };
}

/** The clock of the office's own term for a step, started on entry and ended on leaving. */
export function stepClock(step: Step): { entry: Named[]; exit: Named[] } {
  const budget = budgetOf(step);
  if (budget === undefined) return { entry: [], exit: [] };
  const name = `step:${step.id}`;
  return { entry: [clock('startClock', name, { ...budget })], exit: [clock('stopClock', name)] };
}

/** Entry and exit of a step in which the terms stand still; the citizen is told in writing (B2-6). */
export function untimed(b: StepBuilder, basis: string | undefined): { entry: Named[]; exit: Named[] } {
  if (basis === undefined || b.decided) return { entry: [], exit: [] };
  return {
    entry: [...pauseTerms({ reason: b.title, basis }), paper('special-procedure'), message('suspended')],
    exit: resumeTerms(),
  };
}

/** A step's state around its leaves: what happens on entering and on leaving it. */
export function framed(
  initial: string,
  around: { entry: Named[]; exit: Named[] }[],
  states: NonNullable<StateJson['states']>,
): StateJson {
  const entry = around.flatMap((a) => a.entry);
  const exit = around.flatMap((a) => a.exit);
  return { initial, ...(entry.length && { entry }), ...(exit.length && { exit }), states };
}

export function meta(b: StepBuilder, title: string, over: Partial<StateMeta> = {}): StateMeta {
  return { step: b.step.id, kind: b.step.kind, title, desk: b.desk, ...over };
}

/** The applicant takes the case back before decision (B2-17). */
export const withdraw = (b: StepBuilder, before: Named[] = []): NonNullable<StateJson['on']> =>
  b.decided ? {} : { WITHDRAW: b.end('withdrawn', [...before, paper('termination'), message('withdrawn')]) };

/** Start statutory and promised terms; each situation may have its own (item `terms`). */
export function startTerms(definition: Definition): Named[] {
  const { terms, situations, materials } = definition;
  const own = situations.filter((s) => s.terms).map((s) => [s.id, s.terms] as const);
  const bySituation = own.length ? { bySituation: Object.fromEntries(own) } : {};
  const { statutory, promised, from } = terms;
  return [
    { type: 'startTerms', params: { statutory, promised, from, ...bySituation } },
    ...(situations.some((s) => s.renews) ? [{ type: 'startRenewal' }] : []),
    ...(materials.some((m) => m.tolerable) ? [{ type: 'startGap' }] : []),
  ];
}

/** What happens to the clocks of the whole case when it is decided. */
export const stopTerms = (definition: Definition): Named[] =>
  [...TERMS, ...(definition.situations.some((s) => s.renews) ? ['renewal'] : [])].map((t) =>
    clock('stopClock', t),
  );

/** Acts open at every desk that works on an accepted, undecided case: extension once (B2-3), suspension (B2-6). */
function termActs(b: StepBuilder): NonNullable<StateJson['on']> {
  const { extension } = b.definition.terms;
  return {
    SUSPEND: [
      {
        target: 'suspended',
        actions: [
          ...pauseTerms(),
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
            ...TERMS.map((t) => clock('extendClock', t, { days: extension.days, basis: extension.basis })),
            paper('extension'),
            message('extended'),
          ],
        },
      ],
    }),
  };
}

/**
 * A desk where officers work on a case: return to the desk before and back to the desk that asked; before the
 * decision also extension, suspension for the procedures that art. 45 行政许可法 leaves out of the term, and
 * withdrawal.
 * @param states further leaves of the step, e.g. the one in which faults are put right
 */
export function workDesk(
  b: StepBuilder,
  on: NonNullable<StateJson['on']>,
  options: { returnTo?: string | undefined; untimed?: string | undefined } = {},
  states: NonNullable<StateJson['states']> = {},
): StateJson {
  const back = b.returnTo(options.returnTo);
  const answer = back === b.definition.steps[0]?.id ? 'RESUBMIT' : 'FORWARD';
  const pending: StateJson = {
    meta: meta(b, b.title),
    on: {
      ...on,
      ...(back && { RETURN: [{ target: 'returned', actions: [message('returned')] }] }),
      // A village moves no term: it is no organ (B1-10).
      ...(!b.decided && options.untimed === undefined && b.desk.at !== 'village' && termActs(b)),
      ...withdraw(b),
    },
  };
  const returned = back !== undefined && {
    meta: meta(b, `${b.title}（退回重办）`, {
      desk: b.deskOf(back),
      ...(answer === 'RESUBMIT' && { applicant: true }),
    }),
    on: {
      [answer]: [{ target: 'pending', actions: answer === 'RESUBMIT' ? [{ type: 'noteHandIn' }] : [] }],
      ...withdraw(b),
    },
  };
  return framed('pending', [stepClock(b.step), untimed(b, options.untimed)], {
    pending,
    ...(returned && { returned }),
    ...(pending.on?.SUSPEND && { suspended: suspended(b) }),
    ...states,
  });
}

function suspended(b: StepBuilder): StateJson {
  return {
    meta: meta(b, `${b.title}（中止计时）`),
    on: {
      RESUME: [
        {
          target: 'pending',
          actions: [...resumeTerms(), clock('resumeClock', `step:${b.step.id}`), message('resumed')],
        },
      ],
      ...withdraw(b),
    },
  };
}
