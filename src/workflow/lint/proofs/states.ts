/** Every state can be reached, can end, and lies on a desk at which somebody can act. */
import { deskFor, desksOf, isFact } from '../../desks.ts';
import type { Desk, EventName, StateMeta } from '../../types.ts';
import type { LintContext, LintFault, Subject } from '../types.ts';
import { told } from '../ways.ts';
import { type Edge, type Graph, type Leaf, placeOf } from './graph.ts';
import { isReported, OUTER, type Walk } from './walk.ts';

const NO_META: StateMeta = { step: '', kind: 'end', title: '', desk: null };
export const metaOf = (leaf: Leaf): StateMeta => leaf.state.meta ?? NO_META;

/** Over, or granted and going on. */
const isRest = (leaf: Leaf): boolean => leaf.isEnd || metaOf(leaf).kept === true;

export function stateFaults(graph: Graph, walks: readonly Walk[], subject: Subject): LintFault[] {
  const { definition } = subject;
  const idle = graph.leaves
    .filter((leaf) => !walks.some(({ at }) => at.has(leaf)))
    .map((leaf) => ({ pointer: placeOf(definition, leaf), reason: `no case ever gets to "${leaf.name}"` }));
  return [
    ...idle,
    ...walks.flatMap((walk) => deadEnds(walk, subject)),
    ...walks.flatMap((walk) => idleDesks(walk, subject)),
    ...graph.leaves.flatMap((leaf) => emptyDesks(leaf, subject)),
  ];
}

/** The case's own way on: neither the applicant giving up nor something that may happen anywhere. */
const isOnward = ({ event, isAnywhere }: Edge): boolean => !isAnywhere && event !== 'WITHDRAW';

function deadEnds({ way, at, edges }: Walk, { definition }: Subject): LintFault[] {
  const ending = new Set([...at.keys()].filter(isRest));
  for (let before = -1; before < ending.size; ) {
    before = ending.size;
    for (const edge of edges) if (isOnward(edge) && ending.has(edge.to)) ending.add(edge.from);
  }
  return [...at.keys()]
    .filter((leaf) => !ending.has(leaf))
    .map((leaf) => ({
      pointer: placeOf(definition, leaf),
      reason: `no end can be reached from "${leaf.name}" ${told(way)}`,
    }));
}

function idleDesks({ way, at, edges, due }: Walk, { definition, context }: Subject): LintFault[] {
  const moves = (leaf: Leaf, { event, from, isAnywhere }: Edge): boolean => {
    if (from !== leaf || isAnywhere || event === 'WITHDRAW') return false;
    const meta = metaOf(leaf);
    if (OUTER.includes(event)) return meta.desk === null;
    if (isFact(event)) return isReported(event, at.get(leaf) ?? new Map(), due);
    const desks = meta.parts ? desksOf(meta) : [deskFor(event, meta)];
    return desks.some((desk) => desk !== null && absence(desk, definition.department, context) === null);
  };
  return [...at.keys()]
    .filter((leaf) => !leaf.isEnd && !edges.some((edge) => moves(leaf, edge)))
    .map((leaf) => ({
      pointer: placeOf(definition, leaf),
      reason: `nobody can act in "${leaf.name}" ${told(way)}`,
    }));
}

/** Kind of the organisation a desk stands at, as `data/roles.json` names it. */
export function orgKindOf({ at, role, office }: Desk): string {
  if (at === 'village') return 'village';
  if (at === 'township') return role === 'officer' || office !== undefined ? 'office' : 'township';
  return role === 'window' ? 'county' : 'department';
}

interface Absence {
  key: 'role' | 'office';
  reason: string;
}

/** Why nobody sits at a desk; null when somebody does. */
function absence(desk: Desk, department: string, { roles, served }: LintContext): Absence | null {
  const kind = orgKindOf(desk);
  if (!(roles[desk.role] ?? []).includes(kind))
    return { key: 'role', reason: `no ${desk.role} sits at a ${kind} (data/roles.json)` };
  const office = desk.office ?? department;
  return kind === 'office' && !served.includes(office)
    ? { key: 'office', reason: `no township office works for "${office}" (data/offices.json)` }
    : null;
}

/** Every desk a case lies on has somebody at it. */
function emptyDesks(leaf: Leaf, { definition, context }: Subject): LintFault[] {
  const meta = metaOf(leaf);
  const tell = (desk: Desk | null, below: string): LintFault[] => {
    const fault = desk && absence(desk, definition.department, context);
    if (!fault) return [];
    return [{ pointer: placeOf(definition, leaf, `${below}${fault.key}`), reason: fault.reason }];
  };
  if (!meta.parts) return tell(meta.desk, '');
  return Object.values(meta.parts).flatMap((desk, p) => tell(desk, `parts/${p}/`));
}

/** Events whose edge is one that a person takes. */
export const isAct = (event: EventName): boolean => !isFact(event);
