/** Everything a compiled machine names is there. Actions and guards themselves: `lintMachine`. */
import type { Named } from '../../machine.ts';
import { ACTS, type Definition, FACTS } from '../../types.ts';
import type { Taken } from '../../vocabulary.ts';
import type { LintFault, Subject } from '../types.ts';
import type { Graph } from './graph.ts';
import { actionsIn } from './moves.ts';

const EVENTS: readonly string[] = [...ACTS, ...FACTS];

export function nameFaults(graph: Graph, { definition }: Subject): LintFault[] {
  const { machine } = graph;
  const start = graph.first ? [] : [{ pointer: '/initial', reason: `no state "${machine.initial}"` }];
  const named = actionsIn(machine).flatMap(({ action, pointer }) =>
    actionNames(definition, action).map((reason) => ({ pointer, reason })),
  );
  const states = graph.leaves.flatMap((leaf) => {
    if (!leaf.state.meta) return [{ pointer: `${leaf.pointer}/meta`, reason: 'missing' }];
    const isStep = definition.steps.some((s) => s.id === leaf.state.meta?.step);
    return isStep || leaf.isEnd
      ? []
      : [{ pointer: `${leaf.pointer}/meta`, reason: `no step "${leaf.state.meta.step}"` }];
  });
  return [
    ...start,
    ...graph.lost,
    ...states,
    ...eventFaults(graph),
    ...guardFaults(graph, definition),
    ...named,
  ];
}

function eventFaults({ edges }: Graph): LintFault[] {
  const told = new Map<string, LintFault>();
  for (const events of edges.values())
    for (const [event, [first]] of events)
      if (!EVENTS.includes(event)) {
        const pointer = first?.pointer.replace(/\/\d+$/, '') ?? '';
        told.set(pointer, { pointer, reason: `no event "${event}"` });
      }
  return [...told.values()];
}

function guardFaults({ edges }: Graph, definition: Definition): LintFault[] {
  return [...edges.values()].flatMap((events) =>
    [...events.values()]
      .flat()
      .flatMap(({ guard, pointer }) =>
        guard?.type === 'taken'
          ? takenNames(definition, guard.params as Taken).map((reason) => ({ pointer, reason }))
          : [],
      ),
  );
}

function takenNames(definition: Definition, { route, unless, without = [], also = [] }: Taken): string[] {
  const { rules, situations } = definition;
  const routes = [route, unless].filter((id) => id !== undefined);
  return [
    ...routes
      .filter((id) => !rules.some((r) => r.id === id && r.effect === 'route'))
      .map((id) => `no route rule "${id}"`),
    ...without.filter((id) => !situations.some((s) => s.id === id)).map((id) => `no situation "${id}"`),
    ...also.flatMap((one) => takenNames(definition, one)),
  ];
}

function actionNames({ certificates = [], steps }: Definition, { type, params = {} }: Named): string[] {
  const { certificate, step } = params as { certificate?: string; step?: string };
  if (certificate !== undefined && !certificates.some((c) => c.id === certificate))
    return [`no certificate "${certificate}"`];
  return ['quota.claim', 'roster.check', 'notice.open'].includes(type) && !steps.some((s) => s.id === step)
    ? [`no step "${step}"`]
    : [];
}
