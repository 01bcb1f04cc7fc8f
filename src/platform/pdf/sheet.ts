import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import QRCode from 'qrcode';
import type { PrintMeta } from './types.ts';

export type Doc = InstanceType<typeof PDFDocument>;

/** Points in a millimetre. */
export const mm = (n: number): number => (n * 72) / 25.4;

/** GB/T 9704-2012: A4, type area 156 × 225 mm, head 37 mm, left 28 mm. */
export const PAGE = {
  width: mm(210),
  height: mm(297),
  left: mm(28),
  top: mm(37),
  textWidth: mm(156),
  textHeight: mm(225),
} as const;

/** Type sizes: 2号 for the title, 3号 for the text (28 characters to the line), 小四 in tables, 小五 for notes. */
export const SIZE = { title: 22, text: 15.75, cell: 12, note: 9 } as const;

export const BODY = 'serif';
export const BOLD = 'serif-bold';

const FACES = { [BODY]: '400Regular', [BOLD]: '700Bold' } as const;
const require = createRequire(import.meta.url);
const buffers = new Map<string, Buffer>();

/** The bytes of a typeface, read once: opening by path costs twice the time of a whole paper. */
function face(weight: string): Buffer {
  let bytes = buffers.get(weight);
  if (!bytes) {
    const path = `@expo-google-fonts/noto-serif-sc/${weight}/NotoSerifSC_${weight}.ttf`;
    bytes = readFileSync(require.resolve(path));
    buffers.set(weight, bytes);
  }
  return bytes;
}

/**
 * An empty A4 document with both typefaces. The creation date is the print's own, so that a
 * reprint has the same bytes (the file id is derived from it).
 */
export function newDoc(meta: PrintMeta): Doc {
  const doc = new PDFDocument({
    size: 'A4',
    margins: {
      top: PAGE.top,
      left: PAGE.left,
      right: PAGE.width - PAGE.left - PAGE.textWidth,
      bottom: PAGE.height - PAGE.top - PAGE.textHeight,
    },
    bufferPages: true,
    displayTitle: true,
    lang: 'zh-CN',
    info: {
      Title: meta.title,
      Author: meta.author,
      Subject: meta.subject,
      Creator: 'Cunban 村办',
      CreationDate: new Date(meta.createdAt),
    },
  });
  for (const [name, weight] of Object.entries(FACES)) doc.registerFont(name, face(weight));
  return doc.font(BODY).fontSize(SIZE.text);
}

/** Ends the document and gives its bytes. */
export function finish(doc: Doc): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
    doc.end();
  });
}

/** Last usable y of the page. */
export const bottomOf = (doc: Doc): number => doc.page.height - doc.page.margins.bottom;

/** Starts a new page unless `height` points still fit on this one. */
export function keepTogether(doc: Doc, height: number): void {
  if (doc.y + height > bottomOf(doc)) doc.addPage();
}

/** lineGap that makes lines `pitch` points apart in the present type. */
export const gapFor = (doc: Doc, pitch: number): number => pitch - doc.currentLineHeight(true);

/** A QR code as vector squares, `size` points wide, with the quiet zone inside. */
export function drawQr(doc: Doc, text: string, x: number, y: number, size: number): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const quiet = 2;
  const unit = size / (modules.size + 2 * quiet);
  doc.save();
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column))
        doc.rect(x + (column + quiet) * unit, y + (row + quiet) * unit, unit, unit);
    }
  }
  doc.fill('#000000').restore();
}

/** The place of the seal, plainly a demonstration: nobody may take it for the organ's own. */
export function drawSeal(doc: Doc, centreX: number, centreY: number, seal: string): void {
  const radius = mm(19);
  const red = '#d9534f';
  doc.save().opacity(0.7).lineWidth(1.2).circle(centreX, centreY, radius).stroke(red);
  doc.fillColor('#b3131b').font(BODY).fontSize(SIZE.note);
  const line = (text: string, y: number): void => {
    doc.text(text, centreX - doc.widthOfString(text) / 2, y, { lineBreak: false });
  };
  line('演示章（盖章）', centreY - 38);
  line(seal, centreY + 27);
  doc.restore().fillColor('#000000').font(BODY).fontSize(SIZE.text);
}

/** GB/T 9704: `— 1 —` below the type area, right on odd pages, left on even ones. */
export function numberPages(doc: Doc): void {
  const { start, count } = doc.bufferedPageRange();
  for (let i = 0; i < count; i += 1) {
    doc.switchToPage(start + i);
    doc.page.margins.bottom = 0;
    doc.font(BODY).fontSize(14).fillColor('#000000');
    const align = i % 2 === 0 ? 'right' : 'left';
    const inset = 14;
    doc.text(`— ${i + 1} —`, PAGE.left + inset, PAGE.top + PAGE.textHeight + mm(7), {
      width: PAGE.textWidth - 2 * inset,
      align,
      lineBreak: false,
    });
  }
}

interface Parsed {
  hasGlyphForCodePoint(codePoint: number): boolean;
}

/**
 * Text with every character the typeface lacks replaced by 〓, the printers' mark for a missing
 * character; `missing` collects them, so that the paper can name them at its foot.
 */
export function printable(doc: Doc, text: string, missing: Set<string>): string {
  // pdfkit keeps the parsed typeface to itself; there is no public way to ask which characters it has.
  const { font } = (doc as unknown as { _font: { font: Parsed } })._font;
  const plain = text.replaceAll(/[^\P{Cc}\n\t]/gu, '');
  return [...plain]
    .map((char) => {
      const known = char === '\n' || char === '\t' || font.hasGlyphForCodePoint(char.codePointAt(0) ?? 0);
      if (!known) missing.add(char);
      return known ? char : '〓';
    })
    .join('');
}

/** `〓：字库暂缺的字，U+20BB7` — the note that goes with `printable`; null when nothing is missing. */
export function missingNote(missing: Set<string>): string | null {
  if (missing.size === 0) return null;
  const codes = [...missing].map((c) => `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase()}`);
  return `注：“〓”处为字库暂缺的字，编码依次为 ${codes.join('、')}。`;
}
