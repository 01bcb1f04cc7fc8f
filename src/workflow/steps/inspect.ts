import type { StateJson } from '../machine.ts';
import type { Count, InspectStep } from '../types.ts';
import {
  clock,
  message,
  meta,
  paper,
  pauseTerms,
  resumeTerms,
  type StepBuilder,
  withdraw,
  workDesk,
} from './build.ts';

/**
 * 现场核查: two or more officers go and see (B2-1), and the record is a paper. With `rectify`, what they find
 * may be put right within days that belong to the applicant (整改); the terms wait meanwhile.
 */
export function inspect(b: StepBuilder<InspectStep>): StateJson {
  const { rectify, returnTo, untimed } = b.step;
  const on: NonNullable<StateJson['on']> = { RECORD_VISIT: b.onward([paper('visit')]) };
  if (rectify === undefined) return workDesk(b, on, { returnTo, untimed });
  on.REQUEST_RECTIFICATION = [
    { target: 'rectifying', actions: [paper('rectification'), message('rectification')] },
  ];
  return workDesk(b, on, { returnTo, untimed }, { rectifying: rectifying(b, rectify) });
}

function rectifying(b: StepBuilder<InspectStep>, days: Count): StateJson {
  const own = `step:${b.step.id}`;
  const terms = b.decided || b.step.untimed !== undefined ? [] : pauseTerms({ reason: '等待申请人整改' });
  return {
    meta: meta(b, `${b.title}（整改中）`, { desk: { at: 'village', role: 'clerk' }, applicant: true }),
    entry: [
      ...terms,
      clock('pauseClock', own),
      clock('startClock', 'rectification', { days, unit: 'workday', onDue: 'RECTIFICATION_LAPSED' }),
    ],
    exit: [
      clock('stopClock', 'rectification'),
      ...(terms.length ? resumeTerms() : []),
      clock('resumeClock', own),
    ],
    on: {
      RESUBMIT: [{ target: 'pending', actions: [message('resubmitted')] }],
      RECTIFICATION_LAPSED: [{ target: 'pending', actions: [] }],
      ...withdraw(b),
    },
  };
}
