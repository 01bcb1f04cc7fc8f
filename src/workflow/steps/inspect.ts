import type { StateJson } from '../machine.ts';
import type { InspectStep } from '../types.ts';
import { paper, type StepBuilder, workDesk } from './build.ts';

/** 现场核查: two or more officers go and see (B2-1), and the record is a paper. */
export function inspect(b: StepBuilder<InspectStep>): StateJson {
  return workDesk(
    b,
    { RECORD_VISIT: b.onward([paper('visit')]) },
    { returnTo: b.step.returnTo, title: b.title },
  );
}
