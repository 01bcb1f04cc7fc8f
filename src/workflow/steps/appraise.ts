import type { Named, StateJson } from '../machine.ts';
import type { AppraiseStep, Count } from '../types.ts';
import {
  clock,
  framed,
  message,
  meta,
  paper,
  type StepBuilder,
  stepClock,
  untimed,
  withdraw,
} from './build.ts';

/**
 * 听证、检验、检测、检疫、鉴定、专家评审: somebody outside finds something out, and the time is not counted
 * (行政许可法 art. 45, B2-6). With `again`, a citizen whom the result does not satisfy may ask once for another.
 */
export function appraise(b: StepBuilder<AppraiseStep>): StateJson {
  const { again, basis } = b.step;
  const recorded: Named[] = [paper('appraisal'), message('appraised')];
  const onward = b.onward(recorded);
  return framed('pending', [stepClock(b.step), untimed(b, basis)], {
    pending: {
      meta: meta(b, b.title),
      on: {
        RECORD_RESULT:
          again === undefined
            ? onward
            : [{ target: 'told', guard: { type: 'appraisalLeft' }, actions: recorded }, ...onward],
        ...withdraw(b),
      },
    },
    ...(again !== undefined && { told: told(b, again) }),
  });
}

/** The result does not meet the need: a second appraisal, or it stands. */
function told(b: StepBuilder<AppraiseStep>, days: Count): StateJson {
  return {
    meta: meta(b, `${b.title}结果已告知`, { desk: { at: 'village', role: 'clerk' }, applicant: true }),
    entry: [clock('startClock', 'reappraisal', { days, unit: 'workday', onDue: 'RESULT_STOOD' })],
    exit: [clock('stopClock', 'reappraisal')],
    on: {
      REAPPRAISE: [{ target: 'pending', actions: [{ type: 'countAppraisal' }, message('reappraisal')] }],
      FORWARD: b.onward([]),
      RESULT_STOOD: b.onward([]),
      ...withdraw(b),
    },
  };
}
