/** The transitions of a machine as ways between boxes, sorted by how they are drawn. */
import type { MachineJson, TransitionJson } from '../machine.ts';
import type { Node } from './nodes.ts';
import { conditionsIn, targetOf } from './situation.ts';
import { arrowWord } from './words.ts';

export interface Way {
  from: Node;
  to: Node;
  words: string[];
  /** In which cases it is taken, when a rule of the form decides it. */
  condition?: string;
}

/** The way on from a row: one trunk below the box, from which it forks; side states may join it. */
export interface Trunk {
  from: Node;
  words: string[];
  joins: Way[];
  forks: Way[];
}

export interface Ways {
  trunks: Trunk[];
  /** Between a main state and a side state of its row. */
  beside: Way[];
  /** From a side state down to the next one of its row. */
  stacked: Way[];
  /** Everything else: round the right of the drawing, mostly back to an earlier row. */
  round: Way[];
}

/** Ways out of a state, one per state entered; what stays, ends or shows as a chip is none. */
function waysOut(machine: MachineJson, from: Node, byName: Map<string, Node>): Way[] {
  const out = new Map<Node, Way>();
  for (const [event, transitions] of from.on) {
    const entered = transitions.map((t) => t.target && byName.get(targetOf(machine, from.name, t.target)));
    entered.forEach((to) => {
      if (!to || to === from || (event === 'CANCELLED_ELSEWHERE' && from.side)) return;
      const condition = conditionWord(machine, transitions, entered, to);
      const way = out.get(to) ?? { from, to, words: [], ...(condition && { condition }) };
      const word = arrowWord(event, from.name, to.name);
      if (!way.words.includes(word)) way.words.push(word);
      out.set(to, way);
    });
  }
  return [...out.values()];
}

/** The route rule that must have struck, in its few words; 一般情形 where it must not. */
function conditionWord(
  { meta }: MachineJson,
  transitions: TransitionJson[],
  entered: (Node | string | undefined)[],
  to: Node,
): string | undefined {
  const own = conditionsIn(transitions[entered.lastIndexOf(to)] as TransitionJson);
  const others = transitions.filter((_, i) => entered[i] && entered[i] !== to).flatMap(conditionsIn);
  const route = own.find((c) => 'route' in c);
  if (route) return route.struck ? (meta?.routes[route.route] ?? '特定情形') : '一般情形';
  if (own.length > 0) return '部分情形';
  if (others.length === 0) return undefined;
  const struck = others.map((c) => ('route' in c ? c.struck : undefined));
  if (struck.every((s) => s === true)) return '一般情形';
  return struck.every((s) => s === false) ? '特定情形' : '其他情形';
}

const isOnward = ({ from, to }: Way): boolean => to.row > from.row && !to.side;

const sameTargets = (a: Way[], b: Way[]): boolean =>
  a.length === b.length && a.every(({ to }) => b.some((way) => way.to === to));

/** Sort every way of a machine by how it is drawn. */
export function waysOf(machine: MachineJson, nodes: Node[]): Ways {
  const byName = new Map(nodes.map((n) => [n.name, n]));
  const ways: Ways = { trunks: [], beside: [], stacked: [], round: [] };
  for (const from of nodes) {
    const out = waysOut(machine, from, byName);
    const onward = out.filter(isOnward);
    const trunk = ways.trunks.find((t) => t.from.row === from.row);
    if (onward.length > 0 && !from.side)
      ways.trunks.push({ from, words: wordsOf(onward), joins: [], forks: onward });
    else if (onward.length > 0 && trunk && sameTargets(onward, trunk.forks))
      trunk.joins.push({ from, to: trunk.from, words: wordsOf(onward) });
    else ways.round.push(...onward);
    for (const way of out.filter((w) => !isOnward(w))) sorted(ways, way, nodes).push(way);
  }
  return ways;
}

function sorted(ways: Ways, { from, to }: Way, nodes: Node[]): Way[] {
  if (from.row === to.row && from.side !== to.side) return ways.beside;
  return from.side && nodes[nodes.indexOf(from) + 1] === to ? ways.stacked : ways.round;
}

const wordsOf = (ways: Way[]): string[] => [...new Set(ways.flatMap((w) => w.words))];
