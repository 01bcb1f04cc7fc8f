import type { StateJson } from '../machine.ts';
import type { DeliberateStep } from '../types.ts';
import { framed, message, meta, paper, type StepBuilder, stepClock, withdraw } from './build.ts';

/**
 * 民主评议、集体讨论: the village meets and the record says who came and how many were in favour. A village
 * cannot refuse (B1-10): when it is not passed, the citizen asks for another meeting, insists (FORWARD: the
 * record goes along to whoever decides), or withdraws.
 */
export function deliberate(b: StepBuilder<DeliberateStep>): StateJson {
  return framed('pending', [stepClock(b.step)], {
    pending: {
      meta: meta(b, b.title),
      on: {
        RECORD_MEETING: [
          {
            target: 'unpassed',
            guard: { type: 'says', params: { field: 'conclusion', equals: '未通过' } },
            actions: [paper('meeting'), message('unpassed')],
          },
          ...b.onward([paper('meeting')]),
        ],
        ...withdraw(b),
      },
    },
    unpassed: {
      meta: meta(b, `${b.title}未通过`, { desk: { at: 'village', role: 'clerk' }, applicant: true }),
      on: {
        RESUBMIT: [{ target: 'pending', actions: [{ type: 'noteHandIn' }] }],
        FORWARD: b.onward([]),
        ...withdraw(b),
      },
    },
  });
}
