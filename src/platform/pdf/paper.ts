import {
  BODY,
  BOLD,
  type Doc,
  drawQr,
  drawSeal,
  finish,
  gapFor,
  keepTogether,
  missingNote,
  mm,
  newDoc,
  numberPages,
  PAGE,
  printable,
  SIZE,
} from './sheet.ts';
import { drawTable, type RuledTable, tableHeight } from './table.ts';
import type { Block, PrintedPaper, SignatureBlock } from './types.ts';

/** GB/T 9704: 22 lines to the page. */
const PITCH = PAGE.textHeight / 22;
const QR_SIZE = mm(24);
/** Space between the text and the signature, and after a table. */
const SPACE = 14;
const AFTER_TABLE = 8;

type Clean = (text: string) => string;

/**
 * An official paper after GB/T 9704-2012: title in 2号 centred, number, text in 3号 with an indent of
 * two characters, ruled tables, signature with date and seal at the right, code at the left, page
 * numbers. Same input, same bytes.
 */
export function renderPaperPdf(paper: PrintedPaper): Promise<Buffer> {
  const doc = newDoc(paper);
  const missing = new Set<string>();
  const clean: Clean = (text) => printable(doc, text, missing);
  drawHeading(doc, paper, clean);
  for (const block of paper.blocks.slice(0, -1)) drawBlock(doc, block, clean);
  drawLast(doc, paper, clean);
  drawSignature(doc, paper.signature, clean);
  const note = missingNote(missing);
  if (note)
    doc
      .font(BODY)
      .fontSize(SIZE.note)
      .text(note, PAGE.left, doc.y + 4, { width: PAGE.textWidth });
  numberPages(doc);
  return finish(doc);
}

/** The last block goes over to the next page with the signature: a signature never stands on a page alone. */
function drawLast(doc: Doc, paper: PrintedPaper, clean: Clean): void {
  const last = paper.blocks.at(-1);
  if (!last) return;
  if (last.kind === 'fields') {
    const own = tableHeight(doc, fieldsTable(last, clean)) + AFTER_TABLE;
    keepTogether(doc, own + signatureHeight(paper.signature));
  }
  drawBlock(doc, last, clean);
}

const fieldsTable = (block: Extract<Block, { kind: 'fields' }>, clean: Clean): RuledTable => ({
  shares: [24, 76],
  labels: true,
  rows: block.rows.map(({ label, value }) => [clean(label), clean(value)]),
});

function drawHeading(doc: Doc, paper: PrintedPaper, clean: Clean): void {
  for (const line of paper.heading) {
    doc.font(BOLD).fontSize(SIZE.title).text(clean(line), { align: 'center', lineGap: 2 });
  }
  doc.font(BODY).fontSize(SIZE.text).moveDown(0.4);
  doc.text(clean(paper.number), { align: 'center' }).moveDown(0.5);
}

function drawBlock(doc: Doc, block: Block, clean: Clean): void {
  switch (block.kind) {
    case 'paragraph':
      drawParagraph(doc, clean(block.text), block);
      break;
    case 'fields':
      drawTable(doc, fieldsTable(block, clean));
      doc.y += AFTER_TABLE;
      break;
    case 'table':
      drawTable(doc, {
        head: block.head.map(clean),
        shares: block.widths,
        rows: block.rows.map((row) => row.map(clean)),
      });
      doc.y += AFTER_TABLE;
      break;
    case 'image':
      drawPicture(doc, block, clean);
      break;
    case 'lines':
      drawLines(doc, block.items.map(clean));
  }
}

function drawParagraph(doc: Doc, text: string, options: { bold?: boolean; indent?: boolean }): void {
  doc.font(options.bold ? BOLD : BODY).fontSize(SIZE.text);
  doc.text(text, PAGE.left, doc.y, {
    width: PAGE.textWidth,
    indent: options.indent === false ? 0 : 2 * SIZE.text,
    lineGap: gapFor(doc, PITCH),
  });
  doc.font(BODY);
}

/** A picture no higher than 18 mm beside its label: a signature written on the screen. */
function drawPicture(doc: Doc, block: Extract<Block, { kind: 'image' }>, clean: Clean): void {
  const height = mm(18);
  keepTogether(doc, height);
  const y = doc.y;
  doc
    .fontSize(SIZE.text)
    .text(clean(block.label), PAGE.left, y + height / 2 - SIZE.text, { lineBreak: false });
  const x = PAGE.left + doc.widthOfString(clean(block.label)) + 8;
  doc.image(block.bytes, x, y, { fit: [mm(70), height], valign: 'center' });
  doc.x = PAGE.left;
  doc.y = y + height + 6;
}

/** Places to sign by hand: two beside each other where both leave room to write, else one to the line. */
function drawLines(doc: Doc, items: string[]): void {
  doc.fontSize(SIZE.cell + 1);
  const half = PAGE.textWidth / 2;
  const isShort = (item: string | undefined): item is string =>
    item !== undefined && doc.widthOfString(item) + MIN_LINE <= half;
  for (let i = 0; i < items.length; ) {
    const [first = '', second] = items.slice(i, i + 2);
    const pair = isShort(first) && isShort(second);
    keepTogether(doc, PITCH);
    const y = doc.y + 5;
    drawLine(doc, first, PAGE.left, y, pair ? half - 10 : PAGE.textWidth * 0.7);
    if (pair) drawLine(doc, second, PAGE.left + half, y, half);
    doc.x = PAGE.left;
    doc.y = y + PITCH - 5;
    i += pair ? 2 : 1;
  }
  doc.y += AFTER_TABLE;
  doc.fontSize(SIZE.text);
}

/** Least room to write a name, in points. */
const MIN_LINE = 60;

function drawLine(doc: Doc, label: string, x: number, y: number, width: number): void {
  doc.text(label, x, y, { lineBreak: false });
  const under = y + SIZE.cell + 7;
  doc
    .lineWidth(0.6)
    .moveTo(x + doc.widthOfString(label) + 4, under)
    .lineTo(x + width, under)
    .stroke('#333333');
}

const signatureHeight = (signature: SignatureBlock): number =>
  SPACE + QR_SIZE + 2 + 13 * signature.qr.lines.length;

/** Organ and date at the right, the seal over the date, the code at the left; never parted by a page end. */
export function drawSignature(doc: Doc, signature: SignatureBlock, clean: Clean): void {
  keepTogether(doc, signatureHeight(signature));
  const top = doc.y + SPACE;
  drawQr(doc, signature.qr.text, PAGE.left, top, QR_SIZE);
  doc.font(BODY).fontSize(SIZE.note).fillColor('#000000');
  signature.qr.lines.forEach((line, i) => {
    doc.text(clean(line), PAGE.left, top + QR_SIZE + 2 + i * 13, { lineBreak: false });
  });
  const organ = clean(signature.organ);
  doc.fontSize(SIZE.text);
  const right = PAGE.left + PAGE.textWidth;
  const dateWidth = doc.widthOfString(signature.date);
  const organWidth = doc.widthOfString(organ);
  const centre = Math.min(right - 3 * SIZE.text - dateWidth / 2, right - organWidth / 2);
  drawSeal(doc, centre, top + 40, clean(signature.seal));
  doc.text(organ, centre - organWidth / 2, top + 16, { lineBreak: false });
  doc.text(signature.date, centre - dateWidth / 2, top + 39, { lineBreak: false });
  doc.x = PAGE.left;
  doc.y = top + QR_SIZE + 2 + signature.qr.lines.length * 13;
}
