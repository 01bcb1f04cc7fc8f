/**
 * Where everything lies. A row has one main box, its side boxes in a column of their own, and no upright lines;
 * the gap below it has the trunk to the next row and the lines that turn off into the gutter on the left. So no
 * line meets a text.
 */
import { BOX_WIDTH, type Content, type Frame } from './boxes.ts';
import { type Gap, gapOf, isFar, planRow, RETURN } from './heights.ts';
import { LANES, type Node } from './nodes.ts';
import { LABEL_SIZE, widthOf } from './svg.ts';
import { tracksOf } from './tracks.ts';
import type { Trunk, Ways } from './ways.ts';

export const LANE_WIDTH = 216;
const TOP = 58;
/** Below the last row. */
const FOOT = 16;
/** Between the lanes and the side column: labels of ways to side states. */
const CORRIDOR = 132;
const TRACK = 12;
const MARGIN = 16;

/** The upright parts, from left to right. */
interface Columns {
  /** Left edge of the lanes. */
  left: number;
  /** Middle of the corridor. */
  corridor: number;
  /** Left edge of the side column; absent when no state stands there. */
  side?: number;
  /** Where labels of lines round the right begin. */
  sideEnd: number;
  width: number;
  /** x of the upright line to a state. */
  leftTrack(to: Node): number;
  rightTrack(to: Node): number;
}

export interface Layout extends Columns {
  frames: Map<Node, Frame>;
  gaps: Map<Trunk, Gap>;
  /** Lower edge of the lanes. */
  bottom: number;
  /** y at which lines from the right leave or enter a box. */
  rightPort(n: Node): number;
}

/** Room for so many tracks. */
const gutter = (tracks: Map<Node, number>): number =>
  tracks.size === 0 ? 0 : (Math.max(...tracks.values()) + 1) * TRACK;

function columnsOf(nodes: Node[], ways: Ways): Columns {
  const leftTracks = tracksOf(ways.trunks.flatMap((t) => t.forks.filter(isFar)));
  const rightTracks = tracksOf(ways.round);
  const left = MARGIN + gutter(leftTracks);
  const lanesEnd = left + LANES.length * LANE_WIDTH;
  const side = lanesEnd + CORRIDOR;
  const hasSides = nodes.some((n) => n.side);
  const sideEnd = hasSides ? side + BOX_WIDTH : lanesEnd;
  const words = ways.round.flatMap((w) => w.words);
  const labelled = sideEnd + Math.max(0, ...words.map((w) => widthOf(w, LABEL_SIZE)));
  return {
    left,
    corridor: lanesEnd + CORRIDOR / 2,
    ...(hasSides && { side }),
    sideEnd,
    width: labelled + gutter(rightTracks) + MARGIN,
    leftTrack: (to) => left - TRACK * ((leftTracks.get(to) as number) + 1),
    rightTrack: (to) => labelled + TRACK * ((rightTracks.get(to) as number) + 1),
  };
}

/** Place every box, row after row, and measure the gaps between them. */
export function layoutOf(nodes: Node[], contents: Map<Node, Content>, ways: Ways): Layout {
  const columns = columnsOf(nodes, ways);
  const frames = new Map<Node, Frame>();
  const gaps = new Map(ways.trunks.map((t) => [t, gapOf(t)]));
  let y = TOP;
  for (const main of nodes.filter((n) => !n.side)) {
    const { sides, height } = planRow(main, nodes, contents, ways);
    const x = columns.left + main.lane * LANE_WIDTH + (LANE_WIDTH - BOX_WIDTH) / 2;
    frames.set(main, { x, y, width: BOX_WIDTH, height });
    for (const { node, top, height: h } of sides)
      frames.set(node, { x: columns.side as number, y: y + top, width: BOX_WIDTH, height: h });
    const trunk = ways.trunks.find((t) => t.from === main);
    y += height + (trunk ? (gaps.get(trunk) as Gap).height : FOOT);
  }
  const rightPort = (n: Node): number => {
    const { y, height } = frames.get(n) as Frame;
    const withSides = !n.side && nodes.some((other) => other.side && other.row === n.row);
    return withSides ? y + height - RETURN / 2 : y + height / 2;
  };
  return { ...columns, frames, gaps, bottom: y, rightPort };
}
