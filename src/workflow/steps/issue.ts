import type { Named, StateJson } from '../machine.ts';
import type { IssueStep } from '../types.ts';
import { message, meta, type StepBuilder, stepClock } from './build.ts';

/** What issuing does, by hand or by itself together with the decision. */
export const issuing = (step: IssueStep): Named[] => [
  { type: 'certificate.issue', params: { certificate: step.certificate } },
  message('issued'),
];

/** 制证: the certificate is made out and sent to the village (B2-8: within ten working days). */
export function issue(b: StepBuilder<IssueStep>): StateJson {
  return {
    initial: 'pending',
    ...stepClock({ ...b.step, days: b.step.days ?? 10 }),
    states: {
      pending: { meta: meta(b, `待${b.title}`), on: { ISSUE: b.onward(issuing(b.step)) } },
    },
  };
}
