/** Clocks arm, speak to somebody who listens, and stop; what stands still goes on again. */
import type { LintFault, Subject } from '../types.ts';
import { told } from '../ways.ts';
import { type Edge, type Leaf, placeOf } from './graph.ts';
import { type Clocks, DECIDED, HELD, moved, NOTICE, OFF, RUNS, standing, TERMS } from './moves.ts';
import type { Walk } from './walk.ts';

/** What is wrong with the clocks on one way. */
export function clockFaults(walk: Walk, subject: Subject): LintFault[] {
  return [
    ...[...walk.at].flatMap(([leaf, clocks]) => [
      ...unheard(walk, leaf, clocks, subject),
      ...leftOver(walk, leaf, clocks, subject),
      ...halfHeld(walk, leaf, clocks, subject),
    ]),
    ...walk.edges.flatMap((edge) => [
      ...edgeFaults(walk, edge, subject),
      ...deafFaults(walk, edge, subject),
      ...decisionFaults(walk, edge, subject),
    ]),
    ...stuck(walk, subject),
  ];
}

/** A clock that may run out here has somebody to tell. */
function unheard(
  { way, edges, due }: Walk,
  leaf: Leaf,
  clocks: Clocks,
  { definition }: Subject,
): LintFault[] {
  if (leaf.isEnd) return [];
  return [...due].flatMap(([name, fact]) => {
    if (!(standing(clocks, name) & RUNS)) return [];
    if (edges.some((e) => e.from === leaf && e.event === fact)) return [];
    const reason = `clock "${name}" may run out in "${leaf.name}", which does not take ${fact}, ${told(way)}`;
    return [{ pointer: placeOf(definition, leaf), reason }];
  });
}

/** Nothing goes on behind a closed case, and a notice hangs only in its own step. */
function leftOver({ way }: Walk, leaf: Leaf, clocks: Clocks, { definition }: Subject): LintFault[] {
  const step = definition.steps.find((s) => s.id === leaf.step);
  return [...clocks].flatMap(([name, how]) => {
    if (how === OFF || name === DECIDED || (name === NOTICE ? step?.kind === 'post' : !leaf.isEnd)) return [];
    const what = name === NOTICE ? 'the notice still hangs' : `clock "${name}" still goes`;
    return [{ pointer: placeOf(definition, leaf), reason: `${what} in "${leaf.name}" ${told(way)}` }];
  });
}

/** A term that stands still here on one way in and runs on another was not resumed on the other. */
function halfHeld({ way }: Walk, leaf: Leaf, clocks: Clocks, { definition }: Subject): LintFault[] {
  return TERMS.filter((t) => (standing(clocks, t) & (RUNS | HELD)) === (RUNS | HELD)).map((term) => ({
    pointer: placeOf(definition, leaf),
    reason: `the ${term} term may run or stand still in "${leaf.name}" ${told(way)}: a pause is not resumed`,
  }));
}

/** Nothing is started twice, and no pause outlives the step it belongs to. */
function edgeFaults({ way, at }: Walk, edge: Edge, { definition }: Subject): LintFault[] {
  const again = new Set<string>();
  const moment = { definition, way, edge, restarted: (name: string) => again.add(name) };
  const left = moved(at.get(edge.from) as Clocks, edge.leaving, moment);
  const after = moved(left, edge.entering, moment);
  const leaves = edge.to.step !== edge.from.step && !edge.to.isEnd;
  const key = edge.event === 'SUSTAIN_OBJECTION' ? 'onSustained' : '';
  const held = TERMS.filter((t) => leaves && standing(left, t) & HELD);
  const lasting = edge.to.isEnd ? [] : [...after].filter(([n, how]) => n !== NOTICE && how && again.has(n));
  return [
    ...lasting.map(
      ([name]) => `${edge.event} starts clock "${name}", which may be going already, ${told(way)}`,
    ),
    ...held.map((t) => `the ${t} term still stands still after ${edge.event} ${told(way)}`),
  ].map((reason) => ({ pointer: placeOf(definition, edge.from, key), reason }));
}

/** A clock that has spoken is stopped, or it would speak again at once. */
function deafFaults({ way, at, due }: Walk, edge: Edge, { definition }: Subject): LintFault[] {
  const here = at.get(edge.from) as Clocks;
  const spoken = [...due].filter(
    ([name, fact]) => fact === edge.event && standing(here, name) & RUNS && !name.startsWith('part:'),
  );
  return spoken.flatMap(([name]) => {
    const before = new Map(here).set(name, RUNS);
    const left = moved(before, edge.leaving, { definition, way, edge });
    const isOver = edge.to.isEnd || edge.entering.some((a) => a.params?.name === name);
    if (isOver || standing(left, name) === OFF) return [];
    const reason = `clock "${name}" still goes after ${edge.event} ${told(way)}`;
    return [{ pointer: placeOf(definition, edge.from), reason }];
  });
}

/** A decided case had its promised term, and no term goes on after it (B2-16). */
function decisionFaults({ way, at }: Walk, edge: Edge, { definition }: Subject): LintFault[] {
  if (!edge.leaving.some((a) => a.type === 'noteDecision')) return [];
  const before = at.get(edge.from) as Clocks;
  const after = moved(before, edge.leaving, { definition, way, edge });
  const faults = [...TERMS, 'renewal']
    .filter((name) => standing(after, name) !== OFF)
    .map((name) => `clock "${name}" still goes after the decision (${edge.event}) ${told(way)}`);
  if (standing(before, 'promised') & OFF)
    faults.push(`decided by ${edge.event} although the promised term may never have started ${told(way)}`);
  return faults.map((reason) => ({ pointer: placeOf(definition, edge.from), reason }));
}

/** From wherever a term stands still some way on lets it run again, or ends the clocks with a decision. */
function stuck({ way, at, edges }: Walk, { definition }: Subject): LintFault[] {
  const isHeld = (leaf: Leaf) => TERMS.some((t) => standing(at.get(leaf) as Clocks, t) & HELD);
  const free = new Set([...at.keys()].filter((leaf) => !leaf.isEnd && !isHeld(leaf)));
  for (let before = -1; before < free.size; ) {
    before = free.size;
    for (const { from, to, isAnywhere } of edges) if (!isAnywhere && free.has(to)) free.add(from);
  }
  return [...at.keys()]
    .filter((leaf) => !leaf.isEnd && !free.has(leaf))
    .map((leaf) => ({
      pointer: placeOf(definition, leaf),
      reason: `a term stands still in "${leaf.name}" and never goes on ${told(way)}`,
    }));
}
