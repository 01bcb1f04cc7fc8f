import type { StateJson } from '../machine.ts';
import type { CollectStep } from '../types.ts';
import { message, meta, paper, type StepBuilder } from './build.ts';

/** 领取: the citizen, or a proxy, collects at the village; the hand-over is a record of delivery. */
export function collect(b: StepBuilder<CollectStep>): StateJson {
  return {
    initial: 'pending',
    states: {
      pending: {
        meta: meta(b, `待${b.title}`),
        on: {
          COLLECT: b.onward([{ type: 'certificate.collect' }, paper('delivery'), message('collected')]),
        },
      },
    },
  };
}
