import { closingStrip } from './closing.ts';
import { drawPages, noteStrips, paginate, type Strip } from './flow.ts';
import {
  balanced,
  type Doc,
  finish,
  measure,
  mm,
  newDoc,
  numberPage,
  PAGE,
  printable,
  RULE,
  SIZE,
  type Type,
  wrap,
  write,
  writeCentred,
  writeLine,
} from './sheet.ts';
import { type Density, tableStrips } from './table.ts';
import type { Block, PrintedPaper } from './types.ts';

/** How close a paper is set, in points: distance of lines of text, title and number; blank around tables. */
interface Setting extends Density {
  pitch: number;
  title: number;
  number: number;
  gap: number;
}

/**
 * GB/T 9704: 22 lines to the page, and another number where a case asks for it (5.2.3). Up to 30 are for papers that
 * would else run over to one more page; the size of the type never changes.
 */
const SETTINGS: Setting[] = [22, 24, 26, 28, 30].map((lines) => {
  const closer = (lines - 22) / 8;
  const between = (wide: number, close: number): number => wide + (close - wide) * closer;
  return {
    pitch: PAGE.textHeight / lines,
    title: between(33, 28),
    number: between(36, 24),
    gap: between(8, 4),
    cell: between(18, 15),
    pad: between(3, 1),
  };
});
const CENTRE = PAGE.left + PAGE.textWidth / 2;
const TEXT: Type = { size: SIZE.text };

/** Least room to write a name, in points. */
const MIN_LINE = 60;
/** A picture of a signature is no higher than this. */
const PICTURE = mm(18);
/** A last block lower than this goes over to the next page as a whole. */
const SHORT = 200;

/**
 * An official paper after GB/T 9704-2012: title in 2号 centred, number, text in 3号 with an indent of
 * two characters, ruled tables, signature with date and seal at the right, code at the left, page
 * numbers. Same input, same bytes.
 */
export function renderPaperPdf(paper: PrintedPaper): Promise<Buffer> {
  const { print, note } = printable(paper);
  const doc = newDoc(paper);
  drawPages(doc, widestFitting(print, note), { foot: numberPage });
  return finish(doc);
}

/** The widest setting of those that need the fewest pages. */
function widestFitting(paper: PrintedPaper, note: string | null): Strip[][] {
  let best: Strip[][] | undefined;
  for (const setting of SETTINGS) {
    if (best?.length === 1) break;
    const pages = paginate(stripsOf(paper, note, setting), PAGE.textHeight);
    if (best === undefined || pages.length < best.length) best = pages;
  }
  return best ?? [];
}

function stripsOf(paper: PrintedPaper, note: string | null, setting: Setting): Strip[] {
  const blocks = paper.blocks.map((block) => blockStrips(block, setting));
  const last = blocks.pop() ?? [];
  return [
    ...headingStrips(paper, setting),
    ...blocks.flat(),
    ...keptTogether(last),
    { ...closingStrip(paper.signature), keep: note !== null },
    ...(note === null ? [] : noteStrips(note)),
  ];
}

/** A signature never stands on a page alone: the last block, or its last two lines, go over with it. */
function keptTogether(strips: Strip[]): Strip[] {
  const height = strips.reduce((sum, strip) => sum + strip.height, 0);
  const from = height < SHORT ? 0 : strips.length - 2;
  return strips.map((strip, i) => (i < from ? strip : { ...strip, keep: true }));
}

function headingStrips({ heading, number }: PrintedPaper, setting: Setting): Strip[] {
  const type: Type = { size: SIZE.title, weight: 'bold' };
  const titles = heading.flatMap((title) => balanced(title, type, PAGE.textWidth));
  const strip = (text: string, height: number, set: Type): Strip => ({
    height,
    keep: true,
    draw: (doc, top) => writeCentred(doc, text, CENTRE, top + (height - set.size) / 2, set),
  });
  return [...titles.map((title) => strip(title, setting.title, type)), strip(number, setting.number, TEXT)];
}

function blockStrips(block: Block, setting: Setting): Strip[] {
  switch (block.kind) {
    case 'paragraph':
      return paragraphStrips(block, setting);
    case 'fields': {
      const rows = block.rows.map(({ label, value }) => [label, value]);
      return spaced(tableStrips({ shares: [26, 74], labels: true, rows }, setting), setting.gap);
    }
    case 'table':
      return spaced(
        tableStrips({ head: block.head, shares: block.widths, rows: block.rows }, setting),
        setting.gap,
      );
    case 'image':
      return [pictureStrip(block)];
    case 'lines':
      return spaced(signingStrips(block.items, setting), setting.gap);
  }
}

/** Blank around a table or a list of places to sign. */
function spaced(strips: Strip[], gap: number): Strip[] {
  const [first, ...rest] = strips;
  if (!first) return [];
  const last = { height: gap, draw: () => {} };
  return [{ ...first, before: gap }, ...rest, last];
}

/** One strip to the line; no line of a paragraph is left alone on a page. */
function paragraphStrips(
  { text, bold, indent }: Extract<Block, { kind: 'paragraph' }>,
  { pitch }: Setting,
): Strip[] {
  const type: Type = { ...TEXT, weight: bold ? 'bold' : 'regular' };
  const lines = wrap(text, type, PAGE.textWidth, indent === false ? 0 : 2);
  return lines.map((line, i) => ({
    height: pitch,
    keep: lines.length > 1 && (i === 0 || i === lines.length - 2),
    draw: (doc, top) => writeLine(doc, line, PAGE.left, top + (pitch - type.size) / 2, type, PAGE.textWidth),
  }));
}

/** A picture beside its label: a signature written on the screen. */
const pictureStrip = ({ label, bytes }: Extract<Block, { kind: 'image' }>): Strip => ({
  height: PICTURE + 6,
  draw(doc, top) {
    write(doc, label, PAGE.left, top + (PICTURE - SIZE.text) / 2, TEXT);
    const x = PAGE.left + measure(label, TEXT) + 8;
    doc.image(bytes, x, top, { fit: [mm(70), PICTURE], valign: 'center' });
  },
});

/** Places to sign by hand: two beside each other where both leave room to write, else one to the line. */
function signingStrips(items: string[], { pitch }: Setting): Strip[] {
  const type = { size: SIZE.cell + 1 };
  const half = PAGE.textWidth / 2;
  const isShort = (item: string | undefined): item is string =>
    item !== undefined && measure(item, type) + MIN_LINE <= half;
  const strips: Strip[] = [];
  for (let i = 0; i < items.length; ) {
    const [first = '', second] = items.slice(i, i + 2);
    const pair = isShort(first) && isShort(second);
    strips.push({
      height: pitch,
      draw(doc, top) {
        const y = top + (pitch - type.size) / 2;
        drawPlace(doc, first, PAGE.left, y, pair ? half - 10 : PAGE.textWidth * 0.7, type);
        if (pair) drawPlace(doc, second, PAGE.left + half, y, half, type);
      },
    });
    i += pair ? 2 : 1;
  }
  return strips;
}

function drawPlace(doc: Doc, label: string, x: number, y: number, width: number, type: Type): void {
  write(doc, label, x, y, type);
  const under = y + type.size + 2;
  doc
    .lineWidth(0.6)
    .moveTo(x + measure(label, type) + 4, under)
    .lineTo(x + width, under)
    .stroke(RULE);
}
