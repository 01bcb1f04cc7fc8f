import { drawSignature } from './paper.ts';
import { BODY, BOLD, type Doc, finish, missingNote, mm, newDoc, PAGE, printable, SIZE } from './sheet.ts';
import { drawTable } from './table.ts';
import type { PrintedCertificate } from './types.ts';

const FRAME = '#8c6d1f';

/** A certificate on framed sheets: title, number, ruled fields, organ, date, seal and code. Same input, same bytes. */
export function renderCertificatePdf(certificate: PrintedCertificate): Promise<Buffer> {
  const doc = newDoc(certificate);
  const missing = new Set<string>();
  const clean = (text: string): string => printable(doc, text, missing);
  drawFrame(doc);
  doc.on('pageAdded', () => drawFrame(doc));
  doc.font(BOLD).fontSize(28).text(clean(certificate.heading), PAGE.left, PAGE.top, { align: 'center' });
  doc.moveDown(0.4).font(BODY).fontSize(SIZE.text);
  doc.text(`编号：${clean(certificate.number)}`, { align: 'center' }).moveDown(1);
  drawTable(doc, {
    shares: [31, 69],
    labels: true,
    roomy: true,
    rows: certificate.rows.map(({ label, value }) => [clean(label), clean(value)]),
  });
  const notes = [certificate.note, missingNote(missing)].filter((n) => n !== null);
  for (const note of notes) {
    doc
      .font(BODY)
      .fontSize(10.5)
      .text(clean(note), PAGE.left, doc.y + 8, { width: PAGE.textWidth });
  }
  doc.y += 30;
  drawSignature(doc, certificate.signature, clean);
  return finish(doc);
}

function drawFrame(doc: Doc): void {
  const { x, y } = doc;
  const rule = (inset: number, width: number): void => {
    const d = mm(inset);
    doc
      .lineWidth(width)
      .rect(d, d, PAGE.width - 2 * d, PAGE.height - 2 * d)
      .stroke(FRAME);
  };
  doc.save();
  rule(10, 2.4);
  rule(12, 0.7);
  doc.restore();
  doc.x = x;
  doc.y = y;
}
