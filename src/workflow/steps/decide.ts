import type { Named, StateJson } from '../machine.ts';
import type { DecideStep } from '../types.ts';
import { clock, message, paper, type StepBuilder, workDesk } from './build.ts';

/** 决定: grant, or reject with facts, reasons, articles and the right of review (B2-9, B.3). */
export function decide(b: StepBuilder<DecideStep>): StateJson {
  const stopTerms = ['statutory', 'promised'].map((name) => clock('stopClock', name));
  const reserve: Named[] = b.step.certificate
    ? [{ type: 'certificate.reserve', params: { certificate: b.step.certificate } }]
    : [];
  return workDesk(
    b,
    {
      APPROVE: b.onward([
        { type: 'noteDecision', params: { outcome: 'granted' } },
        ...stopTerms,
        ...reserve,
        paper('approval'),
        message('approved'),
      ]),
      REJECT: b.end('rejected', [
        { type: 'noteDecision', params: { outcome: 'rejected' } },
        ...stopTerms,
        paper('rejection'),
        message('rejected'),
      ]),
    },
    { returnTo: b.step.returnTo, title: b.title },
  );
}
