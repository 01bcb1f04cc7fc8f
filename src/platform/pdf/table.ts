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

/** Column `shares` are parts of the width of the type area; the first column is centred. */
export interface RuledTable {
  head?: string[];
  shares: number[];
  rows: string[][];
  /** The first column is set in bold. */
  labels?: boolean;
}

interface Cell {
  x: number;
  width: number;
  type: Type;
  lines: Line[];
  centred: boolean;
}

/** The strips of a ruled table as wide as the type area; a head row is repeated on every page. */
export function tableStrips(table: RuledTable, density: Density): Strip[] {
  const cellsOf = (row: string[], isHead: boolean): Cell[] => {
    const sum = table.shares.reduce((a, b) => a + b, 0);
    let x: number = PAGE.left;
    return row.map((text, i) => {
      const width = (PAGE.textWidth * (table.shares[i] ?? 0)) / sum;
      const isBold = isHead || (table.labels === true && i === 0);
      const type: Type = { size: SIZE.cell, weight: isBold ? 'bold' : 'regular' };
      const lines = wrap(text, type, width - 2 * PAD_X);
      const cell = { x, width, type, lines, centred: isHead };
      x += width;
      return cell;
    });
  };
  const head = table.head && rowStrips(cellsOf(table.head, true), density)[0];
  const rows = table.rows.flatMap((row) => rowStrips(cellsOf(row, false), density));
  return [
    ...(head ? [{ ...head, keep: true }] : []),
    ...rows.map((strip) => ({ ...strip, ...(head && { head }) })),
  ];
}

/** One strip to the row, or one to the line of a tall row, whose first and last two lines stay together. */
function rowStrips(cells: Cell[], density: Density): Strip[] {
  const count = Math.max(...cells.map(({ lines }) => lines.length));
  if (count <= TALL) return [rowStrip(cells, density, { from: 0, to: count, of: count })];
  return Array.from({ length: count }, (_, i) => ({
    ...rowStrip(cells, density, { from: i, to: i + 1, of: count }),
    keep: i === 0 || i === count - 2,
  }));
}

interface Part {
  from: number;
  to: number;
  of: number;
}

function rowStrip(cells: Cell[], { cell: pitch, pad }: Density, { from, to, of }: Part): Strip {
  const above = from === 0 ? pad : 0;
  const below = to === of ? pad : 0;
  const height = above + (to - from) * pitch + below;
  return {
    height,
    draw(doc, top, place) {
      drawRules(doc, cells, top, height, {
        above: from === 0 || place.first,
        below: to === of || place.last,
      });
      for (const cell of cells) {
        // A short cell of a row in one piece stands in its middle.
        const sunk = from === 0 && to === of ? ((of - cell.lines.length) * pitch) / 2 : 0;
        cell.lines.slice(from, to).forEach((line, i) => {
          drawLine(doc, cell, line, top + above + sunk + i * pitch + (pitch - cell.type.size) / 2);
        });
      }
    },
  };
}

function drawRules(
  doc: Doc,
  cells: Cell[],
  top: number,
  height: number,
  ruled: { above: boolean; below: boolean },
): void {
  doc.lineWidth(0.6);
  const right = PAGE.left + PAGE.textWidth;
  for (const x of [...cells.map((cell) => cell.x), right]) doc.moveTo(x, top).lineTo(x, top + height);
  if (ruled.above) doc.moveTo(PAGE.left, top).lineTo(right, top);
  if (ruled.below) doc.moveTo(PAGE.left, top + height).lineTo(right, top + height);
  doc.stroke(RULE);
}

function drawLine(doc: Doc, cell: Cell, line: Line, top: number): void {
  if (cell.centred) writeCentred(doc, line.text, cell.x + cell.width / 2, top, cell.type);
  else writeLine(doc, line, cell.x + PAD_X, top, cell.type, cell.width - 2 * PAD_X);
}
