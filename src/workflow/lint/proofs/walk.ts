/** Where a case can get to on one way, and which clocks may run there: every guard but the way's own is a free choice. */
import { isFact } from '../../desks.ts';
import type { CaseContext, Definition, EventName } from '../../types.ts';
import { isTaken, type Taken } from '../../vocabulary.ts';
import { type Way, waysOf } from '../ways.ts';
import type { Edge, Graph, Leaf } from './graph.ts';
import { type Clocks, DECIDED, dueFacts, merged, moved, OFF, RUNS, standing } from './moves.ts';

/** Facts that other items report; no clock stands behind them. */
export const OUTER: readonly EventName[] = ['CANCELLED_ELSEWHERE', 'RESTORED_ELSEWHERE', 'REVIEW_CALLED'];

export interface Walk {
  way: Way;
  /** Every leaf that can be reached, with how each clock may stand there. */
  at: ReadonlyMap<Leaf, Clocks>;
  /** Everything that can happen. */
  edges: readonly Edge[];
  /** The fact each clock reports. */
  due: ReadonlyMap<string, EventName>;
}

/** One way of each kind: the same steps, and the same terms to keep. */
export function kindsOfWay(definition: Definition): Way[] {
  const kinds = new Map<string, Way>();
  for (const way of waysOf(definition)) {
    const situation = definition.situations.find((s) => s.id === way.situation);
    const { statutory } = { ...definition.terms, ...situation?.terms };
    const kind = [...way.path.map((p) => p.i), statutory === null, situation?.renews !== undefined].join();
    if (!kinds.has(kind)) kinds.set(kind, way);
  }
  return [...kinds.values()];
}

/** `last`: yes, when the office that answers is the last one asked. */
type Answer = 'yes' | 'no' | 'either' | 'last';

/** What is known of a guard: steps are taken as the way says, and a case is decided or not; all else is free. */
function answerOf({ guard }: Edge, { situation, struck }: Way, clocks: Clocks): Answer {
  if (!guard) return 'yes';
  if (guard.type === 'decided') return DECISION[standing(clocks, DECIDED)] ?? 'either';
  if (guard.type !== 'taken') return 'either';
  const taken = guard.params as Taken;
  const routes = Object.fromEntries(struck.map((r) => [r, true]));
  if (!isTaken({ routes, situation } as CaseContext, taken)) return 'no';
  return taken.lastPart ? 'last' : 'yes';
}
const DECISION: Record<number, Answer> = { [OFF]: 'no', [RUNS]: 'yes' };

/** Edges of one event that are possible: those up to the first that is certain, and of the last office's the first. */
function allowed(edges: readonly Edge[], way: Way, clocks: Clocks): Edge[] {
  const answers = edges.map((edge) => answerOf(edge, way, clocks));
  const certain = answers.indexOf('yes');
  return edges.filter(
    (_, i) =>
      answers[i] !== 'no' &&
      (certain === -1 || i <= certain) &&
      (answers[i] !== 'last' || answers.indexOf('last') === i),
  );
}

/** Can the fact be reported where the clocks stand like this? */
export const isReported = (event: EventName, clocks: Clocks, due: ReadonlyMap<string, EventName>): boolean =>
  OUTER.includes(event) || [...clocks].some(([name, how]) => how & RUNS && due.get(name) === event);

export function walk(graph: Graph, definition: Definition, way: Way): Walk {
  const due = dueFacts(graph.machine);
  const at = new Map<Leaf, Clocks>();
  const queue: Leaf[] = [];
  const reach = (leaf: Leaf, clocks: Clocks) => {
    const known = at.get(leaf);
    const next = known ? merged(known, clocks) : clocks;
    if (next === known) return;
    at.set(leaf, next);
    queue.push(leaf);
  };
  const open = (leaf: Leaf): Edge[] =>
    [...(graph.edges.get(leaf) ?? [])].flatMap(([event, edges]) =>
      isFact(event) && !isReported(event, at.get(leaf) as Clocks, due)
        ? []
        : allowed(edges, way, at.get(leaf) as Clocks),
    );
  if (graph.first) reach(graph.first, new Map());
  for (let leaf = queue.shift(); leaf; leaf = queue.shift())
    for (const edge of open(leaf)) {
      const left = moved(at.get(leaf) as Clocks, edge.leaving, { definition, way, edge });
      reach(edge.to, moved(left, edge.entering, { definition, way, edge }));
    }
  return { way, at, edges: [...at.keys()].flatMap(open), due };
}
