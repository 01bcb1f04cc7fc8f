import type { MachineJson } from '../machine.ts';
import { EVENT_WORDS } from '../words.ts';
import { BOX, centre, type Node, SIDE_X, xOf, yOf } from './nodes.ts';
import { clip, text, widthOf } from './svg.ts';

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
export function edges(machine: MachineJson, nodes: Node[]): string {
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
