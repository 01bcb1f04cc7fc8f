import type { StateJson } from '../machine.ts';
import type { AcceptStep, Term } from '../types.ts';
import { budgetOf, clock, message, meta, paper, type StepBuilder, startTerms, withdraw } from './build.ts';

/** B1-7: working days a citizen has for a correction, and by which they may be extended once. */
export const CORRECTION_DAYS = 10;
/** B1-4, B1-5: working days in which an office must tell, or the file counts as accepted. */
export const ACCEPTANCE: Term = { days: 5, unit: 'workday' };

/** 受理: the five branches of rule B1-4, silence counted as acceptance (B1-5), one correction (B1-6). */
export function accept(b: StepBuilder<AcceptStep>): StateJson {
  const accepted = [paper('acceptance'), message('accepted'), ...startTerms(b.definition)];
  const term = budgetOf(b.step) ?? ACCEPTANCE;
  return {
    initial: 'pending',
    states: {
      pending: {
        meta: meta(b, `待${b.title}`),
        entry: [clock('startClock', 'acceptance', { ...term, onDue: 'ACCEPTANCE_DEEMED', from: 'receipt' })],
        exit: [clock('stopClock', 'acceptance')],
        on: {
          ACCEPT: b.onward([{ type: 'noteAcceptance' }, ...accepted]),
          REQUEST_CORRECTION: [
            {
              target: 'correction',
              guard: { type: 'correctionLeft', params: { most: 1 } },
              actions: [{ type: 'countCorrection' }, paper('correction'), message('correction')],
            },
          ],
          REFUSE: b.end('refused', [paper('refusal'), message('refused')]),
          ...withdraw(b),
          ACCEPTANCE_DEEMED: b.onward([{ type: 'deemAcceptance' }, ...accepted]),
        },
      },
      correction: correction(b),
    },
  };
}

/** 待补正: no term runs for the office; the citizen's own days do (B1-7). */
function correction(b: StepBuilder<AcceptStep>): StateJson {
  const days = { days: CORRECTION_DAYS, unit: 'workday' };
  return {
    meta: meta(b, '待补正', { desk: b.deskOf(b.definition.steps[0]?.id ?? ''), applicant: true }),
    entry: [clock('startClock', 'correction', { ...days, onDue: 'CORRECTION_LAPSED' })],
    exit: [clock('stopClock', 'correction')],
    on: {
      RESUBMIT: [{ target: 'pending', actions: [{ type: 'noteHandIn' }, message('resubmitted')] }],
      EXTEND_CORRECTION: [
        {
          guard: { type: 'correctionExtensionLeft' },
          actions: [{ type: 'countCorrectionExtension' }, clock('extendClock', 'correction', days)],
        },
      ],
      CORRECTION_LAPSED: b.end('lapsed', [paper('termination'), message('lapsed')]),
      ...withdraw(b),
    },
  };
}
