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
import { drawTable } from './table.ts';
import type { Block, PrintedPaper, SignatureBlock } from './types.ts';

/** GB/T 9704: 22 lines to the page. */
const PITCH = PAGE.textHeight / 22;
const QR_SIZE = mm(26);

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
  for (const block of paper.blocks) drawBlock(doc, block, clean);
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
      drawTable(doc, {
        shares: [24, 76],
        labels: true,
        rows: block.rows.map(({ label, value }) => [clean(label), clean(value)]),
      });
      doc.y += 8;
      break;
    case 'table':
      drawTable(doc, {
        head: block.head.map(clean),
        shares: block.widths,
        rows: block.rows.map((row) => row.map(clean)),
      });
      doc.y += 8;
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

/** A picture no higher than 25 mm beside its label: a signature written on the screen. */
function drawPicture(doc: Doc, block: Extract<Block, { kind: 'image' }>, clean: Clean): void {
  const height = mm(25);
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

/** Places to sign by hand, one below the other. */
function drawLines(doc: Doc, items: string[]): void {
  for (const item of items) {
    keepTogether(doc, PITCH + 6);
    const y = doc.y + 6;
    doc.fontSize(SIZE.cell + 2).text(item, PAGE.left, y, { lineBreak: false });
    const from = PAGE.left + doc.widthOfString(item) + 6;
    const under = y + SIZE.cell + 8;
    doc
      .lineWidth(0.6)
      .moveTo(from, under)
      .lineTo(PAGE.left + PAGE.textWidth * 0.7, under)
      .stroke('#333333');
    doc.x = PAGE.left;
    doc.y = y + PITCH;
  }
  doc.fontSize(SIZE.text);
}

/** Organ and date at the right, the seal over the date, the code at the left; never parted by a page end. */
export function drawSignature(doc: Doc, signature: SignatureBlock, clean: Clean): void {
  const height = QR_SIZE + 14 * signature.qr.lines.length + 24;
  keepTogether(doc, height);
  const top = doc.y + 16;
  drawQr(doc, signature.qr.text, PAGE.left, top, QR_SIZE);
  doc.font(BODY).fontSize(SIZE.note).fillColor('#000000');
  signature.qr.lines.forEach((line, i) => {
    doc.text(clean(line), PAGE.left, top + QR_SIZE + 2 + i * 13, { width: PAGE.textWidth, lineBreak: false });
  });
  const organ = clean(signature.organ);
  doc.fontSize(SIZE.text);
  const right = PAGE.left + PAGE.textWidth;
  const dateWidth = doc.widthOfString(signature.date);
  const organWidth = doc.widthOfString(organ);
  const centre = Math.min(right - 3 * SIZE.text - dateWidth / 2, right - organWidth / 2);
  drawSeal(doc, centre, top + 44, clean(signature.seal));
  doc.text(organ, centre - organWidth / 2, top + 24, { lineBreak: false });
  doc.text(signature.date, centre - dateWidth / 2, top + 24 + PITCH, { lineBreak: false });
  doc.x = PAGE.left;
  doc.y = top + QR_SIZE + 2 + signature.qr.lines.length * 13;
}
