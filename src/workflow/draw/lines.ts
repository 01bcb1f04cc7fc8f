import type { Frame, Marks } from './boxes.ts';
import { LABEL_LINE, PAIR } from './heights.ts';
import type { Layout } from './layout.ts';
import type { Node } from './nodes.ts';
import { FAINT_INK, group, LABEL_SIZE, line, type Point, type Stroke, text, widthOf } from './svg.ts';
import type { Trunk, Way, Ways } from './ways.ts';

type Anchor = 'start' | 'middle' | 'end';

/** Words one below the other, the first on the line at `y`. */
const labels = (x: number, y: number, words: string[], anchor: Anchor, fill = '#33414f'): string =>
  words
    .map((w, i) =>
      group(
        'label',
        text(x, y + i * LABEL_LINE, w, { 'font-size': LABEL_SIZE, 'text-anchor': anchor, fill }),
      ),
    )
    .join('');

/** The same, the last on the line at `y`. */
const labelsAbove = (x: number, y: number, words: string[], anchor: Anchor, fill?: string): string =>
  labels(x, y - (words.length - 1) * LABEL_LINE, words, anchor, fill);

const CONDITION = '#7a4a00';
/** An arrowhead stops short of the box it points at. */
const SHORT = 2;

/** A line with its words; what a case walked lies above what it did not. */
interface Piece {
  stroke: Stroke;
  svg: string;
}

const RANK: Record<Stroke, number> = { faint: 0, plain: 1, walked: 2 };

/** What every line needs to know of the drawing. */
interface Sheet {
  layout: Layout;
  frame(n: Node): Frame;
  strokeOf(way: Way): Stroke;
}

const inkOf = (stroke: Stroke): string | undefined => (stroke === 'faint' ? FAINT_INK : undefined);

/** Every way between boxes, with its words. */
export function lines(ways: Ways, layout: Layout, { walked }: Marks): string {
  const sheet: Sheet = {
    layout,
    frame: (n) => layout.frames.get(n) as Frame,
    strokeOf: ({ from, to }) => {
      if (!walked) return 'plain';
      return walked.some(([a, b]) => a === from.name && b === to.name) ? 'walked' : 'faint';
    },
  };
  const one =
    (drawn: (way: Way, sheet: Sheet, stroke: Stroke) => string) =>
    (way: Way): Piece => {
      const stroke = sheet.strokeOf(way);
      return { stroke, svg: drawn(way, sheet, stroke) };
    };
  return [
    ...ways.trunks.flatMap((t) => trunk(t, sheet)),
    ...ways.beside.map(one(beside)),
    ...ways.stacked.map(one(stacked)),
    ...ways.round.map(one(round)),
  ]
    .sort((a, b) => RANK[a.stroke] - RANK[b.stroke])
    .map(({ svg }) => svg)
    .join('\n');
}

const centre = ({ x, width }: Frame): number => x + width / 2;
const middle = ({ y, height }: Frame): number => y + height / 2;

function trunk(t: Trunk, sheet: Sheet): Piece[] {
  const { layout, frame, strokeOf } = sheet;
  const gap = layout.gaps.get(t);
  if (!gap) throw new Error(`no gap below ${t.from.name}`);
  const x = centre(frame(t.from));
  const top = frame(t.from).y + frame(t.from).height;
  const start: Point = [x, top];
  const piece = (way: Way, drawn: (stroke: Stroke) => string): Piece => {
    const stroke = strokeOf(way);
    return { stroke, svg: drawn(stroke) };
  };
  const near = gap.near && [
    piece(gap.near.way, (s) => nearLine(gap.near?.way as Way, start, top + (gap.near?.y ?? 0), sheet, s)),
  ];
  const far = gap.far.map(({ way, y }) => piece(way, (s) => farLine(way, start, top + y, sheet, s)));
  const joins = gap.joins.map(({ way, y }) => piece(way, (s) => joinLine(way, [x, top], y, sheet, s)));
  const strokes = t.forks.map(strokeOf);
  const stroke = strokes.includes('walked') ? 'walked' : (strokes[0] ?? 'plain');
  const words = { stroke, svg: labels(x + 7, top + 17, t.words, 'start', inkOf(stroke)) };
  return [words, ...(near ?? []), ...far, ...joins];
}

