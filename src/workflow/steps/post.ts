import type { Named, StateJson } from '../machine.ts';
import type { Desk, PostStep } from '../types.ts';
import {
  clock,
  message,
  meta,
  paper,
  pauseTerms,
  resumeTerms,
  type StepBuilder,
  stepClock,
  withdraw,
} from './build.ts';

/** B.5: working days in which an objection is looked into. */
const OBJECTION_DAYS = 5;

/**
 * 公示: a notice hangs for its days; anybody may object; an objection stops the notice until it is
 * dismissed (the notice goes on) or sustained (the case goes back and is posted anew).
 */
export function post(b: StepBuilder<PostStep>): StateJson {
  const { step } = b;
  const stops = step.clock === 'stops';
  const resumed = stops ? resumeTerms() : [];
  const posting = { days: step.days, unit: step.unit ?? 'natural', onDue: 'NOTICE_CLOSED' };
  const closing = [{ type: 'notice.close' }, clock('stopClock', 'posting')];
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
                ...(stops ? pauseTerms({ reason: b.title, basis: step.basis }) : []),
                {
                  type: 'notice.open',
                  params: { step: step.id, boards: [step.board, ...(step.also ?? [])] },
                },
                paper('notice'),
                message('posted'),
              ],
            },
          ],
          ...withdraw(b),
        },
      },
      open: {
        meta: meta(b, `${b.title}中`, { desk: null }),
        on: {
          OBJECT: [{ target: 'objected', actions: [{ type: 'openObjection' }, message('objection')] }],
          NOTICE_CLOSED: b.onward([
            clock('stopClock', 'posting'),
            ...resumed,
            { type: 'notice.close' },
            paper('notice-result'),
          ]),
          ...withdraw(b, closing),
        },
      },
      objected: objected(b, resumed, withdraw(b, [clock('stopClock', 'objection'), ...closing])),
    },
  };
}

function objected(
  b: StepBuilder<PostStep>,
  resumed: Named[],
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
            ...resumed,
            { type: 'notice.close' },
            message('sustained'),
          ],
        },
      ],
      ...withdrawn,
    },
  };
}
