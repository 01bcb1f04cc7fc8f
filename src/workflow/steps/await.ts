import type { Named, StateJson } from '../machine.ts';
import type { AwaitStep } from '../types.ts';
import {
  clock,
  framed,
  message,
  meta,
  paper,
  pauseTerms,
  resumeTerms,
  type StepBuilder,
  stepClock,
  untimed,
  withdraw,
} from './build.ts';

/**
 * 等待: nothing can be done before the applicant (payment, building, moving in) or another authority (land
 * conversion) has; what they did is reported. Waiting for the applicant is not the office's time. What is not
 * done in its days lapses, or the case goes on without it.
 */
export function awaiting(b: StepBuilder<AwaitStep>): StateJson {
  const { lapse, onLapse, untimed: basis } = b.step;
  const forApplicant = b.step.for === 'applicant';
  const around = basis === undefined && forApplicant && !b.decided ? waiting(b.title) : untimed(b, basis);
  const name = `wait:${b.step.id}`;
  const limit: { entry: Named[]; exit: Named[] } = lapse
    ? {
        entry: [clock('startClock', name, { ...lapse, onDue: 'WAIT_LAPSED' })],
        exit: [clock('stopClock', name)],
      }
    : { entry: [], exit: [] };
  const lapsed =
    onLapse === 'onward'
      ? b.onward([message('wait-over')])
      : b.end(b.decided ? 'expired' : 'lapsed', [paper('termination'), message('expired')]);
  return framed('pending', [stepClock(b.step), around, limit], {
    pending: {
      meta: meta(b, b.title, forApplicant ? { applicant: true } : {}),
      on: {
        REPORT: b.onward([message('reported')]),
        ...(lapse && { WAIT_LAPSED: lapsed }),
        ...withdraw(b),
      },
    },
  });
}

/** 申请人原因等待: no special procedure, but not the office's time either (B.2 时钟算法). */
const waiting = (reason: string) => ({ entry: pauseTerms({ reason }), exit: resumeTerms() });
