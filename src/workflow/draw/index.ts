/**
 * The drawing of an item: a swim-lane chart, one row per main state, one lane per government level, side
 * states (correction, objection) in a column of their own. Laid out here because the shape is regular: a
 * general graph layout crosses labels. Plain SVG attributes only, so that a strict CSP stands.
 */
import type { MachineJson } from '../machine.ts';
import { edges } from './arrows.ts';
import { box, type Marks } from './boxes.ts';
import { LANE_WIDTH, LANES, LEFT, nodesOf, ROW, TOP, WIDTH } from './nodes.ts';
import { inSituation } from './situation.ts';
import { BLUE, escaped, text } from './svg.ts';

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
