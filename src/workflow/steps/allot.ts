import type { StateJson } from '../machine.ts';
import type { AllotStep } from '../types.ts';
import { clock, framed, message, meta, type StepBuilder, stepClock, withdraw } from './build.ts';

/**
 * 指标分配: a case claims its share of a limited quota on entering; ALLOT takes it when what those before it in
 * line claim, and its own, still fit (B2-15: by acceptance, or by score). Else it is kept in reserve, where the
 * promised term waits; the statutory one does not.
 */
export function allot(b: StepBuilder<AllotStep>): StateJson {
  const claim = { entry: [{ type: 'quota.claim', params: { step: b.step.id } }], exit: [] };
  return framed('pending', [stepClock(b.step), claim], {
    pending: {
      meta: meta(b, b.title),
      on: {
        ALLOT: b.onward([message('allotted')]),
        RESERVE: [{ target: 'reserved', actions: [clock('pauseClock', 'promised'), message('reserved')] }],
        ...withdraw(b),
      },
    },
    reserved: {
      meta: meta(b, `${b.title}（排队递补）`),
      on: {
        ALLOT: b.onward([clock('resumeClock', 'promised'), message('allotted')]),
        ...withdraw(b),
      },
    },
  });
}
