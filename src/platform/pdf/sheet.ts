import PDFDocument from 'pdfkit';
import QRCode from 'qrcode';
import { advanceOf, faceFor, runsOf, type Weight } from './faces.ts';
import { balance, type Line, setLines, spacingOf, widthOf } from './lines.ts';
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

const INK = '#000000';
export const RULE = '#333333';

/** How text is set: type size in points, weight. */
export interface Type {
  size: number;
  weight?: Weight;
}

const advanceIn =
  ({ weight = 'regular' }: Type) =>
  (char: string): number =>
    advanceOf(char, weight);

/** Width of a text in points. */
export const measure = (text: string, type: Type): number => widthOf(text, advanceIn(type)) * type.size;

/** Lines no wider than `width` points, the first one indented by `indent` characters. */
export const wrap = (text: string, type: Type, width: number, indent = 0): Line[] =>
  setLines(text, width / type.size, advanceIn(type), indent);

/** A title in well-formed lines no wider than `width` points. */
export const balanced = (title: string, type: Type, width: number): string[] =>
  balance(title, width / type.size, advanceIn(type));

/**
 * Writes one line; `top` is the top of the characters, not of the typeface. Each character comes from the first
 * typeface that has it.
 */
export function write(doc: Doc, text: string, x: number, top: number, type: Type, spacing = 0): void {
  let left = x;
  for (const run of runsOf(text, type.weight ?? 'regular')) {
    // pdfkit takes parsed typefaces too; its published types do not say so.
    doc.registerFont(run.face.name, run.face as unknown as Uint8Array);
    doc.font(run.face.name).fontSize(type.size);
    const options = { lineBreak: false, baseline: 'alphabetic', characterSpacing: spacing } as const;
    doc.text(run.text, left, top + ASCENT * type.size, options);
    left += measure(run.text, type) + spacing * [...run.text].length;
  }
}
/** The part of a full character that stands above the baseline. */
const ASCENT = 0.88;

/** Writes a line of `wrap`, as wide as `width` points where the paragraph goes on. */
export function writeLine(doc: Doc, line: Line, x: number, top: number, type: Type, width: number): void {
  const spacing = spacingOf(line, width / type.size) * type.size;
  write(doc, line.text, x + line.indent * type.size, top, type, spacing);
}

/** Writes a line with its middle at `centre`. */
export const writeCentred = (doc: Doc, text: string, centre: number, top: number, type: Type): void =>
  write(doc, text, centre - measure(text, type) / 2, top, type);

/** XML marks would break the metadata, where pdfkit writes them as they are. */
const plain = (text: string): string =>
  text.replaceAll(/[<>&]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) + 0xfee0));

/**
 * An empty A4 document after PDF/A-2b (ISO 19005-2), without a page yet. Its dates are the print's own, so that a
 * reprint has the same bytes (the file id is derived from them).
 */
export function newDoc(meta: PrintMeta): Doc {
  const keywords = new Set([meta.title, meta.number, ...meta.subject.split(' ')]);
  return new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    // Without this, pdfkit opens a typeface of its own that nothing uses.
    font: null as unknown as string,
    pdfVersion: '1.7',
    subset: 'PDF/A-2b',
    displayTitle: true,
    lang: 'zh-CN',
    info: {
      Title: plain(meta.title),
      Author: plain(meta.author),
      Subject: plain(meta.subject),
      Keywords: plain([...keywords].join('，')),
      Creator: 'Cunban 村办',
      CreationDate: new Date(meta.createdAt),
    },
  });
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

/** A QR code as vector bars, `size` points wide, with the quiet zone inside. */
export function drawQr(doc: Doc, text: string, x: number, y: number, size: number): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const quiet = 2;
  const unit = size / (modules.size + 2 * quiet);
  doc.save();
  for (let row = 0; row < modules.size; row += 1) {
    for (let from = 0, to = 0; from < modules.size; from = to + 1) {
      for (to = from; to < modules.size && modules.get(row, to); to += 1);
      if (to > from) doc.rect(x + (from + quiet) * unit, y + (row + quiet) * unit, (to - from) * unit, unit);
    }
  }
  doc.fill(INK).restore();
}

/** GB/T 9704: `— 1 —` below the type area, right on odd pages, left on even ones, one character inside the edge. */
export function numberPage(doc: Doc, page: number): void {
  const type = { size: 14 };
  const text = `— ${page} —`;
  const right = PAGE.left + PAGE.textWidth - type.size - measure(text, type);
  write(doc, text, page % 2 === 1 ? right : PAGE.left + type.size, PAGE.top + PAGE.textHeight + mm(7), type);
}

/**
 * A print with every character that no typeface has replaced by 〓, the printers' mark for a missing character,
 * and the note for its foot that names them: `注：“〓”处为字库暂缺的字，编码依次为 U+2F00D。`
 */
export function printable<T extends PrintMeta>(print: T): { print: T; note: string | null } {
  const missing = new Set<string>();
  const clean = (text: string): string =>
    text
      .replaceAll('\t', ' ')
      .replaceAll(/[^\P{Cc}\n]/gu, '')
      .replaceAll(/[^\n]/gu, (char) => {
        if (faceFor(char, 'regular') && faceFor(char, 'bold')) return char;
        missing.add(char);
        return '〓';
      });
  const cleanAll = (value: unknown): unknown => {
    if (typeof value === 'string') return clean(value);
    if (Array.isArray(value)) return value.map(cleanAll);
    if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cleanAll(inner)]));
  };
  const printed = cleanAll(print) as T;
  const codes = [...missing].map((c) => `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase()}`);
  const note = codes.length > 0 ? `注：“〓”处为字库暂缺的字，编码依次为 ${codes.join('、')}。` : null;
  return { print: printed, note };
}
