/** What a refusal, an end and a notice owe the citizen; templates for everything that is written. */
import { actSchema } from '../../events.ts';
import type { FormSchema } from '../../form-schema.ts';
import type { Definition, EventName, PaperKind } from '../../types.ts';
import type { LintFault, Subject } from '../types.ts';
import { type Edge, type Graph, placeOf } from './graph.ts';
import { actionsIn } from './moves.ts';
import { isAct, metaOf } from './states.ts';

/** The paper with which a case ends against the applicant, by name of the end. */
const OWED: Record<string, PaperKind> = { rejected: 'rejection', refused: 'refusal', ended: 'cancellation' };

const edgesOf = ({ edges }: Graph): Edge[] => [...edges.values()].flatMap((e) => [...e.values()].flat());

/** Does an act ask for at least one reason with its article? */
function asksReasons(definition: Definition, { from, event }: Edge): boolean {
  const { properties = {}, required = [] } = actSchema(definition, metaOf(from), event) as FormSchema;
  const { minItems = 0, items } = properties.reasons ?? {};
  const isWhole = ['reason', 'basis'].every((key) => items?.required?.includes(key));
  return required.includes('reasons') && minItems > 0 && isWhole;
}

/** B2-9, B.3: who is refused, rejected or ended reads why, and where to complain. */
export function refusalFaults(graph: Graph, { definition, context }: Subject): LintFault[] {
  return edgesOf(graph).flatMap((edge) => {
    const owed = edge.to.isEnd ? OWED[edge.to.name] : undefined;
    // Another item, or a paper that stays out, ends a case by the record, not by a judgement on it.
    if (owed === undefined || (edge.to.name === 'ended' && !isAct(edge.event))) return [];
    const reasons: string[] = [];
    if (!edge.leaving.some((a) => a.type === 'paper' && a.params?.paper === owed))
      reasons.push(`${edge.event} leads to "${edge.to.name}" without the paper "${owed}" (B2-9)`);
    if (!isAct(edge.event) || !asksReasons(definition, edge))
      reasons.push(`${edge.event} leads to "${edge.to.name}" without asking for reasons (B2-9)`);
    if (context.papers[owed]?.remedies === false)
      reasons.push(`the paper "${owed}" does not say where to complain (B.3, data/papers/templates.json)`);
    return reasons.map((reason) => ({ pointer: placeOf(definition, edge.from), reason }));
  });
}

/** B.5: whoever reads a notice can object, and every objection is dismissed or sustained. */
export function noticeFaults(graph: Graph, { definition }: Subject): LintFault[] {
  const takes = (edge: Edge, event: EventName) => graph.edges.get(edge.to)?.get(event) ?? [];
  return edgesOf(graph).flatMap((edge) => {
    if (!edge.leaving.some((a) => a.type === 'notice.open')) return [];
    const objections = takes(edge, 'OBJECT');
    const reasons = objections.length > 0 ? [] : ['nobody can object to the notice (B.5)'];
    for (const objection of objections)
      for (const event of ['SUSTAIN_OBJECTION', 'DISMISS_OBJECTION'] as const)
        if (takes(objection, event).length === 0) reasons.push(`an objection never comes to ${event} (B.5)`);
    return reasons.map((reason) => ({ pointer: placeOf(definition, edge.from), reason }));
  });
}

/** Every paper and message has its template. */
export function templateFaults({ machine }: Graph, { definition, context }: Subject): LintFault[] {
  const unwritten = actionsIn(machine).flatMap(({ action: { type, params }, pointer }) => {
    const [, , step = ''] = pointer.split('/');
    const index = definition.steps.findIndex((s) => s.id === step);
    const place = index === -1 ? pointer : `/steps/${index}`;
    const paper = String(params?.paper);
    const template = String(params?.template);
    if (type === 'paper' && !Object.hasOwn(context.papers, paper))
      return [
        { pointer: place, reason: `no template for the paper "${paper}" (data/papers/templates.json)` },
      ];
    return type === 'message' && !context.messages.includes(template)
      ? [{ pointer: place, reason: `no template for the message "${template}" (data/messages.json)` }]
      : [];
  });
  return context.remedies.includes(definition.remedies)
    ? unwritten
    : [...unwritten, { pointer: '/remedies', reason: `no sentence for "${definition.remedies}"` }];
}
