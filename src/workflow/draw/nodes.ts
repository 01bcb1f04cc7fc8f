import type { MachineJson, StateJson, TransitionJson } from '../machine.ts';
import type { EventName, Level, StateMeta } from '../types.ts';

/** A state as it is drawn: its place is a row and a lane, or the side column. */
export interface Node {
  name: string;
  meta: StateMeta;
  on: [EventName, TransitionJson[]][];
  /** Side states and exits, written as chips under the title. */
  chips: { text: string; state?: string; end?: boolean }[];
  row: number;
  side: boolean;
}

export const LANES: Level[] = ['village', 'township', 'county'];
export const LANE_WIDTH = 236;
export const BOX = { width: 196, height: 74 };
export const ROW = 124;
export const TOP = 56;
export const LEFT = 76;
export const SIDE_X = LEFT + LANES.length * LANE_WIDTH + 40;
export const WIDTH = SIDE_X + BOX.width + 70;

/** Sub-states shown as chips: every working desk has them and boxes for all would bury the path. */
const CHIP_STATES: Record<string, string> = { returned: '退回', suspended: '中止' };
const CHIP_EVENTS: Partial<Record<EventName, string>> = {
  EXTEND: '延期',
  WITHDRAW: '撤回',
  REFUSE: '不予受理',
  REJECT: '不予批准',
};
const SIDE_STATES = ['correction', 'objected'];

/** Leaf states of a machine as nodes, main ones in rows, side ones beside the row they answer. */
export function nodesOf(machine: MachineJson): Node[] {
  const nodes: Node[] = [];
  let row = 0;
  for (const [step, state] of Object.entries(machine.states)) {
    if (state.type === 'final') {
      if (step === 'done') nodes.push(node(step, state, row));
      continue;
    }
    const leaves = Object.entries(state.states ?? {});
    const chipped = leaves.filter(([leaf]) => leaf in CHIP_STATES);
    let main: Node | undefined;
    for (const [leaf, at] of leaves) {
      if (leaf in CHIP_STATES) continue;
      const side = SIDE_STATES.includes(leaf);
      if (side && main) nodes.push({ ...node(`${step}.${leaf}`, at, main.row), side });
      else {
        main = node(`${step}.${leaf}`, at, row++);
        nodes.push(main);
      }
    }
    main?.chips.unshift(
      ...chipped.map(([leaf]) => ({ text: CHIP_STATES[leaf] as string, state: `${step}.${leaf}` })),
    );
  }
  return nodes;
}

function node(name: string, state: StateJson, row: number): Node {
  const on = Object.entries(state.on ?? {}) as Node['on'];
  const chips = on.flatMap(([event]) => {
    const word = CHIP_EVENTS[event];
    return word ? [{ text: word, end: event !== 'EXTEND' }] : [];
  });
  return { name, meta: state.meta as StateMeta, on, chips, row, side: false };
}

const laneOf = (n: Node): number => {
  const level =
    n.meta.desk?.at ?? (n.meta.kind === 'post' ? 'village' : n.meta.kind === 'end' ? 'village' : 'county');
  return LANES.indexOf(level);
};
export const xOf = (n: Node) =>
  n.side ? SIDE_X : LEFT + laneOf(n) * LANE_WIDTH + (LANE_WIDTH - BOX.width) / 2;
export const yOf = (n: Node) => TOP + n.row * ROW + 14;
export const centre = (n: Node) => xOf(n) + BOX.width / 2;
