/** A spreadsheet as it was uploaded, to lines of cells: XLSX, or CSV in UTF-8, UTF-16 or GB 18030. */
import { inflateRawSync } from 'node:zlib';
import { readSheet } from 'read-excel-file/node';
import { invalid, tooLarge, unsupportedMedia } from '../../errors.ts';
import { type GridLine, parseCsv } from './rules/csv.ts';

const MB = 1024 * 1024;
/** A roster of two thousand rows takes half of one. */
const MOST = 5 * MB;
/** What a workbook may unpack to. */
const MOST_UNPACKED = 40 * MB;

/**
 * Lines that are not blank, each with its number in the file.
 * @throws AppError 413 `roster.file_too_large`, 415 `roster.wrong_file`, 422 `file.empty`
 */
export async function readGrid(bytes: Buffer): Promise<GridLine[]> {
  if (bytes.length === 0) throw invalid([{ pointer: '/file', message: '文件是空的' }], 'file.empty');
  if (bytes.length > MOST) throw tooLarge('roster.file_too_large');
  return bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04'
    ? readWorkbook(bytes)
    : parseCsv(textOf(bytes));
}

async function readWorkbook(bytes: Buffer): Promise<GridLine[]> {
  requireBounded(bytes);
  try {
    const rows: readonly (readonly unknown[])[] = await readSheet(bytes);
    return rows
      .map((cells, i) => ({ line: i + 1, cells: [...cells] }))
      .filter(({ cells }) => cells.some((c) => c !== null && String(c).trim() !== ''));
  } catch (error) {
    if (error instanceof Error && NOT_A_WORKBOOK.includes(error.name))
      throw unsupportedMedia('roster.wrong_file');
    throw error;
  }
}

/** What the reader calls a zip that is no workbook, or a broken one. */
const NOT_A_WORKBOOK = ['InvalidInputError', 'InvalidSpreadsheetError', 'SheetNotFoundError'];

/**
 * A small archive can unpack to more than the machine holds. Every part is unpacked once with a bound, whatever
 * size it claims.
 * @throws AppError 413, 415
 */
function requireBounded(bytes: Buffer): void {
  let left = MOST_UNPACKED;
  for (const { from, to, method } of partsOf(bytes)) {
    const packed = bytes.subarray(from, to);
    if (method === 0) left -= packed.length;
    else left -= unpackedSize(packed, left);
    if (left <= 0) throw tooLarge('roster.file_too_large');
  }
}

function unpackedSize(packed: Buffer, most: number): number {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) }).length;
  } catch (error) {
    const isTooMuch = error instanceof RangeError;
    throw isTooMuch ? tooLarge('roster.file_too_large') : unsupportedMedia('roster.wrong_file');
  }
}

/** Parts of a zip by its central directory (APPNOTE 4.3.12). */
function partsOf(bytes: Buffer): { from: number; to: number; method: number }[] {
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end === -1 || end + 22 > bytes.length) throw unsupportedMedia('roster.wrong_file');
  const parts = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let i = bytes.readUInt16LE(end + 10); i > 0; i--) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50)
      throw unsupportedMedia('roster.wrong_file');
    const local = bytes.readUInt32LE(at + 42);
    if (local + 30 > bytes.length) throw unsupportedMedia('roster.wrong_file');
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    parts.push({ from, to: from + bytes.readUInt32LE(at + 20), method: bytes.readUInt16LE(at + 10) });
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return parts;
}

/** Text by its mark, else UTF-8 when it is that, else GB 18030, which Chinese spreadsheets write. */
function textOf(bytes: Buffer): string {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = isWide ? decoded(bytes, 'utf-16le') : (decoded(bytes, 'utf-8') ?? decoded(bytes, 'gb18030'));
  if (text === null || CONTROL.test(text)) throw unsupportedMedia('roster.wrong_file');
  return text;
}

/** No table has these: it is a picture, a PDF, an old workbook. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\x00-\x08\x0E-\x1F]|^%PDF-/;

function decoded(bytes: Buffer, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
