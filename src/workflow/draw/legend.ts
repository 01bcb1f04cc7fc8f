import type { MachineJson } from '../machine.ts';
import type { EventName } from '../types.ts';
import { EVENT_WORDS } from '../words.ts';
import { chipLines, chipRow, type Marks } from './boxes.ts';
import type { Chip, Node } from './nodes.ts';
import { group, text, widthOf } from './svg.ts';
import type { Ways } from './ways.ts';

const SIZE = 12;
const LINE = 20;

/** Sentences in lines of at most a width, joined by a stop. */
function filled(sentences: string[], width: number): string[] {
  const lines: string[] = [];
  for (const s of sentences) {
    const last = lines.at(-1);
    const longer = last === undefined ? s : `${last}；${s}`;
    if (last === undefined || widthOf(longer, SIZE) > width) lines.push(s);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

/** What may happen in every state, and so is no arrow. */
function anywhere(machine: MachineJson, nodes: Node[]): string[] {
  const withdrawable = nodes.some((n) => n.on.some(([event]) => event === 'WITHDRAW'));
  return [
    ...(withdrawable ? [`${EVENT_WORDS.WITHDRAW}（决定作出前）`] : []),
    ...Object.keys(machine.on ?? {}).map((event) => EVENT_WORDS[event as EventName]),
  ];
}

const WALKED = ['粗蓝线、浅蓝框是走过的路', '深蓝框（●）是现在的环节', '灰色是没有走到的'];

const signs = (nodes: Node[], { trunks }: Ways, { walked }: Marks): string[] => [
  ...(walked ? WALKED : []),
  ...(nodes.some((n) => n.side) ? ['虚线框是旁支：等待、更正或核查'] : []),
  '小标签是本环节可能的中止、退回、延期，红字到此结束',
  ...(trunks.some((t) => t.forks.some((f) => f.condition)) ? ['走哪一条路由系统按申请表内容判断'] : []),
];

/** Ends other than the good one that a case may come to, as chips, so that a closed case is marked too. */
function ends(machine: MachineJson): Chip[] {
  return Object.entries(machine.states)
    .filter(([name, state]) => state.type === 'final' && name !== 'done')
    .map(([name, state]) => ({ text: state.meta?.title ?? name, state: name, end: true }));
}

/** The lines under a drawing: other ends, what may happen anywhere, how to read it. */
export function legend(
  machine: MachineJson,
  nodes: Node[],
  ways: Ways,
  marks: Marks,
  place: { x: number; y: number; width: number },
): { svg: string; height: number } {
  const titleWidth = 76;
  const room = place.width - titleWidth;
  let y = place.y;
  const parts: string[] = [];
  const title = (s: string) =>
    group(
      'legend',
      text(place.x, y + 13, s, { 'font-size': SIZE, 'text-anchor': 'start', 'font-weight': 'bold' }),
    );
  for (const [i, chips] of chipLines(ends(machine), room).entries()) {
    if (i === 0) parts.push(title('其他结果'));
    const width = chips.reduce((sum, c) => sum + widthOf(c.text, 11) + 14, -4);
    parts.push(chipRow(chips, place.x + titleWidth + width / 2, y, marks));
    y += LINE + 2;
  }
  for (const [head, sentences] of [
    ['任何环节', anywhere(machine, nodes)],
    ['图例', signs(nodes, ways, marks)],
  ] as const)
    for (const [i, s] of filled(sentences, room).entries()) {
      if (i === 0) parts.push(title(head));
      parts.push(
        group('legend', text(place.x + titleWidth, y + 13, s, { 'font-size': SIZE, 'text-anchor': 'start' })),
      );
      y += LINE;
    }
  return { svg: parts.join('\n'), height: y - place.y };
}
