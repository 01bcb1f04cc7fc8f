import type { Chip, Node } from './nodes.ts';
import { BLUE, FAINT, FAINT_INK, GREEN, group, INK, RED, rect, text, widthOf, wrapped } from './svg.ts';

/** What to mark: the situation drawn, the state a case is in, and those it has been through. */
export interface Marks {
  /** Draw only the steps this situation takes. */
  situation?: string;
  /** Name of the state the case is in. */
  current?: string;
  /** States the case has been through. */
  visited?: readonly string[];
  /** Ways it went, from state to state; given, everything else is drawn faint. */
  walked?: readonly (readonly [from: string, to: string])[];
}

export interface Frame {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The texts of a box, broken into lines. */
export interface Content {
  title: string[];
  holder: string[];
  chips: Chip[][];
  /** Height of all lines, and of the box. */
  texts: number;
  height: number;
}

export const BOX_WIDTH = 200;
const INNER = BOX_WIDTH - 16;
const LINE_HEIGHTS = { title: 19, holder: 17, chips: 21 };
const PADDING = 10;
const LEAST_HEIGHT = 56;

const chipWidth = (c: Chip): number => widthOf(c.text, 11) + 10;
const CHIP_GAP = 4;

/** Chips in lines of at most a width. */
export function chipLines(chips: Chip[], most: number): Chip[][] {
  const lines: Chip[][] = [];
  let used = most;
  for (const chip of chips) {
    const width = chipWidth(chip) + CHIP_GAP;
    if (used + width > most + CHIP_GAP) {
      lines.push([]);
      used = 0;
    }
    lines.at(-1)?.push(chip);
    used += width;
  }
  return lines;
}

export function contentOf(n: Node, marks: Marks): Content {
  const title = wrapped(marks.current === n.name ? `● ${n.meta.title}` : n.meta.title, 15, INNER);
  const holder = n.holder === undefined ? [] : wrapped(n.holder, 12, INNER);
  const chips = chipLines(n.chips, INNER);
  const texts =
    title.length * LINE_HEIGHTS.title +
    holder.length * LINE_HEIGHTS.holder +
    chips.length * LINE_HEIGHTS.chips;
  return { title, holder, chips, texts, height: Math.max(texts + 2 * PADDING, LEAST_HEIGHT) };
}

interface Look {
  fill: string;
  stroke: string;
  ink: string;
  faint: string;
  strokeWidth: number;
}

function lookOf(n: Node, marks: Marks): Look {
  if (marks.current === n.name)
    return { fill: BLUE, stroke: BLUE, ink: '#ffffff', faint: '#dce9f7', strokeWidth: 3 };
  const plain = { ink: INK, faint: '#4a5866', strokeWidth: 1.5 };
  if (n.name === 'done' && !marks.walked) return { ...plain, fill: '#e6f5eb', stroke: GREEN };
  if (marks.visited?.includes(n.name)) return { ...plain, fill: '#e3edf8', stroke: BLUE };
  if (marks.walked) return { ...plain, ink: FAINT_INK, faint: FAINT_INK, fill: '#ffffff', stroke: FAINT };
  return { ...plain, fill: '#ffffff', stroke: '#8a97a6' };
}

export function box(n: Node, { x, y, width, height }: Frame, content: Content, marks: Marks): string {
  const { fill, stroke, ink, faint, strokeWidth } = lookOf(n, marks);
  const middle = x + width / 2;
  const dashes = n.side ? '5 4' : undefined;
  let at = y + (height - content.texts) / 2;
  const next = (step: number): number => {
    at += step;
    return at;
  };
  return group(
    'box',
    [
      rect({
        x,
        y,
        width,
        height,
        rx: 8,
        fill,
        stroke,
        'stroke-width': strokeWidth,
        'stroke-dasharray': dashes,
      }),
      ...content.title.map((s) =>
        text(middle, next(LINE_HEIGHTS.title) - 4, s, { 'font-size': 15, 'font-weight': 'bold', fill: ink }),
      ),
      ...content.holder.map((s) =>
        text(middle, next(LINE_HEIGHTS.holder) - 4, s, { 'font-size': 12, fill: faint }),
      ),
      ...content.chips.map((chips) => chipRow(chips, middle, next(LINE_HEIGHTS.chips) - 17, marks)),
    ].join(''),
  );
}

/** Chips side by side around a middle; the one the case stands in is red. */
export function chipRow(chips: Chip[], middle: number, y: number, marks: Marks): string {
  const total = chips.reduce((sum, c) => sum + chipWidth(c) + CHIP_GAP, -CHIP_GAP);
  let x = middle - total / 2;
  return chips
    .map((c) => {
      const width = chipWidth(c);
      const here = c.state !== undefined && c.state === marks.current;
      const been = c.state !== undefined && marks.visited?.includes(c.state);
      const fill = here ? RED : been ? '#cfe0f3' : '#f1f4f7';
      const ink = here ? '#ffffff' : c.end ? '#8c1d18' : '#3c4a58';
      const chip = group(
        'chip',
        rect({ x, y, width, height: 17, rx: 8, fill, stroke: '#c3ccd6' }) +
          text(x + width / 2, y + 12.5, c.text, { 'font-size': 11, fill: ink }),
      );
      x += width + CHIP_GAP;
      return chip;
    })
    .join('');
}