function nearLine({ condition, to }: Way, start: Point, y: number, { frame }: Sheet, stroke: Stroke): string {
  const box = frame(to);
  const x = centre(box);
  const end: Point = [x, box.y - SHORT];
  const bend: Point[] =
    x === start[0]
      ? []
      : [
          [start[0], y],
          [x, y],
        ];
  const words = condition ? labels(x + 7, y + 16, [condition], 'start', CONDITION) : '';
  return line([start, ...bend, end], { stroke }) + words;
}

/** Into the gutter on the left, down, and into the box from its left side; it says where to when there is room. */
function farLine(
  { condition, to }: Way,
  start: Point,
  y: number,
  { layout, frame }: Sheet,
  stroke: Stroke,
): string {
  const box = frame(to);
  const track = layout.leftTrack(to);
  const at = middle(box);
  const full = `${condition}：${to.meta.title}`;
  const named = widthOf(full, LABEL_SIZE) < start[0] - 9 - layout.left ? full : `${condition}`;
  const words = condition ? labels(start[0] - 9, y - 5, [named], 'end', CONDITION) : '';
  const path: Point[] = [start, [start[0], y], [track, y], [track, at], [box.x - SHORT, at]];
  return line(path, { stroke }) + words;
}

/** From below a side state into the trunk of its row. */
function joinLine(
  { words, from }: Way,
  [x, top]: Point,
  y: number,
  { frame }: Sheet,
  stroke: Stroke,
): string {
  const box = frame(from);
  const start = centre(box);
  const path: Point[] = [
    [start, box.y + box.height],
    [start, top + y],
    [x, top + y],
  ];
  return (
    line(path, { dashed: true, arrow: false, stroke }) +
    labels(start + 7, top + 17, words, 'start', inkOf(stroke))
  );
}

function beside({ from, to, words }: Way, { layout, frame }: Sheet, stroke: Stroke): string {
  const [main, side] = from.side ? [frame(to), frame(from)] : [frame(from), frame(to)];
  const [inner, outer] = [main.x + main.width, side.x];
  if (from.side) {
    const y = middle(side) + PAIR;
    return (
      line(
        [
          [outer, y],
          [inner + SHORT, y],
        ],
        { dashed: true, stroke },
      ) + labels(layout.corridor, y + 15, words, 'middle', inkOf(stroke))
    );
  }
  const y = middle(side) - PAIR;
  return (
    line(
      [
        [inner, y],
        [outer - SHORT, y],
      ],
      { dashed: true, stroke },
    ) + labelsAbove(layout.corridor, y - 6, words, 'middle', inkOf(stroke))
  );
}

function stacked({ from, to, words }: Way, { frame }: Sheet, stroke: Stroke): string {
  const [upper, lower] = [frame(from), frame(to)];
  const x = centre(upper);
  const top = upper.y + upper.height;
  const label = labels(x + 7, (top + lower.y) / 2 + 3, words, 'start', inkOf(stroke));
  return (
    line(
      [
        [x, top],
        [x, lower.y - SHORT],
      ],
      { dashed: true, stroke },
    ) + label
  );
}

/** Round the right of the drawing, mostly back to an earlier row. */
function round({ from, to, words }: Way, { layout, frame }: Sheet, stroke: Stroke): string {
  const [box, target] = [frame(from), frame(to)];
  const track = layout.rightTrack(to);
  const [y, at] = [layout.rightPort(from), layout.rightPort(to)];
  const path: Point[] = [
    [box.x + box.width, y],
    [track, y],
    [track, at],
    [target.x + target.width + SHORT, at],
  ];
  return (
    line(path, { dashed: true, stroke }) +
    labelsAbove(layout.sideEnd + 6, y - 6, words, 'start', inkOf(stroke))
  );
}
