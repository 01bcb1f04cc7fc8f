/**
 * The drawing of an item: a swim-lane chart, one row per main state, one lane per government level, side
 * states (correction, objection) in a column of their own. Laid out here because the shape is regular: a
 * general graph layout crosses labels. Plain SVG attributes only, so that a strict CSP stands.
 */
import type { MachineJson, StateJson, TransitionJson } from './machine.ts';
import type { EventName, Level, StateMeta } from './types.ts';
import { EVENT_WORDS, LEVEL_WORDS, ROLE_WORDS } from './words.ts';

interface Node {
  name: string;
  meta: StateMeta;
  on: [EventName, TransitionJson[]][];
  /** Side states and exits, written as chips under the title. */
  chips: { text: string; state?: string; end?: boolean }[];
  row: number;
  side: boolean;
}

interface Marks {
  /** Draw only the steps this situation takes. */
  situation?: string;
  /** Name of the state the case is in. */
  current?: string;
  /** States the case has been through. */
  visited?: string[];
}

const LANES: Level[] = ['village', 'township', 'county'];
const LANE_WIDTH = 236;
const BOX = { width: 196, height: 74 };
const ROW = 124;
const TOP = 56;
const LEFT = 76;
const SIDE_X = LEFT + LANES.length * LANE_WIDTH + 40;
const WIDTH = SIDE_X + BOX.width + 70;
const INK = '#1d2733';
const BLUE = '#0b4a8f';

/** Sub-states shown as chips: every working desk has them and boxes for all would bury the path. */
const CHIP_STATES: Record<string, string> = { returned: '退回', suspended: '中止' };
const CHIP_EVENTS: Partial<Record<EventName, string>> = {
  EXTEND: '延期',
  WITHDRAW: '撤回',
  REFUSE: '不予受理',
  REJECT: '不予批准',
};
const SIDE_STATES = ['correction', 'objected'];

const escaped = (s: string) =>
  s.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] as string);

/** Width of a text in px: a Chinese character is one em, others about half. */
const widthOf = (s: string, size: number) =>
  [...s].reduce((w, c) => w + (c.charCodeAt(0) > 0x2e7f ? size : size * 0.56), 0);

/** Shorten a text to a width, so that it stays inside its box. */
function clip(s: string, size: number, width: number): string {
  if (widthOf(s, size) <= width) return s;
  let cut = [...s];
  while (cut.length > 1 && widthOf(`${cut.join('')}…`, size) > width) cut = cut.slice(0, -1);
  return `${cut.join('')}…`;
}

function text(x: number, y: number, s: string, over: Record<string, string | number> = {}): string {
  const attrs = { 'font-size': 14, fill: INK, 'text-anchor': 'middle', ...over };
  const list = Object.entries(attrs).map(([k, v]) => `${k}="${v}"`);
  return `<text x="${x}" y="${y}" ${list.join(' ')}>${escaped(s)}</text>`;
}

/** The transitions a situation can take: those it leaves out are gone, those it is sure to take are plain. */
function taken(transitions: TransitionJson[], situation: string): TransitionJson[] {
  const out: TransitionJson[] = [];
  for (const t of transitions) {
    const { route, without } = (t.guard?.type === 'taken' ? t.guard.params : {}) as {
      route?: string;
      without?: string[];
    };
    if (without?.includes(situation)) continue;
    const { guard, ...plain } = t;
    const sure = guard?.type === 'taken' && route === undefined;
    out.push(sure ? plain : t);
    if (sure || guard === undefined) break;
  }
  return out;
}

/** The machine as one situation sees it: only the steps that can be reached. */
function inSituation(machine: MachineJson, situation: string): MachineJson {
  const narrow = (state: StateJson): StateJson => ({
    ...state,
    ...(state.on && {
      on: Object.fromEntries(Object.entries(state.on).map(([e, ts]) => [e, taken(ts, situation)])),
    }),
    ...(state.states && {
      states: Object.fromEntries(Object.entries(state.states).map(([k, v]) => [k, narrow(v)])),
    }),
  });
  const states = Object.fromEntries(Object.entries(machine.states).map(([k, v]) => [k, narrow(v)]));
  const reached = new Set([machine.initial]);
  for (const step of reached)
    for (const leaf of Object.values(states[step]?.states ?? {}))
      for (const t of Object.values(leaf.on ?? {}).flat())
        if (t.target?.startsWith('#')) reached.add(t.target.slice(machine.id.length + 2));
  return { ...machine, states: Object.fromEntries(Object.entries(states).filter(([k]) => reached.has(k))) };
}

