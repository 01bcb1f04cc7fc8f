import type { Named, StateJson } from '../machine.ts';
import type { Count, Desk, JointPart, JointStep } from '../types.ts';
import { framed, guarded, message, meta, paper, type StepBuilder, untimed, withdraw } from './build.ts';

/** Where the officer of a part sits. */
export const deskOfPart = ({ office, at = 'county', role = 'officer' }: JointPart): Desk => ({
  at,
  role,
  office,
});

/**
 * 联合审查: several offices are asked at once, each with its own clock. An office that keeps silent counts as
 * having no objection, and stands red for everybody to see. When the last has answered, the case goes on with
 * all opinions; an objection does not decide anything by itself.
 */
export function joint(b: StepBuilder<JointStep>): StateJson {
  const { parts } = b.step;
  const asked = parts.map((p) => ({ part: p.office, ...(p.when !== undefined && { route: p.when }) }));
  const days = Object.fromEntries(parts.map((p) => [p.office, p.days ?? (b.step.days as Count)]));
  const clocks: Named[] = [
    { type: 'askParts', params: { parts: asked } },
    { type: 'startParts', params: { days, onDue: 'OPINION_DEEMED' } },
  ];
  const answered = (told: Named) => {
    const actions: Named[] = [{ type: 'notePart' }, { type: 'stopPart' }, told];
    return [
      ...b.onward(actions).map((t) => guarded(t, { lastPart: true })),
      { guard: { type: 'partOpen' }, actions },
    ];
  };
  return framed('pending', [{ entry: clocks, exit: [] }, untimed(b, b.step.untimed)], {
    pending: {
      meta: meta(b, b.title, {
        parts: Object.fromEntries(parts.map((p) => [p.office, deskOfPart(p)])),
        partTitles: Object.fromEntries(parts.map((p) => [p.office, p.title])),
      }),
      on: {
        GIVE_OPINION: answered(paper('opinion')),
        OPINION_DEEMED: answered(message('opinion-deemed')),
        ...withdraw(b),
      },
    },
  });
}
