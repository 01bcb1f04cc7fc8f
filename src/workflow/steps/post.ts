import type { Named, StateJson } from '../machine.ts';
import type { Desk, PostStep } from '../types.ts';
import { clock, message, meta, paper, type StepBuilder, stepClock, withdraw } from './build.ts';

/** B.5: working days in which an objection is looked into. */
const OBJECTION_DAYS = 5;

/**
 * 公示: a notice hangs for its days; anybody may object; an objection stops the notice until it is
 * dismissed (the notice goes on) or sustained (the case goes back and is posted anew).
 */
export function post(b: StepBuilder<PostStep>): StateJson {
  const { step } = b;
  const stops = step.clock === 'stops';
  const terms = (type: string): Named[] =>
    stops
      ? ['statutory', 'promised'].map((name) => clock(type, name, stops ? { basis: step.basis } : {}))
      : [];
  const posting = { days: step.days, unit: step.unit ?? 'natural', onDue: 'NOTICE_CLOSED' };
  const taken = (actions: Named[]) =>
    withdraw(b, [...actions, { type: 'notice.close' }, clock('stopClock', 'posting')]);
  return {
    initial: 'preparing',
    states: {
      preparing: {
        meta: meta(b, `待${b.title}`),
        ...stepClock({ ...step, days: 3, unit: 'workday' }),
        on: {
          POST: [
            {
              target: 'open',
              actions: [
                { type: 'countPosting' },
                clock('startClock', 'posting', posting),
                ...terms('pauseClock'),
                { type: 'notice.open', params: { step: step.id, board: step.board } },
                paper('notice'),
                message('posted'),
              ],
            },
          ],
          WITHDRAW: withdraw(b),
        },
      },
      open: {
        meta: meta(b, `${b.title}中`, { desk: null }),
        on: {
          OBJECT: [{ target: 'objected', actions: [{ type: 'openObjection' }, message('objection')] }],
          NOTICE_CLOSED: b.onward([
            clock('stopClock', 'posting'),
            ...terms('resumeClock'),
            { type: 'notice.close' },
            paper('notice-result'),
          ]),
          WITHDRAW: taken([]),
        },
      },
      objected: objected(b, terms('resumeClock'), taken([clock('stopClock', 'objection')])),
    },
  };
}

function objected(
  b: StepBuilder<PostStep>,
  resumeTerms: Named[],
  withdrawn: ReturnType<typeof withdraw>,
): StateJson {
  const dismissed: Named[] = [
    { type: 'settleObjection' },
    { type: 'notice.objection', params: { outcome: 'dismissed' } },
  ];
  const desk: Desk = {
    ...b.desk,
    at: b.step.board === 'village' ? 'township' : b.step.board,
    role: 'officer',
  };
  return {
    meta: meta(b, '异议核查', { desk }),
    entry: [
      clock('pauseClock', 'posting'),
      clock('startClock', 'objection', { days: OBJECTION_DAYS, unit: 'workday' }),
    ],
    exit: [clock('stopClock', 'objection')],
    on: {
      OBJECT: [{ actions: [{ type: 'openObjection' }] }],
      DISMISS_OBJECTION: [
        {
          target: 'open',
          guard: { type: 'lastObjection' },
          actions: [...dismissed, clock('resumeClock', 'posting')],
        },
        { actions: dismissed },
      ],
      SUSTAIN_OBJECTION: [
        {
          target: b.stepTarget(b.step.onSustained),
          actions: [
            { type: 'settleObjection' },
            { type: 'notice.objection', params: { outcome: 'sustained' } },
            clock('stopClock', 'posting'),
            ...resumeTerms,
            { type: 'notice.close' },
            message('sustained'),
          ],
        },
      ],
      WITHDRAW: withdrawn,
    },
  };
}
