import type { Named, StateJson } from '../machine.ts';
import type { IssueStep } from '../types.ts';
import { framed, message, meta, type StepBuilder, stepClock } from './build.ts';

/** B2-8: working days in which a certificate is made out and delivered. */
export const ISSUE_DAYS = 10;

/** What issuing does, by hand or by itself together with the decision. */
export const issuing = (step: IssueStep): Named[] => [
  { type: 'certificate.issue', params: { certificate: step.certificate } },
  message('issued'),
];

/** 制证: the certificate is made out and sent to the village (B2-8). */
export function issue(b: StepBuilder<IssueStep>): StateJson {
  const timed = b.step.hours === undefined ? { ...b.step, days: b.step.days ?? ISSUE_DAYS } : b.step;
  return framed('pending', [stepClock(timed)], {
    pending: { meta: meta(b, `待${b.title}`), on: { ISSUE: b.onward(issuing(b.step)) } },
  });
}
