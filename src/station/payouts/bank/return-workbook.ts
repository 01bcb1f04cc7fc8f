/** A return file as a workbook: each row stands for a line of the text form, and is written as that line. */
import { readWorkbook, type Unread } from '../../../platform/files/workbook.ts';
import { putLine, Wrong } from './codec.ts';
import { type Field, type Letter, RETURN } from './layout.ts';
import type { RawLine, RawLines } from './lines.ts';
import type { LineFault } from './types.ts';

/** What a workbook may unpack to. */
const MOST_UNPACKED = 64 * 1024 * 1024;

/** Rows that only name the columns begin with the title of the first field. */
const HEADING = RETURN.H[0].title;

const isBlank = (cell: unknown): boolean => cell === null || cell === undefined || cell === '';

/** Fen of an amount in yuan with at most two decimals. */
function fenOf(cell: unknown): number | null {
  const [, whole, cents = ''] = /^(\d{1,13})(?:\.(\d{1,2}))?$/.exec(String(cell)) ?? [];
  return whole === undefined ? null : Number(whole) * 100 + Number(cents.padEnd(2, '0'));
}

const dateOf = (cell: unknown): string =>
  cell instanceof Date
    ? cell.toISOString().slice(0, 10)
    : String(cell).replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');

/** The value of a cell. Text stays text: a figure in its place has lost what a spreadsheet dropped. */
function cellValue({ title, kind }: Field, cell: unknown): string | number | Wrong {
  if (isBlank(cell))
    return kind === 'number' || kind === 'amount' ? new Wrong('empty', `“${title}”没有填`) : '';
  if (kind === 'date') return dateOf(cell);
  if (kind === 'amount')
    return fenOf(cell) ?? new Wrong('not_amount', `“${title}”应是以元为单位、最多两位小数的数`);
  if (kind === 'number')
    return /^\d{1,15}$/.test(String(cell)) ? Number(cell) : new Wrong('not_digits', `“${title}”应是整数`);
  return typeof cell === 'string' ? cell : new Wrong('not_text', `“${title}”应是文本格式`);
}

function lineOf(fields: readonly Field[], cells: readonly unknown[]): Buffer | Wrong[] {
  if (cells.slice(fields.length).some((c) => !isBlank(c)))
    return [new Wrong('extra_cell', `只应有 ${fields.length} 栏，后面还有内容`)];
  const values: Record<string, string | number> = {};
  const wrong: Wrong[] = [];
  fields.forEach((f, i) => {
    const value = cellValue(f, cells[i]);
    if (value instanceof Wrong) wrong.push(value);
    else if (f.fixed !== undefined && value !== f.fixed)
      wrong.push(new Wrong('mark', `“${f.title}”应为 ${f.fixed}`));
    else values[f.name] = value;
  });
  return wrong.length > 0 ? wrong : putLine(fields, values);
}

const isLetter = (cell: unknown): cell is Letter => typeof cell === 'string' && Object.hasOwn(RETURN, cell);

/** The lines that the rows of the first sheet stand for; rows that are blank or name columns stand for none. */
export async function linesOfWorkbook(bytes: Buffer): Promise<RawLines | Unread> {
  const rows = await readWorkbook(bytes, MOST_UNPACKED);
  if (typeof rows === 'string') return rows;
  const lines: RawLine[] = [];
  const faults: LineFault[] = [];
  rows.forEach((cells, i) => {
    const [first] = cells;
    if (cells.every(isBlank) || first === HEADING) return;
    const told = isLetter(first)
      ? lineOf(RETURN[first], cells)
      : [new Wrong('unknown_line', `“${HEADING}”应是 H、D 或 T`)];
    if (Buffer.isBuffer(told)) lines.push({ line: i + 1, bytes: told });
    else faults.push(...told.map(({ code, message }) => ({ line: i + 1, code, message })));
  });
  return { lines, faults };
}
