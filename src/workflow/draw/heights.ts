/** How high the rows and the gaps between them are, and what lies where in them. */
import type { Content } from './boxes.ts';
import type { Node } from './nodes.ts';
import type { Trunk, Way, Ways } from './ways.ts';

/** From one label's line to the next. */
export const LABEL_LINE = 15;
/** Half the distance of the two lines between a box and its side box. */
export const PAIR = 11;
/** Height kept below the side boxes for lines that come back round the right. */
export const RETURN = 24;

/** How the gap below a row is used: heights below the row. */
export interface Gap {
  joins: { way: Way; y: number }[];
  /** Ways past the next row, the farthest first. */
  far: { way: Way; y: number }[];
  near?: { way: Way; y: number };
  height: number;
}

export const isFar = ({ from, to }: Way): boolean => to.row > from.row + 1;

/** From above: the words, lines of side states that join, lines to the left, the line to the next row. */
export function gapOf({ words, joins, forks }: Trunk): Gap {
  const labelled = 6 + Math.max(words.length, ...joins.map((j) => j.words.length)) * LABEL_LINE;
  const joined = joins.map((way, i) => ({ way, y: labelled + 10 * (i + 1) }));
  const top = joined.at(-1)?.y ?? 4;
  const step = forks.some((f) => f.condition) ? 20 : 12;
  const far = forks
    .filter(isFar)
    .sort((a, b) => b.to.row - a.to.row)
    .map((way, i) => ({ way, y: top + step * (i + 1) }));
  const y = Math.max(labelled, far.at(-1)?.y ?? top) + 8;
  const near = forks.find((f) => !isFar(f));
  const height = y + (near?.condition ? 26 : 16);
  return { joins: joined, far, ...(near && { near: { way: near, y } }), height };
}

interface SidePlan {
  node: Node;
  /** Below the top of the row. */
  top: number;
  height: number;
}

/** Height a side box takes up, with the labels of the lines that lead to it and back. */
function slotHeight(n: Node, { height }: Content, beside: Way[]): number {
  const lines = beside.filter((w) => w.from === n || w.to === n).map((w) => w.words.length);
  return Math.max(height, 2 * (PAIR + 8 + Math.max(0, ...lines) * LABEL_LINE));
}

/** Room above a side box: a way down to it from the one above has a label. */
const above = (n: Node, stacked: Way[]): number => (stacked.some((w) => w.to === n) ? 38 : 14);

/** A row: the main box is as high as the boxes beside it, so that every line between them is straight. */
export function planRow(
  main: Node,
  nodes: Node[],
  contents: Map<Node, Content>,
  ways: Ways,
): { sides: SidePlan[]; height: number } {
  const content = (n: Node): Content => contents.get(n) as Content;
  let stack = 0;
  const sides = nodes
    .filter((n) => n.side && n.row === main.row)
    .map((node, i): SidePlan => {
      const slot = slotHeight(node, content(node), ways.beside);
      stack += i === 0 ? 0 : above(node, ways.stacked);
      const { height } = content(node);
      const top = stack + (slot - height) / 2;
      stack += slot;
      return { node, top, height };
    });
  const returns = stack > 0 && ways.round.some((w) => w.to === main || w.from === main) ? RETURN : 0;
  return { sides, height: Math.max(content(main).height, stack) + returns };
}
