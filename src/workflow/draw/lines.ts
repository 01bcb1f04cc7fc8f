import type { Frame } from './boxes.ts';
import { LABEL_LINE, PAIR } from './heights.ts';
import type { Layout } from './layout.ts';
import type { Node } from './nodes.ts';
import { group, LABEL_SIZE, line, type Point, text, widthOf } from './svg.ts';
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
const labelsAbove = (x: number, y: number, words: string[], anchor: Anchor): string =>
  labels(x, y - (words.length - 1) * LABEL_LINE, words, anchor);

const CONDITION = '#7a4a00';
/** An arrowhead stops short of the box it points at. */
const SHORT = 2;

/** Every way between boxes, with its words. */
export function lines(ways: Ways, layout: Layout): string {
  const frame = (n: Node): Frame => layout.frames.get(n) as Frame;
  return [
    ...ways.trunks.map((t) => trunk(t, layout, frame)),
    ...ways.beside.map((w) => beside(w, layout, frame)),
    ...ways.stacked.map((w) => stacked(w, frame)),
    ...ways.round.map((w) => round(w, layout, frame)),
  ].join('\n');
}

type FrameOf = (n: Node) => Frame;
const centre = ({ x, width }: Frame): number => x + width / 2;
const middle = ({ y, height }: Frame): number => y + height / 2;

function trunk(t: Trunk, layout: Layout, frame: FrameOf): string {
  const gap = layout.gaps.get(t);
  if (!gap) throw new Error(`no gap below ${t.from.name}`);
  const x = centre(frame(t.from));
  const top = frame(t.from).y + frame(t.from).height;
  const start: Point = [x, top];
  const near = gap.near && nearLine(gap.near.way, start, top + gap.near.y, frame(gap.near.way.to));
  const far = gap.far.map(({ way, y }) => farLine(way, start, top + y, layout, frame(way.to)));
  const joins = gap.joins.map(({ way, y }) => joinLine(way, x, top, y, frame(way.from)));
  return [labels(x + 7, top + 17, t.words, 'start'), near ?? '', ...far, ...joins].join('');
}

function nearLine({ condition }: Way, start: Point, y: number, to: Frame): string {
  const x = centre(to);
  const end: Point = [x, to.y - SHORT];
  const bend: Point[] =
    x === start[0]
      ? []
      : [
          [start[0], y],
          [x, y],
        ];
  const words = condition ? labels(x + 7, y + 16, [condition], 'start', CONDITION) : '';
  return line([start, ...bend, end]) + words;
}

/** Into the gutter on the left, down, and into the box from its left side; it says where to when there is room. */
function farLine({ condition, to }: Way, start: Point, y: number, layout: Layout, box: Frame): string {
  const track = layout.leftTrack(to);
  const at = middle(box);
  const full = `${condition}：${to.meta.title}`;
  const named = widthOf(full, LABEL_SIZE) < start[0] - 9 - layout.left ? full : `${condition}`;
  const words = condition ? labels(start[0] - 9, y - 5, [named], 'end', CONDITION) : '';
  return line([start, [start[0], y], [track, y], [track, at], [box.x - SHORT, at]]) + words;
}

/** From below a side state into the trunk of its row. */
function joinLine({ words }: Way, x: number, top: number, y: number, from: Frame): string {
  const start = centre(from);
  const path: Point[] = [
    [start, from.y + from.height],
    [start, top + y],
    [x, top + y],
  ];
  return line(path, { dashed: true, arrow: false }) + labels(start + 7, top + 17, words, 'start');
}

function beside({ from, to, words }: Way, layout: Layout, frame: FrameOf): string {
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
        { dashed: true },
      ) + labels(layout.corridor, y + 15, words, 'middle')
    );
  }
  const y = middle(side) - PAIR;
  return (
    line(
      [
        [inner, y],
        [outer - SHORT, y],
      ],
      { dashed: true },
    ) + labelsAbove(layout.corridor, y - 6, words, 'middle')
  );
}

function stacked({ from, to, words }: Way, frame: FrameOf): string {
  const [upper, lower] = [frame(from), frame(to)];
  const x = centre(upper);
  const top = upper.y + upper.height;
  const label = labels(x + 7, (top + lower.y) / 2 + 3, words, 'start');
  return (
    line(
      [
        [x, top],
        [x, lower.y - SHORT],
      ],
      { dashed: true },
    ) + label
  );
}

/** Round the right of the drawing, mostly back to an earlier row. */
function round({ from, to, words }: Way, layout: Layout, frame: FrameOf): string {
  const [box, target] = [frame(from), frame(to)];
  const track = layout.rightTrack(to);
  const [y, at] = [layout.rightPort(from), layout.rightPort(to)];
  const path: Point[] = [
    [box.x + box.width, y],
    [track, y],
    [track, at],
    [target.x + target.width + SHORT, at],
  ];
  return line(path, { dashed: true }) + labelsAbove(layout.sideEnd + 6, y - 6, words, 'start');
}
