/** Workbooks (XLSX) from outside, read within bounds. */
import { readSheet } from 'read-excel-file/node';
import { type Unread, unpackAll } from './unzip.ts';

export type { Unread };

/** Cells that a sheet may span, blank ones too: a hundred thousand rows of ten. */
const MOST_CELLS = 1_000_000;

/** Do the bytes begin as every XLSX does? */
export const looksLikeWorkbook = (bytes: Buffer): boolean =>
  bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04';

/** Rows of the first sheet, row 1 of the sheet first. `most`: bytes that all parts together may unpack to. */
export async function readWorkbook(
  bytes: Buffer,
  most: number,
): Promise<readonly (readonly unknown[])[] | Unread> {
  const parts = unpackAll(bytes, most);
  if (typeof parts === 'string') return parts;
  if (parts.some((p) => cellsSpanned(p.toString('latin1')) > MOST_CELLS)) return 'too_large';
  try {
    return await readSheet(bytes);
  } catch (error) {
    // For XML it cannot follow the reader throws whatever it stumbles over; all of it is about these bytes.
    if (error instanceof Error) return 'broken';
    throw error;
  }
}

/** A row or a cell begins; the same with its attributes. */
const OPEN = /<(?:\w+:)?(?:row|c)(?=[\s/>])/g;
const TAG = /<(?:\w+:)?(row|c)(?=[\s/>])([^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*)>/g;
/** Where it says it stands: `12`, `AB12`. */
const PLACE = /\sr\s*=\s*["']([^"']*)["']/g;

/**
 * The area from A1 to the farthest row and column that a sheet names. The reader fills all of it: one cell at the
 * far corner of an empty sheet stands for seventeen billion. Infinity when it cannot be told.
 */
function cellsSpanned(xml: string): number {
  const tags = [...xml.matchAll(TAG)];
  if (tags.length !== (xml.match(OPEN)?.length ?? 0)) return Number.POSITIVE_INFINITY;
  let [row, column, rows, columns] = [0, 0, 0, 0];
  for (const [, tag, attributes = ''] of tags) {
    const [said = '', ...more] = [...attributes.matchAll(PLACE)].map(([, place]) => place);
    const place = /^([A-Z]{0,3})(\d{0,7})$/.exec(said);
    if (!place || more.length > 0) return Number.POSITIVE_INFINITY;
    const [, letters = '', figures] = place;
    if (figures) row = Number(figures);
    else if (tag === 'row') row += 1;
    if (tag === 'row') column = 0;
    else column = letters ? columnOf(letters) : column + 1;
    rows = Math.max(rows, row);
    columns = Math.max(columns, column);
  }
  return rows * columns;
}

const columnOf = (letters: string): number =>
  [...letters].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0);
