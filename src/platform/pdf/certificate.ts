import { closingStrip } from './closing.ts';
import { drawPages, heightOn, noteStrips, paginate, type Strip } from './flow.ts';
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
  type Type,
  wrap,
  write,
  writeCentred,
  writeLine,
} from './sheet.ts';
import { type Cell, type RowStyle, rowStrip } from './table.ts';
import type { PrintedCertificate } from './types.ts';

const GOLD = '#8c6d1f';
const PALE = '#e3d3a3';
const CENTRE = PAGE.left + PAGE.textWidth / 2;
const TITLE: Type = { size: 34, weight: 'bold' };
const TITLE_PITCH = 50;
const NUMBER: Type = { size: 14 };
const NUMBER_PITCH = 44;
const FIELD: Type = { size: 15 };
const FIELD_PITCH = 22;
const LABEL: Type = { ...FIELD, weight: 'bold' };
const LABEL_WIDTH = 8 * LABEL.size;
const VALUE_LEFT = PAGE.left + LABEL_WIDTH + 12;
const VALUE_WIDTH = PAGE.textWidth - LABEL_WIDTH - 12;
/** Blank above and below a field, from roomy to close: the first that fits one sheet. */
const PADS = [15, 11, 7, 4];
const NOTE_SIZE = 10.5;

/**
 * A certificate on framed sheets: title, number, ruled fields; organ, date, seal and code at the foot. Same input,
 * same bytes.
 */
export function renderCertificatePdf(certificate: PrintedCertificate): Promise<Buffer> {
  const { print, note } = printable(certificate);
  const doc = newDoc(certificate);
  const pages = sheetsOf(print, note);
  drawPages(doc, pages, { ground: drawFrame, foot: pages.length > 1 ? numberPage : undefined });
  return finish(doc);
}

function sheetsOf(print: PrintedCertificate, missing: string | null): Strip[][] {
  let pages: Strip[][] = [];
  for (const pad of PADS) {
    const notes = [print.note, missing].filter((note) => note !== null);
    pages = paginate(
      [
        ...headingStrips(print),
        ...print.rows.map((row) => fieldStrip(row, pad)),
        ...notes.flatMap((note) => noteStrips(note, NOTE_SIZE)),
        closingStrip(print.signature),
      ],
      PAGE.textHeight,
    );
    if (pages.length === 1) break;
  }
  return [...pages.slice(0, -1), sunk(pages.at(-1) ?? [])];
}

/** The last strip at the foot of the sheet. */
function sunk(strips: Strip[]): Strip[] {
  const last = strips.at(-1);
  if (!last) return strips;
  const before = (last.before ?? 0) + PAGE.textHeight - heightOn(strips);
  return [...strips.slice(0, -1), { ...last, before }];
}

function headingStrips({ heading, number }: PrintedCertificate): Strip[] {
  const strip = (text: string, height: number, type: Type): Strip => ({
    height,
    keep: true,
    draw: (doc, top) => writeCentred(doc, text, CENTRE, top + 6, type),
  });
  const titles = balanced(heading, TITLE, PAGE.textWidth);
  return [
    ...titles.map((line) => strip(line, TITLE_PITCH, TITLE)),
    strip(`编号：${number}`, NUMBER_PITCH, NUMBER),
  ];
}

/** Label and value side by side, a fine rule below. */
function fieldStrip({ label, value }: { label: string; value: string }, pad: number): Strip {
  const cells: Cell[] = [
    {
      lines: wrap(label, LABEL, LABEL_WIDTH),
      size: LABEL.size,
      write: (doc, line, top) => write(doc, line.text, PAGE.left, top, LABEL, spread(line.text)),
    },
    {
      lines: wrap(value, FIELD, VALUE_WIDTH),
      size: FIELD.size,
      write: (doc, line, top) => writeLine(doc, line, VALUE_LEFT, top, FIELD, VALUE_WIDTH),
    },
  ];
  const rules: RowStyle['rules'] = (doc, top, height, { below }) => {
    if (below) drawRule(doc, top + height);
  };
  return rowStrip(cells, { pitch: FIELD_PITCH, pad, isSunk: false, rules });
}

/** Short names of fields are spread over four characters, as on printed forms. */
function spread(label: string): number {
  const gaps = [...label].length - 1;
  return gaps === 1 || gaps === 2 ? (4 * LABEL.size - measure(label, LABEL)) / gaps : 0;
}

function drawRule(doc: Doc, y: number): void {
  doc
    .lineWidth(0.5)
    .moveTo(PAGE.left, y)
    .lineTo(PAGE.left + PAGE.textWidth, y)
    .stroke(PALE);
}

/** Two rules with a chequered band between them. */
function drawFrame(doc: Doc): void {
  const frame = (inset: number, width: number): Doc => {
    const d = mm(inset);
    return doc.lineWidth(mm(width)).rect(d, d, PAGE.width - 2 * d, PAGE.height - 2 * d);
  };
  doc.save();
  frame(9, 0.9).stroke(GOLD);
  doc.dash(mm(1.5), { space: mm(1.5) });
  frame(11.2, 1.5).stroke(PALE);
  frame(12.7, 1.5).stroke(PALE);
  doc.undash();
  frame(14.4, 0.3).stroke(GOLD);
  doc.restore();
}
