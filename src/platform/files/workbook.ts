/** Workbooks (XLSX) from outside, read within bounds. */
import { inflateRawSync } from 'node:zlib';
import { readSheet } from 'read-excel-file/node';

/** Why a workbook was not read: it is none or a broken one, or it unpacks to more than allowed. */
export type Unread = 'broken' | 'too_large';

/** Do the bytes begin as every XLSX does? */
export const looksLikeWorkbook = (bytes: Buffer): boolean =>
  bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04';

/** What the reader calls a zip that is no workbook, or a broken one. */
const NOT_A_WORKBOOK = ['InvalidInputError', 'InvalidSpreadsheetError', 'SheetNotFoundError'];

/** Rows of the first sheet, row 1 of the sheet first. `most`: bytes that all parts together may unpack to. */
export async function readWorkbook(
  bytes: Buffer,
  most: number,
): Promise<readonly (readonly unknown[])[] | Unread> {
  const unread = boundsFault(bytes, most);
  if (unread) return unread;
  try {
    return await readSheet(bytes);
  } catch (error) {
    if (error instanceof Error && NOT_A_WORKBOOK.includes(error.name)) return 'broken';
    throw error;
  }
}

/**
 * A small archive can unpack to more than the machine holds. Every part is unpacked once with a bound, whatever
 * size it claims.
 */
function boundsFault(bytes: Buffer, most: number): Unread | null {
  const parts = partsOf(bytes);
  if (!parts) return 'broken';
  let left = most;
  for (const { from, to, method } of parts) {
    const packed = bytes.subarray(from, to);
    const size = method === 0 ? packed.length : unpackedSize(packed, left);
    if (typeof size === 'string') return size;
    left -= size;
    if (left <= 0) return 'too_large';
  }
  return null;
}

function unpackedSize(packed: Buffer, most: number): number | Unread {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) }).length;
  } catch (error) {
    return error instanceof RangeError ? 'too_large' : 'broken';
  }
}

/** Parts of a zip by its central directory (APPNOTE 4.3.12); null when it has none that holds together. */
function partsOf(bytes: Buffer): { from: number; to: number; method: number }[] | null {
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end === -1 || end + 22 > bytes.length) return null;
  const parts = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let i = bytes.readUInt16LE(end + 10); i > 0; i--) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return null;
    const local = bytes.readUInt32LE(at + 42);
    if (local + 30 > bytes.length) return null;
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    parts.push({ from, to: from + bytes.readUInt32LE(at + 20), method: bytes.readUInt16LE(at + 10) });
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return parts;
}
