import type { Named, StateJson } from '../machine.ts';
import type { FollowStep } from '../types.ts';
import { clock, message, meta, paper, type StepBuilder } from './build.ts';

/**
 * 后续管理: what was granted goes on, and must be confirmed from time to time (生存认证、年审). Not confirmed in
 * time it is halted, not ended; a later confirmation resumes it. It ends by the office's reasoned act, or
 * because another item says so (a death), and that can be taken back.
 */
export function follow(b: StepBuilder<FollowStep>): StateJson {
  const { every, grace, about } = b.step;
  const ender = b.decider;
  const ended = b.end('ended', [paper('cancellation'), message('ended')]);
  const elsewhere = [{ target: 'cancelled', actions: [paper('cancellation'), message('cancelled')] }];
  const confirmed = [{ target: 'current', actions: [message('confirmed')] }];
  const on = { CONFIRM: confirmed, END: ended, CANCELLED_ELSEWHERE: elsewhere };
  const timed = (
    name: string,
    budget: FollowStep['every'],
    onDue: string,
  ): { entry: Named[]; exit: Named[] } => ({
    entry: [clock('startClock', name, { ...budget, onDue })],
    exit: [clock('stopClock', name)],
  });
  return {
    initial: 'current',
    states: {
      current: {
        meta: meta(b, '有效', { kept: true, ender }),
        ...timed('validity', every, 'REVIEW_DUE'),
        on: {
          ...on,
          // Confirmed before it was due: the next review counts from now.
          CONFIRM: confirmed.map((t) => ({ ...t, reenter: true as const })),
          REVIEW_DUE: [{ target: 'due', actions: [message('review-due')] }],
          REVIEW_CALLED: [{ target: 'due', actions: [message('review-due')] }],
        },
      },
      due: {
        meta: meta(b, `待${about}`, { ender }),
        ...timed('review', grace, 'REVIEW_LAPSED'),
        on: {
          ...on,
          REVIEW_LAPSED: [{ target: 'halted', actions: [paper('cancellation'), message('halted')] }],
        },
      },
      halted: { meta: meta(b, `暂停（未${about}）`, { kept: true, ender }), on },
      cancelled: {
        meta: meta(b, '已注销', { desk: null, kept: true }),
        on: {
          RESTORED_ELSEWHERE: [{ target: 'current', actions: [message('restored')] }],
          // Cancelled twice is cancelled once; the machine-wide answer would end it for good.
          CANCELLED_ELSEWHERE: [{}],
        },
      },
    },
  };
}