/** Leaf states of a machine as nodes, main ones in rows, side ones beside the row they answer. */
function nodesOf(machine: MachineJson): Node[] {
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
const xOf = (n: Node) => (n.side ? SIDE_X : LEFT + laneOf(n) * LANE_WIDTH + (LANE_WIDTH - BOX.width) / 2);
const yOf = (n: Node) => TOP + n.row * ROW + 14;
const centre = (n: Node) => xOf(n) + BOX.width / 2;

function box(n: Node, marks: Marks): string {
  const x = xOf(n);
  const y = yOf(n);
  const here = marks.current === n.name;
  const been = marks.visited?.includes(n.name) ?? false;
  const fill = here ? BLUE : been ? '#e3edf8' : '#ffffff';
  const ink = here ? '#ffffff' : INK;
  const who = n.meta.desk
    ? `${LEVEL_WORDS[n.meta.desk.at]} · ${ROLE_WORDS[n.meta.desk.role]}`
    : n.meta.kind === 'end'
      ? '办结'
      : '公示期内';
  return [
    `<rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="8" fill="${fill}" stroke="${here || been ? BLUE : '#8a97a6'}" stroke-width="${here ? 3 : 1.5}"${n.side ? ' stroke-dasharray="5 4"' : ''}/>`,
    text(x + BOX.width / 2, y + 23, clip(here ? `● ${n.meta.title}` : n.meta.title, 15, BOX.width - 16), {
      'font-size': 15,
      'font-weight': 'bold',
      fill: ink,
    }),
    text(x + BOX.width / 2, y + 42, clip(who, 12, BOX.width - 16), {
      'font-size': 12,
      fill: here ? '#dce9f7' : '#4a5866',
    }),
    chips(n, x, y + 51, marks, here),
  ].join('');
}

function chips(n: Node, x: number, y: number, marks: Marks, here: boolean): string {
  const widths = n.chips.map((c) => widthOf(c.text, 11) + 8);
  let at = x + (BOX.width - widths.reduce((a, w) => a + w + 3, -3)) / 2;
  return n.chips
    .map((c, i) => {
      const w = widths[i] as number;
      const on = c.state !== undefined && c.state === marks.current;
      const fill = on ? '#b3131b' : here ? '#ffffff' : '#f1f4f7';
      const chip = `<rect x="${at}" y="${y}" width="${w}" height="17" rx="8" fill="${fill}" stroke="#c3ccd6"/>${text(at + w / 2, y + 12.5, c.text, { 'font-size': 11, fill: on ? '#ffffff' : c.end ? '#8c1d18' : '#3c4a58' })}`;
      at += w + 3;
      return chip;
    })
    .join('');
}

const line = (points: number[][], dashed = false) =>
  `<polyline points="${points.map((p) => p.join(',')).join(' ')}" fill="none" stroke="#5b6b7b" stroke-width="1.5"${dashed ? ' stroke-dasharray="5 4"' : ''} marker-end="url(#arrow)"/>`;

const label = (x: number, y: number, s: string) => {
  const w = widthOf(s, 12) + 8;
  return `<rect x="${x - w / 2}" y="${y - 12}" width="${w}" height="16" fill="#ffffff" opacity="0.92"/>${text(x, y, s, { 'font-size': 12, fill: '#33414f' })}`;
};

/** Name of the leaf a transition enters. */
function targetOf(machine: MachineJson, from: string, target: string): string {
  const step = target.startsWith('#')
    ? target.slice(machine.id.length + 2)
    : `${from.split('.')[0]}.${target}`;
  const initial = machine.states[step]?.initial;
  return initial ? `${step}.${initial}` : step;
}

/** Arrows between drawn nodes, by the kind of way they take. */
function edges(machine: MachineJson, nodes: Node[]): string {
  const byName = new Map(nodes.map((n) => [n.name, n]));
  const seen = new Map<string, { from: Node; to: Node; words: Set<string> }>();
  for (const from of nodes)
    for (const [event, transitions] of from.on)
      for (const t of transitions) {
        const to = t.target && byName.get(targetOf(machine, from.name, t.target));
        if (!to || to === from || event === 'WITHDRAW') continue;
        const key = `${from.name}>${to.name}`;
        const edge = seen.get(key) ?? { from, to, words: new Set<string>() };
        edge.words.add(
          `${EVENT_WORDS[event].split('，')[0]}${t.guard?.type === 'taken' ? '（需要时）' : ''}`,
        );
        seen.set(key, edge);
      }
  return [...seen.values()]
    .map(({ from, to, words }, i) => arrow(from, to, [...words].join(' / '), i))
    .join('');
}

function arrow(from: Node, to: Node, words: string, index: number): string {
  const short = clip(words, 12, 190);
  const mid = yOf(from) + BOX.height / 2;
  if (from.side !== to.side && from.row === to.row) {
    const [main, side] = from.side ? [to, from] : [from, to];
    const y = mid + (from.side ? 16 : -12);
    const x1 = xOf(main) + BOX.width;
    const points = from.side
      ? [
          [xOf(side), y],
          [x1 + 2, y],
        ]
      : [
          [x1, y],
          [xOf(side) - 2, y],
        ];
    return line(points, true) + label(xOf(side) - 62, y - 5, clip(words, 12, 110));
  }
  if (from.side || to.row <= from.row) {
    const gutter = SIDE_X + BOX.width + 22 + (index % 3) * 12;
    const start = from.side ? xOf(from) + BOX.width : xOf(from) + BOX.width;
    const y = yOf(to) + BOX.height / 2 + 22;
    const points = [
      [start, mid],
      [gutter, mid],
      [gutter, y],
      [xOf(to) + BOX.width + 2, y],
    ];
    return line(points, true) + label(SIDE_X + BOX.width / 2, y - 5, clip(words, 12, BOX.width));
  }
  if (to.row > from.row + 1) {
    const gutter = 16 + (index % 4) * 12;
    const y = yOf(to) + 14;
    const points = [
      [xOf(from), mid],
      [gutter, mid],
      [gutter, y],
      [xOf(to) - 2, y],
    ];
    return line(points) + label(xOf(from) - 34, mid - 5, clip(words, 12, 64));
  }
  const y1 = yOf(from) + BOX.height;
  const y2 = yOf(to) - 3;
  const gap = y1 + (y2 - y1) / 2;
  const points = [
    [centre(from), y1],
    [centre(from), gap],
    [centre(to), gap],
    [centre(to), y2],
  ];
  const at = centre(from) === centre(to) ? centre(from) : (centre(from) + centre(to)) / 2;
  return line(points) + label(at, gap + 4, short);
}

function lanes(rows: number): string {
  const height = TOP + rows * ROW;
  return LANES.map((level, i) => {
    const x = LEFT + i * LANE_WIDTH;
    return `<rect x="${x}" y="8" width="${LANE_WIDTH}" height="${height}" fill="${i % 2 ? '#f7f9fb' : '#eef3f8'}"/>${text(x + LANE_WIDTH / 2, 34, { village: '村服务站', township: '乡镇', county: '县级部门' }[level], { 'font-size': 16, 'font-weight': 'bold', fill: BLUE })}`;
  }).join('');
}

/**
 * Draw a compiled item as SVG.
 * @param marks the state a case is in and those it has been through
 */
export function draw(compiled: MachineJson, title: string, marks: Marks = {}): string {
  const machine = marks.situation === undefined ? compiled : inSituation(compiled, marks.situation);
  const nodes = nodesOf(machine);
  const rows = Math.max(...nodes.map((n) => n.row)) + 1;
  const height = TOP + rows * ROW + 16;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" font-family="'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif">`,
    `<title>${escaped(title)}</title>`,
    '<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 10 5 0 10z" fill="#5b6b7b"/></marker></defs>',
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    lanes(rows),
    edges(machine, nodes),
    ...nodes.map((n) => box(n, marks)),
    '</svg>',
  ].join('\n');
}
