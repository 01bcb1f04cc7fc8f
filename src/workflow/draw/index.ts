/**
 * The drawing of an item: a swim-lane chart, one row per main state, one lane per government level, side
 * states (correction, objection) in a column of their own. Laid out here because the shape is regular: a
 * general graph layout crosses labels. Plain SVG attributes only, so that a strict CSP stands.
 */
import type { MachineJson } from '../machine.ts';
import { box, contentOf, type Frame, type Marks } from './boxes.ts';
import { LANE_WIDTH, type Layout, layoutOf } from './layout.ts';
import { legend } from './legend.ts';
import { lines } from './lines.ts';
import { LANES, nodesOf } from './nodes.ts';
import { inSituation } from './situation.ts';
import { arrowheads, BLUE, escaped, group, rect, text } from './svg.ts';
import { waysOf } from './ways.ts';

const LANE_TITLES = { village: '村服务站', township: '乡镇', county: '县级部门' };
const SIDE_TITLE = '等待、更正、核查';

const head = (x: number, s: string): string =>
  group('head', text(x, 34, s, { 'font-size': 16, 'font-weight': 'bold', fill: BLUE }));

function lanes({ left, bottom, side, sideEnd }: Layout): string {
  const columns = LANES.map((level, i) => {
    const x = left + i * LANE_WIDTH;
    const fill = i % 2 ? '#f7f9fb' : '#eef3f8';
    const lane = rect({ x, y: 8, width: LANE_WIDTH, height: bottom - 8, fill });
    return lane + head(x + LANE_WIDTH / 2, LANE_TITLES[level]);
  });
  return [...columns, side === undefined ? '' : head((side + sideEnd) / 2, SIDE_TITLE)].join('');
}

const FONTS = "'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif";

/**
 * Draw a compiled item as SVG.
 * @param title what the drawing is called; read out, not shown
 * @param marks the state a case is in, those it has been through, and the way it went
 */
export function draw(compiled: MachineJson, title: string, marks: Marks = {}): string {
  const machine = inSituation(compiled, marks.situation);
  const nodes = nodesOf(machine);
  const ways = waysOf(machine, nodes);
  const contents = new Map(nodes.map((n) => [n, contentOf(n, marks)]));
  const layout = layoutOf(nodes, contents, ways);
  const { left, bottom, width } = layout;
  const below = legend(machine, nodes, ways, marks, { x: left, y: bottom + 14, width: width - left - 16 });
  const height = Math.ceil(bottom + below.height + 28);
  const wide = Math.ceil(width);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${wide} ${height}" width="${wide}" height="${height}" role="img" font-family="${FONTS}">`,
    `<title>${escaped(title)}</title>`,
    arrowheads(marks.walked ? ['walked', 'faint'] : ['plain']),
    rect({ width: wide, height, fill: '#ffffff' }),
    lanes(layout),
    lines(ways, layout, marks),
    ...nodes.map((n) => box(n, layout.frames.get(n) as Frame, contents.get(n) as never, marks)),
    below.svg,
    '</svg>',
  ].join('\n');
}
