import type { Strip } from './flow.ts';
import type { Line } from './lines.ts';
import { type Doc, PAGE, RULE, SIZE, type Type, wrap, writeCentred, writeLine } from './sheet.ts';

/** How close a table is set, in points: distance of lines, blank above and below them. */
export interface Density {
  cell: number;
  pad: number;
}

const PAD_X = 5;
/** A row of more lines than this may be divided by a page end. */
const TALL = 8;

/** Column `shares` are parts of the width of the type area; the numbers before rows below a head are centred. */
export interface RuledTable {
  head?: string[];
  shares: number[];
  rows: string[][];
  /** The first column is set in bold. */
  labels?: boolean;
}

/** One text of a row: its lines, where they stand, and how one is written. */
export interface Cell {
  lines: Line[];
  size: number;
  write(doc: Doc, line: Line, top: number): void;
}

/** How rows look: distance of lines, blank above and below, rules; may short cells stand in the middle of a row? */
export interface RowStyle {
  pitch: number;
  pad: number;
  isSunk: boolean;
  rules(doc: Doc, top: number, height: number, ends: { above: boolean; below: boolean }): void;
  head?: Strip;
}

/** The strips of a ruled table as wide as the type area; a head row is repeated on every page. */
export function tableStrips(table: RuledTable, { cell: pitch, pad }: Density): Strip[] {
  const sum = table.shares.reduce((a, b) => a + b, 0);
  const widths = table.shares.map((share) => (PAGE.textWidth * share) / sum);
  const lefts = widths.map((_, i) => PAGE.left + widths.slice(0, i).reduce((a, b) => a + b, 0));
  const cellsOf = (row: string[], isHead: boolean): Cell[] =>
    row.map((text, i) => {
      const isBold = isHead || (table.labels === true && i === 0);
      const isCentred = isHead || (table.head !== undefined && i === 0);
      const box = { left: lefts[i] ?? 0, width: widths[i] ?? 0 };
      return tableCell(text, box, { isBold, isCentred });
    });
  const style: RowStyle = { pitch, pad, isSunk: true, rules: gridOf(lefts) };
  const head = table.head && rowStrip(cellsOf(table.head, true), style);
  const rows = table.rows.map((row) => rowStrip(cellsOf(row, false), { ...style, head }));
  return head ? [{ ...head, keep: true }, ...rows] : rows;
}

function tableCell(
  text: string,
  { left, width }: { left: number; width: number },
  { isBold, isCentred }: { isBold: boolean; isCentred: boolean },
): Cell {
  const type: Type = { size: SIZE.cell, weight: isBold ? 'bold' : 'regular' };
  const room = width - 2 * PAD_X;
  return {
    lines: wrap(text, type, room),
    size: type.size,
    write(doc, line, top) {
      if (isCentred) writeCentred(doc, line.text, left + width / 2, top, type);
      else writeLine(doc, line, left + PAD_X, top, type, room);
    },
  };
}

/** Lines `from` up to `to` of a row; a tall row is cut between two of them, two at least on each side. */
export function rowStrip(cells: Cell[], style: RowStyle, from = 0, to = linesIn(cells)): Strip {
  const { pitch, pad, head } = style;
  const isFirst = from === 0;
  const isLast = to === linesIn(cells);
  const above = isFirst ? pad : 0;
  const height = above + (to - from) * pitch + (isLast ? pad : 0);
  return {
    height,
    ...(head && { head }),
    ...(to - from > TALL && {
      cut(room) {
        const middle = Math.min(from + Math.floor((room - above) / pitch), to - 2);
        return middle < from + 2
          ? undefined
          : [rowStrip(cells, style, from, middle), rowStrip(cells, style, middle, to)];
      },
    }),
    draw(doc, top, place) {
      style.rules(doc, top, height, { above: isFirst || place.first, below: isLast || place.last });
      for (const cell of cells) {
        const isWhole = style.isSunk && isFirst && isLast;
        const sunk = isWhole ? ((to - cell.lines.length) * pitch) / 2 : 0;
        cell.lines.slice(from, to).forEach((line, i) => {
          cell.write(doc, line, top + above + sunk + i * pitch + (pitch - cell.size) / 2);
        });
      }
    },
  };
}

const linesIn = (cells: Cell[]): number => Math.max(...cells.map(({ lines }) => lines.length));

/** Rules around every cell. */
const gridOf =
  (lefts: number[]): RowStyle['rules'] =>
  (doc, top, height, ends) => {
    doc.lineWidth(0.6);
    const right = PAGE.left + PAGE.textWidth;
    for (const x of [...lefts, right]) doc.moveTo(x, top).lineTo(x, top + height);
    if (ends.above) doc.moveTo(PAGE.left, top).lineTo(right, top);
    if (ends.below) doc.moveTo(PAGE.left, top + height).lineTo(right, top + height);
    doc.stroke(RULE);
  };
