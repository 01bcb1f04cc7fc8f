/**
 * Signing a finished PDF (PAdES): an incremental update puts an invisible signature field on the first page;
 * the signature covers every byte of the file but its own. Reads what our own prints are made of: one
 * revision with a classic cross-reference table. A library's placeholder garbles Chinese names and reasons.
 */
import type { Instant } from '../../kernel/types.ts';

/** Makes the CMS over the signed bytes. */
export interface CmsSigner {
  /** Most bytes the CMS can have. */
  readonly size: number;
  sign(content: readonly Uint8Array[]): Uint8Array;
}

export interface SignatureWords {
  /** Who signs, as a reader shows it. */
  name: string;
  reason: string;
  at: Instant;
}

interface Revision {
  start: number;
  size: number;
  /** Entries of the trailer that go on: root, info, id. */
  trailer: string;
  /** The text of an object that is no stream. */
  object(id: number): string;
}

/** Placeholder of a byte range: three numbers of ten figures, so that filling them in moves nothing. */
const WIDTH = 10;

/**
 * The PDF with a signature of `signer` appended. The same input gives the same bytes when the signer does.
 * @throws Error when the PDF is not one of ours or has a signature already
 */
export function signPdf(pdf: Buffer, words: SignatureWords, signer: CmsSigner): Buffer {
  const revision = readRevision(pdf);
  const before = Buffer.from('\n', 'latin1');
  const parts: Buffer[] = [pdf, before];
  const entries: [id: number, offset: number][] = [];
  let length = pdf.length + before.length;
  const add = (id: number, body: string): void => {
    const bytes = Buffer.from(`${id} 0 obj\n${body}\nendobj\n`, 'latin1');
    entries.push([id, length]);
    parts.push(bytes);
    length += bytes.length;
  };

  const root = reference(revision.trailer, 'Root');
  const catalog = revision.object(root);
  const page = firstPage(revision, catalog);
  const [signature, widget] = [revision.size, revision.size + 1];
  add(signature, signatureDictionary(words, signer.size));
  add(
    widget,
    `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature) /F 132 /Rect [0 0 0 0] /P ${page} 0 R /V ${signature} 0 R >>`,
  );
  add(page, withAnnotation(revision.object(page), widget));
  add(root, withEntry(catalog, 'AcroForm', `<< /Fields [${widget} 0 R] /SigFlags 3 >>`));
  parts.push(crossReferences(revision, entries, length));
  return fill(Buffer.concat(parts), entries[0]?.[1] as number, signer);
}

/** Where everything stands, read from the end of the file. */
function readRevision(pdf: Buffer): Revision {
  const tail = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(pdf.subarray(-64).toString('latin1'));
  if (!tail) throw new Error('not a finished PDF');
  const start = Number(tail[1]);
  const table = /^xref\n0 (\d+)\n([\s\S]*?)trailer\s*<<([\s\S]*)>>\s*startxref/.exec(
    pdf.subarray(start).toString('latin1'),
  );
  if (!table) throw new Error('a PDF without a classic cross-reference table');
  const [, size = '', rows = '', trailer = ''] = table;
  if (/\/(Prev|Encrypt)\b/.test(trailer))
    throw new Error('a PDF that was changed or encrypted cannot be signed');
  return {
    start,
    size: Number(size),
    trailer: trailer.replace(/\/Size\s+\d+/, '').trim(),
    object(id) {
      const offset = Number(rows.slice(id * 20, id * 20 + 10));
      const text = pdf.subarray(offset, pdf.indexOf('endobj', offset)).toString('latin1');
      return text.replace(/^\d+ \d+ obj\s*/, '').trim();
    },
  };
}

/** The number of the object that a dictionary's entry refers to. */
function reference(dictionary: string, entry: string): number {
  const found = new RegExp(`/${entry}\\s*\\[?\\s*(\\d+) 0 R`).exec(dictionary);
  if (!found) throw new Error(`PDF: no reference ${entry}`);
  return Number(found[1]);
}

function firstPage(revision: Revision, catalog: string): number {
  const first = reference(revision.object(reference(catalog, 'Pages')), 'Kids');
  if (!/\/Type\s*\/Page\b/.test(revision.object(first))) throw new Error('PDF: a tree of pages');
  return first;
}

function withEntry(dictionary: string, key: string, value: string): string {
  if (new RegExp(`/${key}\\b`).test(dictionary)) throw new Error(`PDF: has ${key} already`);
  return dictionary.replace(/>>$/, `/${key} ${value}\n>>`);
}

function withAnnotation(page: string, widget: number): string {
  const there = /\/Annots\s*\[/;
  return there.test(page)
    ? page.replace(there, (open) => `${open}${widget} 0 R `)
    : withEntry(page, 'Annots', `[${widget} 0 R]`);
}

const signatureDictionary = ({ name, reason, at }: SignatureWords, size: number): string =>
  [
    '<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached',
    `/ByteRange [0 ${Array(3).fill('0'.repeat(WIDTH)).join(' ')}]`,
    `/Contents <${'0'.repeat(size * 2)}>`,
    `/Name ${text(name)} /Reason ${text(reason)} /M (${pdfDate(at)}) >>`,
  ].join('\n');

/** A text string in UTF-16BE: right for Chinese in every reader. */
const text = (words: string): string =>
  `<FEFF${Buffer.from(words, 'utf16le').swap16().toString('hex').toUpperCase()}>`;

/** `D:20260928094000+08'00'`, Shanghai time. */
function pdfDate(at: Instant): string {
  const shanghai = new Date(Date.parse(at) + 8 * 3_600_000).toISOString();
  return `D:${shanghai.slice(0, 19).replace(/\D/g, '')}+08'00'`;
}

/** The table of what is new, each entry a section of its own, and the trailer that leads back to the old one. */
function crossReferences(revision: Revision, entries: [number, number][], start: number): Buffer {
  const rows = [...entries]
    .sort(([a], [b]) => a - b)
    .map(([id, offset]) => `${id} 1\n${String(offset).padStart(10, '0')} 00000 n \n`);
  const trailer = `/Size ${revision.size + 2}\n${revision.trailer}\n/Prev ${revision.start}`;
  return Buffer.from(
    `xref\n${rows.join('')}trailer\n<<\n${trailer}\n>>\nstartxref\n${start}\n%%EOF\n`,
    'latin1',
  );
}

/** Fill in the byte range, then the CMS over all bytes but its own place. */
function fill(pdf: Buffer, signature: number, signer: CmsSigner): Buffer {
  const open = pdf.indexOf('/Contents <', signature) + '/Contents '.length;
  const close = open + 2 + signer.size * 2;
  const range = [open, close, pdf.length - close].map((n) => String(n).padStart(WIDTH, '0'));
  pdf.write(`/ByteRange [0 ${range.join(' ')}]`, pdf.indexOf('/ByteRange', signature), 'latin1');
  const cms = Buffer.from(signer.sign([pdf.subarray(0, open), pdf.subarray(close)]));
  if (cms.length > signer.size)
    throw new Error(`signature of ${cms.length} bytes in a place of ${signer.size}`);
  pdf.write(cms.toString('hex'), open + 1, 'latin1');
  return pdf;
}
