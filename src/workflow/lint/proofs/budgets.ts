/** Every clock has something to count, and knows the day it counts from. */
import type { MachineJson, Named } from '../../machine.ts';
import type { LintFault, Subject } from '../types.ts';
import { type Graph, placeOf } from './graph.ts';
import { actionsIn } from './moves.ts';

type Params = Record<string, unknown>;

/** Why an action starts a clock that has nothing to count. @param values parameters by name */
function unarmed({ type, params = {} }: Named, values: Params): string[] {
  const isPositive = (count: unknown): boolean => {
    const n = typeof count === 'string' ? values[count] : count;
    return Number.isInteger(n) && (n as number) > 0;
  };
  const isBudget = ({ days, hours, months, unit }: Params): boolean => {
    if (days !== undefined) return isPositive(days) && (unit === 'workday' || unit === 'natural');
    if (hours !== undefined) return isPositive(hours) && (unit === 'office' || unit === 'natural');
    return isPositive(months);
  };
  const nothing = (name: string) => `clock "${name}" has no days, hours or months to count`;
  if (type === 'startClock') return isBudget(params) ? [] : [nothing(String(params.name))];
  if (type === 'startParts')
    return Object.entries(params.days as object)
      .filter(([, days]) => !isPositive(days))
      .map(([office]) => nothing(`part:${office}`));
  if (type === 'extendClock') return isPositive(params.days) ? [] : [nothing(String(params.name))];
  if (type !== 'startTerms') return [];
  const own = Object.values((params.bySituation ?? {}) as Record<string, object>);
  return [params, ...own.map((terms) => ({ ...params, ...terms }))].flatMap((terms) => {
    const { statutory, promised } = terms as Record<string, Params | null>;
    return [
      ...(statutory === null || isBudget(statutory ?? {}) ? [] : [nothing('statutory')]),
      ...(isBudget(promised ?? {}) ? [] : [nothing('promised')]),
    ];
  });
}

/** Every office that is asked has days to answer in. */
function unasked(machine: MachineJson): LintFault[] {
  return Object.entries(machine.states).flatMap(([step, { entry = [] }]) => {
    const asked = entry.find((a) => a.type === 'askParts')?.params?.parts as { part: string }[] | undefined;
    const days = (entry.find((a) => a.type === 'startParts')?.params?.days ?? {}) as object;
    return (asked ?? [])
      .filter(({ part }) => !Object.hasOwn(days, part))
      .map(({ part }) => ({ pointer: `/states/${step}/entry`, reason: `no clock for the office "${part}"` }));
  });
}

const STARTED: readonly string[] = ['startTerms', 'startRenewal', 'startGap'];

/** Terms count from the acceptance, so the acceptance is noted before they start. */
function undated({ edges }: Graph, { definition }: Subject): LintFault[] {
  return [...edges.values()].flatMap((events) =>
    [...events.values()].flat().flatMap((edge) => {
      const all = [...edge.leaving, ...edge.entering].map((a) => a.type);
      const started = all.findIndex((type) => STARTED.includes(type));
      const noted = all.findIndex((type) => type === 'noteAcceptance' || type === 'deemAcceptance');
      const reason =
        started !== -1 && (noted === -1 || noted > started)
          ? `${edge.event} starts terms before an acceptance is noted`
          : noted !== -1 && !all.includes('startTerms')
            ? `${edge.event} accepts, but starts no terms`
            : undefined;
      return reason === undefined ? [] : [{ pointer: placeOf(definition, edge.from), reason }];
    }),
  );
}

export const budgetFaults = (graph: Graph, subject: Subject): LintFault[] => [
  ...actionsIn(graph.machine).flatMap(({ action, pointer }) =>
    unarmed(action, subject.context.params).map((reason) => ({ pointer, reason })),
  ),
  ...unasked(graph.machine),
  ...undated(graph, subject),
];
