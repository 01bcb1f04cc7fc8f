/** The states of a machine as they are drawn: what stands in each box, in which row and lane. */
import type { MachineJson, StateJson, TransitionJson } from '../machine.ts';
import type { EventName, Level, StateMeta } from '../types.ts';
import { holderWords } from './words.ts';

/** A small mark in a box: a sub-state, an act that stays here, an end, an office. */
export interface Chip {
  text: string;
  /** State it stands for. */
  state?: string;
  /** The case ends with it. */
  end?: boolean;
}

export interface Node {
  name: string;
  meta: StateMeta;
  on: [EventName, TransitionJson[]][];
  /** Who has it, in words. */
  holder: string | undefined;
  chips: Chip[];
  row: number;
  lane: number;
  /** Stands beside its row: waiting for the applicant, an objection, a halt. */
  side: boolean;
}

export const LANES: Level[] = ['village', 'township', 'county'];

/** Sub-states shown as chips: every working desk has them and boxes for all would bury the path. */
const CHIP_STATES: Record<string, string> = { returned: '退回', suspended: '中止' };
const SIDE_STATES = [
  'correction',
  'rectifying',
  'unpassed',
  'told',
  'reserved',
  'objected',
  'bounced',
  'due',
  'halted',
  'cancelled',
];
const EXTENSIONS: EventName[] = ['EXTEND', 'EXTEND_CORRECTION'];

/** Leaf states in the order of the steps: main ones a row each, side ones beside the row they answer. */
export function nodesOf(machine: MachineJson): Node[] {
  const nodes: Node[] = [];
  let row = -1;
  for (const [step, state] of Object.entries(machine.states)) {
    if (state.type === 'final') continue;
    const first = Object.values(state.states ?? {})[0] as StateJson;
    const lane = LANES.indexOf(levelOf(first.meta as StateMeta));
    for (const [leaf, at] of Object.entries(state.states ?? {})) {
      if (leaf in CHIP_STATES) continue;
      const side = SIDE_STATES.includes(leaf);
      if (!side) row++;
      nodes.push(nodeOf(machine, `${step}.${leaf}`, at, { row, lane, side }));
    }
  }
  const done = machine.states.done;
  const lane = nodes.at(-1)?.lane ?? 0;
  return done ? [...nodes, nodeOf(machine, 'done', done, { row: row + 1, lane, side: false })] : nodes;
}

const levelOf = ({ desk, parts }: StateMeta): Level =>
  (parts && Object.values(parts)[0]?.at) ?? desk?.at ?? 'county';

function nodeOf(
  machine: MachineJson,
  name: string,
  state: StateJson,
  place: Pick<Node, 'row' | 'lane' | 'side'>,
): Node {
  const meta = state.meta as StateMeta;
  const on = Object.entries(state.on ?? {}) as Node['on'];
  const holder = holderWords(meta, machine.id.split('-')[0] as string);
  const chips = [...officeChips(machine, meta), ...subStateChips(machine, name), ...actChips(machine, on)];
  return { name, meta, on, holder, chips, ...place };
}

/** The offices of a joint review; those asked only when a rule strikes say so. */
function officeChips(machine: MachineJson, { parts = {}, partTitles = {}, step }: StateMeta): Chip[] {
  const asking = machine.states[step]?.entry?.find((a) => a.type === 'askParts');
  const asked = (asking?.params?.parts ?? []) as { part: string; route?: string }[];
  return Object.keys(parts).map((office) => {
    const sometimes = asked.some((a) => a.part === office && a.route !== undefined);
    return {
      text: `${partTitles[office] ?? office}${sometimes ? '（需要时）' : ''}`,
    };
  });
}

/** Only a step's first leaf carries them: the working desk. */
function subStateChips(machine: MachineJson, name: string): Chip[] {
  const [step = '', leaf] = name.split('.');
  const { initial, states = {} } = machine.states[step] as StateJson;
  if (leaf !== initial) return [];
  return Object.entries(CHIP_STATES)
    .filter(([sub]) => sub in states)
    .map(([sub, text]) => ({ text, state: `${step}.${sub}` }));
}

/** An extension, and every end but the good one; withdrawal is told once, under the drawing. */
function actChips(machine: MachineJson, on: Node['on']): Chip[] {
  const ends = new Set<string>();
  for (const [event, transitions] of on)
    for (const { target } of transitions) {
      const title =
        target?.startsWith('#') && machine.states[target.slice(machine.id.length + 2)]?.meta?.title;
      const isEnd =
        target !== undefined && machine.states[target.slice(machine.id.length + 2)]?.type === 'final';
      if (title && isEnd && event !== 'WITHDRAW' && !target.endsWith('.done')) ends.add(title);
    }
  return [
    ...(on.some(([event]) => EXTENSIONS.includes(event)) ? [{ text: '延期' }] : []),
    ...[...ends].map((text) => ({ text, end: true })),
  ];
}
