import type { StateJson } from '../machine.ts';
import type { CheckStep } from '../types.ts';
import { type StepBuilder, workDesk } from './build.ts';

/**
 * 数据比对: the file is held against registers, one line for each. For a batch the house compares the roster
 * itself (death, duplicates, accounts), and the officer strikes rows out with reasons.
 */
export function check(b: StepBuilder<CheckStep>): StateJson {
  const { returnTo, untimed, roster, id } = b.step;
  const state = workDesk(b, { RECORD_CHECK: b.onward([]) }, { returnTo, untimed });
  if (!roster) return state;
  return { ...state, entry: [...(state.entry ?? []), { type: 'roster.check', params: { step: id } }] };
}
