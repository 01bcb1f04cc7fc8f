import type { StateJson } from '../machine.ts';
import type { PayStep } from '../types.ts';
import { framed, message, meta, type StepBuilder, stepClock, withdraw } from './build.ts';

/**
 * 发放: the money is put into a batch and sent off; the bank says it arrived, or that the account is wrong, and
 * then the counter puts the account right.
 */
export function pay(b: StepBuilder<PayStep>): StateJson {
  return framed('pending', [stepClock(b.step)], {
    pending: {
      meta: meta(b, `待${b.title}`),
      on: { PAY: [{ target: 'sent', actions: [message('pay-sent')] }], ...withdraw(b) },
    },
    sent: {
      meta: meta(b, `${b.title}（等待到账）`),
      on: {
        SETTLE: b.onward([message('paid')]),
        BOUNCE: [{ target: 'bounced', actions: [message('bounced')] }],
      },
    },
    bounced: {
      meta: meta(b, `${b.title}（账户有误）`, { desk: { at: 'village', role: 'clerk' }, applicant: true }),
      on: { RESUBMIT: [{ target: 'pending', actions: [message('resubmitted')] }] },
    },
  });
}
