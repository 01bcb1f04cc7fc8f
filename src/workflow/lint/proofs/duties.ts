/** Where two persons are demanded, nobody is both (B.6, B2-1). */
import { actSchema } from '../../events.ts';
import type { FormSchema } from '../../form-schema.ts';
import type { EventName } from '../../types.ts';
import type { LintFault, Subject } from '../types.ts';
import { deskWords } from '../ways.ts';
import { type Graph, placeOf } from './graph.ts';
import { metaOf } from './states.ts';

/** Acts that two officers answer for. */
const BY_TWO: readonly EventName[] = [
  'RECORD_VISIT',
  'REQUEST_RECTIFICATION',
  'SUSTAIN_OBJECTION',
  'DISMISS_OBJECTION',
];

export function dutyFaults(graph: Graph, { definition }: Subject): LintFault[] {
  return graph.leaves.flatMap((leaf) => {
    const meta = metaOf(leaf);
    const events = [...(graph.edges.get(leaf) ?? [])];
    const alone = events.flatMap(([event]) => {
      if (!BY_TWO.includes(event)) return [];
      const { officers } = (actSchema(definition, meta, event) as FormSchema).properties ?? {};
      if ((officers?.minItems ?? 0) >= 2) return [];
      return [
        { pointer: placeOf(definition, leaf, 'officers'), reason: `${event} asks for one officer (B2-1)` },
      ];
    });
    const returned = (graph.edges.get(leaf)?.get('RETURN') ?? []).flatMap(({ to }) => {
      const [asks, { desk: answers, applicant }] = [meta.desk, metaOf(to)];
      // What goes back to the applicant passes the counter, whoever sits there.
      if (!asks || !answers || applicant || deskWords(asks, definition) !== deskWords(answers, definition))
        return [];
      const reason = 'returns the case to the desk that returns it (B.6: duties are separated)';
      return [{ pointer: placeOf(definition, leaf, 'returnTo'), reason }];
    });
    return [...alone, ...returned];
  });
}
