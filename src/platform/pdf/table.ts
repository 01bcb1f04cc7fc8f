import { BODY, BOLD, bottomOf, type Doc, PAGE, SIZE } from './sheet.ts';

const PAD_X = 5;
const LINE_GAP = 1;
/** A row higher than this is cut where the page ends instead of being carried over whole. */
const TALL = 220;

interface Layout {
  widths: number[];
  size: number;
  padY: number;
  bold: (column: number) => boolean;
}

const textOptions = (width: number) => ({ width: width - 2 * PAD_X, lineGap: LINE_GAP });

function cellHeight(doc: Doc, text: string, column: number, layout: Layout): number {
  doc.font(layout.bold(column) ? BOLD : BODY).fontSize(layout.size);
  const height = doc.heightOfString(text === '' ? ' ' : text, textOptions(layout.widths[column] ?? 0));
  return height + 2 * layout.padY;
}

function rowHeight(doc: Doc, cells: string[], layout: Layout): number {
  return Math.max(...cells.map((text, i) => cellHeight(doc, text, i, layout)));
}

function drawRow(doc: Doc, cells: string[], layout: Layout, height: number): void {
  const y = doc.y;
  let x = PAGE.left;
  cells.forEach((text, i) => {
    const width = layout.widths[i] ?? 0;
    doc.lineWidth(0.6).rect(x, y, width, height).stroke('#333333');
    doc
      .font(layout.bold(i) ? BOLD : BODY)
      .fontSize(layout.size)
      .fillColor('#000000');
    doc.text(text, x + PAD_X, y + layout.padY, textOptions(width));
    x += width;
  });
  doc.x = PAGE.left;
  doc.y = y + height;
}

/** The longest beginning of `text` that stands in `height`, and the rest. */
function cut(doc: Doc, text: string, column: number, layout: Layout, height: number): [string, string] {
  const chars = [...text];
  let low = 0;
  let high = chars.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (cellHeight(doc, chars.slice(0, middle).join(''), column, layout) <= height) low = middle;
    else high = middle - 1;
  }
  return [chars.slice(0, low).join(''), chars.slice(low).join('')];
}

/** Draws one row, on the next page or in pieces when it does not fit; `onNewPage` repeats the head. */
function flowRow(doc: Doc, cells: string[], layout: Layout, onNewPage: () => void): void {
  let rest = cells;
  for (;;) {
    const height = rowHeight(doc, rest, layout);
    const room = bottomOf(doc) - doc.y;
    if (height <= room) {
      drawRow(doc, rest, layout, height);
      return;
    }
    if (height > TALL && room > TALL / 2) {
      const pieces = rest.map((text, i) => cut(doc, text, i, layout, room));
      drawRow(
        doc,
        pieces.map(([first]) => first),
        layout,
        room,
      );
      rest = pieces.map(([, second]) => second);
    }
    doc.addPage();
    onNewPage();
  }
}

/** Column `shares` are parts of the width of the type area. */
export interface RuledTable {
  head?: string[];
  shares: number[];
  rows: string[][];
  /** The first column is set in bold. */
  labels?: boolean;
  /** Larger type and higher rows: certificates. */
  roomy?: boolean;
}

function layoutOf(table: RuledTable): Layout {
  const sum = table.shares.reduce((a, b) => a + b, 0);
  const widths = table.shares.map((share) => (PAGE.textWidth * share) / sum);
  const bold = (column: number): boolean => table.labels === true && column === 0;
  return table.roomy ? { widths, bold, size: 14, padY: 6 } : { widths, bold, size: SIZE.cell, padY: 3 };
}

/** Height of all rows without a head, in points. */
export function tableHeight(doc: Doc, table: RuledTable): number {
  const layout = layoutOf(table);
  return table.rows.reduce((sum, row) => sum + rowHeight(doc, row, layout), 0);
}

/** A ruled table as wide as the type area; a head row is repeated on every page. */
export function drawTable(doc: Doc, table: RuledTable): void {
  const layout = layoutOf(table);
  const headLayout: Layout = { ...layout, bold: () => true };
  const head = table.head;
  const drawHead = (): void => {
    if (head) drawRow(doc, head, headLayout, rowHeight(doc, head, headLayout));
  };
  const first = table.rows[0];
  const least =
    (head ? rowHeight(doc, head, headLayout) : 0) +
    (first ? Math.min(TALL / 2, rowHeight(doc, first, layout)) : 0);
  if (doc.y + least > bottomOf(doc)) doc.addPage();
  drawHead();
  for (const row of table.rows) flowRow(doc, row, layout, drawHead);
  doc.font(BODY).fontSize(SIZE.text);
}
