import type { StateJson } from '../machine.ts';
import type { IntakeStep } from '../types.ts';
import { message, meta, paper, type StepBuilder, startTerms } from './build.ts';

/** 收件: the village clerk fills the form, gathers the materials and hands the file in (B1-9: that day is T0). */
export function intake(b: StepBuilder<IntakeStep>): StateJson {
  const atOnce = b.step.accepts ? [{ type: 'noteAcceptance' }, ...startTerms(b.definition)] : [];
  return {
    initial: 'draft',
    states: {
      draft: {
        meta: meta(b, '填写中', { applicant: true }),
        on: {
          FILE: b.onward([{ type: 'noteReceipt' }, paper('receipt'), message('received'), ...atOnce]),
          WITHDRAW: b.end('withdrawn', []),
        },
      },
    },
  };
}
