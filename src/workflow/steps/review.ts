import type { StateJson } from '../machine.ts';
import type { ReviewStep } from '../types.ts';
import { type StepBuilder, workDesk } from './build.ts';

/** 审核: an officer examines the file, gives an opinion and passes it on, or returns it. */
export function review(b: StepBuilder<ReviewStep>): StateJson {
  return workDesk(b, { FORWARD: b.onward([]) }, { returnTo: b.step.returnTo });
}
