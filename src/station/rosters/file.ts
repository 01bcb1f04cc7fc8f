/** A spreadsheet as it was uploaded, to lines of cells: XLSX, or CSV in UTF-8, UTF-16 or GB 18030. */
import { invalid, tooLarge, unsupportedMedia } from '../../errors.ts';
import { type GridLine, parseCsv } from '../../kernel/csv.ts';
import { looksLikeWorkbook, readWorkbook } from '../../platform/files/workbook.ts';

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
  return looksLikeWorkbook(bytes) ? readRows(bytes) : parseCsv(textOf(bytes));
}

async function readRows(bytes: Buffer): Promise<GridLine[]> {
  const rows = await readWorkbook(bytes, MOST_UNPACKED);
  if (rows === 'too_large') throw tooLarge('roster.file_too_large');
  if (rows === 'broken') throw unsupportedMedia('roster.wrong_file');
  return rows
    .map((cells, i) => ({ line: i + 1, cells: [...cells] }))
    .filter(({ cells }) => cells.some((c) => c !== null && String(c).trim() !== ''));
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
