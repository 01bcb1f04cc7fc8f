/**
 * What is proven of every compiled item: each state can be reached and can end, somebody can act in it, duties are
 * separated, clocks arm and stop, pauses end, refusals have reasons and notices an answer, and every name is known.
 * A compiler that is right leaves little to find; these proofs hold it to that.
 */
import type { MachineJson } from '../../machine.ts';
import type { LintFault, Subject } from '../types.ts';
import { budgetFaults } from './budgets.ts';
import { clockFaults } from './clocks.ts';
import { dutyFaults } from './duties.ts';
import { graphOf } from './graph.ts';
import { nameFaults } from './names.ts';
import { noticeFaults, refusalFaults, templateFaults } from './papers.ts';
import { stateFaults } from './states.ts';
import { kindsOfWay, walk } from './walk.ts';

/**
 * Every fault of a compiled machine, told at the step of the item it comes from where there is one.
 * @param machine whose actions and guards the vocabulary has (`lintMachine`)
 * @param subject a definition that is sound by itself (`lintDefinition`)
 */
export function proveMachine(machine: MachineJson, subject: Subject): LintFault[] {
  const graph = graphOf(machine);
  const named = nameFaults(graph, subject);
  if (named.length > 0) return once(named);
  const walks = kindsOfWay(subject.definition).map((way) => walk(graph, subject.definition, way));
  return once([
    ...stateFaults(graph, walks, subject),
    ...dutyFaults(graph, subject),
    ...budgetFaults(graph, subject),
    ...walks.flatMap((one) => clockFaults(one, subject)),
    ...refusalFaults(graph, subject),
    ...noticeFaults(graph, subject),
    ...templateFaults(graph, subject),
  ]);
}

const once = (faults: LintFault[]): LintFault[] => [
  ...new Map(faults.map((f) => [`${f.pointer}\n${f.reason}`, f])).values(),
];
